"""Which plans a month's assessment demands, and what it means for the plans that are there already."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tasks.rules.periods import Period
from tasks.rules.plans.state import AWAITED, UNDECIDED, PlanAction, PlanState, Reason


@dataclass(frozen=True)
class PlanNow:
    """A plan as it stands when a month is assessed."""

    id: int
    unit: str
    period: Period
    state: PlanState


@dataclass(frozen=True)
class Moved:
    """A plan that the month moves, and why (None where nothing needs to be said)."""

    plan: int
    action: PlanAction
    reason: Reason | None = None


@dataclass(frozen=True)
class Demands:
    """What a month's assessment asks for: units that are to write a plan, plans that move, and the undecided
    ones of the month that answer the new assessment.
    """

    new: tuple[str, ...]
    moved: tuple[Moved, ...]
    kept: tuple[int, ...]


def month_demands(
    period: Period,
    required: Collection[str],
    valid: Collection[str],
    plans: Iterable[PlanNow],
    realised: Mapping[int, bool],
    *,
    alarmed: Collection[str] = (),
    is_newest: bool = True,
) -> Demands:
    """Decide a month's demands. required, valid: units that need a plan, and those that exist in the month.
    realised: of each approved plan, whether what came is what it promised. alarmed: units with larm, covered
    ones too. is_newest: no later month has been assessed.

    1. A unit has at most one plan that nobody has decided. One that was handed in and waits for its decision
       answers the new larm too; one that never came gives way to the new demand.
    2. A plan that was awaited lapses when its larm has ended, was corrected away, or the unit has.
    3. An approved plan is followed from the first month after its own, until its promise has come or the
       year has ended.
    4. A month that is run again behind a later one demands nothing: the later one has said what holds now.
    """
    plans = list(plans)
    if not is_newest:
        return Demands((), (), _kept(plans, period))
    own = {plan.unit: plan for plan in plans if plan.period == period}
    later = {plan.unit for plan in plans if plan.period > period}
    waiting = {plan.unit for plan in plans if plan.period < period and plan.state == "submitted"}
    new = tuple(unit for unit in required if unit not in own.keys() | later | waiting)
    moved = [
        *(_of_earlier(plan, period, required, valid, alarmed) for plan in plans if plan.period < period),
        *(_of_month(plan, period, required, alarmed) for plan in own.values() if plan.unit not in later),
        *(_followed(plan, period, realised) for plan in plans if plan.period < period),
    ]
    return Demands(new, tuple(move for each in moved for move in each), _kept(plans, period))


def _kept(plans: Iterable[PlanNow], period: Period) -> tuple[int, ...]:
    return tuple(plan.id for plan in plans if plan.period == period and plan.state in UNDECIDED)


def _of_earlier(
    plan: PlanNow,
    period: Period,
    required: Collection[str],
    valid: Collection[str],
    alarmed: Collection[str],
) -> tuple[Moved, ...]:
    if plan.state not in AWAITED:
        return ()
    if plan.unit in required:
        return (Moved(plan.id, "replace", Reason("taken_over", period)),)
    if plan.unit in alarmed:
        return (Moved(plan.id, "lapse", Reason("covered", period)),)
    return (Moved(plan.id, "lapse", Reason("larm_ended" if plan.unit in valid else "unit_ended", period)),)


def _of_month(
    plan: PlanNow, period: Period, required: Collection[str], alarmed: Collection[str]
) -> tuple[Moved, ...]:
    if plan.unit in required:
        return (Moved(plan.id, "demand"),) if plan.state == "lapsed" else ()
    if plan.state in AWAITED:
        return (Moved(plan.id, "lapse", Reason("covered" if plan.unit in alarmed else "corrected", period)),)
    return ()


def _followed(plan: PlanNow, period: Period, realised: Mapping[int, bool]) -> tuple[Moved, ...]:
    if plan.state not in ("approved", "following"):
        return ()
    follow = (Moved(plan.id, "follow"),) if plan.state == "approved" else ()
    if realised.get(plan.id, False):
        return (*follow, Moved(plan.id, "achieve"))
    ended = period.month == 12 or period.year > plan.period.year
    return (*follow, Moved(plan.id, "end")) if ended else follow
