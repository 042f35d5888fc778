"""The embedded PostgreSQL: started by the first who needs it, stopped by the last who leaves cleanly."""

import errno
import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from sql.cluster import Cluster
from sql.errors import DatabaseError, DatabaseFolderError, DiskFullError, ProgramHangsError
from sql.places import SHORT, STATE, Places, find_places, places_of_deleted_homes
from sql.server_log import says_disk_full
from sql.server_settings import OWNER, PORT

DATABASE = "manad"
IN_SWEDISH = {
    errno.EACCES: "rättigheter saknas",
    errno.EPERM: "rättigheter saknas",
    errno.ENOENT: "den finns inte",
    errno.ENOTDIR: "en del av sökvägen är en fil",
    errno.EROFS: "den är skrivskyddad",
}


class EmbeddedServer:
    """Keep a home's PostgreSQL running while this is entered, in however many processes.

    1. Coming in: take `postgres.start.lock` alone, so that one at a time makes and starts the cluster.
    2. Hold `postgres.users.lock` shared for as long as the server is needed; kill -9 gives it back too.
    3. A server that answers is adopted, even one whose users were all killed; otherwise it is started.
    4. Going out: whoever gets `postgres.users.lock` alone was the last, and stops the server holding it.
       Nobody waits here for others; a newcomer waits at 2 until the server has stopped.
    """

    def __init__(self, home: Path, *, state: Path = STATE, short: Path = SHORT) -> None:
        self._home = home
        self._state = state
        self._short = short
        self._users = -1
        self._places: Places | None = None

    def __enter__(self) -> Self:
        """Start or adopt the server, with the database `manad` in it. Raises DatabaseError."""
        with _own_errors(self._home):
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._home = self._home.resolve()
            self._users = _open_lock(self._home, "postgres.users.lock")
            try:
                self.ensure_running()
            except BaseException:
                self._leave()
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave; the last one out stops the server. Raises DatabaseError."""
        with _own_errors(self._home):
            self._leave()

    def ensure_running(self) -> bool:
        """Start the server again if it has died since, for one who stays long; tell whether it had.

        Raises DatabaseError.
        """
        with _own_errors(self._home), _alone(self._home, "postgres.start.lock"):
            fcntl.flock(self._users, fcntl.LOCK_SH)
            self._places = find_places(self._home, state=self._state, short=self._short)
            for deleted in places_of_deleted_homes(self._home, self._places, state=self._state):
                Cluster(deleted).stop()
            cluster = Cluster(self._places)
            cluster.create()
            started = cluster.ensure_running()
            self.create_database(DATABASE)
            return started

    def url(self, database: str = DATABASE) -> str:
        """Return a database's URL for SQLAlchemy with psycopg."""
        folder = quote(str(self._entered().socket), safe="")
        return f"postgresql+psycopg://{OWNER}@/{quote(database, safe='')}?host={folder}&port={PORT}"

    def conninfo(self, database: str = DATABASE) -> str:
        """Return a database's connection string for psycopg and libpq's programs."""
        return Cluster(self._entered()).conninfo(database)

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Make a database as a copy of `template` unless it exists; return its URL. Raises DatabaseError."""
        with self._maintenance() as connection:
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", (name,)).rowcount:
                make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
                connection.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, if it exists, and cut off who uses it. Raises DatabaseError."""
        with self._maintenance() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    @contextmanager
    def _maintenance(self) -> Iterator[psycopg.Connection]:
        with (
            _own_errors(self._entered().base),
            psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection,
        ):
            yield connection

    def _entered(self) -> Places:
        if self._places is None:
            raise RuntimeError("the server is used outside of its with block")
        return self._places

    def _leave(self) -> None:
        try:
            with suppress(BlockingIOError):  # others still use the server
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if self._places:
                    Cluster(self._places).stop()
        finally:
            fcntl.flock(self._users, fcntl.LOCK_UN)  # at once, even where a fork holds a copy of the handle
            os.close(self._users)
            self._places = None


def _open_lock(home: Path, name: str) -> int:
    handle = os.open(home / name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    if os.geteuid() == 0:  # the home's owner must be able to take root's place
        os.fchown(handle, home.stat().st_uid, -1)
    return handle


@contextmanager
def _alone(home: Path, name: str) -> Iterator[None]:
    handle = _open_lock(home, name)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _own_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except subprocess.TimeoutExpired as error:
        raise ProgramHangsError(Path(error.cmd[0]).name, error.timeout) from error
    except psycopg.errors.DiskFull as error:
        raise DiskFullError(folder) from error
    except psycopg.Error as error:
        first_line = str(error).partition("\n")[0]
        raise DatabaseError(f"Databasen sade nej: {first_line}. Kör igen.") from error
    except OSError as error:
        if says_disk_full(str(error)):
            raise DiskFullError(folder) from error
        place = Path(error.filename) if isinstance(error.filename, str) else folder
        raise DatabaseFolderError(
            place, IN_SWEDISH.get(error.errno or 0, error.strerror or str(error))
        ) from error
