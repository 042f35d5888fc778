"""What serves is kept alive: whatever ends by itself is started again, for as long as it takes."""

import threading
from collections import defaultdict, deque
from collections.abc import Callable

from flows.serving.processes import Processes, Served
from tasks.clock import Clock
from tasks.installation import DATABASE_ERRORS
from tasks.rules.operations.unasked import pause_before_restart

PAUSE = 0.5
LOOK_AT_DATABASE = 5.0
"""Seconds between two looks at the processes, and at the database."""
REMEMBERED_ENDS = 20
"""So many of a process's ends are kept: enough for the longest pause."""

Say = Callable[[str], None]


def keep_serving(
    processes: Processes, keep_database: Callable[[], bool], clock: Clock, stop: threading.Event, say: Say
) -> None:
    """Start again what has ended, sooner or later by how often it has, until told to stop.

    keep_database: starts the database again if it has died; tells whether it had.
    """
    restarts, database = _Restarts(clock, say), _Database(keep_database, clock, say)
    while not stop.wait(PAUSE):
        database.keep()
        for one in processes.ended():
            if restarts.is_due(one):
                processes.start(one.name, *one.words)


class _Restarts:
    """When what has ended by itself is to be started again."""

    def __init__(self, clock: Clock, say: Say) -> None:
        self._clock, self._say = clock, say
        self._ends: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=REMEMBERED_ENDS))
        self._due: dict[str, float] = {}

    def is_due(self, ended: Served) -> bool:
        """Tell whether it is to be started now; the first time it is asked, that it has ended is said."""
        now = self._clock.stopwatch()
        if ended.name not in self._due:
            self._ends[ended.name].append(now)
            pause = pause_before_restart(self._ends[ended.name], now)
            self._due[ended.name] = now + pause
            self._say(
                f"{ended.name} avslutades av sig själv och startas igen om {pause:.0f} s (se {ended.log})."
            )
        if now < self._due[ended.name]:
            return False
        del self._due[ended.name]
        return True


class _Database:
    """The database, looked at now and then; what it says is said once."""

    def __init__(self, keep: Callable[[], bool], clock: Clock, say: Say) -> None:
        self._keep, self._clock, self._say = keep, clock, say
        self._looked = clock.stopwatch()
        self._said = ""

    def keep(self) -> None:
        if self._clock.stopwatch() - self._looked < LOOK_AT_DATABASE:
            return
        try:
            notice = "Databasen hade stannat och är startad igen." if self._keep() else ""
        except DATABASE_ERRORS as error:
            notice = str(error)
        if notice and notice != self._said:
            self._say(notice)
        self._said = notice
        self._looked = self._clock.stopwatch()
