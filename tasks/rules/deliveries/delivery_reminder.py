"""When a supplier is reminded of a delivery: the working day before its deadline, and the one after it."""

from datetime import date, timedelta
from typing import Literal

from tasks.rules.periods import ONE_DAY, add_working_days, is_working_day
from tasks.rules.swedish import weekday

DayKind = Literal["before", "after"]


def reminder_due(today: date, deadline: date, *, free_days: frozenset[date]) -> DayKind | None:
    """Return which reminder belongs to a day, None for none; free_days: those on which nothing is sent.

    A missed day is made up for: the first one until the deadline's own day, the second on any day after.
    """
    if not is_working_day(today, free_days=free_days):
        return None
    if today > deadline:
        return "after"
    return "before" if today >= day_before(deadline, free_days=free_days) else None


def day_before(deadline: date, *, free_days: frozenset[date]) -> date:
    """Return the working day before a deadline."""
    day = deadline - ONE_DAY
    while not is_working_day(day, free_days=free_days):
        day -= ONE_DAY
    return day


def day_after(deadline: date, *, free_days: frozenset[date]) -> date:
    """Return the working day after a deadline."""
    return add_working_days(deadline, 1, free_days=free_days)


def due_in_words(today: date, deadline: date) -> str:
    """Say how near a deadline is: `i dag`, `i morgon`, `på måndag`; empty when it has passed."""
    left = deadline - today
    if left < timedelta(0):
        return ""
    near = {timedelta(0): "i dag", ONE_DAY: "i morgon"}
    return near.get(left, f"på {weekday(deadline)}" if left < timedelta(7) else "")
