"""The year forecast per unit, for all units at once, when a month is closed.

What a unit has cost so far, plus what is expected of the months that remain, moved by how far from its
expected cost the unit runs now. A month is expected to cost its share of the budget, by the unit's own
pattern and its type's; without a budget, its share of the year before.
"""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from tasks.rules.assessment.forecast_budget import against_budget, can_be_held
from tasks.rules.assessment.forecast_trend import against_trend
from tasks.rules.assessment.month_pattern import EVEN, month_pattern
from tasks.rules.assessment.unit_years import STEADY_SHARE, Floats, UnitYears, Words, latest_total

PATTERN, TYPE, TREND, BUDGET, MISSING = "pattern", "type", "trend", "budget", "missing"


@dataclass(frozen=True)
class YearForecast:
    """The forecast of n units: every array has shape (n,), amounts in kr, NaN where there is none.

    method: the budget's months by `pattern` (the unit's own past years) or `type` (those of its type),
    `trend` (no usable budget: the year before), `budget` (the budget's months, or the outcome so far plus the
    rest of the budget) or `missing`. expected: what the months so far were expected to cost; NaN where
    nothing was extrapolated from it. to_come: how far the months that remain are expected to differ from what
    is expected of them, a fraction of its size; + is more cost or less income.
    """

    forecast: Floats
    method: Words
    expected: Floats
    to_come: Floats


def year_forecast(units: UnitYears, month: int) -> YearForecast:
    """Forecast the year's net per unit when `month` (1–12) is closed; later outcome is not looked at.

    An absent month of outcome makes the forecast missing, never smaller. Raises ValueError for other months.
    """
    known = units.known_at(month)
    if not len(known.budget):
        nothing = np.empty(0)
        return YearForecast(nothing, np.empty(0, dtype=np.str_), nothing, nothing)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        so_far = known.outcome[:, -1, :month].sum(axis=1)
        pattern, method = _pattern(known)
        held = can_be_held(known, pattern, month)
        trend = ~held & (method == PATTERN)
        forecast = so_far + _rest(known, pattern, month)
        expected, to_come = np.full_like(so_far, np.nan), np.full_like(so_far, np.nan)
        for chosen, rule in ((held, against_budget), (trend, against_trend)):
            if not chosen.any():
                continue
            some = rule(known.of(chosen), pattern[chosen], month)
            agrees = so_far[chosen] * some.expected >= 0  # cost where it used to earn is no level to go on at
            forecast[chosen] = np.where(agrees, some.forecast, forecast[chosen])
            expected[chosen] = np.where(agrees, some.expected, np.nan)
            to_come[chosen] = np.where(agrees, some.to_come * np.sign(some.expected), np.nan)
    method = np.where(np.isfinite(expected), np.where(trend, TREND, method), BUDGET)
    return _without_infinities(YearForecast(forecast, method, expected, to_come))


def as_decimal(value: float, decimals: int = 2) -> Decimal | None:
    """Return one of the arrays' figures as it is stored (kr with öre, by default); None for no number."""
    return None if not np.isfinite(value) else Decimal(f"{value:.{decimals}f}")


def _pattern(known: UnitYears) -> tuple[Floats, Words]:
    """Return each unit's shares of the year by month, and where they come from."""
    history = known.history
    pattern = month_pattern(history, known.unit_type)
    has_years = np.isfinite(history[:, :, 0]).any(axis=1)
    phased = known.phasing.sum(axis=1, keepdims=True)
    steady = np.abs(phased) > STEADY_SHARE * np.abs(known.phasing).sum(axis=1, keepdims=True)
    budget = np.where(steady, known.phasing / phased, EVEN)
    has_pattern = np.isfinite(pattern[:, 0])
    method = np.where(has_years, PATTERN, np.where(has_pattern, TYPE, BUDGET))
    return np.where(has_pattern[:, np.newaxis], pattern, budget), method


def _rest(known: UnitYears, pattern: Floats, month: int) -> Floats:
    """Return what the budget, else the year before, leaves for the months that remain (kr)."""
    if month == 12:
        return np.zeros(len(pattern))
    phased = known.phasing[:, month:].sum(axis=1)
    year = np.where(np.isfinite(known.budget[:, -1]), known.budget[:, -1], latest_total(known.history))
    rest: Floats = np.where(np.isfinite(phased), phased, year * pattern[:, month:].sum(axis=1))
    return rest


def _without_infinities(found: YearForecast) -> YearForecast:
    """Call every forecast missing that is not a number, whatever made it so."""
    known = np.isfinite(found.forecast)
    extrapolated = known & np.isfinite(found.expected) & np.isfinite(found.to_come)
    return YearForecast(
        forecast=np.where(known, found.forecast, np.nan),
        method=np.where(known, found.method, MISSING),
        expected=np.where(extrapolated, found.expected, np.nan),
        to_come=np.where(extrapolated, found.to_come, np.nan),
    )
