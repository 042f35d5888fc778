"""What a month looks like to the one who asks: its state, its deliveries, its mails, its warnings."""

from collections import Counter
from typing import Any

from sql.database import Transaction
from tasks.assessment.warned_units import UnknownMonthError
from tasks.installation import Installation
from tasks.outbox.mails import mail_problems
from tasks.plans.read_plans import plans_in
from tasks.rules.outbox.states import MAIL_STATES
from tasks.rules.periods import Period


def month_status(installation: Installation, period: Period | None) -> dict[str, Any]:
    """Return a month's status by the contract (None: the latest month). Raises UnknownMonthError."""
    with installation.database.transaction() as transaction:
        period = period or _latest(transaction)
        month = None if period is None else transaction.row("operations/find_month", period=period.first_day)
        deliveries = [] if period is None else _deliveries(transaction, period)
        if period is None or (month is None and not deliveries):
            raise UnknownMonthError(period)
        return {
            "period": str(period),
            "state": "waiting" if month is None else month.state,
            "running": month is not None and month.running,
            "step": None if month is None else month.step,
            "reason": None if month is None else month.reason,
            "steps": _steps(transaction, period),
            "deliveries": deliveries,
            "mails": _mails(transaction, period),
            "mail_problems": _mail_problems(transaction, period),
            "plans": _plans(transaction, installation.mail_mode, period),
        }


def _latest(transaction: Transaction) -> Period | None:
    day = transaction.value("operations/find_latest_month")
    return None if day is None else Period.of(day)


def _steps(transaction: Transaction, period: Period) -> list[dict[str, Any]]:
    rows = transaction.rows("operations/list_steps", period=period.first_day)
    return [
        {"step": row.step, "finished_at": row.finished_at.isoformat(timespec="seconds"), "result": row.result}
        for row in rows
    ]


def _deliveries(transaction: Transaction, period: Period) -> list[dict[str, Any]]:
    return [
        {
            "source": row.source,
            "state": row.state,
            "revision": row.revision,
            "rows": row.row_count,
            "problems": row.problem_count,
            "warnings": row.warning_count,
            "file": row.file_name,
            "received_at": row.received_at.isoformat(timespec="seconds"),
        }
        for row in transaction.rows("deliveries/list_of_period", period=period.first_day)
    ]


def _mail_problems(transaction: Transaction, period: Period) -> list[dict[str, Any]]:
    """Return the mails that somebody must look at: nobody has got them for certain."""
    return [
        {
            "id": mail.id,
            "state": mail.state,
            "to": mail.sent_to,
            "subject": mail.subject,
            "reason": mail.reason,
        }
        for mail in mail_problems(transaction, period)
    ]


def _plans(transaction: Transaction, mode: str, period: Period) -> list[dict[str, Any]]:
    """Return how many of the month's plans stand where (`försenad, påmind 1`), the first due first."""
    plans = [plan for plan in plans_in(transaction, mode, period=period) if plan.state != "lapsed"]
    counted = Counter(plan.state_words for plan in sorted(plans, key=lambda plan: plan.due))
    return [{"lage": words, "antal": count} for words, count in counted.items()]


def _mails(transaction: Transaction, period: Period) -> dict[str, int]:
    counted = {
        row.state: row.mails for row in transaction.rows("outbox/count_states", period=period.first_day)
    }
    return {state: counted.get(state, 0) for state in MAIL_STATES}
