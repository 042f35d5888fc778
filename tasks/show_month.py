"""What a month looks like to the one who asks: its state, its deliveries, its mails, its warnings."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sql.database import Transaction
from tasks.errors import NotFoundError
from tasks.installation import Installation
from tasks.kept_forecasts import own_forecast_keys
from tasks.month_plans import MonthPlan, month_plans
from tasks.plan_rows import plan_keys
from tasks.read_plans import plans_in
from tasks.rules.periods import Period
from tasks.rules.risk_order import Order, RiskSettings
from tasks.warning_risks import known_risks, with_risks

MAIL_STATES = ("queued", "retrying", "sent", "failed", "skipped", "settled", "uncertain")


class UnknownMonthError(NotFoundError):
    """A month that was never run."""

    def __init__(self, period: Period | None) -> None:
        self.period = period
        asked = (
            "Ingen månad har körts än"
            if period is None
            else f"{period.swedish.capitalize()} har inte körts än"
        )
        super().__init__(f"{asked}. Kör den med: manad run {period or 'ÅÅÅÅ-MM'}")


def month_status(installation: Installation, period: Period | None) -> dict[str, Any]:
    """Return a month's status by the contract (None: the latest month). Raises UnknownMonthError."""
    with installation.database.transaction() as transaction:
        period = period or _latest(transaction)
        month = None if period is None else transaction.row("month/find_month", period=period.first_day)
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


def latest_assessment(installation: Installation, period: Period) -> int | None:
    """Return the number of a month's latest assessment, None before the first."""
    with installation.database.transaction() as transaction:
        found = transaction.row("assessment/find_latest", period=period.first_day)
    return None if found is None else int(found.id)


def month_deviations(
    installation: Installation, period: Period, order: Order = "kronor"
) -> list[dict[str, Any]]:
    """Return a month's warnings by the contract, worst first. Raises UnknownMonthError."""
    with installation.database.transaction() as transaction:
        assessment = transaction.row("assessment/find_latest", period=period.first_day)
        if assessment is None:
            raise UnknownMonthError(period)
        units = transaction.rows("assessment/list_units", assessment=assessment.id)
        plans = month_plans(transaction, installation.mail_mode, period, units)
        return warnings_of(transaction, units, plans, period, installation.config.risk, order)


def warnings_of(
    transaction: Transaction,
    units: Sequence[Any],
    plans: Sequence[MonthPlan],
    period: Period,
    settings: RiskSettings,
    order: Order = "kronor",
) -> list[dict[str, Any]]:
    """Return the warnings among assessed units with their plans and the risks that concern them.

    They stand as they come, or by risk.
    """
    warnings = [deviation(unit) | plan_keys(unit, plans) for unit in units if unit.signal is not None]
    return with_risks(warnings, known_risks(transaction, period, settings), order)


def month_areas(installation: Installation, period: Period) -> list[dict[str, Any]]:
    """Return the year of the places above the units, the whole first. Raises UnknownMonthError."""
    with installation.database.transaction() as transaction:
        assessment = transaction.row("assessment/find_latest", period=period.first_day)
        if assessment is None:
            raise UnknownMonthError(period)
        return areas_of(transaction, assessment.id)


def areas_of(transaction: Transaction, assessment: int) -> list[dict[str, Any]]:
    """Return an assessment's places above the units; amounts are Decimal kronor, None for missing."""
    return [_area(row) for row in transaction.rows("assessment/list_areas", assessment=assessment)]


def _area(row: Any) -> dict[str, Any]:
    return {
        "niva": row.level,
        "kod": row.code,
        "namn": row.name,
        "overordnad": row.parent,
        "budget": row.budget,
        "prognos": row.forecast,
        "nedre_80": row.lower_80,
        "ovre_80": row.upper_80,
        "avvikelse": row.deviation,
        "avvikelse_procent": row.deviation_percent,
        "niva_signal": row.signal,
        "mening": row.sentence,
        "enheter": {"bedomda": row.units_assessed, "av": row.units_valid},
    }


def deviation(unit: Any) -> dict[str, Any]:
    """Return an assessed unit's warning by the contract; amounts are Decimal kronor, None for missing."""
    return {
        "enhet": unit.unit,
        "namn": unit.name,
        "niva_signal": unit.signal,
        "budget": unit.budget,
        "prognos": unit.forecast,
        "nedre_80": unit.lower_80,
        "ovre_80": unit.upper_80,
        "avvikelse": unit.deviation,
        "avvikelse_procent": unit.deviation_percent,
        "regel": unit.rule,
        "mening": unit.sentence,
        "volymeffekt": unit.volume_effect,
        "priseffekt": unit.price_effect,
        "krav_pa_plan": unit.plan_required,
        "plan_senast": None if unit.plan_due is None else unit.plan_due.isoformat(),
        **own_forecast_keys(unit.evidence),
    }


def as_number(value: Any) -> Any:
    """Turn a Decimal into the JSON number that it is."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)


def _latest(transaction: Transaction) -> Period | None:
    day = transaction.value("month/find_latest_month")
    return None if day is None else Period.of(day)


def _steps(transaction: Transaction, period: Period) -> list[dict[str, Any]]:
    rows = transaction.rows("month/list_steps", period=period.first_day)
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
        for row in transaction.rows("delivery/list_of_period", period=period.first_day)
    ]


def _mail_problems(transaction: Transaction, period: Period) -> list[dict[str, Any]]:
    """Return the mails that somebody must look at: nobody has got them for certain."""
    return [
        {"id": row.id, "state": row.state, "to": row.sent_to, "subject": row.subject, "reason": row.reason}
        for row in transaction.rows("mail/list_problems", period=period.first_day)
    ]


def _plans(transaction: Transaction, mode: str, period: Period) -> list[dict[str, Any]]:
    """Return how many of the month's plans stand where (`försenad, påmind 1`), the first due first."""
    plans = [plan for plan in plans_in(transaction, mode, period=period) if plan.state != "lapsed"]
    counted = Counter(plan.state_words for plan in sorted(plans, key=lambda plan: plan.due))
    return [{"lage": words, "antal": count} for words, count in counted.items()]


def _mails(transaction: Transaction, period: Period) -> dict[str, int]:
    counted = {row.state: row.mails for row in transaction.rows("mail/count_states", period=period.first_day)}
    return {state: counted.get(state, 0) for state in MAIL_STATES}
