"""The picture of a unit's year: what an assessment kept of it, laid out for the chart."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from notifications.charts import YearChart, alt_text, draw
from tasks.plans.read_plans import Plan
from tasks.rules.assessment.assessed_unit import AssessedUnit, KeptYear
from tasks.rules.assessment.deviation_facts import held_to
from tasks.rules.periods import Period
from tasks.rules.swedish import limit_percent
from tasks.rules.wording import YearRow, year_row

TITLE = "Ackumulerat underskott mot periodiserad budget"


def year_chart(
    period: Period,
    year: KeptYear,
    *,
    forecast: Decimal | None,
    lower: Decimal | None,
    upper: Decimal | None,
    limit_kr: Decimal | None = None,
    limit_of: Decimal | None = None,
) -> YearChart | None:
    """Return the chart of a unit's year (kr), None for an assessment that kept no months.

    Its amounts are written as the year's row is (`wording.year_row`), in tkr where that is in kronor.
    limit_kr: the underskott at the year's end that gives larm, and
    limit_of: its share of the budget (%).
    """
    budgets, outcomes = year.budget, year.outcome
    if not budgets or len(outcomes) != period.month:
        return None
    to_date, budget_to_date = _accumulated(outcomes), _accumulated(budgets)
    row = year_row(budget_to_date[-1], forecast)
    in_mnkr = row.unit == "mnkr"
    exponent = -6 if in_mnkr else -3
    return YearChart(
        title=TITLE,
        amounts_in="mnkr" if in_mnkr else "tkr",
        decimals=row.decimals if in_mnkr else 0,
        month=period.month,
        outcomes=_scaled(outcomes, exponent),
        budgets=_scaled(budgets, exponent),
        outcome_to_date=_scaled(to_date, exponent),
        budget_to_date=_scaled(budget_to_date, exponent),
        forecast=_one(forecast, exponent),
        lower=_one(lower, exponent),
        upper=_one(upper, exponent),
        limit=_one(limit_kr, exponent),
        limit_text=_limit_text(limit_kr, limit_of, row),
    )


def chart_of_unit(period: Period, unit: AssessedUnit) -> YearChart | None:
    """Return the chart of an assessed unit's year."""
    percent, floor, budget = unit.evidence.bar_percent, unit.evidence.floor_kr, unit.budget
    limit = None if budget is None else max(floor, held_to(budget, unit.evidence.gross) * percent / 100)
    return year_chart(
        period,
        unit.evidence.year,
        forecast=unit.forecast,
        lower=unit.lower,
        upper=unit.upper,
        limit_kr=limit if unit.signal == "larm" else None,
        limit_of=None if limit == floor else percent,
    )


def _limit_text(limit_kr: Decimal | None, share: Decimal | None, row: YearRow) -> str:
    if limit_kr is None:
        return ""
    of_budget = "" if share is None else f" ({limit_percent(share)})"
    return f"gräns för larm vid årets slut {row.figure(limit_kr)}{of_budget}"


def _accumulated(amounts: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Add up month by month; from the first missing one on the sum is missing."""
    return list(accumulate(amounts, lambda so_far, kr: None if so_far is None or kr is None else so_far + kr))


def _scaled(amounts: Sequence[Decimal | None], exponent: int) -> tuple[float | None, ...]:
    return tuple(_one(kr, exponent) for kr in amounts)


def _one(kr: Decimal | None, exponent: int) -> float | None:
    return None if kr is None else float(kr.scaleb(exponent))


@dataclass(frozen=True)
class Picture:
    """A picture as a page shows it: source is the whole PNG as a data address."""

    source: str
    alt: str


def plan_picture(plan: Plan) -> Picture | None:
    """Draw the unit's year as it was when the plan was demanded; None where no months were kept."""
    chart = year_chart(plan.period, plan.year, forecast=plan.forecast, lower=plan.lower, upper=plan.upper)
    if chart is None:
        return None
    return Picture(f"data:image/png;base64,{base64.b64encode(draw(chart)).decode()}", alt_text(chart))
