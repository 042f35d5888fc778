"""The year's budget of social assistance, and how many households it was made for."""

from sql.database import Transaction
from tasks.figures.delivered_rows import delivered_rows
from tasks.rules.periods import Period, months_of
from tasks.rules.signals.assistance_watch import Appropriation, AssistanceSettings
from tasks.rules.totals import sum_of_all


def appropriation(transaction: Transaction, period: Period, settings: AssistanceSettings) -> Appropriation:
    """Return the budget of the account groups of assistance and the planned households, as the period knows.

    A year that lacks a month of budget has none: a part of it would look like a smaller one.
    """
    year, word = months_of(period.year), settings.account_group.casefold()
    months = transaction.rows(
        "figures/list_budget_groups",
        period=period.first_day,
        first=year[0].first_day,
        last=year[-1].first_day,
    )
    budgets = [row for row in months if word in row.account_group.casefold()]
    is_whole = {Period.of(row.period) for row in budgets} == set(year)
    plans = [
        row
        for row in delivered_rows(transaction, "prestationer", period, period)
        if row.item == settings.planned_in
    ]
    return Appropriation(
        budget=sum_of_all(row.budget for row in budgets) if is_whole else None,
        households=sum_of_all(row.figure("planerat") for row in plans),
        rows=(
            *((row.delivery_id, row.first_row, row.last_row) for row in budgets),
            *(row.range for row in plans),
        ),
    )
