"""What a delivery's file name says: `<source>_<period>[_anything].<extension>`."""

import re
import unicodedata
from dataclasses import dataclass

from tasks.rules.periods import Period

_PATTERN = re.compile(
    r"(?P<source>[a-z]+)_(?P<period>[0-9]{4}-[0-9]{2})(?:_[^/\\\x00-\x1f]*)?\.(?P<extension>csv|xlsx|se|si|xml)"
)
_PLAIN_LETTERS = str.maketrans("åäö", "aao")


@dataclass(frozen=True)
class DeliveryName:
    """A file's source (`sjukfranvaro`), the period it is for, and its extension without the dot (`csv`)."""

    source: str
    period: Period
    extension: str


def parse_file_name(name: str) -> DeliveryName | None:
    """Read a file's name, whatever its case and with å, ä, ö as a, a, o; None for a name to be ignored."""
    # macOS writes å as a and a ring; NFC makes it one letter again.
    plain = unicodedata.normalize("NFC", name).lower().translate(_PLAIN_LETTERS)
    match = _PATTERN.fullmatch(plain)
    if match is None:
        return None
    try:
        period = Period.parse(match["period"])
    except ValueError:
        return None
    return DeliveryName(match["source"], period, match["extension"])
