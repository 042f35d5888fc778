"""What every flow of ours shares: its installation, its steps as tasks, its name, and when it is too late."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from prefect import get_client, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed
from pydantic import Field

from flows.runs.steps import Given, Made
from tasks.clock import Clock
from tasks.installation import DATABASE_ERRORS, Installation, open_installation
from tasks.rules.operations.unasked import is_stale
from tasks.settings import read_settings

MonthText = Annotated[str, Field(pattern=r"^[12]\d{3}-(0[1-9]|1[0-2])$", description="Månaden, ÅÅÅÅ-MM")]
"""A month as the UI asks for it."""

PLAIN = frozenset({"check_month", "watch_signals", "close_month", "stop_month"})
"""Steps that take a moment: a task of their own would cost more than it tells."""
DELAYS = [10.0, 60.0, 300.0]
"""A step that the database let down is made again after so many seconds: every step may be."""


def as_task(step: Callable[Given, Made], *arguments: Given.args, **named: Given.kwargs) -> Made:
    """Carry out a step as a Prefect task of its name, a short one as it is."""
    if step.__name__ in PLAIN:
        return step(*arguments, **named)
    made: Made = task(
        name=step.__name__,
        persist_result=False,
        cache_policy=NO_CACHE,
        retries=len(DELAYS),
        retry_delay_seconds=DELAYS,
        retry_jitter_factor=0.3,
        retry_condition_fn=_is_temporary,
    )(step)(*arguments, **named)
    return made


def _is_temporary(_task: Any, _run: Any, state: State[None]) -> bool:
    """Tell whether a step failed for the database's sake: it may answer again in a moment."""
    return isinstance(state.result(raise_on_failure=False), DATABASE_ERRORS)


@contextmanager
def flow_installation() -> Iterator[Installation]:
    """Open the installation of this process's environment. Raises UsageError where mails couldn't be sent."""
    settings, clock = read_settings(), Clock()
    settings.check_addresses()
    with open_installation(settings, clock) as installation:
        yield installation


def too_late(clock: Clock) -> State[None] | None:
    """Return how a scheduled run that begins too late ends; None for one that is to be made."""
    scheduled = flow_run.scheduled_start_time
    if flow_run.id is None or not is_stale(scheduled, clock.now()):
        return None
    return Completed(
        name="Skipped", message=f"Skulle ha gått {scheduled:%Y-%m-%d kl. %H.%M} UTC; nästa gör det."
    )


def rename_run(name: str) -> None:
    """Give this run another name, where a server keeps it."""
    if flow_run.id is not None:
        with get_client(sync_client=True) as client:
            client.update_flow_run(flow_run.id, name=name)
