"""What mails say of a plan: its measures and the underskott that it answers."""

from decimal import Decimal

from notifications.mails.measures import MeasureRow, MeasureTable
from tasks.plans.read_plans import Plan
from tasks.rules.plans.measures import Measure, months_after
from tasks.rules.swedish import kronor, number
from tasks.rules.wording import year_headline


def headline(plan: Plan) -> str:
    """Return the deviation that a plan answers: `befarat underskott 0,8 mnkr`."""
    return year_headline(plan.budget, plan.forecast, is_whole_year=plan.period.month == 12)


def measure_table(plan: Plan) -> MeasureTable:
    """Lay out a plan's measures with what they add up to."""
    return MeasureTable(
        measures=tuple(_row(each, plan) for each in plan.measures),
        months=f"resten av {plan.period.year}",
        total=number(plan.promised),
        against=against(plan),
    )


def against(plan: Plan) -> str:
    """Hold what measures promise against the underskott, in one or two sentences."""
    if plan.deviation is None:
        return f"Åtgärderna ger {kronor(plan.promised)} under resten av {plan.period.year}."
    deficit, total = -plan.deviation, plan.promised
    left = deficit - total
    if left <= 0:
        return f"Åtgärderna täcker hela underskottet på {kronor(deficit)}."
    return (
        f"Åtgärderna täcker {kronor(total)} av underskottet på {kronor(deficit)}. "
        f"Det återstår {kronor(left)}."
    )


def _row(measure: Measure, plan: Plan) -> MeasureRow:
    return MeasureRow(
        what=measure.what,
        who=measure.who,
        from_month="" if measure.from_month is None else measure.from_month.swedish,
        monthly=number(measure.monthly_effect or Decimal(0)),
        sum=number(measure.promised(months_after(plan.period))),
        risk=measure.risk,
    )
