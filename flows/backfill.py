"""Old months followed up one by one, mailing nobody: later months are then held against something."""

from datetime import date
from pathlib import Path
from uuid import UUID

from prefect import flow, get_run_logger
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.month import follow_up
from flows.runs.prefect_run import MonthText, flow_installation
from tasks.errors import UsageError
from tasks.month import MonthHeldError, Options, hold_month
from tasks.rules.periods import Period
from tasks.rules.swedish import counted


@flow(name="backfill", flow_run_name="{first}–{last} i efterhand")
def backfill(
    first: MonthText,
    last: MonthText,
    inbox: Path | None = None,
    today: date | None = None,
) -> State[None]:
    """Follow up the months from one to another, in order. Nobody is mailed anything of them.

    Args:
        first: Den första månaden, ÅÅÅÅ-MM.
        last: Den sista månaden, ÅÅÅÅ-MM.
        inbox: Mappen med leveranser; tomt: inkorgen.
        today: Dagen som det sägs ske; tomt: i dag.

    """
    start, end = Period.parse(first), Period.parse(last)
    if start > end:
        raise UsageError(f"{first} kommer efter {last}: ange den första månaden först.")
    months = [start]
    while months[-1] < end:
        months.append(months[-1].plus(1))
    progress = _progress(f"backfill-{first}-{last}")
    ended: dict[str, str] = {}
    with flow_installation() as installation:
        options = Options(inbox=inbox or installation.settings.inbox, no_mail=True, allow_missing=True)
        day, logger = today or installation.clock.today(), get_run_logger()
        for number, month in enumerate(months, start=1):
            try:
                with hold_month(installation, month, day, options, logger.info) as held:
                    ended[str(month)] = follow_up(held).state
            except MonthHeldError as error:
                logger.warning(str(error))
                ended[str(month)] = "held"
            update_progress_artifact(progress, 100 * number / len(months))
    failed = [month for month, state in ended.items() if state in ("failed", "incomplete", "held")]
    name = "CompletedWithWarnings" if failed else None
    summary = counted(len(months) - len(failed), "månad klar", "månader klara") + (
        f"; inte {', '.join(failed)}" if failed else ""
    )
    return Completed(name=name, message=summary)


def _progress(key: str) -> UUID:
    made = create_progress_artifact(0.0, key=key, description="Månader klara, %")
    if not isinstance(made, UUID):
        raise TypeError(type(made).__name__)
    return made
