"""A month's plans and how far measures reach, as the report's and the warnings' JSON tells of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tasks.plans.month_plans import MonthPlan
from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.organisation import Register, area_tree
from tasks.rules.periods import Period
from tasks.rules.plans.effect import Realised
from tasks.rules.plans.ladder import Rung
from tasks.rules.plans.reach import Reach, UnitYear, count_plans, outturn, reaches
from tasks.rules.plans.state import AWAITED, PlanState
from tasks.rules.plans.words import plan_note, standing_words


def plan_row(each: MonthPlan) -> dict[str, Any]:
    """Return a plan as the report's JSON tells it: kr, None for missing, days as text."""
    plan, handed_in = each.plan, bool(each.effects)
    return {
        "id": plan.id,
        "enhet": plan.unit,
        "namn": plan.name,
        "avdelning": plan.department,
        "period": str(plan.period),
        "lage": plan.state_words,
        "lage_kod": plan.state,
        "forsenad": plan.late if plan.is_late else None,
        "plan_senast": plan.due.isoformat(),
        "inlamnad": _text(each.seen.submitted_on),
        "beslutad": _text(each.seen.approved_on),
        "underskott": None if plan.deviation is None else max(Decimal(0), -plan.deviation),
        "atgarder": [_measure(effect) for effect in each.effects],
        "lovad_helar": plan.promised if handed_in else None,
        "lovad_hittills": each.promised,
        "realiserad_hittills": each.realised,
        "prognos_fore": each.forecast,
        "beraknad_effekt": each.effect,
        "prognos_efter": None if each.forecast is None else each.forecast - (each.effect or 0),
    }


def _measure(effect: Realised) -> dict[str, Any]:
    measure = effect.measure
    return {
        "vad": measure.what,
        "vem": measure.who,
        "fran": None if measure.from_month is None else str(measure.from_month),
        "effekt_per_manad": measure.monthly_effect,
        "risk": measure.risk,
        "lovad_hittills": effect.promised,
        "realiserad_hittills": effect.realised if effect.promised else None,
    }


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


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def reach_row(
    register: Register, period: Period, units: Sequence[AssessedUnit], plans: Sequence[MonthPlan]
) -> dict[str, Any]:
    """Return how far measures reach: of the whole and each place above the units, and how plans have come."""
    standing = [each.standing for each in plans]
    places = area_tree(register, period)
    found = reaches(
        places,
        {unit.code: UnitYear(unit.deviation, unit.signal == "larm", unit.plan_effect) for unit in units},
    )
    told, counts = outturn(standing), count_plans(standing)
    codes = [place.code for place in places]
    return {
        "omraden": [
            {
                "niva": place.level,
                "kod": place.code,
                "namn": place.name,
                "overordnad": None if place.parent is None else codes[place.parent],
                **_reach(reach),
            }
            for place, reach in zip(places, found, strict=True)
        ],
        **_reach(found[0] if found else Reach(None, None, None, None, 0)),
        "planer": {
            "kravda": counts.demanded,
            "inlamnade": counts.submitted,
            "godkanda": counts.approved,
            "sena": counts.late,
            "eskalerade": counts.escalated,
            "foljs_upp": counts.followed,
        },
        "lovad_hittills": told.promised,
        "realiserad_hittills": told.realised,
        "matta_planer": {"antal": told.counted, "av": told.of},
    }


def _reach(reach: Reach) -> dict[str, Any]:
    return {
        "larm": reach.alarms,
        "underskott": reach.deficit,
        "effekt": reach.effect,
        "rest": reach.left,
        "effekt_utan_larm": reach.elsewhere,
    }
