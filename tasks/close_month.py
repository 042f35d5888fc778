"""The step that ends a run: the month is done only when every required mail has a final state."""

from collections.abc import Sequence
from dataclasses import dataclass

from sql.database import Transaction
from tasks.month import Month
from tasks.rules.mail_states import FINAL
from tasks.rules.month_state import REACHED, State, close_outcome
from tasks.rules.outcome import exit_code
from tasks.take_in_delivery import Arrival


@dataclass(frozen=True)
class MonthOutcome:
    """How a run ended: the month's state and reason, what became of the files, and the exit code."""

    state: State
    reason: str | None
    arrivals: tuple[Arrival, ...]
    exit_code: int


def close_month(month: Month, arrivals: Sequence[Arrival]) -> MonthOutcome:
    """Close the month if the mails of the run's mode are finished, and say how the run ended."""
    no_mail = month.options.no_mail or month.installation.rehearsal
    with month.saving() as transaction:
        counted = transaction.rows(
            "mail/count_states_of_mode", period=month.period.first_day, mode=month.installation.mail_mode
        )
        reached = REACHED[month.state(transaction)]
        if reached >= REACHED["reported"] and not no_mail:
            required = [row.state for row in counted if row.required]
            queued = _mails_were_queued(month, transaction)
            month.advance(
                transaction, "close_month", close_outcome(required, mails_were_queued=queued), made=False
            )
        found = transaction.row("month/find_month", period=month.period.first_day)
    if found is None:
        raise LookupError("the month has gone")
    mails_final = no_mail or all(row.state in FINAL for row in counted)
    refused = any(arrival.state == "refused" and _concerns(month, arrival) for arrival in arrivals)
    code = exit_code(found.state, refused=refused, mails_final=mails_final)
    return MonthOutcome(found.state, found.reason, tuple(arrivals), code)


def _mails_were_queued(month: Month, transaction: Transaction) -> bool:
    return transaction.row("month/find_step", period=month.period.first_day, step="queue_mails") is not None


def _concerns(month: Month, arrival: Arrival) -> bool:
    """Tell whether a refused file says anything about this run: it is new, or the month's own."""
    return arrival.period == month.period or not arrival.was_seen
