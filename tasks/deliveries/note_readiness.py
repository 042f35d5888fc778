"""The step that notes that a month's deliveries suffice, so that exactly one run of it is asked for."""

from datetime import date

from sql.database import Transaction
from tasks.deliveries.month_deliveries import accepted_deliveries, read_completeness
from tasks.installation import Installation
from tasks.rules.json_values import fingerprint
from tasks.rules.operations.unasked_runs import MONTHS_BACK, first_unasked, runs_unasked
from tasks.rules.periods import Period


def note_readiness(installation: Installation, period: Period, today: date) -> bool:
    """Tell whether a month is to be run unasked: its deliveries suffice, and nobody was told so of them.

    Of those who hand in the last files at the same time exactly one is told: one at a time holds the month's
    lock and sees what the others have stored. An older month is only run by hand.
    """
    if not runs_unasked(period, today):
        return False
    with installation.database.transaction() as transaction:
        transaction.run("operations/lock_month", period=period.first_day)
        accepted = accepted_deliveries(transaction, period)
        if read_completeness(installation, transaction, period, accepted).stops:
            return False
        return _is_new(transaction, period, fingerprint(sorted(accepted.items())))


def _is_new(transaction: Transaction, period: Period, mark: str) -> bool:
    return transaction.row("operations/insert_ready", period=period.first_day, mark=mark) is not None


def open_months(today: date) -> list[Period]:
    """Return the months that may be run unasked on a day, oldest first."""
    first = first_unasked(today)
    return [month for n in range(MONTHS_BACK + 1) if runs_unasked(month := first.plus(n), today)]


def lost_months(installation: Installation, today: date) -> list[Period]:
    """Return the months that nobody works on though there is work left, oldest first.

    1. Its deliveries suffice and no run has begun since: the event was lost.
    2. Its last run died or was cut off.
    3. Its mails were queued, and it isn't done: some waited for a server that was away.
    """
    first = first_unasked(today)
    with installation.database.transaction() as transaction:
        rows = transaction.rows("operations/list_lost", first=first.first_day, mode=installation.mail_mode)
    return [Period.of(row.period) for row in rows]
