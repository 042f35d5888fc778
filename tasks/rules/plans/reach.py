"""How far approved measures reach: the deficits that are feared, what is counted of plans, and what is left.

For the board, of the whole and of each place above the units. Amounts are kr, all ≥ 0 but what came of plans;
None where nobody could be assessed, never 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.organisation import Place
from tasks.rules.plans.ladder import Rung
from tasks.rules.plans.state import AWAITED, COUNTED, PlanState
from tasks.rules.totals import sum_known

ZERO = Decimal(0)


@dataclass(frozen=True)
class UnitYear:
    """An assessed unit: deviation = budget − forecast before measures (kr, None where it couldn't be told).

    effect: what the month's forecast counts of its approved plan (kr).
    """

    deviation: Decimal | None
    is_larm: bool
    effect: Decimal


@dataclass(frozen=True)
class Reach:
    """What the units of a place with larm are short of (deficit), how much of it measures take (effect), and
    what no approved measure takes (left). elsewhere: counted in units without larm. alarms: units with larm.
    """

    deficit: Decimal | None
    effect: Decimal | None
    left: Decimal | None
    elsewhere: Decimal | None
    alarms: int


@dataclass(frozen=True)
class PlanStanding:
    """A plan as a month sees it. is_demanded: the month waits or waited for it; else it is followed from an
    earlier month. late: how far it was reminded of, None where it wasn't.

    promised, realised: up to the month (kr); realised None where it can't be told.
    """

    state: PlanState
    late: Rung | None
    is_demanded: bool
    promised: Decimal = ZERO
    realised: Decimal | None = None


@dataclass(frozen=True)
class PlanCounts:
    """How far the plans that a month demanded have come (each of the first three holds the next), how many of
    them are late and how many of those escalated, and how many of earlier months are followed.
    """

    demanded: int
    submitted: int
    approved: int
    late: int
    escalated: int
    followed: int


@dataclass(frozen=True)
class Outturn:
    """What approved plans promised up to a month, and what came (kr).

    Both are sums of the same plans: the `counted` of the `of` that have begun of which it can be told. None
    where it can be told of none.
    """

    promised: Decimal | None
    realised: Decimal | None
    counted: int
    of: int


def reach(units: Sequence[UnitYear]) -> Reach:
    """Hold what is counted of approved plans against the deficits of the units with larm.

    One unit's measures never take another's deficit, and a unit's are never more than its own.
    """
    if all(unit.deviation is None for unit in units):
        return Reach(None, None, None, None, 0)
    alarms = [unit for unit in units if unit.is_larm]
    deficit = sum((max(ZERO, -(unit.deviation or ZERO)) for unit in alarms), ZERO)
    effect = sum((unit.effect for unit in alarms), ZERO)
    elsewhere = sum((unit.effect for unit in units if not unit.is_larm), ZERO)
    return Reach(deficit, effect, deficit - effect, elsewhere, len(alarms))


def reaches(places: Iterable[Place], units: Mapping[str, UnitYear]) -> list[Reach]:
    """Return the reach in each place, of the units in it that were assessed."""
    return [reach([units[code] for code in place.units if code in units]) for place in places]


def count_plans(plans: Iterable[PlanStanding]) -> PlanCounts:
    """Count a month's plans; one whose demand has fallen away was never owed."""
    plans = list(plans)
    demanded = [plan for plan in plans if plan.is_demanded and plan.state != "lapsed"]
    late = [plan.late for plan in demanded if plan.late is not None and plan.state in AWAITED]
    return PlanCounts(
        demanded=len(demanded),
        submitted=sum(plan.state not in AWAITED for plan in demanded),
        approved=sum(plan.state in COUNTED for plan in demanded),
        late=len(late),
        escalated=late.count("escalation"),
        followed=sum(not plan.is_demanded for plan in plans),
    )


def outturn(plans: Iterable[PlanStanding]) -> Outturn:
    """Hold what approved plans promised up to the month against what came."""
    begun = [plan for plan in plans if plan.state in COUNTED and plan.promised > 0]
    told = [plan for plan in begun if plan.realised is not None]
    return Outturn(
        promised=sum_known(plan.promised for plan in told),
        realised=sum_known(plan.realised for plan in told),
        counted=len(told),
        of=len(begun),
    )
