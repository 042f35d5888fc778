"""A plan as the report of a month tells of it, and how the report's JSON does (tasks.rules.json_keys)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from tasks.rules.json_keys import Key
from tasks.rules.periods import Period
from tasks.rules.plans.ladder import Rung
from tasks.rules.plans.state import PlanState


@dataclass(frozen=True)
class ReportedMeasure:
    """A measure that was handed in; promised, realised: kr up to the month, realised None: can't be told."""

    what: Annotated[str, Key("vad")]
    who: Annotated[str, Key("vem")]
    from_month: Annotated[Period | None, Key("fran")]
    monthly_effect: Annotated[Decimal | None, Key("effekt_per_manad")]
    risk: str
    promised: Annotated[Decimal, Key("lovad_hittills")]
    realised: Annotated[Decimal | None, Key("realiserad_hittills")]


@dataclass(frozen=True)
class ReportedPlan:
    """A plan by the month's end, amounts in kr.

    state_words: where it stands as people read it. state, late: the same as codes; both are None of what was
    kept in words that nobody knows, and of a late plan in a report of an older version state is.
    measures: none of a plan that isn't handed in, and then nothing is promised either (None).
    forecast_before, effect, forecast_after: the unit's year, None where it wasn't assessed.
    """

    id: int
    unit: Annotated[str, Key("enhet")]
    name: Annotated[str, Key("namn")]
    department: Annotated[str | None, Key("avdelning")]
    period: Period
    state_words: Annotated[str, Key("lage")]
    state: Annotated[PlanState | None, Key("lage_kod")]
    late: Annotated[Rung | None, Key("forsenad")]
    due: Annotated[date, Key("plan_senast")]
    submitted_on: Annotated[date | None, Key("inlamnad")]
    approved_on: Annotated[date | None, Key("beslutad")]
    deficit: Annotated[Decimal | None, Key("underskott")]
    measures: Annotated[tuple[ReportedMeasure, ...], Key("atgarder")]
    promised_in_year: Annotated[Decimal | None, Key("lovad_helar")]
    promised: Annotated[Decimal | None, Key("lovad_hittills")]
    realised: Annotated[Decimal | None, Key("realiserad_hittills")]
    forecast_before: Annotated[Decimal | None, Key("prognos_fore")]
    effect: Annotated[Decimal | None, Key("beraknad_effekt")]
    forecast_after: Annotated[Decimal | None, Key("prognos_efter")]
