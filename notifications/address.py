"""Mail addresses: read, refuse what could smuggle in a header, write for the wire."""

import re
from email.utils import formataddr, parseaddr
from functools import lru_cache

from notifications.errors import BadAddressError

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_LONGEST = 254  # RFC 5321, errata 1690


def has_unsafe(text: str) -> bool:
    """Tell whether a text holds line breaks or other control characters."""
    return _UNSAFE.search(text) is not None


@lru_cache(maxsize=1024)
def split_address(text: str) -> tuple[str, str]:
    """Split `Namn <namn@example.se>` or `namn@example.se` into name ("" without one) and address.

    A domain with å, ä or ö comes out in its ASCII form. Raises BadAddressError.
    """
    if has_unsafe(text):
        raise BadAddressError(text, "den innehåller radbrytning eller styrtecken")
    if len(text) > _LONGEST:
        raise BadAddressError(text, f"den är längre än {_LONGEST} tecken")
    text = text.strip()
    name, address = parseaddr(text)
    local, at, domain = address.rpartition("@")
    alone = text in (address, f"<{address}>") or text.endswith(f" <{address}>")
    if not (at and alone and _LOCAL.fullmatch(local)):
        raise BadAddressError(text, "den är inte en enda adress av formen namn@server")
    return name, f"{local}@{_ascii_domain(domain, text)}"


def _ascii_domain(domain: str, text: str) -> str:
    try:
        written = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise BadAddressError(text, "servernamnet är felskrivet") from None
    if not _DOMAIN.fullmatch(written):
        raise BadAddressError(text, "servernamnet är felskrivet")
    return written


@lru_cache(maxsize=1024)
def header_address(text: str) -> str:
    """Write an address for a header, with a name in other letters than ASCII encoded.

    Raises BadAddressError.
    """
    return formataddr(split_address(text))


def bare_address(text: str) -> str:
    """Return only the address, as SMTP's envelope wants it. Raises BadAddressError."""
    return split_address(text)[1]
