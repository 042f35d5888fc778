"""The only room that asks what time it is, or waits."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def _system_now() -> datetime:
    return datetime.now(UTC)


def _system_wait(seconds: float) -> None:
    time.sleep(seconds)


@dataclass(frozen=True)
class Clock:
    """Tells the time. Tests and `--today` hand in another one."""

    now: Callable[[], datetime] = _system_now
    wait: Callable[[float], None] = _system_wait
    stopwatch: Callable[[], float] = time.perf_counter

    def today(self) -> date:
        """Return the day it is in Stockholm."""
        return self.now().astimezone(STOCKHOLM).date()
