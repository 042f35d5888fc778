"""A month's plans and how far measures reach, as its report and its warnings tell of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tasks.plans.month_plans import MonthPlan
from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.organisation import Register, area_tree
from tasks.rules.periods import Period
from tasks.rules.plans.effect import Realised
from tasks.rules.plans.ladder import Rung
from tasks.rules.plans.reach import MonthReach, UnitYear, month_reach
from tasks.rules.plans.reported import ReportedMeasure, ReportedPlan
from tasks.rules.plans.state import AWAITED, PlanState
from tasks.rules.plans.words import plan_note, standing_words


def reported_plan(month_plan: MonthPlan) -> ReportedPlan:
    """Return a plan as the month's report tells of it."""
    plan, seen, forecast = month_plan.plan, month_plan.seen, month_plan.forecast
    return ReportedPlan(
        id=plan.id,
        unit=plan.unit,
        name=plan.name,
        department=plan.department,
        period=plan.period,
        state_words=plan.state_words,
        state=plan.state,
        late=plan.late if plan.is_late else None,
        due=plan.due,
        submitted_on=seen.submitted_on,
        approved_on=seen.approved_on,
        deficit=None if plan.deviation is None else max(Decimal(0), -plan.deviation),
        measures=tuple(_reported_measure(effect) for effect in month_plan.effects),
        promised_in_year=plan.promised if month_plan.effects else None,
        promised=month_plan.promised,
        realised=month_plan.realised,
        forecast_before=forecast,
        effect=month_plan.effect,
        forecast_after=None if forecast is None else forecast - (month_plan.effect or 0),
    )


def reach_of(
    register: Register, period: Period, units: Sequence[AssessedUnit], plans: Sequence[MonthPlan]
) -> MonthReach:
    """Return how far the month's measures reach, in the whole and each place above the units."""
    return month_reach(
        area_tree(register, period),
        {unit.code: UnitYear(unit.deviation, unit.signal == "larm", unit.plan_effect) for unit in units},
        [month_plan.standing for month_plan in plans],
    )


@dataclass(frozen=True)
class PlanNote:
    """Where a warned unit's plan stands: in words, with the day or amount that counts, and when it is due.

    due: None where nobody waits for it. late: how far its manager was reminded of one that is waited for.
    """

    state: PlanState
    late: Rung | None
    note: str
    due: date | None

    @property
    def state_words(self) -> str:
        """Return the state as people read it."""
        return standing_words(self.state, self.late)


def plan_note_of(unit: str, plans: Iterable[MonthPlan]) -> PlanNote | None:
    """Return where a unit's plan stands: the one that the month demanded, else the one that is followed."""
    own = (each for each in plans if each.plan.unit == unit and each.plan.state != "lapsed")
    return next(map(_note, own), None)


def _note(month_plan: MonthPlan) -> PlanNote:
    plan = month_plan.plan
    late = plan.late if plan.is_late else None
    note = plan_note(
        plan.state,
        late,
        due=plan.due,
        submitted_on=month_plan.seen.submitted_on,
        effect=month_plan.effect or Decimal(0),
    )
    return PlanNote(plan.state, late, note, plan.due if plan.state in AWAITED else None)


def _reported_measure(effect: Realised) -> ReportedMeasure:
    measure = effect.measure
    return ReportedMeasure(
        what=measure.what,
        who=measure.who,
        from_month=measure.from_month,
        monthly_effect=measure.monthly_effect,
        risk=measure.risk,
        promised=effect.promised,
        realised=effect.realised if effect.promised else None,
    )
