"""Units' years for the tests of the forecast, made short."""

import numpy as np

from tasks.rules.assessment.unit_years import UnitYears

FLAT = np.full(12, 100.0)
SUMMER = np.array([120.0] * 5 + [60.0, 30.0, 60.0] + [120.0] * 4)  # a preschool: little in the summer
ABSENT = np.full(12, np.nan)
SWINGING = np.array([500.0, -480.0] * 6)  # the net of a year is next to nothing


def unit_years(*units, budgets=None, phasing=None, types=None, in_force=None, gross=None):
    """Lay out units, each a sequence of years of twelve months, oldest first; a budget for each year."""
    outcome = np.array(units, dtype=float)
    count, years = outcome.shape[:2]
    budget = np.full((count, years), np.nan) if budgets is None else np.array(budgets, dtype=float)
    return UnitYears(
        outcome=outcome,
        budget=budget,
        gross=np.full(count, np.nan) if gross is None else np.array(gross, dtype=float),
        in_force=np.array(
            np.repeat(budget[:, -1:], 12, axis=1) if in_force is None else in_force, dtype=float
        ),
        phasing=np.full((count, 12), np.nan) if phasing is None else np.array(phasing, dtype=float),
        unit_type=np.array([""] * count if types is None else types, dtype=np.str_),
    )


def one(*years, budget=None, phasing=ABSENT, in_force=None, gross=np.nan):
    """Lay out one unit; `budget` is every year's, or a sequence of one for each."""
    budgets = None if budget is None else [np.broadcast_to(budget, (len(years),))]
    return unit_years(
        list(years),
        budgets=budgets,
        phasing=[phasing],
        in_force=None if in_force is None else [in_force],
        gross=[gross],
    )
