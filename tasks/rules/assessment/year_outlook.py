"""How sure a year forecast is: its 80 % interval, and how clearly it differs from the budget.

The same rule is run again on the unit's one or two years before this one, at the same month; how far it
missed then, and how far it missed its type, says how far it may miss now.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from tasks.rules.assessment.forecast import YearForecast, year_forecast
from tasks.rules.assessment.learning import NOTHING_LEARNT, TYPICAL_MISS, TYPICAL_MISS_OF_TREND, Learnt
from tasks.rules.assessment.unit_years import Floats, UnitYears, capped, divided, type_numbers

YEARS_BACK = (1, 2)
TYPE_COUNTS = 2.0
"""The type's typical miss counts as so many of the unit's own years."""
OVERALL_COUNTS = 6.0
"""All units' typical miss counts as so many years of a type: a small type borrows from the others."""
UNRULINESS = (0.6, 1.5)
"""Before any miss is seen, a type's usual one differs from all units' by so much at most. (Of units with one
year of history, in ten fictional administrations, 71–88 % were held, type by type; without this 67–91 %.)"""
PACE_DOUBTED = 0.5
"""Of what a unit whose net budget is near 0 is expected to cost too much in the months that remain, at least
half is in doubt: a pace stops when somebody acts."""
IN_80 = 1.2816
"""80 % of a normal distribution lie within so many standard deviations."""


@dataclass(frozen=True)
class YearOutlook:
    """The forecast of n units with its interval: every array (n,), kr, NaN where missing.

    miss: how far such a forecast usually misses, a fraction of it. lower, upper: hold the year's net in about
    80 years of 100. certainty: (forecast − budget) in standard deviations of the forecast, + is over budget;
    certainty_before: the same when the month before was closed, computed anew from what is known now. NaN
    without a budget or in January; at the year's end it is infinite, with the deviation's sign.
    """

    forecast: YearForecast
    miss: Floats
    lower: Floats
    upper: Floats
    certainty: Floats
    certainty_before: Floats


def year_outlook(units: UnitYears, month: int, learnt: Learnt = NOTHING_LEARNT) -> YearOutlook:
    """Forecast the year of n units when `month` (1–12) is closed, with how sure it is."""
    before = None if month == 1 else _outlook(units, month - 1, learnt, None)
    return _outlook(units, month, learnt, before)


def year_outlooks(units: UnitYears, learnt: Learnt = NOTHING_LEARNT) -> Iterator[YearOutlook]:
    """Yield the outlook of every closing, January first; the same as one by one, in half the time."""
    before = None
    for month in range(1, 13):
        before = _outlook(units, month, learnt, before)
        yield before


def _outlook(units: UnitYears, month: int, learnt: Learnt, before: YearOutlook | None) -> YearOutlook:
    forecast = year_forecast(units, month)
    miss = np.zeros(len(units.budget)) if month == 12 else typical_miss(units, month, learnt)
    width = 1.0 if month == 12 else learnt.width(units.unit_type, month)
    pace = np.abs(forecast.to_come) * forecast.incomes * (12 - month) / 12
    half_width = np.fmax(width * miss * forecast.size, PACE_DOUBTED * pace)
    least, most = _certain_already(units, month)
    return YearOutlook(
        forecast=forecast,
        miss=miss,
        lower=np.fmin(np.fmax(forecast.forecast - half_width, least), forecast.forecast),
        upper=np.fmax(np.fmin(forecast.forecast + half_width, most), forecast.forecast),
        certainty=_certainty(forecast, half_width, units.budget[:, -1]),
        certainty_before=np.full(len(miss), np.nan) if before is None else before.certainty,
    )


def _certain_already(units: UnitYears, month: int) -> tuple[Floats, Floats]:
    """Return what the year can't end below, for a unit that has never had a month of income, or above, for
    one that has never had a month of cost (kr); NaN for the others.
    """
    known = units.known_at(month)
    so_far = known.outcome[:, -1, :month].sum(axis=1)
    never_income = ~(known.outcome < 0).any(axis=(1, 2))
    never_cost = ~(known.outcome > 0).any(axis=(1, 2))
    return np.where(never_income, so_far, np.nan), np.where(never_cost, so_far, np.nan)


