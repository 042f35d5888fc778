"""The approved plans as the forecast of a month counts them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sql.database import Transaction
from tasks.figures.unit_months import Months
from tasks.plans.plan_store import read_measures
from tasks.rules.assessment.assessed_unit import KeptYear
from tasks.rules.assessment.deviation import Deviation
from tasks.rules.organisation import Register
from tasks.rules.periods import Period, months_of
from tasks.rules.plans.effect import Approved, counted_effect, is_achieved, realised_effects
from tasks.rules.plans.measures import months_after, promised


@dataclass(frozen=True)
class CountedPlan:
    """An approved plan: its number in the database and what the forecast reads of it."""

    id: int
    approved: Approved


def counted_plans(transaction: Transaction, register: Register, period: Period) -> dict[str, CountedPlan]:
    """Return, by unit of a month, the newest plan of the year up to it that was ever approved.

    What is approved of later months changes nothing in an earlier one. A unit that got another code has the
    plan that it had before.
    """
    rows = transaction.rows("plans/list_counted", period=period.first_day, first=date(period.year, 1, 1))
    measures = read_measures(transaction, [row.id for row in rows])
    return {
        register.heir(row.unit, period): CountedPlan(row.id, _approved(row, measures[row.id]))
        for row in sorted(rows, key=lambda row: (row.period, row.id))
    }


def _approved(row: Any, measures: Any) -> Approved:
    period = Period.of(row.period)
    ahead = KeptYear.of_data(row.evidence.get("year", {})).ahead
    months = months_after(period)
    return Approved(
        period=period,
        forecast=row.forecast,
        measures=measures,
        ahead={} if len(ahead) != len(months) else dict(zip(months, ahead, strict=True)),
    )


def effects(
    plans: Mapping[str, CountedPlan], found: Mapping[str, Deviation], period: Period
) -> dict[str, Decimal]:
    """Return what is counted of each unit's plan in the month's forecast (kr)."""
    counted = {}
    for unit, plan in plans.items():
        facts = found[unit].facts if unit in found else None
        if facts is not None and facts.forecast is not None and facts.budget is not None:
            counted[unit] = counted_effect(plan.approved, period, facts.forecast, facts.budget).counted
    return counted


def achieved(
    plans: Mapping[str, CountedPlan], months: Mapping[str, Months], period: Period
) -> dict[int, bool]:
    """Tell of each plan whether what came up to the month is what it promised for the year."""
    return {
        plan.id: is_achieved(
            realised_effects(plan.approved, period, closed_months(months.get(unit, {}), period)),
            promised(plan.approved.measures, months_after(plan.approved.period)),
        )
        for unit, plan in plans.items()
    }


def closed_months(months: Months, period: Period) -> dict[Period, Decimal]:
    """Return a unit's known outcomes (kr) of the year's closed months."""
    closed = months_of(period.year)[: period.month]
    known = {month: months[month].outcome for month in closed if month in months}
    return {month: kr for month, kr in known.items() if kr is not None}
