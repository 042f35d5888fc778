"""Prefect's server, seen from outside: the database that it keeps its runs in, and whether it answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sql.server import EmbeddedServer
from tasks.settings import Settings

NAME = "prefect"
PATIENCE = 2.0
"""Seconds that a server has to answer that it is well."""


@dataclass(frozen=True)
class ServerDatabase:
    """Prefect's database by its URL.

    keep: starts the embedded PostgreSQL again if it has died, and tells whether it had; raises DatabaseError.
    """

    url: str
    keep: Callable[[], bool]


@contextmanager
def server_database(settings: Settings) -> Iterator[ServerDatabase]:
    """Lend Prefect's database: the one that was given, else one in the embedded PostgreSQL.

    Raises DatabaseError.
    """
    if settings.prefect_database_url is not None and settings.database_url is not None:
        yield ServerDatabase(settings.prefect_database_url, keep=lambda: False)
        return
    with EmbeddedServer(settings.home) as server:
        yield ServerDatabase(settings.prefect_database_url or _own(server), server.ensure_running)


def _own(server: EmbeddedServer) -> str:
    return server.create_database(NAME).replace("postgresql+psycopg", "postgresql+asyncpg", 1)


def answers(address: str) -> bool:
    """Tell whether an address answers that all is well."""
    import requests  # noqa: PLC0415 - a tenth of a second that no command needs that isn't served

    try:
        return requests.get(address, timeout=PATIENCE, allow_redirects=False).ok
    except requests.RequestException:
        return False
