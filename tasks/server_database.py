"""The database that Prefect's server keeps its runs in: one of its own, beside ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from sql.server import EmbeddedServer
from tasks.settings import Settings

NAME = "prefect"


@contextmanager
def server_database(settings: Settings) -> Iterator[str]:
    """Lend the URL of Prefect's database: the one that was given, else one in the embedded PostgreSQL.

    Raises DatabaseError.
    """
    if settings.prefect_database_url is not None:
        yield settings.prefect_database_url
        return
    with EmbeddedServer(settings.home) as server:
        yield server.create_database(NAME).replace("postgresql+psycopg", "postgresql+asyncpg", 1)
