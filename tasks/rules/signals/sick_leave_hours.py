"""Sick leave as hours: rows as delivered, what is known of a month, and what it comes to in per cent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.periods import Period

WOMEN, MEN = "K", "M"


@dataclass(frozen=True)
class SickHours:
    """One sex's month in a unit, in hours; None is missing.

    absent: days 1–14, 15–90 and from 91, of the same people as the ordinary hours. A unit that should have
    delivered and didn't has a row without hours, so that it counts as missing and not as nobody.
    """

    unit: str
    period: Period
    sex: str
    ordinary: Decimal | None = None
    absent: tuple[Decimal | None, Decimal | None, Decimal | None] = (None, None, None)

    @property
    def is_known(self) -> bool:
        """Tell whether no hours are missing."""
        hours = (self.ordinary, *self.absent)
        return all(each is not None and each.is_finite() for each in hours)


Month = Mapping[str, Sequence[SickHours]]
"""A month's rows by unit."""


@dataclass(frozen=True)
class SickLevels:
    """Sick leave in % of ordinary hours; None where there are none. The three spans add up to the total."""

    total: Decimal | None = None
    days_1_14: Decimal | None = None
    days_15_90: Decimal | None = None
    days_91: Decimal | None = None
    women: Decimal | None = None
    men: Decimal | None = None


@dataclass(frozen=True)
class KnownHours:
    """The rows of the `counted` units whose hours are all known, of the `of` that a month has."""

    rows: tuple[SickHours, ...]
    counted: int
    of: int

    def is_enough(self, least_percent: Decimal) -> bool:
        """Tell whether so many (%) of the units are known that the month can be reckoned with."""
        return self.counted > 0 and self.counted * 100 >= least_percent * self.of


@dataclass(frozen=True)
class SickHistory:
    """Rows by month and unit, none of them later than `last`."""

    months: Mapping[Period, Month]
    last: Period

    @classmethod
    def of(cls, rows: Iterable[SickHours], last: Period) -> "SickHistory":
        """Arrange delivered rows, those of former codes under the present one; later ones are left out."""
        months: dict[Period, dict[str, list[SickHours]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            if row.period <= last:
                months[row.period][row.unit].append(row)
        return cls(months, last)

    @property
    def units(self) -> frozenset[str]:
        """Return every unit that has a row in any month."""
        return frozenset(unit for month in self.months.values() for unit in month)

    def latest(self, count: int, units: Set[str]) -> list[KnownHours]:
        """Return what is known of some units in each of the latest months, oldest first."""
        periods = [self.last.plus(place - count) for place in range(1, count + 1)]
        return [_known_hours(self.months.get(period, {}), units) for period in periods]


def sick_levels(rows: Sequence[SickHours]) -> SickLevels:
    """Return what known rows come to, of a month or several: hours over hours, never a mean of per cents."""
    ordinary = _sum(row.ordinary for row in rows)
    spans = [_percent(_sum(row.absent[span] for row in rows), ordinary) for span in range(3)]
    of_sex = [total_percent([row for row in rows if row.sex == sex]) for sex in (WOMEN, MEN)]
    return SickLevels(total_percent(rows), *spans, *of_sex)


def total_percent(rows: Iterable[SickHours]) -> Decimal | None:
    """Return hours absent in % of ordinary hours, over known rows."""
    rows = list(rows)
    return _percent(_sum(hours for row in rows for hours in row.absent), _sum(row.ordinary for row in rows))


def _known_hours(month: Month, units: Set[str]) -> KnownHours:
    """Keep the units that lack no hours: a unit with a missing cell is missing, never smaller."""
    there = [month[unit] for unit in units if unit in month]
    whole = [rows for rows in there if all(row.is_known for row in rows)]
    return KnownHours(tuple(row for rows in whole for row in rows), counted=len(whole), of=len(there))


def _percent(absent: Decimal, ordinary: Decimal) -> Decimal | None:
    return absent / ordinary * 100 if ordinary > 0 else None


def _sum(hours: Iterable[Decimal | None]) -> Decimal:
    return sum((each for each in hours if each is not None), Decimal(0))
