"""What the whole ledger comes to beside the units that are followed, as known at a period's close."""

from sql.database import Transaction
from tasks.figures.unit_months import months_of_rows, total, with_heirs
from tasks.rules.organisation import Register
from tasks.rules.periods import Period, months_of
from tasks.rules.report.reconciliation import LedgerSums
from tasks.rules.totals import sum_known, sum_of_all


def ledger_sums(transaction: Transaction, register: Register, period: Period) -> LedgerSums | None:
    """Add up the year's ledger: all its rows, and those of the valid units. None without a ledger."""
    year = months_of(period.year)
    closed = year[: period.month]
    rows = transaction.rows(
        "figures/list_months_known",
        period=period.first_day,
        first=year[0].first_day,
        last=year[-1].first_day,
    )
    if not rows:
        return None
    units = with_heirs(register, months_of_rows(register, rows), period).values()
    return LedgerSums(
        budget=sum_of_all(row.budget for row in rows),
        outcome=sum_of_all(row.outcome for row in rows if Period.of(row.period) <= period),
        units_budget=sum_known(total(own, year, "budget") for own in units),
        units_outcome=sum_known(total(own, closed, "outcome") for own in units),
    )
