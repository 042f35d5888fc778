"""One PostgreSQL cluster: made whole or not at all, started, recovered after kill -9, stopped."""

import os
import select
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from sql.account import programs_for
from sql.errors import ClusterMakeError, ServerStartError
from sql.places import SOCKET, Places
from sql.server_log import cut, failure, length, since, telling_line
from sql.server_settings import OWNER, PORT, options

PATIENCE = 180  # seconds: the recovery of a crash with max_wal_size behind it takes less
WAIT = ("-s", "-w", "-t", "60")  # pg_ctl: silent, until it is done, 60 s at the longest
ENCODING = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
INITDB = (*ENCODING, "--auth=trust", f"--username={OWNER}", "--no-instructions")

FIND_PROCESSES = """
for process in /proc/[0-9]*; do
    [ "$process/cwd" -ef "$1" ] && read -r name < "$process/comm" && [ "$name" = postgres ] \\
        && echo "${process#/proc/}"
done 2>/dev/null
true
"""


class Cluster:
    """A cluster at its places. Callers hold the start lock around `create` and `ensure_running`."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._account = places.account

    @cached_property
    def _programs(self) -> Path:
        return programs_for(self._account, self._places.base)

    def conninfo(self, database: str) -> str:
        """Return libpq's connection string of a database."""
        return make_conninfo(host=str(self._places.socket), port=PORT, user=OWNER, dbname=database)

    def create(self) -> None:
        """Make the cluster unless it exists; what an earlier attempt left half made is thrown away.

        Raises ClusterMakeError, DiskFullError and BinariesMissingError.
        """
        if self._places.data.exists():
            return
        for half in self._places.base.glob("data.new-*"):
            shutil.rmtree(half, ignore_errors=True)
        half = Path(tempfile.mkdtemp(prefix="data.new-", dir=self._places.base))
        self._account.make_folder(half)
        code, said = self._run("initdb", *INITDB, "-D", half.name)
        if code:
            raise failure(said, self._places.base) or ClusterMakeError(telling_line(said), self._places.base)
        half.rename(self._places.data)  # initdb has synced it: from here on it is whole
        _sync(self._places.base)

    def ensure_running(self) -> bool:
        """Return when the server answers: adopt a living one, wait for one on its way, else start it.

        Tells whether it had to be started. Raises ServerStartError, DiskFullError and BinariesMissingError.
        """
        cut(self._places.log)
        end = time.monotonic() + PATIENCE
        started = False
        while time.monotonic() < end:
            answer = Ping(PGconn.ping(f"{self.conninfo('postgres')} connect_timeout=5".encode()))
            if answer is Ping.OK:
                return started
            if answer is Ping.REJECT or self._is_alive():  # it starts, recovers or stops
                _pause()
            else:
                self._start()
                started = True
        raise ServerStartError("servern svarar inte", self._places.log)

    def stop(self) -> None:
        """Stop the server at once: whoever is connected is cut off. No error when it is already gone."""
        if self._pid_file.exists():
            self._run("pg_ctl", "stop", *WAIT, "-m", "fast", "-D", self._places.data.name)

    @property
    def _pid_file(self) -> Path:
        return self._places.data / "postmaster.pid"

    def _start(self) -> None:
        self._clear_after_kill()
        log = self._places.log
        told = length(log)
        flags = options(self._places.socket)
        code, said = self._run(
            "pg_ctl", "start", *WAIT, "-D", self._places.data.name, "-l", log.name, "-o", flags
        )
        if code and not self._is_alive():  # alive: one that a killed process had begun to start was first
            said = since(log, told) or said
            raise failure(said, self._places.base) or ServerStartError(telling_line(said), log)

    def _is_alive(self) -> bool:
        return _first_number(self._pid_file) in self._processes()

    def _processes(self) -> list[int]:
        """List the cluster's processes. Asked as its account: in a container root may not look at others."""
        found = self._account.run(
            "/bin/sh", "-c", FIND_PROCESSES, "sh", self._places.data, cwd=self._places.base
        )
        return [int(pid) for pid in found.stdout.split()]

    def _clear_after_kill(self) -> None:
        """End children that outlived a killed postmaster; drop locks whose process number has a new owner."""
        while left := self._processes():
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            _pause()
        for lock in (self._pid_file, self._places.socket / f"{SOCKET}.lock"):
            holder = _first_number(lock)
            if holder is not None and Path(f"/proc/{holder}").exists():
                lock.unlink(missing_ok=True)

    def _run(self, program: str, *arguments: str) -> tuple[int, str]:
        """Run a program in `base`. Paths are relative to it: pg_ctl hands them to a shell without care."""
        done = self._account.run(self._programs / program, *arguments, cwd=self._places.base)
        return done.returncode, done.stdout


def _first_number(file: Path) -> int | None:
    try:
        return int(file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pause() -> None:
    select.select([], [], [], 0.05)
