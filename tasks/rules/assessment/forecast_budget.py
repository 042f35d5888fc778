"""A year forecast held to the budget: each month is expected to cost its share of the year's budget."""

from typing import NamedTuple

import numpy as np

from tasks.rules.assessment.forecast_level import TO_BUDGET, candidates, weights
from tasks.rules.assessment.unit_years import Booleans, Floats, UnitYears, latest_total, type_numbers

YARDSTICK = 5.0
"""A budget that is five times what the unit costs, or a fifth of it, says nothing of its months."""


class Extrapolated(NamedTuple):
    """A forecast (n,): kr of the year, kr expected so far, and the deviation to come (a fraction)."""

    forecast: Floats
    expected: Floats
    to_come: Floats


def can_be_held(known: UnitYears, pattern: Floats, month: int) -> Booleans:
    """Tell whether the budget is of the size and sign of what the unit costs."""
    latest = latest_total(known.history)
    so_far = known.outcome[:, -1, :month].sum(axis=1) / pattern[:, :month].sum(axis=1)
    cost = np.where(np.isfinite(latest), latest, so_far) / known.budget[:, -1]
    held: Booleans = np.isfinite(cost) & (cost > 1 / YARDSTICK) & (cost < YARDSTICK)
    return held


def against_budget(known: UnitYears, pattern: Floats, month: int) -> Extrapolated:
    """Forecast from the budget's months; every unit's budget must be a yardstick (`can_be_held`)."""
    now = _in_force(known, month) * pattern[:, :month]
    before = _past_budgets(known)[:, :, np.newaxis] * pattern[:, np.newaxis, :]
    expected = np.concatenate([before.reshape(len(pattern), -1), now], axis=1)
    found = candidates(known.months_to(month), expected, TO_BUDGET, type_numbers(known.unit_type))
    to_come = (weights(found.record) * found.deviation).sum(axis=0)
    rest = known.budget[:, -1] * pattern[:, month:].sum(axis=1)
    so_far = known.outcome[:, -1, :month].sum(axis=1)
    return Extrapolated(so_far + rest * (1 + to_come), now.sum(axis=1), to_come)


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
