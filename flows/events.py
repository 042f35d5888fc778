"""What happened, told to whoever listens: the only place that knows the events' names.

An event is emitted after the commit that it tells of and is never needed: what a lost one would have started,
the sweep finds. It carries a month and ids, and nothing about people.
"""

from typing import Literal

from tasks.rules.periods import Period

Event = Literal[
    "manad.delivery.received",
    "manad.delivery.accepted",
    "manad.delivery.refused",
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
