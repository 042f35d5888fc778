"""Where a source is fetched: its address filled in for a month, and where a redirect may lead."""

import re
from dataclasses import dataclass

from tasks.rules.periods import Period

# Stricter than the standard: what is no plain host name could be read as another host by another reader.
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?P<rest>[/?].*)?",
    re.IGNORECASE,
)
_NO_SIGN_OF_AN_ADDRESS = re.compile(r"[^!-~]|[\\#]")
_PLACES = re.compile(r"\{(.*?)\}")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class Origin:
    """Who answers at an address: whoever is asked at the same one is the same."""

    scheme: str
    host: str
    port: int


def origin_of(address: str) -> Origin | None:
    """Return who answers at an address; None for what is no plain web address."""
    found = _ADDRESS.fullmatch(address)
    if found is None or _NO_SIGN_OF_AN_ADDRESS.search(address):
        return None
    scheme = found["scheme"].lower()
    return Origin(scheme, found["host"].lower(), int(found["port"] or _DEFAULT_PORTS[scheme]))


def may_redirect(asked: Origin, other: Origin | None) -> bool:
    """Tell whether a redirect may be followed: to the same one, or from its http to its https."""
    return other is not None and other in (asked, _secured(asked))


def _secured(origin: Origin) -> Origin:
    return Origin("https", origin.host, 443) if origin.port == _DEFAULT_PORTS["http"] else origin


def keeps_secrets(address: str) -> bool:
    """Tell whether a secret may be sent to an address: by https, or without leaving this machine."""
    origin = origin_of(address)
    return origin is not None and (origin.scheme == "https" or is_this_machine(address))


def is_this_machine(address: str) -> bool:
    """Tell whether an address is on this machine: what is sent there goes through no proxy either."""
    origin = origin_of(address)
    return origin is not None and origin.host in _THIS_MACHINE


def fill_address(address: str, period: Period) -> str:
    """Put the month into an address: `{period}` is 2026-09, `{year}` 2026 and `{month}` 09."""
    for name, value in _values(period).items():
        address = address.replace(f"{{{name}}}", value)
    return address


def unusable_address(address: str) -> str | None:
    """Say what is wrong with an address as it stands in the configuration; None for one that can be used."""
    unknown = [name for name in _PLACES.findall(address) if name not in _values(Period(2026, 9))]
    if unknown:
        return f"har {{{unknown[0]}}}, men bara {{period}}, {{year}} och {{month}} kan fyllas i"
    if "@" in address.partition("?")[0]:
        return "har ett @: inloggningen ska inte stå i adressen utan i token_file"
    if origin_of(fill_address(address, Period(2026, 9))) is None:
        return "är ingen webbadress: skriv till exempel https://ekonomi.example.se/export/{period}.csv"
    return None


def ending_of(address: str) -> str:
    """Return what an address's path ends in, in small letters: `csv` of `/e.csv` and of `/export/csv`."""
    return re.split("[./]", address.partition("?")[0])[-1].lower()


def _values(period: Period) -> dict[str, str]:
    return {"period": str(period), "year": f"{period.year:04d}", "month": f"{period.month:02d}"}
