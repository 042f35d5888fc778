"""The year forecast per unit, for all units at once, when a month is closed.

What a unit has cost so far, plus what is expected of the months that remain, moved by how far from its
expected cost the unit runs now. A month is expected to cost its share of the budget, by the unit's own
pattern and its type's; without a budget, its share of the year before. Where incomes leave next to nothing
of the budget, the unit is read without them: a difference is then one of its costs, and goes on as theirs do.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from tasks.rules.assessment.forecast_level import TO_BUDGET, TO_GROSS, TO_TREND, Family, candidates, weights
from tasks.rules.assessment.month_pattern import BUDGET, PATTERN, month_pattern, pattern_of
from tasks.rules.assessment.unit_years import (
    Booleans,
    Floats,
    UnitYears,
    Words,
    divided,
    latest_total,
    type_numbers,
)

TREND, GROSS, MISSING = "trend", "gross", "missing"
YARDSTICK = 5.0
"""A budget that is five times what the unit costs, or a fifth of it, says nothing of its months."""
GROWTH_AHEAD = 0.6
"""The part of last year's growth that is expected to go on."""
MOST_AHEAD, MOST_TILT = 0.1, 0.3
"""Growth (log, a year) that is believed to go on, and that is taken out of a pattern."""


@dataclass(frozen=True)
class YearForecast:
    """The forecast of n units: every array has shape (n,), amounts in kr, NaN where there is none.

    method: the budget's months by `pattern` (the unit's own past years) or `type` (those of its type),
    `gross` (a net budget near 0: the unit read without its incomes), `trend` (no usable budget: the year
    before), `budget` (the budget's months, or the outcome so far plus the rest of the budget) or `missing`.
    expected: what the months so far were expected to cost; NaN where
    nothing was extrapolated from it. to_come: how far the months that remain are expected to differ from what
    is expected of them, a fraction of its size; + is more cost or less income. incomes: what a unit was read
    without (a year's, 0 for most): its forecast misses as a fraction of what it would be without them.
    """

    forecast: Floats
    method: Words
    expected: Floats
    to_come: Floats
    incomes: Floats

    @property
    def size(self) -> Floats:
        """Return what a miss is a fraction of: the forecast's size, without incomes where it was read so."""
        size: Floats = np.abs(self.forecast + self.incomes)
        return size


def year_forecast(units: UnitYears, month: int) -> YearForecast:
    """Forecast the year's net per unit when `month` (1–12) is closed; later outcome is not looked at.

    An absent month of outcome makes the forecast missing, never smaller. Raises ValueError for other months.
    """
    known = units.known_at(month)
    if not len(known.budget):
        nothing = np.empty(0)
        return YearForecast(nothing, np.empty(0, dtype=np.str_), nothing, nothing, nothing)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        incomes = known.incomes
        known = known.without(incomes)
        so_far = known.outcome[:, -1, :month].sum(axis=1)
        pattern, method = pattern_of(known)
        held = _can_be_held(known, pattern, month)
        trend = ~held & (method == PATTERN)
        forecast = so_far + _rest(known, pattern, month)
        expected, to_come = np.full_like(so_far, np.nan), np.full_like(so_far, np.nan)
        is_net = incomes == 0
        for chosen, rule in (
            (held & is_net, _against_budget),
            (held & ~is_net, _against_gross),
            (trend, _against_trend),
        ):
            if not chosen.any():
                continue
            some = rule(known.of(chosen), pattern[chosen], month)
            agrees = so_far[chosen] * some.expected >= 0  # cost where it used to earn is no level to go on at
            forecast[chosen] = np.where(agrees, some.forecast, forecast[chosen])
            expected[chosen] = np.where(agrees, some.expected, np.nan)
            to_come[chosen] = np.where(agrees, some.to_come * np.sign(some.expected), np.nan)
    method = np.where(trend, TREND, np.where(incomes > 0, GROSS, method))
    method = np.where(np.isfinite(expected), method, BUDGET)
    forecast, expected = forecast - incomes, expected - incomes * month / 12
    return _without_infinities(YearForecast(forecast, method, expected, to_come, incomes))


def as_decimal(value: float, decimals: int = 2) -> Decimal | None:
    """Return one of the arrays' figures as it is stored (kr with öre, by default); None for no number."""
    return None if not np.isfinite(value) else Decimal(f"{value:.{decimals}f}")


class _Extrapolated(NamedTuple):
    """A forecast (n,): kr of the year, kr expected so far, and the deviation to come (a fraction)."""

    forecast: Floats
    expected: Floats
    to_come: Floats


