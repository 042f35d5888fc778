"""Transactions and named queries on PostgreSQL: the only door to the driver."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar
from urllib.parse import unquote

import psycopg
from sqlalchemy import JSON, URL, Connection, Engine, Row, TextClause, bindparam, create_engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from sql.errors import DatabaseError
from sql.queries import query

COPY_BLOCK = 256 * 1024
DISK_FULL = "53100"
MOST_REMEMBERED = 8
Made = TypeVar("Made")
SESSION = "-c idle_in_transaction_session_timeout=60s"
"""One that hangs with a transaction open lets go of its locks when its lease (tasks/worker.py) is over."""


class Transaction:
    """Named queries inside one transaction. Parameters that are dicts or lists of dicts travel as JSON."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, name: str, **parameters: Any) -> Sequence[Row[Any]]:
        """Return all rows of a query."""
        found: Sequence[Row[Any]] = self._execute(name, parameters).all()
        return found

    def row(self, name: str, **parameters: Any) -> Row[Any] | None:
        """Return the first row, or None."""
        found: Row[Any] | None = self._execute(name, parameters).first()
        return found

    def value(self, name: str, **parameters: Any) -> Any:
        """Return the first column of the first row, or None."""
        found = self.row(name, **parameters)
        return None if found is None else found[0]

    def run(self, name: str, **parameters: Any) -> int:
        """Run a statement; return the number of rows that it touched."""
        return int(self._execute(name, parameters).rowcount)

    def run_many(self, name: str, many: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement once for each of the parameter sets."""
        if many:
            self._connection.execute(_with_json(name, many[0]), [dict(one) for one in many])

    def copy_csv(self, table: str, columns: Sequence[str], csv: bytes | memoryview) -> None:
        """Load comma-separated UTF-8 rows without header by COPY; an unquoted empty field is null."""
        driver = self._connection.connection.driver_connection
        if driver is None:
            raise DatabaseError("Förbindelsen med databasen är stängd.")
        target = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv)"
        with driver.cursor() as cursor, cursor.copy(target) as copy:
            for start in range(0, len(csv), COPY_BLOCK):
                copy.write(csv[start : start + COPY_BLOCK])

    def remembered(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made of a key on this connection before, else make it. The last few are kept.

        For what costs much to make of rows that never change.
        """
        memory: dict[Hashable, Any] = self._connection.info.setdefault("remembered", {})
        if key not in memory:
            if len(memory) == MOST_REMEMBERED:
                memory.clear()
            memory[key] = make()
        made: Made = memory[key]
        return made

    def _execute(self, name: str, parameters: Mapping[str, Any]) -> Any:
        return self._connection.execute(_with_json(name, parameters), dict(parameters))


def _with_json(name: str, parameters: Mapping[str, Any]) -> TextClause:
    return _statement(name, tuple(key for key, value in parameters.items() if isinstance(value, dict)))


@cache
def _statement(name: str, as_json: tuple[str, ...]) -> TextClause:
    return query(name).bindparams(*(bindparam(key, type_=JSON(none_as_null=True)) for key in as_json))


def as_written(url: str) -> URL:
    """Return a database's URL with the name decoded: SQLAlchemy decodes everything else of it."""
    read = make_url(url)
    return read.set(database=None if read.database is None else unquote(read.database))


class Database:
    """A PostgreSQL database. Open one per process; every transaction is short."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine: Engine = create_engine(
            as_written(url),
            pool_size=2,
            max_overflow=3,
            pool_pre_ping=False,
            connect_args={"options": SESSION},
            use_native_hstore=False,  # else every start looks for a type that we don't use
        )

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Commit when the block ends well, roll back when it raises. Raises DatabaseError."""
        with self._translated(), self._engine.begin() as connection:
            yield Transaction(connection)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @contextmanager
    def rehearsal(self) -> Iterator["Database"]:
        """Lend a database in which everything can be done and nothing stays."""
        with self._translated(), self._engine.connect() as connection:
            outer = connection.begin()
            try:
                yield _Rehearsal(self.url, connection)
            finally:
                outer.rollback()

    @staticmethod
    @contextmanager
    def _translated() -> Iterator[None]:
        try:
            yield
        except (DBAPIError, psycopg.Error) as error:
            raise database_error(error) from error


class _Rehearsal(Database):
    """A database whose transactions are savepoints of one that is rolled back."""

    def __init__(self, url: str, connection: Connection) -> None:
        self.url = url
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._translated(), self._connection.begin_nested():
            yield Transaction(self._connection)

    def close(self) -> None:
        pass


@contextmanager
def private_connection(url: str) -> Iterator[Transaction]:
    """Lend a connection outside of the pool where every statement commits by itself."""
    engine = create_engine(
        as_written(url), poolclass=NullPool, isolation_level="AUTOCOMMIT", use_native_hstore=False
    )
    with Database._translated(), engine.connect() as connection:
        yield Transaction(connection)


def database_error(error: DBAPIError | psycopg.Error) -> DatabaseError:
    """Say in one Swedish line what the database refused."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(cause, "sqlstate", None)
    first_line = (str(cause).strip() or type(cause).__name__).splitlines()[0]
    if state == DISK_FULL:
        return DatabaseError("Databasens disk är full: frigör utrymme och kör igen. Inget har sparats halvt.")
    if state is None or state.startswith(("08", "57P")):
        return DatabaseError(
            f"Databasen svarar inte: {first_line}. Kontrollera MANAD_DATABASE_URL och kör igen."
        )
    return DatabaseError(f"Databasen sade nej ({state}): {first_line}")
