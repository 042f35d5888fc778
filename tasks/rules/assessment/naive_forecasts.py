"""The forecasts that an administration makes without a rule, to measure the rule against."""

import numpy as np

from tasks.rules.assessment.unit_years import Floats, UnitYears, divided

RUN_RATE, BUDGET_PHASED, OWN_PATTERN = "takt", "budgetfördelad", "eget mönster"


def naive_forecasts(units: UnitYears) -> dict[str, Floats]:
    """Return other year forecasts of n units by name, at the closings 1–11: (n, 11) kr, NaN where impossible.

    Run-rate: the outcome so far / months · 12. Budget-phased: the outcome so far / the budget so far · the
    year's budget. Own pattern: the outcome so far / the mean share of it in the unit's own past years.
    """
    so_far = units.outcome[:, -1].cumsum(axis=1)[:, :11]
    months = np.arange(1, 12)
    phased = units.phasing.cumsum(axis=1)[:, :11]
    return {
        RUN_RATE: so_far / months * 12,
        BUDGET_PHASED: divided(so_far * units.budget[:, -1:], phased, phased != 0),
        OWN_PATTERN: _own_pattern(units, so_far),
    }


def _own_pattern(units: UnitYears, so_far: Floats) -> Floats:
    history = units.history
    totals = history.sum(axis=2, keepdims=True)
    shares = divided(
        history, np.broadcast_to(totals, history.shape), np.broadcast_to(totals != 0, history.shape)
    )
    known = np.isfinite(shares)
    counts = known.sum(axis=1)
    mean = divided(np.where(known, shares, 0.0).sum(axis=1), counts, np.greater(counts, 0))
    share = mean.cumsum(axis=1)[:, :11]
    return divided(so_far, share, share != 0)
