"""Runs that were handed to a worker which died before they began: they are handed out again."""

from datetime import datetime, timedelta

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.states import Scheduled

AT_START, AT_WORK = timedelta(seconds=30), timedelta(minutes=5)
"""A worker begins a run within seconds of taking it: so much later it never will."""


def hand_out_again(now: datetime, after: timedelta) -> int:
    """Let every run that has been pending for too long be taken by a worker that lives; return how many."""
    pending = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.PENDING]))
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(flow_run_filter=FlowRunFilter(state=pending))
        stuck = [run for run in runs if run.state is not None and run.state.timestamp < now - after]
        for run in stuck:
            client.set_flow_run_state(run.id, Scheduled(scheduled_time=now))
    return len(stuck)
