"""The month as a Prefect flow: the same order of steps as on the command line, each step a task."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows.month import follow_up
from tasks.clock import Clock
from tasks.installation import open_installation
from tasks.month import Options, hold_month
from tasks.rules.periods import Period
from tasks.settings import read_settings


def as_task(step: Callable[..., Any], *arguments: Any) -> Any:
    """Carry out a step as a Prefect task of its name."""
    return task(name=step.__name__, persist_result=False, cache_policy=NO_CACHE)(step)(*arguments)


@flow(name="follow_up_month", flow_run_name="{period} uppföljning", validate_parameters=True)
def follow_up_month(
    period: str, inbox: str | None = None, today: date | None = None, allow_missing: bool = False
) -> int:
    """Follow up a month (`YYYY-MM`) from the files of an inbox; return the exit code of `manad run`."""
    logger = get_run_logger()
    settings, clock = read_settings(), Clock()
    settings.check_addresses()
    options = Options(inbox=Path(inbox) if inbox else settings.inbox, allow_missing=allow_missing)
    with (
        open_installation(settings, clock) as installation,
        hold_month(installation, Period.parse(period), today or clock.today(), options, logger.info) as month,
    ):
        outcome = follow_up(month, as_task)
    if outcome.exit_code:
        raise RuntimeError(outcome.reason or outcome.state)
    return outcome.exit_code