def _can_be_held(known: UnitYears, pattern: Floats, month: int) -> Booleans:
    """Tell whether the budget is of the size and sign of what the unit costs."""
    latest = latest_total(known.history)
    so_far = known.outcome[:, -1, :month].sum(axis=1) / pattern[:, :month].sum(axis=1)
    cost = np.where(np.isfinite(latest), latest, so_far) / known.budget[:, -1]
    held: Booleans = np.isfinite(cost) & (cost > 1 / YARDSTICK) & (cost < YARDSTICK)
    return held


def _against_gross(known: UnitYears, pattern: Floats, month: int) -> _Extrapolated:
    """Forecast units that are read without their incomes: what a month costs too much goes on."""
    return _against_budget(known, pattern, month, TO_GROSS)


def _against_budget(
    known: UnitYears, pattern: Floats, month: int, family: Family = TO_BUDGET
) -> _Extrapolated:
    """Forecast from the budget's months; every unit's budget must be a yardstick (`_can_be_held`)."""
    now = _in_force(known, month) * pattern[:, :month]
    before = _past_budgets(known)[:, :, np.newaxis] * pattern[:, np.newaxis, :]
    expected = np.concatenate([before.reshape(len(pattern), -1), now], axis=1)
    found = candidates(known.months_to(month), expected, family, type_numbers(known.unit_type))
    to_come = (weights(found.record) * found.deviation).sum(axis=0)
    rest = known.budget[:, -1] * pattern[:, month:].sum(axis=1)
    so_far = known.outcome[:, -1, :month].sum(axis=1)
    return _Extrapolated(so_far + rest * (1 + to_come), now.sum(axis=1), to_come)


def _in_force(known: UnitYears, month: int) -> Floats:
    """Return the budget that each month so far is held to: as known then, if that was a yardstick at all."""
    budget = known.budget[:, -1:]
    relative = known.in_force[:, :month] / budget
    usable = (relative > 1 / YARDSTICK) & (relative < YARDSTICK)
    return np.where(usable, known.in_force[:, :month], budget)


def _past_budgets(known: UnitYears) -> Floats:
    """Return what past years are held to: their budgets, else what they came to, else this year's budget."""
    now = known.budget[:, -1:]
    totals = known.history.sum(axis=2)
    cost = totals / known.budget[:, :-1]
    usable = (cost > 1 / YARDSTICK) & (cost < YARDSTICK)
    past = np.where(usable, known.budget[:, :-1], totals)
    return np.where(past / now > 0, past, now)


def _against_trend(known: UnitYears, pattern: Floats, month: int) -> _Extrapolated:
    """Forecast from the year before, both as it was and grown on; every unit must have a usable year."""
    history = known.history
    base = latest_total(history)
    ahead, tilt = _growth(history)
    so_far = known.outcome[:, -1, :month].sum(axis=1)
    rest = base * pattern[:, month:].sum(axis=1)
    steady = _foretold(known, base, pattern, np.zeros_like(ahead), month)
    growing = _foretold(known, base, month_pattern(history, known.unit_type, tilt), ahead, month)
    believed = weights(np.concatenate([steady[1], growing[1]]))
    forecast = so_far + (believed * np.concatenate([steady[0], growing[0]])).sum(axis=0)
    to_come = divided(forecast - so_far - rest, rest, rest != 0)
    return _Extrapolated(forecast, base * pattern[:, :month].sum(axis=1), to_come)


def _foretold(
    known: UnitYears, base: Floats, pattern: Floats, drift: Floats, month: int
) -> tuple[Floats, Floats]:
    """Return what each memory says of the months that remain (kr), and its record: (c, n) each."""
    years = known.outcome.shape[1]
    now = 12 * (years - 1) + month
    age = np.arange(12 * years) - (now - 1)
    expected = base[:, np.newaxis] * np.tile(pattern, years) * np.exp(drift[:, np.newaxis] * age / 12)
    found = candidates(known.months_to(month), expected[:, :now], TO_TREND, type_numbers(known.unit_type))
    return expected[:, now:].sum(axis=1) * (1 + found.deviation), found.record


def _growth(history: Floats) -> tuple[Floats, Floats]:
    """Return the yearly growth (log) that goes on, and that past years have had: (n,); 0 if unknown."""
    totals = np.abs(history.sum(axis=2))
    steps = np.diff(np.log(np.where(totals > 0, totals, np.nan)), axis=1)
    known = np.isfinite(steps)
    counts = known.sum(axis=1)
    mean = divided(np.where(known, steps, 0.0).sum(axis=1), counts, np.greater(counts, 0), 0.0)
    latest = np.nan_to_num(steps[:, -1]) if steps.shape[1] else np.zeros(len(steps))
    return GROWTH_AHEAD * np.clip(latest, -MOST_AHEAD, MOST_AHEAD), np.clip(mean, -MOST_TILT, MOST_TILT)


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
        incomes=found.incomes,
    )
