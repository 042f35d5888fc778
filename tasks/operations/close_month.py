"""The step that ends a run: the month is done only when every required mail has a final state.

That it is done is told in the same transaction, by what became of its mails.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sql.database import Transaction
from tasks.deliveries.take_in_delivery import Arrival
from tasks.month import Month
from tasks.operations.closing_mails import queue_closing
from tasks.rules.operations.outcome import exit_code
from tasks.rules.operations.state import REACHED, State, close_outcome
from tasks.rules.outbox.occasions import mails_are_wanted
from tasks.rules.outbox.states import FINAL

TOLD = "tell_controllers"
"""What is remembered of that: it is no step of its own, and no run makes it anew."""


@dataclass(frozen=True)
class MonthOutcome:
    """How a run ended: the month's state and reason, what became of the files, and the exit code.

    told: mails to controllers that the month is done, which were queued just now.
    """

    state: State
    reason: str | None
    arrivals: tuple[Arrival, ...]
    exit_code: int
    told: int = 0


def close_month(month: Month, arrivals: Sequence[Arrival]) -> MonthOutcome:
    """Close the month if the mails of the run's mode are finished, and say how the run ended."""
    no_mail = month.options.no_mail or month.installation.rehearsal
    with month.saving() as transaction:
        counted = transaction.rows(
            "outbox/count_states_of_mode", period=month.period.first_day, mode=month.installation.mail_mode
        )
        reached = REACHED[month.state(transaction)]
        if reached >= REACHED["reported"] and not no_mail:
            required = [row.state for row in counted if row.required]
            queued = _mails_were_queued(month, transaction)
            month.advance(
                transaction, "close_month", close_outcome(required, mails_were_queued=queued), made=False
            )
        found = transaction.row("operations/find_month", period=month.period.first_day)
        if found is None:
            raise LookupError("the month has gone")
        told = _tell(month, transaction, found.state)
    if told:
        month.progress(f"{told} mejl till controllers om att månaden är klar")
    mails_final = no_mail or all(row.state in FINAL for row in counted)
    refused = any(arrival.state == "refused" and _concerns(month, arrival) for arrival in arrivals)
    code = exit_code(found.state, refused=refused, mails_final=mails_final)
    return MonthOutcome(found.state, found.reason, tuple(arrivals), code, told)


def _tell(month: Month, transaction: Transaction, state: State) -> int:
    """Tell controllers the first time that the month is done, or where it is asked for; return how many.

    A run that wants no new mails leaves it to the next one. A rehearsal ends no month, and tells what a run
    would if its mails went out.
    """
    rehearsed = month.installation.rehearsal and REACHED[state] >= REACHED["reported"]
    stored = transaction.row("operations/find_step", period=month.period.first_day, step=TOLD)
    told_in = [] if stored is None else stored.result["modes"]
    told_before = month.installation.mail_mode in told_in
    wanted = mails_are_wanted(month.options.mails, done_before=told_before)
    if month.options.no_mail or not wanted or not (state == "done" or rehearsed):
        return 0
    told = queue_closing(month, transaction)
    if told and not told_before:
        month.remember(transaction, TOLD, "", {"modes": [*told_in, month.installation.mail_mode]})
    return told


def _mails_were_queued(month: Month, transaction: Transaction) -> bool:
    return (
        transaction.row("operations/find_step", period=month.period.first_day, step="queue_mails") is not None
    )


def _concerns(month: Month, arrival: Arrival) -> bool:
    """Tell whether a refused file says anything about this run: it is new, or the month's own."""
    return arrival.period == month.period or not arrival.was_seen
