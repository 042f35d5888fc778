"""Working days: Monday to Friday, except the free days that the caller's calendar names."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from tasks.rules.periods import Period

ONE_DAY = timedelta(days=1)
NO_LEAP_YEAR = 2001
"""A span that comes every year has no leap day as its end."""


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


def parse_span(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Read a span of days in every year, `07-01--07-31` (months and days, both included); None otherwise."""
    found = re.fullmatch(r"(\d\d)-(\d\d)--(\d\d)-(\d\d)", text)
    if found is None:
        return None
    first, last = (int(found[1]), int(found[2])), (int(found[3]), int(found[4]))
    return (first, last) if _is_day(*first) and _is_day(*last) and first <= last else None


def days_of_spans(spans: Iterable[str], years: Iterable[int]) -> frozenset[date]:
    """Return the days of some years that lie in spans such as `07-01--07-31`. Raises ValueError."""
    days: set[date] = set()
    for span in spans:
        read = parse_span(span)
        if read is None:
            raise ValueError(span)
        for year in years:
            first, last = (date(year, month, day) for month, day in read)
            days |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return frozenset(days)


def _is_day(month: int, day: int) -> bool:
    try:
        date(NO_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
