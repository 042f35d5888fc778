"""What approved plans mean for the forecast, and what came of what they promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.periods import Period, months_of
from tasks.rules.plans.measures import Measure, months_after, promised
from tasks.rules.swedish import round_half_up

ZERO = Decimal(0)
FULL_SHARE = Decimal("0.9")
"""A plan whose promise came to so much of it is achieved: the tenth is within what the months vary."""


@dataclass(frozen=True)
class Approved:
    """An approved plan as the forecast reads it.

    period: the month whose deviation it answers. forecast: the year's forecast (kr) then, before the plan.
    ahead: what that forecast expected of each month after (kr), by month; empty where it wasn't kept.
    """

    period: Period
    forecast: Decimal
    measures: Sequence[Measure]
    ahead: Mapping[Period, Decimal]


@dataclass(frozen=True)
class CountedEffect:
    """What is counted of a plan in a month's forecast (kr, all ≥ 0).

    remaining: what it promises in the months left. whole: in the whole year. shown: how far the forecast has
    fallen since the plan: that is in the outcome already. counted: what the forecast is lowered by.
    """

    remaining: Decimal
    whole: Decimal
    shown: Decimal
    counted: Decimal


@dataclass(frozen=True)
class Realised:
    """A measure's promised and realised effect (kr) up to a closed month; realised None: can't be told."""

    measure: Measure
    promised: Decimal
    realised: Decimal | None


def counted_effect(plan: Approved, period: Period, forecast: Decimal, budget: Decimal) -> CountedEffect:
    """Count a plan in the forecast of a month (kr, before measures) of the plan's year.

    Only what remains: at most what the months left promise, at most the deficit, and less what the outcome
    already shows, which the forecast goes on from (mail-texts: "a plan is not money").
    """
    remaining = promised(plan.measures, months_after(period))
    whole = promised(plan.measures, months_after(plan.period))
    shown = max(ZERO, plan.forecast - forecast)
    deficit = forecast - budget
    return CountedEffect(remaining, whole, shown, max(ZERO, min(remaining, whole - shown, deficit)))


def realised_effects(
    plan: Approved, period: Period, outcomes: Mapping[Period, Decimal]
) -> tuple[Realised, ...]:
    """Hold what each measure promised up to a closed month of the plan's year against what came.

    What came in a month is what the forecast before the plan expected of it, less the outcome. Only the
    unit's whole outcome is known, so it is shared among the measures by what each promised in that month.
    """
    closed = [month for month in months_of(plan.period.year) if plan.period < month <= period]
    return tuple(
        Realised(each, each.promised(closed), _realised(each, plan, closed, outcomes))
        for each in plan.measures
    )


def is_achieved(effects: Sequence[Realised], whole: Decimal) -> bool:
    """Tell whether what came is (nearly) all that the plan promised for the year (kr)."""
    came = [each.realised for each in effects]
    return whole > 0 and None not in came and sum(filter(None, came), ZERO) >= FULL_SHARE * whole


def _realised(
    measure: Measure, plan: Approved, closed: Sequence[Period], outcomes: Mapping[Period, Decimal]
) -> Decimal | None:
    begun = [month for month in closed if measure.promised([month]) > 0]
    if not all(month in outcomes and month in plan.ahead for month in begun):
        return None
    shares = (
        (plan.ahead[month] - outcomes[month]) * measure.promised([month]) / promised(plan.measures, [month])
        for month in begun
    )
    return round_half_up(sum(shares, ZERO), 2)
