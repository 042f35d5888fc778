"""How sure a forecast is that is the sum of units' forecasts.

Misses of units even out, so it may miss by what the same sum missed the year before, at the same month. Only
that year counts: the one before it had one year of history, and its sums missed by twice as much. In four
fictional administrations the intervals made so held 69–88 % of the areas' and departments' years, by month.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.rules.assessment.forecast import year_forecast
from tasks.rules.assessment.learnt import Learnt
from tasks.rules.assessment.unit_years import Booleans, Floats, UnitYears, Words, mean_of_type, type_numbers
from tasks.rules.assessment.year_outlook import IN_80, OVERALL_COUNTS, TYPE_COUNTS, typical_miss

FEWEST_YEARS = 3
"""A year that is replayed needs one before it."""


@dataclass(frozen=True)
class Sureness:
    """How sure a sum of forecasts is.

    half_width: of the 80 % interval (kr); certainty, certainty_before: as in YearOutlook. NaN where unknown.
    """

    half_width: float
    certainty: float
    certainty_before: float


def sureness_of(
    members: Sequence[Booleans],
    levels: Sequence[str],
    units: UnitYears,
    month: int,
    learnt: Learnt,
) -> list[Sureness]:
    """Return how sure the sums of some places' units' forecasts are, when `month` (1–12) is closed.

    members: (n,) booleans of each place. levels: which places are alike.
    """
    if not members:
        return []
    half, now = _certainty(members, levels, units, month, learnt)
    before = np.full(len(half), np.nan)
    if month > 1:
        _, before = _certainty(members, levels, units, month - 1, learnt)
    return [Sureness(*figures) for figures in zip(half, now, before, strict=True)]


def _certainty(
    members: Sequence[Booleans], levels: Sequence[str], units: UnitYears, month: int, learnt: Learnt
) -> tuple[Floats, Floats]:
    """Return half the interval's width (kr), and how many standard deviations each is over its budget.

    Where there was no year to replay, the units are taken to miss as they usually do, and all of them alike.
    """
    forecasts = year_forecast(units, month).forecast
    forecast, budget = _sums(members, forecasts), _sums(members, units.budget[:, -1])
    half = np.where(np.isfinite(forecast), 0.0, np.nan)
    if month < 12:
        kinds = np.array(levels, dtype=np.str_)
        typical = _typical(_missed_the_year_before(members, units, month), kinds)
        alike = _sums(members, typical_miss(units, month, learnt) * np.abs(forecasts))
        miss = np.where(np.isfinite(typical), typical * np.abs(forecast), alike)
        half = np.where(forecast == 0, np.nan, learnt.width(kinds, month) * miss)
    with np.errstate(divide="ignore", invalid="ignore"):
        certainty: Floats = (forecast - budget) / (half / IN_80)
    return half, certainty


def _missed_the_year_before(members: Sequence[Booleans], units: UnitYears, month: int) -> Floats:
    """Return by how much the sums missed the year before, a fraction; NaN where that can't be told."""
    if units.budget.shape[1] < FEWEST_YEARS:
        return np.full(len(members), np.nan)
    then = units.years_before(1)
    forecast, year = year_forecast(then, month).forecast, then.outcome[:, -1].sum(axis=1)
    known = np.isfinite(forecast) & np.isfinite(year)
    of_known = [chosen & known for chosen in members]
    with np.errstate(divide="ignore", invalid="ignore"):
        missed: Floats = np.abs(_sums(of_known, year) / _sums(of_known, forecast) - 1)
    return np.where(np.isfinite(missed), missed, np.nan)


def _typical(own: Floats, levels: Words) -> Floats:
    """Draw each place's miss towards those of its level, and theirs towards all; NaN where none is known."""
    seen = np.isfinite(own)
    if not seen.any():
        return own
    groups = type_numbers(levels)
    counts = np.bincount(groups, seen)[groups]
    of_level = np.nan_to_num(mean_of_type(own, groups))
    drawn = (counts * of_level + OVERALL_COUNTS * own[seen].mean()) / (counts + OVERALL_COUNTS)
    typical: Floats = (TYPE_COUNTS * drawn + np.where(seen, own, 0.0)) / (TYPE_COUNTS + seen)
    return typical


def _sums(members: Sequence[Booleans], figures: Floats) -> Floats:
    return np.array([figures[chosen].sum() for chosen in members])
