"""A year forecast without a budget to hold to: a month is expected to cost its share of the year before."""

import numpy as np

from tasks.rules.assessment.forecast_budget import Extrapolated
from tasks.rules.assessment.forecast_level import TO_TREND, candidates, weights
from tasks.rules.assessment.month_pattern import month_pattern
from tasks.rules.assessment.unit_years import Floats, UnitYears, divided, latest_total, type_numbers

GROWTH_AHEAD = 0.6
"""The part of last year's growth that is expected to go on."""
MOST_AHEAD, MOST_TILT = 0.1, 0.3
"""Growth (log, a year) that is believed to go on, and that is taken out of a pattern."""


def against_trend(known: UnitYears, pattern: Floats, month: int) -> Extrapolated:
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
    return Extrapolated(forecast, base * pattern[:, :month].sum(axis=1), to_come)


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
