"""What old years teach of a kind of unit: how wide its interval is, how far a forecast misses, what stays.

They are replayed (see backtest); what they taught is kept, and later months are forecast with it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from tasks.rules.assessment.forecast import YARDSTICK
from tasks.rules.assessment.unit_years import Booleans, Floats, Integers, Words, capped, divided

MONTHS = tuple(range(1, 12))
"""The closings that a year can be warned at: in December it is known."""
OVERSPEND = 0.02
"""A year that ends this far over its budget is an overspend to be found (the board's limit)."""
ALL_TYPES = ""
"""The key of what was learnt of all units together, for a type that was not seen or too seldom."""
TYPICAL_MISS = (2.0, 2.1, 2.1, 1.7, 1.5, 1.3, 1.1, 0.95, 0.8, 0.6, 0.4)
"""The mean miss (%) in months 1–11 of a forecast held to a budget, before anything is learnt: units with one
year of history in ten fictional administrations (docs/benchmarks.md)."""
TYPICAL_MISS_OF_TREND = (8.0, 7.5, 6.5, 5.5, 5.0, 4.2, 3.7, 3.2, 2.4, 1.6, 0.9)
"""The same without a budget: between those of two collections of published monthly series."""
WIDTH = 1.45
"""So many typical misses hold 80 % of the years before anything is learnt: 1,3–1,5 in the administrations,
1,1–1,3 in the published series."""
NEWEST_YEARS = 10
"""Older years teach less: premises, prices and habits of booking change."""
FEWEST_YEARS = 20
"""So many unit-years are needed to learn anything of a type, or of all."""
BORROWED = 15.0
"""All units count as so many unit-years of a type's own width: a quantile of few is uncertain."""
NEAR = 1
"""Closings so near are read together: a year's misses in May and June tell the same."""
NO_DIFFERENCE = 0.0005
"""Differences that are smaller (a fraction) on the whole show as 0,0 % and have no part that stays."""
MOST_DIFFERENCE = 0.2
"""A difference so far that is larger (a fraction) says more of the unit's budget than of what stays."""

ByType = Mapping[str, tuple[float | None, ...]]
"""A figure for each of the months 1–11, by unit type."""


@dataclass(frozen=True)
class Learnt:
    """By unit type and month closed (1–11); None where too little was seen.

    widths: how many typical misses hold 80 % of the years. misses: the typical miss, a fraction of the
    forecast. stays: the part of a deviation so far that was left in the months that remained.
    """

    widths: ByType = field(default_factory=dict)
    misses: ByType = field(default_factory=dict)
    stays: ByType = field(default_factory=dict)

    def width(self, unit_type: Words, month: int) -> Floats:
        """Return how many typical misses hold 80 % of the years, for each unit."""
        return _looked_up(self.widths, unit_type, month, WIDTH)

    def miss(self, unit_type: Words, month: int) -> Floats:
        """Return each unit's type's typical miss (a fraction), NaN where nothing was learnt."""
        return _looked_up(self.misses, unit_type, month, np.nan)

    def as_data(self) -> dict[str, dict[str, list[float | None]]]:
        """Return plain JSON values."""
        return {
            name: {key: list(values) for key, values in getattr(self, name).items()}
            for name in ("widths", "misses", "stays")
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Mapping[str, Sequence[float | None]]]) -> "Learnt":
        """Make it of what `as_data` returned."""
        return cls(**{name: {key: tuple(values) for key, values in data[name].items()} for name in data})


NOTHING_LEARNT = Learnt()


@dataclass(frozen=True)
class Replayed:
    """One year of n units; by closing (1–11) where a second axis is said: (n, 11). kr, NaN where missing.

    outcome: (n, 12). budget: (n,). forecast, lower, upper, expected (of the months so far): (n, 11). miss:
    (n, 11), the typical miss as a fraction. years_known: (n,), whole years before. naive: other forecasts by
    name, (n, 11). signals: (n, 11), "", "bevaka" or "larm", about underskott.
    """

    year: int
    unit: Words
    unit_type: Words
    outcome: Floats
    budget: Floats
    forecast: Floats
    lower: Floats
    upper: Floats
    expected: Floats
    miss: Floats
    years_known: Integers
    naive: Mapping[str, Floats]
    signals: Words

    def of(self, chosen: Booleans) -> "Replayed":
        """Return some of the units."""
        return Replayed(
            year=self.year,
            naive={name: forecasts[chosen] for name, forecasts in self.naive.items()},
            **{name: getattr(self, name)[chosen] for name in _BY_UNIT},
        )

    @property
    def total(self) -> Floats:
        """Return what the year came to (kr), NaN where a month is missing: (n,)."""
        total: Floats = self.outcome.sum(axis=1)
        return total

    @property
    def is_over(self) -> Booleans:
        """Tell which units ended as overspends; a budget of 0 has no per cent to be over by."""
        over: Booleans = (self.total - self.budget > OVERSPEND * abs(self.budget)) & (self.budget != 0)
        return over


_BY_UNIT = tuple(one.name for one in fields(Replayed) if one.name not in {"year", "naive"})


