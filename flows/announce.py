"""The events of a month, of its deliveries and of its plans, told when they have happened."""

from collections.abc import Iterable, Sequence
from datetime import date

from flows.events import Event, emit
from tasks.assessment.warnings import month_deviations
from tasks.deliveries.note_readiness import note_readiness
from tasks.deliveries.take_in_delivery import Arrival
from tasks.installation import Installation
from tasks.operations.close_month import MonthOutcome
from tasks.plans.read_plans import Plan, list_plans
from tasks.rules.periods import Period

ENDS: dict[str, Event] = {
    "done": "manad.month.done",
    "incomplete": "manad.month.incomplete",
    "failed": "manad.month.failed",
}


def announce_arrivals(installation: Installation, arrivals: Iterable[Arrival], day: date) -> list[Period]:
    """Tell what became of files, and of the months that they made complete; return those."""
    arrivals = list(arrivals)
    for arrival in arrivals:
        _announce_arrival(arrival)
    months = sorted({one.period for one in arrivals if one.state == "accepted" and one.period is not None})
    ready = [month for month in months if note_readiness(installation, month, day)]
    for month in ready:
        emit("manad.month.complete", month)
    return ready


def _announce_arrival(one: Arrival) -> None:
    if one.period is None or one.source is None or one.was_seen:
        return
    if one.state == "accepted":
        about = {"source": one.source, "revision": one.revision, "rows": one.rows}
        emit("manad.delivery.accepted", one.period, one.source, **about)
    elif one.state == "refused" and one.receipt is not None:
        problems = int(one.receipt["problem_count"])
        emit("manad.delivery.refused", one.period, one.source, source=one.source, problems=problems)


def announce_month(
    installation: Installation, period: Period, outcome: MonthOutcome, *, is_new: bool
) -> None:
    """Tell how a run ended, and of a new assessment what it found: deviations, and plans that it demands."""
    if is_new:
        for found in month_deviations(installation, period):
            unit, level = found["enhet"], found["niva_signal"]
            emit("manad.deviation.found", period, unit, unit=unit, level=level)
        for plan in list_plans(installation, period=period):
            if plan.state == "required":
                announce_plan("manad.plan.required", plan)
    if outcome.state in ENDS:
        emit(ENDS[outcome.state], period)


def announce_plan(event: Event, plan: Plan) -> None:
    """Tell of a plan."""
    emit(event, plan.period, plan.id, plan=plan.id, unit=plan.unit)


def announce_overdue(before: Sequence[Plan], after: Sequence[Plan]) -> None:
    """Tell of the plans that were reminded of or escalated between two readings."""
    late = {plan.id: plan.late for plan in before}
    for plan in after:
        if plan.late is not None and plan.late != late.get(plan.id):
            announce_plan("manad.plan.overdue", plan)
