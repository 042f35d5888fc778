"""What the report reads of other months than its own about the board: plans, targets and forecasts before."""

from decimal import Decimal

from sql.database import Transaction
from tasks.figures.current_deliveries import current_deliveries
from tasks.figures.delivered_rows import delivered_rows
from tasks.rules.assessment.forecast_accuracy import REPORT_MONTH
from tasks.rules.delivered import Delivered
from tasks.rules.periods import Period
from tasks.rules.report.driftbudget import driftbudget
from tasks.rules.report.month_report import forecast_row

PLANNED = frozenset({"mal", "aktiviteter"})
"""Sources of the year's plan: a delivery holds till the next one of the year."""


def planned_rows(transaction: Transaction, period: Period) -> dict[str, list[Delivered]]:
    """Return by source the rows of the year's newest plans up to a month."""
    newest = {
        found.source: found.period
        for found in current_deliveries(transaction, PLANNED, period, first=Period(period.year, 1))
    }
    return {source: delivered_rows(transaction, source, month, month) for source, month in newest.items()}


def earlier_indicators(transaction: Transaction, period: Period) -> list[Delivered]:
    """Return the rows of indicators of the year's months before one: what targets were before."""
    if period.month == 1:
        return []
    return delivered_rows(transaction, "indikatorer", Period(period.year, 1), period.plus(-1))


def forecast_before(transaction: Transaction, period: Period) -> Decimal | None:
    """Return what tertialrapport 2 forecast of a closed year (kr); None before December, and without it."""
    if period.month < 12:
        return None
    august = Period(period.year, REPORT_MONTH)
    rows = delivered_rows(transaction, "prognos", august, august)
    return driftbudget([forecast_row(row) for row in rows]).total.amounts.forecast_after
