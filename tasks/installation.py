"""An installation at work: its settings, configuration, clock and database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from notifications.errors import NotificationError
from sql.database import Database
from sql.errors import DatabaseError
from sql.migrate import migrate
from sql.server import EmbeddedServer
from tasks.clock import Clock
from tasks.config import Config, read_config
from tasks.errors import ManadError, UsageError
from tasks.rules.periods import Period
from tasks.settings import Settings

DRIVER = "postgresql+psycopg://"
DATABASE_ERRORS = (DatabaseError,)
EXPECTED_ERRORS = (ManadError, DatabaseError, NotificationError)
"""What ends as one line for the user; anything else is a fault of the program."""


@dataclass(frozen=True)
class PlanNews:
    """What happened to a unit's plan, told after it was stored."""

    what: Literal["submitted", "approved"]
    plan: int
    unit: str
    period: Period


Hear = Callable[[PlanNews], None]


def nobody_hears(news: PlanNews) -> None:
    """Hear nothing: there is no server to tell."""


@dataclass(frozen=True)
class Installation:
    """What every step may use. In a rehearsal the database forgets everything and no file is written."""

    settings: Settings
    config: Config
    clock: Clock
    database: Database
    rehearsal: bool = False
    hear: Hear = nobody_hears

    @property
    def mail_mode(self) -> str:
        """Return `live` or `redirected`: what a trial mails never stops the real mails from going out."""
        return "live" if self.settings.mail_redirect is None else "redirected"


@contextmanager
def open_installation(settings: Settings, clock: Clock) -> Iterator[Installation]:
    """Open the database (the user's own, else the embedded one), its schema up to date.

    Raises UsageError for an unusable configuration and DatabaseError when there is no database.
    """
    config = read_config(settings.config_file)
    if settings.inbox.parent == settings.home:  # our own; a folder of somebody else's is theirs to make
        settings.inbox.mkdir(exist_ok=True)
    with _database_url(settings) as url:
        migrate(_with_driver(settings.database_owner_url) if settings.database_owner_url else url)
        database = Database(url)
        try:
            yield Installation(settings, config, clock, database)
        finally:
            database.close()


@contextmanager
def rehearse(installation: Installation) -> Iterator[Installation]:
    """Lend an installation in which everything can be done and nothing stays."""
    with installation.database.rehearsal() as database:
        yield replace(installation, database=database, rehearsal=True)


@contextmanager
def _database_url(settings: Settings) -> Iterator[str]:
    if settings.database_url:
        yield _with_driver(settings.database_url)
        return
    with EmbeddedServer(settings.home) as server:
        yield server.url()


def _with_driver(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    if rest.partition("/")[0].count("@") > 1:
        raise UsageError("MANAD_DATABASE_URL har fler än ett @: skriv @ i lösenordet som %40.")
    if not separator or scheme.split("+")[0] not in {"postgresql", "postgres"}:
        raise UsageError(
            "MANAD_DATABASE_URL ska börja med postgresql://, till exempel postgresql://manad@server/manad."
        )
    return DRIVER + rest
