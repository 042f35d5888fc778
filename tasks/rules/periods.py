"""Months as data: a Period is a calendar month, written YYYY-MM."""

import re
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
    def swedish(self) -> str:
        """Return the month in words: `september 2026`."""
        return f"{MONTH_NAMES[self.month - 1]} {self.year}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def months_of(year: int) -> tuple[Period, ...]:
    """Return a year's months."""
    return tuple(Period(year, month) for month in range(1, 13))
