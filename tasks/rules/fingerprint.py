"""What a step was made of, as one short text: equal inputs, equal fingerprint."""

import hashlib
import json
from typing import Any


def fingerprint(inputs: Any) -> str:
    """Return the SHA-256 (hexadecimal) of inputs made of JSON values; others count by their text."""
    canonical = json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def message_id(installation: str, domain: str, key: tuple[str | int, ...]) -> str:
    """Return the Message-ID of a mail: the same for the same outbox key of the same installation.

    A mail that is sent again after a crash then carries the id it had, and a receiver can tell.
    """
    return f"<{fingerprint([installation, *key])[:40]}@{domain}>"
