"""What replayed years teach: how wide an interval must be, how far a forecast misses, and what stays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tasks.rules.assessment.forecast import YARDSTICK
from tasks.rules.assessment.learnt import ALL_TYPES, Learnt
from tasks.rules.assessment.replayed import MONTHS, Replayed
from tasks.rules.assessment.unit_years import Booleans, Floats, Integers, Words, capped, divided

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


@dataclass(frozen=True)
class Lessons:
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


def learn(replays: Sequence[Replayed]) -> Learnt:
    """Learn from the newest of replayed years; what fewer than 20 unit-years say is left out."""
    lessons = _lessons(replays[-NEWEST_YEARS:])
    types = (ALL_TYPES, *sorted({str(name) for name in lessons.unit_type}))
    return Learnt(
        widths=_table(types, lessons, _width),
        misses=_table(types, lessons, _miss),
        stays=_table(types, lessons, _stays),
    )


Figure = Callable[[Lessons, str, int], float | None]


def _lessons(replays: Sequence[Replayed]) -> Lessons:
    parts = [_lessons_of(one) for one in replays]
    return Lessons(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in Lessons.__dataclass_fields__)
    )


def _lessons_of(one: Replayed) -> Lessons:
    total, budget = one.total[:, np.newaxis], one.budget[:, np.newaxis]
    so_far = one.outcome.cumsum(axis=1)[:, : len(MONTHS)]
    left = np.where(_is_yardstick(one)[:, np.newaxis], budget - one.expected, np.nan)
    return Lessons(
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


def _table(types: Sequence[str], lessons: Lessons, figure: Figure) -> dict[str, tuple[float | None, ...]]:
    rows = {name: tuple(figure(lessons, name, month) for month in MONTHS) for name in types}
    return {name: row for name, row in rows.items() if any(value is not None for value in row)}


def _width(lessons: Lessons, unit_type: str, month: int) -> float | None:
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


def _miss(lessons: Lessons, unit_type: str, month: int) -> float | None:
    missed = lessons.missed[lessons.of(unit_type), month - 1]
    missed = missed[np.isfinite(missed)]
    if len(missed) < FEWEST_YEARS:
        return None
    return float(capped(missed, np.zeros(len(missed), dtype=np.int64)).mean())


def _stays(lessons: Lessons, unit_type: str, month: int) -> float | None:
    """Return the part of a difference so far that was left in the months that remained (least squares)."""
    so_far, rest = lessons.so_far[:, month - 1], lessons.rest[:, month - 1]
    usable = lessons.of(unit_type) & np.isfinite(so_far) & np.isfinite(rest)
    first, second = (np.clip(part[usable], -MOST_DIFFERENCE, MOST_DIFFERENCE) for part in (so_far, rest))
    if len(first) < FEWEST_YEARS or (first**2).mean() < NO_DIFFERENCE**2:
        return None
    return float(np.clip((first * second).sum() / (first**2).sum(), 0, 1.5))
