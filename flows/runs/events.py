"""What happened, told to whoever listens: the only place that knows the events' names.

An event is emitted after the commit that it tells of and is never needed: what a lost one would have started,
the sweep finds. It carries a month and ids, and nothing about people.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from tasks.assessment.warned_units import month_warnings
from tasks.deliveries.check_month import months_to_complete, note_readiness
from tasks.deliveries.take_in_delivery import Arrival
from tasks.installation import Installation
from tasks.operations.close_month import MonthOutcome
from tasks.plans.read_plans import Plan, list_plans
from tasks.rules.periods import Period

Event = Literal[
    "manad.delivery.received",
    "manad.delivery.accepted",
    "manad.delivery.refused",
    "manad.delivery.held",
    "manad.month.complete",
    "manad.month.incomplete",
    "manad.month.done",
    "manad.month.failed",
    "manad.deviation.found",
    "manad.plan.required",
    "manad.plan.submitted",
    "manad.plan.approved",
    "manad.plan.overdue",
]
"""received: a new file lies in the inbox. complete: its deliveries suffice and it is to be run."""

Payload = dict[str, str | int | None]

_ENDS: dict[str, Event] = {
    "done": "manad.month.done",
    "incomplete": "manad.month.incomplete",
    "failed": "manad.month.failed",
}
"""How a month ends, by its state."""


def emit(event: Event, period: Period, *ids: str | int, **about: str | int | None) -> None:
    """Tell Prefect's server of an event; without a server nobody is told.

    ids: what it is about within the month, such as the source or the plan; about: more of its payload.
    """
    from prefect.events import emit_event  # noqa: PLC0415 - loading Prefect takes a second or more
    from prefect.settings import PREFECT_API_URL  # noqa: PLC0415

    if not PREFECT_API_URL.value():
        return
    kind = ".".join(event.split(".")[:2])
    resource = ".".join([kind, str(period), *map(str, ids)])
    payload: Payload = {"period": str(period), **about}
    emit_event(
        event, resource={"prefect.resource.id": resource, "manad.period": str(period)}, payload=payload
    )


def flush_events() -> None:
    """Wait until what was told has left this process, for one that ends at once."""
    from prefect.events.worker import EventsWorker  # noqa: PLC0415

    EventsWorker.drain_all(timeout=10)


def announce_arrivals(installation: Installation, arrivals: Iterable[Arrival], day: date) -> list[Period]:
    """Tell what became of files, and of the months that they made complete; return those."""
    arrivals = list(arrivals)
    for arrival in arrivals:
        _announce_arrival(arrival)
    months: set[Period] = set()
    for one in arrivals:
        if one.state == "accepted" and one.source is not None:
            months |= months_to_complete(installation, one.source, one.all_months)
    ready = [month for month in sorted(months) if note_readiness(installation, month, day)]
    for month in ready:
        emit("manad.month.complete", month)
    return ready


def announce_month(
    installation: Installation, period: Period, outcome: MonthOutcome, *, is_new: bool
) -> None:
    """Tell how a run ended, and of a new assessment what it found: deviations, and plans that it demands."""
    if is_new:
        for warning in month_warnings(installation, period):
            emit("manad.deviation.found", period, warning.code, unit=warning.code, level=warning.level)
        for plan in list_plans(installation, period=period):
            if plan.state == "required":
                _announce_plan("manad.plan.required", plan)
    if outcome.state in _ENDS:
        emit(_ENDS[outcome.state], period)


def announce_overdue(before: Sequence[Plan], after: Sequence[Plan]) -> None:
    """Tell of the plans that were reminded of or escalated between two readings."""
    late = {plan.id: plan.late for plan in before}
    for plan in after:
        if plan.late is not None and plan.late != late.get(plan.id):
            _announce_plan("manad.plan.overdue", plan)


def _announce_arrival(one: Arrival) -> None:
    if one.period is None or one.source is None or one.was_seen:
        return
    if one.state == "accepted":
        about = {"source": one.source, "revision": one.revision, "rows": one.rows}
        for month in one.all_months:
            emit("manad.delivery.accepted", month, one.source, **about)
    elif one.state == "held":
        emit("manad.delivery.held", one.period, one.source, source=one.source, delivery=one.number)
    elif one.state == "refused" and one.receipt is not None:
        problems = one.receipt.problem_count
        emit("manad.delivery.refused", one.period, one.source, source=one.source, problems=problems)


def _announce_plan(event: Event, plan: Plan) -> None:
    emit(event, plan.period, plan.id, plan=plan.id, unit=plan.unit)
