"""What a month looks like to the one who asks: its state, its deliveries, its mails, its plans."""

from collections import Counter
from collections.abc import Mapping

from sql.database import Transaction
from tasks.assessment.warned_units import UnknownMonthError
from tasks.figures.current_deliveries import rows_of_month
from tasks.installation import Installation
from tasks.month import known_month
from tasks.outbox.mails import mail_problems
from tasks.plans.read_plans import plans_in
from tasks.rules.operations.month_status import (
    ListedDelivery,
    MadeStep,
    MonthStatus,
    PlansThere,
)
from tasks.rules.outbox.states import MAIL_STATES
from tasks.rules.periods import Period


def month_status(installation: Installation, period: Period | None) -> MonthStatus:
    """Return where a month stands (None: the latest month). Raises UnknownMonthError."""
    with installation.database.transaction() as transaction:
        period = period or _latest(transaction)
        if period is None:
            raise UnknownMonthError(period)
        known, deliveries = known_month(transaction, period), _deliveries(installation, transaction, period)
        if known is None and not deliveries:
            raise UnknownMonthError(period)
        return MonthStatus(
            period=period,
            state="waiting" if known is None else known.state,
            running=known is not None and known.running,
            step=None if known is None else known.step,
            reason=None if known is None else known.reason,
            steps=_steps(transaction, period),
            deliveries=deliveries,
            mails=_mails(transaction, period),
            mail_problems=tuple(mail_problems(transaction, period)),
            plans=_plans(transaction, installation.mail_mode, period),
        )


def _latest(transaction: Transaction) -> Period | None:
    day = transaction.value("operations/find_latest_month")
    return None if day is None else Period.of(day)


def _steps(transaction: Transaction, period: Period) -> tuple[MadeStep, ...]:
    rows = transaction.rows("operations/list_steps", period=period.first_day)
    return tuple(MadeStep(row.step, row.finished_at, row.result) for row in rows)


def _deliveries(
    installation: Installation, transaction: Transaction, period: Period
) -> tuple[ListedDelivery, ...]:
    return tuple(
        ListedDelivery(
            id=row.id,
            source=row.source,
            period=Period.of(row.period),
            state=row.state,
            revision=row.revision,
            rows=row.row_count,
            problems=row.problem_count,
            warnings=row.warning_count,
            file=row.file_name,
            received_at=row.received_at,
        )
        for row in rows_of_month(transaction, period, installation.config.lags)
    )


def _plans(transaction: Transaction, mode: str, period: Period) -> tuple[PlansThere, ...]:
    plans = [plan for plan in plans_in(transaction, mode, period=period) if plan.state != "lapsed"]
    counted = Counter(plan.state_words for plan in sorted(plans, key=lambda plan: plan.due))
    return tuple(PlansThere(words, count) for words, count in counted.items())


def _mails(transaction: Transaction, period: Period) -> Mapping[str, int]:
    counted = {
        row.state: row.mails for row in transaction.rows("outbox/count_states", period=period.first_day)
    }
    return {state: counted.get(state, 0) for state in MAIL_STATES}
