"""The step that ends a run: the month is done only when every required mail has a final state.

That it is done is told in the same transaction, by what became of its mails. A month that stops on the way
is marked with the step and the reason.
"""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sql.database import Transaction
from tasks.deliveries.take_in_delivery import Arrival
from tasks.installation import EXPECTED_ERRORS
from tasks.month import KnownMonth, Month, step_result
from tasks.operations.closing_mails import queue_closing
from tasks.rules.operations.state import State, close_outcome, exit_code
from tasks.rules.outbox.occasions import mails_are_wanted
from tasks.rules.outbox.states import FINAL

TOLD = "tell_controllers"
"""What is remembered of that: it is no step of its own, and no run makes it anew."""


@dataclass(frozen=True)
class MonthOutcome:
    """How a run ended: the month's state and reason, what became of the files, and the exit code.

    mails_to_controllers: that the month is done, which were queued just now.
    """

    state: State
    reason: str | None
    arrivals: tuple[Arrival, ...]
    exit_code: int
    mails_to_controllers: int = 0


def close_month(month: Month, arrivals: Sequence[Arrival]) -> MonthOutcome:
    """Close the month if the mails of the run's mode are finished, and say how the run ended."""
    no_mail = month.options.no_mail or month.installation.rehearsal
    with month.saving() as transaction:
        counted = transaction.rows(
            "outbox/count_states_of_mode", period=month.period.first_day, mode=month.installation.mail_mode
        )
        if month.known(transaction).has_reached("reported") and not no_mail:
            required = [row.state for row in counted if row.required]
            queued = _mails_were_queued(month, transaction)
            month.advance(
                transaction, "close_month", close_outcome(required, mails_were_queued=queued), made=False
            )
        known = month.known(transaction)
        to_controllers = _tell(month, transaction, known)
    if to_controllers:
        month.progress(f"{to_controllers} mejl till controllers om att månaden är klar")
    mails_final = no_mail or all(row.state in FINAL for row in counted)
    refused = any(arrival.state == "refused" and _concerns(month, arrival) for arrival in arrivals)
    code = exit_code(known.state, refused=refused, mails_final=mails_final)
    return MonthOutcome(known.state, known.reason, tuple(arrivals), code, to_controllers)


def stop_month(month: Month, step: str, error: Exception) -> str:
    """Mark the month failed with step and reason; return the reason, one Swedish line.

    An error that nobody foresaw keeps its traceback in a file that the reason names.
    """
    reason = str(error) if isinstance(error, EXPECTED_ERRORS) else _unforeseen(month, step, error)
    with month.saving() as transaction:
        month.stop(transaction, step, reason, outcome="failed")
    month.progress(f"Stopp i {step}: {reason}")
    return reason


def unforeseen(home: Path, name: str, error: Exception) -> str:
    """Say that an error is one that nobody foresaw, and keep its traceback in a file that is named."""
    fault = f"oväntat fel i programmet ({type(error).__name__})"
    path = home / "errors" / f"{name}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:  # a full disk may be what went wrong
        return f"{fault}: {error}"
    return f"{fault}: se {path} och skicka filen till den som sköter programmet."


def _tell(month: Month, transaction: Transaction, known: KnownMonth) -> int:
    """Tell controllers the first time that the month is done, or where it is asked for; return how many.

    A run that wants no new mails leaves it to the next one. A rehearsal ends no month, and tells what a run
    would if its mails went out.
    """
    rehearsed = month.installation.rehearsal and known.has_reached("reported")
    stored = step_result(transaction, month.period, TOLD)
    told_in: list[str] = [] if stored is None else stored["modes"]
    told_before = month.installation.mail_mode in told_in
    wanted = mails_are_wanted(month.options.mails, done_before=told_before)
    if month.options.no_mail or not wanted or not (known.state == "done" or rehearsed):
        return 0
    queued = queue_closing(month, transaction)
    if queued and not told_before:
        month.remember(transaction, TOLD, "", {"modes": [*told_in, month.installation.mail_mode]})
    return queued


def _mails_were_queued(month: Month, transaction: Transaction) -> bool:
    return step_result(transaction, month.period, "queue_mails") is not None


def _concerns(month: Month, arrival: Arrival) -> bool:
    """Tell whether a refused file says anything about this run: it is new, or the month's own."""
    return arrival.period == month.period or not arrival.was_seen


def _unforeseen(month: Month, step: str, error: Exception) -> str:
    if month.installation.rehearsal:
        return f"oväntat fel i programmet ({type(error).__name__}): {error}"
    return unforeseen(month.installation.settings.home, f"{month.period}_{step}", error)
