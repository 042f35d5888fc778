"""The picture of a plan's year on its page: nothing is fetched, and its figures stand in its alt text."""

import base64
from dataclasses import dataclass

from notifications.charts import alt_text, draw
from tasks.plans.read_plans import Plan
from tasks.plans.year_picture import year_chart


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
