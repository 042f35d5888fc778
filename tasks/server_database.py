"""The database that Prefect's server keeps its runs in: one of its own, beside ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sql.server import EmbeddedServer
from tasks.settings import Settings

NAME = "prefect"


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
