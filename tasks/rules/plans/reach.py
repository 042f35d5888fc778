"""How far approved measures reach: the deficits that are feared, what is counted of plans, and what is left.

For the board, of the whole and of each place above the units. Amounts are kr, all ≥ 0 but what came of plans;
None where nobody could be assessed, never 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from tasks.rules.json_keys import BESIDE, Key
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

    alarms: Annotated[int, Key("larm")] = 0
    deficit: Annotated[Decimal | None, Key("underskott")] = None
    effect: Annotated[Decimal | None, Key("effekt")] = None
    left: Annotated[Decimal | None, Key("rest")] = None
    elsewhere: Annotated[Decimal | None, Key("effekt_utan_larm")] = None


@dataclass(frozen=True)
class PlaceReach:
    """How far measures reach in a place; code: None of the whole."""

    level: Annotated[str, Key("niva")]
    code: Annotated[str | None, Key("kod")]
    name: Annotated[str, Key("namn")]
    parent: Annotated[str | None, Key("overordnad")]
    reach: Annotated[Reach, BESIDE]


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

    demanded: Annotated[int, Key("kravda")]
    submitted: Annotated[int, Key("inlamnade")]
    approved: Annotated[int, Key("godkanda")]
    late: Annotated[int, Key("sena")]
    escalated: Annotated[int, Key("eskalerade")]
    followed: Annotated[int, Key("foljs_upp")]


@dataclass(frozen=True)
class ToldPlans:
    """The `count` of the `of` plans that have begun of which it can be told what came."""

    count: Annotated[int, Key("antal")]
    of: Annotated[int, Key("av")]


@dataclass(frozen=True)
class Outturn:
    """What approved plans promised up to a month, and what came (kr): sums of the same plans.

    None where it can be told of none.
    """

    promised: Annotated[Decimal | None, Key("lovad_hittills")]
    realised: Annotated[Decimal | None, Key("realiserad_hittills")]
    told: Annotated[ToldPlans, Key("matta_planer")]


@dataclass(frozen=True)
class MonthReach:
    """How far a month's measures reach, in each place (the whole first), and how far its plans have come."""

    places: Annotated[tuple[PlaceReach, ...], Key("omraden")]
    whole: Annotated[Reach, BESIDE]
    plans: Annotated[PlanCounts, Key("planer")]
    outturn: Annotated[Outturn, BESIDE]


def month_reach(
    places: Sequence[Place], units: Mapping[str, UnitYear], plans: Sequence[PlanStanding]
) -> MonthReach:
    """Tell how far the month's measures reach. units: those that were assessed, by code."""
    found = reaches(places, units)
    return MonthReach(
        places=tuple(
            PlaceReach(
                level=place.level,
                code=place.code,
                name=place.name,
                parent=None if place.parent is None else places[place.parent].code,
                reach=each,
            )
            for place, each in zip(places, found, strict=True)
        ),
        whole=found[0] if found else Reach(),
        plans=count_plans(plans),
        outturn=outturn(plans),
    )


def reach(units: Sequence[UnitYear]) -> Reach:
    """Hold what is counted of approved plans against the deficits of the units with larm.

    One unit's measures never take another's deficit, and a unit's are never more than its own.
    """
    if all(unit.deviation is None for unit in units):
        return Reach()
    alarms = [unit for unit in units if unit.is_larm]
    deficit = sum((max(ZERO, -(unit.deviation or ZERO)) for unit in alarms), ZERO)
    effect = sum((unit.effect for unit in alarms), ZERO)
    elsewhere = sum((unit.effect for unit in units if not unit.is_larm), ZERO)
    return Reach(len(alarms), deficit, effect, deficit - effect, elsewhere)


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
        told=ToldPlans(len(told), len(begun)),
    )
