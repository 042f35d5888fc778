"""How what a forecast expects of a unit is spread over the months, as the forecast itself reads them."""

import numpy as np

from tasks.rules.assessment.month_pattern import EVEN, month_pattern
from tasks.rules.assessment.unit_years import STEADY_SHARE, Floats, UnitYears


def year_patterns(units: UnitYears, month: int) -> Floats:
    """Return each unit's shares of the year by month when `month` is closed: (n, 12), adding up to 1.

    Its own pattern or its type's, else the budget's months, else even ones, as the forecast has it.
    """
    known = units.known_at(month)
    if not len(known.budget):
        return np.empty((0, 12))
    pattern = month_pattern(known.history, known.unit_type)
    phased = known.phasing.sum(axis=1, keepdims=True)
    steady = np.abs(phased) > STEADY_SHARE * np.abs(known.phasing).sum(axis=1, keepdims=True)
    by_budget = np.divide(known.phasing, phased, out=np.full_like(pattern, EVEN), where=steady)
    return np.where(np.isfinite(pattern), pattern, by_budget)


def month_weights(units: UnitYears, patterns: Floats) -> Floats:
    """Return what each month weighs of what was expected: (n, 12).

    A month's share of the budget of its day; of a budget of another sign than the year's, or none, its share.
    """
    budget = units.budget[:, -1:]
    in_force = np.where(np.sign(units.in_force) == np.sign(budget), units.in_force, budget)
    usable = np.isfinite(in_force) & (in_force != 0)
    weights: Floats = patterns * np.where(usable, in_force, 1.0)
    return weights
