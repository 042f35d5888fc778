"""What begins without being asked: recent months, schedules on time, and what has ended by itself."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tasks.rules.periods import Period

MONTHS_BACK = 2
"""Files of older months are history that was handed in late: nobody is to be mailed about them unasked."""
LATEST = timedelta(hours=20)
"""A scheduled run that begins so late is left to the next one: a daily schedule that was missed for three
days is run once."""
REMEMBERED = 3600.0
"""Seconds after which an end is forgotten: what has lived for so long is well."""
LONGEST = 300.0
"""Seconds that it waits at most: what a server's long night has stopped goes on soon after."""


def first_unasked(today: date) -> Period:
    """Return the oldest month that is run unasked on a day."""
    return Period.of(today).plus(-MONTHS_BACK)


def runs_unasked(period: Period, today: date) -> bool:
    """Tell whether a month is run as soon as its deliveries suffice."""
    return first_unasked(today) <= period <= Period.of(today)


def is_stale(scheduled: datetime, now: datetime) -> bool:
    """Tell whether a scheduled run begins too late to be worth while."""
    return now - scheduled > LATEST


def pause_before_restart(ends: Sequence[float], now: float) -> float:
    """Return the seconds to wait: 1 after the first end, and twice as long after each that follows it.

    ends: when it has ended (s, by the same stopwatch as `now`), this time included.
    """
    pause = 1.0
    for _ in [end for end in ends if now - end < REMEMBERED][1:]:
        pause = min(2 * pause, LONGEST)
    return pause
