"""The month as a Prefect flow: the same order of steps as on the command line, each longer one a task."""

from contextlib import ExitStack
from datetime import date
from pathlib import Path

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.month import follow_up
from flows.runs.events import announce_month
from flows.runs.month_page import show_month, show_preview
from flows.runs.prefect_run import MonthText, as_task, flow_installation, rename_run
from tasks.assessment.assessed import assessment_number
from tasks.installation import Installation, rehearse
from tasks.month import MailChoice, Month, MonthHeldError, Options, count_runs, hold_month
from tasks.operations.preview_month import write_preview
from tasks.operations.show_month import month_status
from tasks.rules.operations.state import Step
from tasks.rules.operations.verdict import RunVerdict, judge_run
from tasks.rules.periods import Period

PATIENCE = 30
"""So many times a run looks again while another one holds the month, each time after so many seconds."""
PAUSE = 20


@flow(name="follow_up_month", flow_run_name="{period} uppföljning")
def follow_up_month(
    period: MonthText,
    inbox: Path | None = None,
    today: date | None = None,
    allow_missing: bool = False,
    from_step: Step | None = None,
    mails: MailChoice | None = None,
    preview: bool = False,
) -> State[None]:
    """Follow up a month from the files of the inbox to mails and report. It can be repeated without fear.

    What is made of the same figures is not made again; a mail that has gone out does not go out again; of a
    month that is done, nobody is mailed anything new unless it is asked for.

    Args:
        period: Månaden, ÅÅÅÅ-MM.
        inbox: Mappen med leveranser; tomt: inkorgen.
        today: Dagen som körningen sägs ske; tomt: i dag.
        allow_missing: Kör fast obligatoriska uppgifter saknas.
        from_step: Gör om från detta steg; tomt: bara det som har ändrats.
        mails: En klar månads mejl: inga nya (tomt, none), misslyckade (failed), ändrade (changed).
        preview: Visa bara mejl och rapport som de skulle bli; inget sparas eller skickas.

    """
    month = Period.parse(period)
    with flow_installation() as installation:
        options = Options(
            inbox=inbox or installation.settings.inbox,
            allow_missing=allow_missing or preview,
            from_step=from_step,
            mails=mails,
        )
        day = today or installation.clock.today()
        if preview:
            return _preview(installation, month, day, options)
        return _follow_up(installation, month, day, options)


def _follow_up(installation: Installation, period: Period, day: date, options: Options) -> State[None]:
    before = assessment_number(installation, period)
    try:
        with ExitStack() as held:
            month = _hold(held, installation, period, day, options)
            rename_run(_name(period, count_runs(installation, period)))
            outcome = follow_up(month, as_task)
    except MonthHeldError as error:
        return Failed(name="MonthHeld", message=str(error))
    status = month_status(installation, period)
    show_month(installation, period, status)
    announce_month(installation, period, outcome, is_new=assessment_number(installation, period) != before)
    return _as_state(judge_run(outcome.state, outcome.reason, status))


def _as_state(verdict: RunVerdict) -> State[None]:
    return (Completed if verdict.is_done else Failed)(name=verdict.name, message=verdict.message)


def _name(period: Period, runs: int) -> str:
    return f"{period} uppföljning" + (f" (omkörning {runs - 1})" if runs > 1 else "")


def _preview(installation: Installation, period: Period, day: date, options: Options) -> State[None]:
    out = installation.settings.home / "preview" / str(period)
    with rehearse(installation) as rehearsal, ExitStack() as held:
        month = _hold(held, rehearsal, period, day, options)
        outcome = follow_up(month)
        written = write_preview(month, out)
    rename_run(f"{period} förhandsvisning")
    show_preview(period, written)
    if outcome.state == "failed":
        return Failed(name="PreviewStopped", message=f"{outcome.reason} Inget är skickat eller ändrat.")
    return Completed(message=f"{len(written)} filer i {out}. Inget är skickat eller ändrat.")


def _hold(held: ExitStack, installation: Installation, period: Period, day: date, options: Options) -> Month:
    """Hold the month, and wait a while for another run that does. Raises MonthHeldError."""
    logger = get_run_logger()
    for _ in range(PATIENCE):
        try:
            return held.enter_context(hold_month(installation, period, day, options, logger.info))
        except MonthHeldError as error:
            logger.info("%s Ser efter igen om %s s.", error, PAUSE)
            installation.clock.wait(PAUSE)
    return held.enter_context(hold_month(installation, period, day, options, logger.info))
