"""What mails say of a plan: its measures, the underskott that it answers, and what comes next, with dates."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notifications.mails.measures import MeasureRow, MeasureTable
from tasks.calendar import working_calendar
from tasks.config import Config
from tasks.read_plans import Plan
from tasks.rules.organisation import UnitVersion
from tasks.rules.periods import Period
from tasks.rules.plan_ladder import Ladder
from tasks.rules.plan_measures import Measure, months_after
from tasks.rules.recipients import Recipient
from tasks.rules.swedish import deviation_words, kronor, number
from tasks.rules.working_days import add_working_days, working_day_of_month
from tasks.sources import all_sources

STAND_INS = {
    "chef": "chef för enheten",
    "ersattare": "ersättare för enhetens chef",
    "controller": "controller, eftersom varken chef eller ersättare går att nå",
    "operator": "driftansvarig, eftersom ingen annan går att nå",
}


@dataclass(frozen=True)
class PlanCalendar:
    """The days of plans: deadlines of the ladder and of decisions."""

    ladder: Ladder
    decision_working_days: int
    holidays: frozenset[date]

    def decide_by(self, today: date) -> date:
        """Return the day on which a plan that came today is to be decided."""
        days = self.decision_working_days
        return add_working_days(today, days, free_days=self.ladder.free_days)

    def next_figures(self, period: Period) -> date:
        """Return about when the figures of the month after a month can be read."""
        closing = all_sources()["ekonomi"].deadline
        return working_day_of_month(period.plus(2), closing + 1, free_days=self.holidays)


def plan_calendar(config: Config, today: date) -> PlanCalendar:
    """Return the days that count around a day."""
    first, second, third = config.ladder.working_days
    free_days = working_calendar(config.ladder.mute, today)
    return PlanCalendar(
        Ladder((first, second, third), free_days),
        config.ladder.decision_working_days,
        working_calendar((), today),
    )


def headline(plan: Plan) -> str:
    """Return the deviation that a plan answers: `befarat underskott 0,8 mnkr`."""
    words = deviation_words(plan.deviation)
    return f"befarat {words}" if plan.period.month < 12 else words


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


def why_you(recipient: Recipient) -> str:
    """Say why a receiver of a unit's mail got it."""
    return f"Du får det här som {STAND_INS[recipient.role]} i organisationsregistret."


def named(unit: UnitVersion | None, role: str) -> str:
    """Return somebody with role and, where the register has it, name: `avdelningschefen Karin Exempel`."""
    return role if unit is None or not unit.manager else f"{role} {unit.manager}"


def _row(measure: Measure, plan: Plan) -> MeasureRow:
    return MeasureRow(
        what=measure.what,
        who=measure.who,
        from_month="" if measure.from_month is None else measure.from_month.swedish,
        monthly=number(measure.monthly_effect or Decimal(0)),
        sum=number(measure.promised(months_after(plan.period))),
        risk=measure.risk,
    )
