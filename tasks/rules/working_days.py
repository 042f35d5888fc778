"""Working days: Monday to Friday, except the free days that the caller's calendar names."""

from datetime import date, timedelta

from tasks.rules.periods import Period

ONE_DAY = timedelta(days=1)


def is_working_day(day: date, *, free_days: frozenset[date]) -> bool:
    """Tell whether people are at work."""
    return day.weekday() < 5 and day not in free_days


def add_working_days(day: date, n: int, *, free_days: frozenset[date]) -> date:
    """Return the n-th working day after a day; the day itself for 0. Raises ValueError for n below 0."""
    if n < 0:
        raise ValueError(n)
    while n > 0:
        day += ONE_DAY
        n -= is_working_day(day, free_days=free_days)
    return day


def working_day_of_month(period: Period, n: int, *, free_days: frozenset[date]) -> date:
    """Return the n-th (from 1) working day of a month. Raises ValueError when the month has none such."""
    day = add_working_days(period.first_day - ONE_DAY, n, free_days=free_days)
    if Period.of(day) != period:
        raise ValueError(n)
    return day
