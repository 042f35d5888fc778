"""Where a source is fetched: what is configured of it, its address in a month, and who may get its secret."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.deliveries.fetched.answers import FORMATS
from tasks.rules.periods import Period
from tasks.rules.thresholds import check_between

# Stricter than the standard: what is no plain host name could be read as another host by another reader.
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?P<rest>[/?].*)?",
    re.IGNORECASE,
)
_NO_SIGN_OF_AN_ADDRESS = re.compile(r"[^!-~]|[\\#]")
_PLACES = re.compile(r"\{(.*?)\}")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")
MOST_LAG = 11
"""Months. With a year or more the name of a month wouldn't say which one it is."""


@dataclass(frozen=True)
class FetchSettings:
    """How long (s) a fetch waits: for a connection, for the next bytes, for one whole answer, between tries.

    Raises UnusableThresholdError.
    """

    connect_seconds: int = 10
    read_seconds: int = 60
    answer_seconds: int = 600
    longest_wait_seconds: int = 120

    def __post_init__(self) -> None:
        check_between("connect_seconds", Decimal(self.connect_seconds), 1)
        check_between("read_seconds", Decimal(self.read_seconds), 1)
        check_between("answer_seconds", Decimal(self.answer_seconds), 1)
        check_between("longest_wait_seconds", Decimal(self.longest_wait_seconds), 0)


@dataclass(frozen=True)
class SourceSettings:
    """A source's supplier, how late it is, and how it is fetched.

    lag_months: a month needs the figures of so many months before. Without `url` somebody puts its file into
    the inbox. token_file: a file with the bearer token, or with `oauth_url` the secret of the client.
    Raises UnusableThresholdError.
    """

    leverantor_epost: str = ""
    lag_months: int = 0
    url: str = ""
    format: str = ""
    list_key: str = ""
    token_file: str = ""
    oauth_url: str = ""
    oauth_client_id: str = ""
    oauth_scope: str = ""

    def __post_init__(self) -> None:
        check_between("lag_months", Decimal(self.lag_months), 0, MOST_LAG)

    @property
    def problem(self) -> str | None:
        """Say the first thing that is wrong, in Swedish and without the addresses: they may hold secrets."""
        return next(self._problems(), None)

    def _problems(self) -> Iterator[str]:
        for name, address in (("url", self.url), ("oauth_url", self.oauth_url)):
            if address and (wrong := unusable_address(address)):
                yield f"{name} {wrong}."
        if self.format not in ("", *FORMATS):
            yield f"format är {self.format!r} men ska vara {', '.join(FORMATS)}."
        if self.list_key and self.format not in ("", "json"):
            yield 'list_key finns bara för json. Ta bort den, eller skriv format = "json".'
        if self._of_a_fetch() and not self.url:
            yield "url saknas: ange adressen som källan hämtas från."
        if self.oauth_url and not self.oauth_client_id:
            yield "oauth_client_id saknas: ange klientens id."
        if not self.oauth_url and (self.oauth_client_id or self.oauth_scope):
            yield "oauth_url saknas: ange adressen där token hämtas."
        for name, address in (("url", self.url), ("oauth_url", self.oauth_url)):
            if address and (self.token_file or self.oauth_url) and not keeps_secrets(address):
                yield f"{name} ska börja med https://, för en hemlighet skickas dit."

    def _of_a_fetch(self) -> bool:
        return any((self.format, self.list_key, self.token_file, self.oauth_url, self.oauth_client_id))


@dataclass(frozen=True)
class Origin:
    """Who answers at an address: whoever is asked at the same one is the same."""

    scheme: str
    host: str
    port: int


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


def origin_of(address: str) -> Origin | None:
    """Return who answers at an address; None for what is no plain web address."""
    match = _ADDRESS.fullmatch(address)
    if match is None or _NO_SIGN_OF_AN_ADDRESS.search(address):
        return None
    scheme = match["scheme"].lower()
    return Origin(scheme, match["host"].lower(), int(match["port"] or _DEFAULT_PORTS[scheme]))


def may_redirect(asked: Origin, other: Origin | None) -> bool:
    """Tell whether a redirect may be followed: to the same one, or from its http to its https."""
    return other is not None and other in (asked, _secured(asked))


def keeps_secrets(address: str) -> bool:
    """Tell whether a secret may be sent to an address: by https, or without leaving this machine."""
    origin = origin_of(address)
    return origin is not None and (origin.scheme == "https" or is_this_machine(address))


def is_this_machine(address: str) -> bool:
    """Tell whether an address is on this machine: what is sent there goes through no proxy either."""
    origin = origin_of(address)
    return origin is not None and origin.host in _THIS_MACHINE


def _secured(origin: Origin) -> Origin:
    return Origin("https", origin.host, 443) if origin.port == _DEFAULT_PORTS["http"] else origin


def _values(period: Period) -> dict[str, str]:
    return {"period": str(period), "year": f"{period.year:04d}", "month": f"{period.month:02d}"}