def learn(replays: Sequence[Replayed]) -> Learnt:
    """Learn from the newest of replayed years; what fewer than 20 unit-years say is left out."""
    lessons = _lessons(replays[-NEWEST_YEARS:])
    types = (ALL_TYPES, *sorted({str(name) for name in lessons.unit_type}))
    return Learnt(
        widths=_by_type(types, lessons, _width),
        misses=_by_type(types, lessons, _miss),
        stays=_by_type(types, lessons, _stays),
    )


@dataclass(frozen=True)
class _Lessons:
    """Unit-years below each other, (N,) or by closing (N, 11); fractions, NaN where unknown.

    missed: how far the forecast missed the year. usual: how far it was thought to miss. so_far, rest: how far
    the months so far, and those that remained, were from the expected.
    """

    unit_type: Words
    years_known: Integers
    missed: Floats
    usual: Floats
    so_far: Floats
    rest: Floats

    def of(self, unit_type: str) -> Booleans:
        """Tell which are of a type."""
        if unit_type == ALL_TYPES:
            return np.ones(len(self.unit_type), dtype=np.bool_)
        return np.asarray(self.unit_type == unit_type)


_Figure = Callable[[_Lessons, str, int], float | None]


def _lessons(replays: Sequence[Replayed]) -> _Lessons:
    parts = [_lessons_of(one) for one in replays]
    return _Lessons(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in _Lessons.__dataclass_fields__)
    )


def _lessons_of(one: Replayed) -> _Lessons:
    total, budget = one.total[:, np.newaxis], one.budget[:, np.newaxis]
    so_far = one.outcome.cumsum(axis=1)[:, : len(MONTHS)]
    left = np.where(_is_yardstick(one)[:, np.newaxis], budget - one.expected, np.nan)
    return _Lessons(
        unit_type=one.unit_type,
        years_known=one.years_known,
        missed=_fraction(np.abs(total - one.forecast), np.abs(one.forecast)),
        usual=one.miss,
        so_far=_fraction(so_far - one.expected, one.expected),
        rest=_fraction(total - so_far - left, left),
    )


def _is_yardstick(one: Replayed) -> Booleans:
    """Tell which budgets were of the size of what the year came to: others say nothing of what was left."""
    cost = divided(one.total, one.budget, np.isfinite(one.budget) & (one.budget != 0))
    return np.asarray((cost > 1 / YARDSTICK) & (cost < YARDSTICK))


def _fraction(over: Floats, under: Floats) -> Floats:
    return divided(over, under, np.isfinite(under) & (under != 0))


def _by_type(types: Sequence[str], lessons: _Lessons, figure: _Figure) -> dict[str, tuple[float | None, ...]]:
    rows = {name: tuple(figure(lessons, name, month) for month in MONTHS) for name in types}
    return {name: row for name, row in rows.items() if any(value is not None for value in row)}


def _width(lessons: _Lessons, unit_type: str, month: int) -> float | None:
    """Return how many usual misses held 80 % of the years, by units that had missed a year before."""
    near = slice(max(0, month - 1 - NEAR), month + NEAR)
    usual = lessons.usual[:, near]
    ratios = divided(lessons.missed[:, near], usual, np.isfinite(usual) & (usual > 0))
    taught = (lessons.years_known >= 2)[:, np.newaxis] & np.isfinite(ratios)
    of_type = taught & lessons.of(unit_type)[:, np.newaxis]
    own, years = ratios[of_type], int(of_type.any(axis=1).sum())
    if years < FEWEST_YEARS:
        return None
    trust = years / (years + BORROWED)
    return float(trust * np.quantile(own, 0.8) + (1 - trust) * np.quantile(ratios[taught], 0.8))


def _miss(lessons: _Lessons, unit_type: str, month: int) -> float | None:
    missed = lessons.missed[lessons.of(unit_type), month - 1]
    missed = missed[np.isfinite(missed)]
    if len(missed) < FEWEST_YEARS:
        return None
    return float(capped(missed, np.zeros(len(missed), dtype=np.int64)).mean())


def _stays(lessons: _Lessons, unit_type: str, month: int) -> float | None:
    """Return the part of a difference so far that was left in the months that remained (least squares)."""
    so_far, rest = lessons.so_far[:, month - 1], lessons.rest[:, month - 1]
    usable = lessons.of(unit_type) & np.isfinite(so_far) & np.isfinite(rest)
    first, second = (np.clip(part[usable], -MOST_DIFFERENCE, MOST_DIFFERENCE) for part in (so_far, rest))
    if len(first) < FEWEST_YEARS or (first**2).mean() < NO_DIFFERENCE**2:
        return None
    return float(np.clip((first * second).sum() / (first**2).sum(), 0, 1.5))


def _looked_up(table: ByType, unit_type: Words, month: int, otherwise: float) -> Floats:
    found = {str(name): _entry(table, str(name), month) for name in set(unit_type)}
    return np.array([otherwise if found[str(name)] is None else found[str(name)] for name in unit_type])


def _entry(table: ByType, unit_type: str, month: int) -> float | None:
    for key in (unit_type, ALL_TYPES):
        figures = table.get(key)
        if figures is not None and figures[month - 1] is not None:
            return figures[month - 1]
    return None
