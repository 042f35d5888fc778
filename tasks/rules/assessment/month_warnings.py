"""A month's warnings, the years of the places above its units, and how many were assessed, as they are told.

Amounts are kr of the year, None where missing; deviation = budget − forecast, in % of |budget|.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from tasks.rules.assessment.assessed_unit import OwnForecast
from tasks.rules.assessment.deviation_facts import Level
from tasks.rules.json_keys import BESIDE, Figure, Key
from tasks.rules.json_values import Json
from tasks.rules.periods import Period
from tasks.rules.plans.ladder import Rung
from tasks.rules.plans.state import PlanState
from tasks.rules.swedish import counted, number


@dataclass(frozen=True)
class AssessedCount:
    """How many units could be held against their budgets, of how many."""

    assessed: Annotated[int, Key("bedomda")]
    of: Annotated[int, Key("av")]


@dataclass(frozen=True)
class AssessedArea:
    """A place above the units: the sums of those in it that could be assessed, with the 80 % interval.

    code, parent: of the register; None of the whole administration, and of a place in no other.
    """

    level: Annotated[str, Key("niva")]
    code: Annotated[str | None, Key("kod")]
    name: Annotated[str, Key("namn")]
    parent: Annotated[str | None, Key("overordnad")]
    budget: Decimal | None
    forecast: Annotated[Decimal | None, Key("prognos")]
    lower: Annotated[Decimal | None, Key("nedre_80")]
    upper: Annotated[Decimal | None, Key("ovre_80")]
    deviation: Annotated[Decimal | None, Key("avvikelse")]
    deviation_percent: Annotated[Decimal | None, Key("avvikelse_procent")]
    signal: Annotated[Level | None, Key("niva_signal")]
    sentence: Annotated[str, Key("mening")]
    units: Annotated[AssessedCount, Key("enheter")]


@dataclass(frozen=True)
class UnitWarning:
    """A warned unit with its own forecast, where its plan stands and the risks that concern it.

    plan_due: when the month demanded a plan by. plan_effect: what is counted of an approved plan; after: the
    forecast and the deviation then. plan_late: how far its manager was reminded of a plan that is waited for.
    plan_awaited: when that plan is due. volumes_until: the month that the effects' volumes end with, where it
    isn't the money's.
    """

    code: Annotated[str, Key("enhet")]
    name: Annotated[str, Key("namn")]
    level: Annotated[Level, Key("niva_signal")]
    budget: Decimal | None
    forecast: Annotated[Decimal | None, Key("prognos")]
    lower: Annotated[Decimal | None, Key("nedre_80")]
    upper: Annotated[Decimal | None, Key("ovre_80")]
    deviation: Annotated[Decimal | None, Key("avvikelse")]
    deviation_percent: Annotated[Decimal | None, Key("avvikelse_procent")]
    rule: Annotated[str | None, Key("regel")]
    sentence: Annotated[str, Key("mening")]
    volume_effect: Annotated[Figure, Key("volymeffekt")]
    price_effect: Annotated[Figure, Key("priseffekt")]
    plan_required: Annotated[bool, Key("krav_pa_plan")]
    plan_due: Annotated[date | None, Key("plan_senast")]
    own: Annotated[OwnForecast, BESIDE]
    plan_effect: Annotated[Decimal | None, Key("beraknad_effekt")]
    forecast_after: Annotated[Decimal | None, Key("prognos_efter_atgarder")]
    deviation_after: Annotated[Decimal | None, Key("avvikelse_efter_atgarder")]
    plan_state_words: Annotated[str | None, Key("plan_lage")]
    plan_state: Annotated[PlanState | None, Key("plan_lage_kod")]
    plan_late: Annotated[Rung | None, Key("plan_forsenad")]
    plan_note: Annotated[str | None, Key("planmening")]
    plan_awaited: Annotated[date | None, Key("plan_vantas_senast")]
    risk_value: Annotated[Decimal | None, Key("riskvarde")]
    risk_measure: Annotated[str | None, Key("riskatgard")]
    risk_sentence: Annotated[str | None, Key("riskmening")]
    volumes_until: Annotated[Period | None, Key("volymer_till_och_med", left_out=True)] = None


@dataclass(frozen=True)
class AssessmentResult:
    """How many of a month's units an assessment could hold against their budgets, and warns of."""

    assessment: int
    alarms: int
    watched: int
    assessed: int
    units: int

    @property
    def sentence(self) -> str:
        """Say how many could be assessed."""
        return assessed_sentence(self.assessed, self.units)

    def as_data(self) -> Json:
        """Return what the step assess_units stores, and `manad status --json` shows."""
        return {
            "assessment": self.assessment,
            "larm": self.alarms,
            "bevaka": self.watched,
            "bedomda": self.assessed,
            "enheter": self.units,
        }

    @classmethod
    def of_data(cls, data: Json) -> "AssessmentResult":
        """Read what the step has stored."""
        return cls(data["assessment"], data["larm"], data["bevaka"], data["bedomda"], data["enheter"])


def assessed_sentence(assessed: int, units: int) -> str:
    """Say how many of a month's units could be held against their budgets: `12 av 14 enheter bedömda`."""
    if not units:
        return "Inga enheter har bedömts: organisationsregister saknas"
    if not assessed:
        return f"Inga enheter har kunnat bedömas: uppgifter saknas för {counted(units, 'enhet', 'enheter')}"
    return f"{number(assessed)} av {counted(units, 'enhet', 'enheter')} bedömda"
