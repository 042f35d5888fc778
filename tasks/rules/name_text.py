"""Names as they are compared: what looks the same is the same, however a keyboard or a program wrote it."""

import re
import unicodedata

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")


def plain_name(text: str) -> str:
    """Return a name with each letter as one sign (NFC), single ordinary spaces and nothing that isn't seen.

    A name of which nothing would be left is returned as it is.
    """
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return " ".join(seen.split()) or text


def name_key(text: str) -> str:
    """Return what names that differ in case, in the kind of dash or in spaces have in common."""
    return _DASHES.sub("-", plain_name(text)).casefold()
