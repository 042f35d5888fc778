"""Values as JSON: how a figure stands in it, and the one short text that equal values share."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Json = Mapping[str, Any]
"""A JSON object as the database keeps it; whoever reads one makes a dataclass of it at once."""


def as_number(value: object) -> int | float:
    """Turn a Decimal into the JSON number that it is. Raises TypeError for anything else."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)


def fingerprint(inputs: object) -> str:
    """Return the SHA-256 (hexadecimal) of inputs made of JSON values; others count by their text.

    Equal inputs, equal fingerprint: so a step that was made of the same is not made again.
    """
    canonical = json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def message_id(installation: str, domain: str, key: tuple[str | int, ...]) -> str:
    """Return the Message-ID of a mail: the same for the same outbox key of the same installation.

    A mail that is sent again after a crash then carries the id it had, and a receiver can tell.
    """
    return f"<{fingerprint([installation, *key])[:40]}@{domain}>"
