"""What an administration decides of a source itself: who delivers it, and where it is fetched."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.deliveries.fetching import FORMATS
from tasks.rules.deliveries.source_address import keeps_secrets, unusable_address
from tasks.rules.thresholds import check_between


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
    """A source's supplier, and how it is fetched; without `url` somebody puts its file into the inbox.

    token_file: a file with the bearer token, or with `oauth_url` the secret of the client.
    """

    leverantor_epost: str = ""
    url: str = ""
    format: str = ""
    list_key: str = ""
    token_file: str = ""
    oauth_url: str = ""
    oauth_client_id: str = ""
    oauth_scope: str = ""

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