def probability(certainty: float) -> Decimal | None:
    """Return how probable (%, two decimals) a year over its budget is; None for NaN.

    The misses are taken as normal, which fits them within the 80 % that the interval is made for.
    """
    if math.isnan(certainty):
        return None
    return Decimal(f"{50 * (1 + math.erf(certainty / math.sqrt(2))):.2f}")


def typical_miss(units: UnitYears, month: int, learnt: Learnt = NOTHING_LEARNT) -> Floats:
    """Return how far a forecast usually misses when `month` (1–11) is closed, a fraction of it: (n,).

    It is the mean of the unit's own misses of the years before and its type's: a mean of absolute misses,
    none counted as more than six times the median, since a single wild year would rule a mean of squares.
    """
    groups = type_numbers(units.unit_type)
    missed = capped(np.abs(_misses(units, month)), groups)
    seen = np.isfinite(missed)
    own = np.where(seen, missed, 0.0)
    count, total = seen.sum(axis=0), own.sum(axis=0)
    overall = _untaught(units, month)
    if count.any():
        overall = np.full(len(groups), np.nanmean(capped(missed, np.zeros_like(groups))))
    in_type, seen_in_type = np.bincount(groups, total)[groups], np.bincount(groups, count)[groups]
    of_type = (in_type + OVERALL_COUNTS * overall) / (seen_in_type + OVERALL_COUNTS)
    taught = learnt.miss(units.unit_type, month)
    of_type = np.where(np.isfinite(taught), taught, of_type)
    miss: Floats = (TYPE_COUNTS * of_type + total) / (TYPE_COUNTS + count)
    return miss


def _untaught(units: UnitYears, month: int) -> Floats:
    """Return what a forecast usually misses by where no year has shown it yet, a fraction: (n,)."""
    has_budget = np.isfinite(units.budget[:, -1])
    usual = np.where(has_budget, TYPICAL_MISS[month - 1], TYPICAL_MISS_OF_TREND[month - 1]) / 100
    return usual * _unruliness(units)


def _unruliness(units: UnitYears) -> Floats:
    """Return how much further a unit's type ended from its budgets in the years before than all did: (n,)."""
    past, groups = units.budget[:, :-1], type_numbers(units.unit_type)
    ended = units.outcome[:, :-1].sum(axis=2)
    usable = np.isfinite(ended) & np.isfinite(past) & (past != 0)
    apart = capped(divided(np.abs(ended - past), np.abs(past), usable).T, groups)
    seen = np.isfinite(apart)
    if not seen.any():
        return np.ones(len(groups))
    overall = np.nanmean(apart)
    counts = np.bincount(groups, seen.sum(axis=0))[groups] + OVERALL_COUNTS
    total = np.bincount(groups, np.where(seen, apart, 0.0).sum(axis=0))[groups]
    of_type = (total + OVERALL_COUNTS * overall) / counts
    relative = of_type / overall if overall > 0 else np.ones(len(groups))
    return np.clip(relative, *UNRULINESS)


def _misses(units: UnitYears, month: int) -> Floats:
    """Return by how much the rule missed the years before, a fraction of its forecast: (years, n)."""
    possible = [years for years in YEARS_BACK if units.budget.shape[1] - years >= 2]
    missed = np.full((len(possible), len(units.budget)), np.nan)
    for row, years in enumerate(possible):
        then = units.years_before(years)
        found = year_forecast(then, month)
        year = then.outcome[:, -1].sum(axis=1)
        known = np.isfinite(found.forecast) & np.isfinite(year) & (found.size > 0)
        missed[row, known] = (year[known] - found.forecast[known]) / found.size[known]
    return missed


def _certainty(found: YearForecast, half_width: Floats, budget: Floats) -> Floats:
    over = found.forecast - budget
    with np.errstate(divide="ignore", invalid="ignore"):
        certainty: Floats = over / (half_width / IN_80)
    return certainty
