"""The calendar as data: a Period is a month, written YYYY-MM, and working days are Monday to Friday.

Which of these are free is what the caller's calendar says.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MONTH_NAMES = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
ONE_DAY = timedelta(days=1)
_NO_LEAP_YEAR = 2001
"""A span that comes every year has no leap day as its end."""


@dataclass(frozen=True, order=True)
class Period:
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `YYYY-MM`. Raises ValueError for anything else."""
        match = re.fullmatch(r"([12][0-9]{3})-(0[1-9]|1[0-2])", text.strip())
        if match is None:
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Period":
        """Return the month that a day lies in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """Return the first day of the month: how a period is stored."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Return the last day of the month."""
        return self.plus(1).first_day - timedelta(days=1)

    def plus(self, months: int) -> "Period":
        """Return the period this many months later (earlier when negative)."""
        years, month = divmod(self.month - 1 + months, 12)
        return Period(self.year + years, month + 1)

    @property
    def month_name(self) -> str:
        """Return the month without its year: `september`."""
        return MONTH_NAMES[self.month - 1]

    @property
    def swedish(self) -> str:
        """Return the month in words: `september 2026`."""
        return f"{self.month_name} {self.year}"

    @property
    def year_so_far(self) -> str:
        """Return the year's months up to this one in words: `januari–september 2026`, `januari 2026`."""
        return self.swedish if self.month == 1 else f"{MONTH_NAMES[0]}–{self.swedish}"

    @property
    def year_so_far_short(self) -> str:
        """Return the same for the head of a column: `jan–sep 2026`, `jan 2026`."""
        last = f"{self.month_name[:3]} {self.year}"
        return last if self.month == 1 else f"{MONTH_NAMES[0][:3]}–{last}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def months_of(year: int) -> tuple[Period, ...]:
    """Return a year's months."""
    return tuple(Period(year, month) for month in range(1, 13))


def months_words(months: Sequence[Period]) -> str:
    """Name months of one year, in order: `2025`, `januari–mars 2025`, `januari, mars och maj 2025`."""
    first, last = months[0], months[-1]
    if len(months) == len(MONTH_NAMES):
        return str(first.year)
    if len(months) == 1:
        return first.swedish
    if last.month - first.month == len(months) - 1:
        return f"{first.month_name}–{last.swedish}"
    return f"{', '.join(month.month_name for month in months[:-1])} och {last.swedish}"


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
    match = re.fullmatch(r"(\d\d)-(\d\d)--(\d\d)-(\d\d)", text)
    if match is None:
        return None
    first, last = (int(match[1]), int(match[2])), (int(match[3]), int(match[4]))
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
        date(_NO_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
