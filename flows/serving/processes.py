"""Processes that serve: started together, watched, and stopped together with all that they started."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.clock import Clock

GENTLY, AT_ONCE = 6.0, 2.0
"""So long (s) a stopped process may take to end by itself, and then to be gone."""
PAUSE = 0.1
RECORD = "serve.json"
PARENT, GROUP, BEGAN = 1, 2, 19
"""Where these stand in /proc/PID/stat, counted after the process's name."""


@dataclass(frozen=True)
class Served:
    """A process that serves, and leads the group of all that it starts."""

    name: str
    words: tuple[str, ...]
    process: subprocess.Popen[bytes]
    log: Path


class Processes:
    """What a serving installation has started; the record on disk outlives a kill -9."""

    def __init__(self, home: Path, folder: Path, environment: Mapping[str, str], clock: Clock) -> None:
        self._record, self._logs = home / RECORD, home / "logs"
        self._folder, self._environment, self._clock = folder, environment, clock
        self._served: dict[str, Served] = {}
        self._groups: list[subprocess.Popen[bytes]] = []
        self._began: dict[int, str | None] = {}

    def start(self, name: str, *words: str, stays: bool = True) -> Served:
        """Start a Python module's command, in a group of its own; what it says goes to a log.

        stays: it is to live until all is stopped, else it does something and ends.
        """
        self._logs.mkdir(parents=True, exist_ok=True)
        log = self._logs / f"{name}.log"
        with log.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=self._folder,
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started = Served(name, words, process, log)
        if stays:
            self._served[name] = started
        self._groups.append(process)
        self._began[process.pid] = _started(process.pid)
        self._write()
        return started

    def ended(self) -> list[Served]:
        """Return those that were to stay and have ended by themselves."""
        return [one for one in self._served.values() if one.process.poll() is not None]

    def stop(self) -> None:
        """Stop all, the newest first, and what they started, also what a dead one left."""
        self._stop([pid for pid, began in reversed(self._began.items()) if _started(pid) in (None, began)])
        self._record.unlink(missing_ok=True)

    def stop_left_over(self) -> int:
        """Stop what a killed `manad serve` of this home has left; return how many there were."""
        groups = _living(_read(self._record))
        self._stop(groups)
        self._record.unlink(missing_ok=True)
        return len(groups)

    def _stop(self, leaders: Sequence[int]) -> None:
        """Stop groups, and a worker's runs: they lead groups of their own, and it stops them, or we do."""
        groups = [group for leader in leaders for group in (leader, *_groups_below(leader))]
        for number, seconds, those in ((signal.SIGTERM, GENTLY, leaders), (signal.SIGKILL, AT_ONCE, groups)):
            for group in those:
                _tell(group, number)
            self._wait(groups, seconds)

    def _wait(self, groups: Sequence[int], seconds: float) -> None:
        end = self._clock.stopwatch() + seconds
        while self._clock.stopwatch() < end and any(_tell(group, 0) for group in groups):
            for process in self._groups:
                process.poll()
            self._clock.wait(PAUSE)

    def _write(self) -> None:
        processes = [{"pid": pid, "started": began} for pid, began in self._began.items()]
        fresh = self._record.with_suffix(".new")
        record = {"api": self._environment["PREFECT_API_URL"], "processes": processes}
        fresh.write_text(json.dumps(record), encoding="utf-8")
        fresh.replace(self._record)


def served_api(home: Path) -> str | None:
    """Return the address of the API that a home's `manad serve` serves now, None when none does."""
    record = _read(home / RECORD)
    return record.api if _living(record) else None


@dataclass(frozen=True)
class _Record:
    """What a home's `manad serve` has written down: the API that it serves, and when each process began."""

    api: str
    began: Mapping[int, str | None]


def _read(path: Path) -> _Record:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return _Record("", {})
    return _Record(record["api"], {process["pid"]: process["started"] for process in record["processes"]})


def _living(record: _Record) -> list[int]:
    """Return the processes of a record that are still the ones that it tells of."""
    return [pid for pid, began in record.began.items() if began and _started(pid) == began]


def _groups_below(leader: int) -> list[int]:
    """Return the groups that the processes which a leader has started lead themselves."""
    parents: dict[int, list[tuple[int, int]]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if len(words := _stat(folder.name)) > GROUP:
            parents.setdefault(int(words[PARENT]), []).append((int(folder.name), int(words[GROUP])))
    groups, leaders = [], [leader]
    while leaders:
        for pid, group in parents.get(leaders.pop(), ()):
            leaders.append(pid)
            groups += [group] if group == pid else []
    return groups


def _tell(group: int, number: int) -> bool:
    """Send a signal (0: none) to a group; tell whether it lives."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _started(pid: int) -> str | None:
    """Return when a process began, as the kernel counts: a number used again begins at another time."""
    words = _stat(str(pid))
    return words[BEGAN] if len(words) > BEGAN else None


def _stat(pid: str) -> list[str]:
    """Return what the kernel tells of a process after its name; nothing where it can't be asked."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []
