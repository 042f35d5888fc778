"""A month's warnings and areas as they are asked for, with their plans and the board's risks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sql.database import Transaction
from tasks.assessment.assessed import AssessedArea, assessed_areas, assessed_units, latest_assessment
from tasks.errors import NotFoundError
from tasks.installation import Installation
from tasks.plans.month_plans import MonthPlan, month_plans
from tasks.plans.plan_rows import plan_keys
from tasks.register import read_register
from tasks.rules.assessment.assessed_unit import AssessedUnit, OwnForecast
from tasks.rules.assessment.risk_order import Order, Risk, RiskSettings, Subject, risk_order
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.signals.watched import UNIT

Warned = dict[str, Any]
"""A warning by the contract, with `enhet` and `avvikelse` (kr, a deficit is negative)."""


@dataclass(frozen=True)
class KnownRisks:
    """The newest analysis of risks up to a month, and what tells whom each risk concerns.

    indicators: by unit, those of its leading signals that may be shown.
    """

    risks: Sequence[Risk]
    indicators: Mapping[str, Sequence[str]]
    register: Register
    period: Period
    settings: RiskSettings


def known_risks(transaction: Transaction, period: Period, settings: RiskSettings) -> KnownRisks:
    """Read what a month knows of risks; nothing that was delivered for a later month."""
    indicators: dict[str, list[str]] = {}
    for signal in transaction.rows("signals/list_latest", period=period.first_day):
        if signal.signal is not None and signal.scope == UNIT and not signal.is_hidden:
            indicators.setdefault(signal.code, []).append(signal.indicator)
    return KnownRisks(
        risks=_newest_analysis(transaction, period),
        indicators=indicators,
        register=read_register(transaction, period),
        period=period,
        settings=settings,
    )


def with_risks(warnings: Sequence[Warned], known: KnownRisks, order: Order = "kronor") -> list[Warned]:
    """Add to each warning the worst risk's value and named measure, None where there is none, and a sentence.

    kronor: the warnings keep their order. risk: highest value first, largest deficit first within a value.
    """
    subjects = [_subject(warning, known) for warning in warnings]
    ranked = {each.subject.unit: each for each in risk_order(subjects, known.risks, known.settings, "risk")}
    beside = {
        warning["enhet"]: warning
        | {
            "riskvarde": ranked[warning["enhet"]].value,
            "riskatgard": next((risk.measure for risk in ranked[warning["enhet"]].risks), None),
            "riskmening": ranked[warning["enhet"]].sentence or None,
        }
        for warning in warnings
    }
    return [beside[unit] for unit in (ranked if order == "risk" else beside)]


def _newest_analysis(transaction: Transaction, period: Period) -> list[Risk]:
    rows: dict[int, dict[str, Any]] = {}
    for one in transaction.rows("figures/list_newest_figures", source="risker", period=period.first_day):
        rows.setdefault(one.row_no, {})[one.measure] = one.note if one.value is None else one.value
    return [
        Risk(
            indicator=row["indikator"],
            risk=row["risk"],
            likelihood=row.get("sannolikhet"),
            consequence=row.get("konsekvens"),
            measure=row.get("atgard"),
        )
        for row in rows.values()
    ]


def _subject(warning: Warned, known: KnownRisks) -> Subject:
    """Say what a warning is about: its unit's signals and type, and the names of what it lies in."""
    code, deviation = warning["enhet"], warning["avvikelse"]
    unit = known.register.unit(code, known.period)
    kind = [] if unit is None or unit.unit_type is None else [unit.unit_type]
    return Subject(
        unit=code,
        deficit=None if deviation is None else -deviation,
        indicators=tuple(known.indicators.get(code, ())),
        belongs_to=(*kind, *(place.name for place in known.register.above(code, known.period))),
    )


class UnknownMonthError(NotFoundError):
    """A month that was never run."""

    def __init__(self, period: Period | None) -> None:
        self.period = period
        asked = (
            "Ingen månad har körts än"
            if period is None
            else f"{period.swedish.capitalize()} har inte körts än"
        )
        super().__init__(f"{asked}. Kör den med: manad run {period or 'ÅÅÅÅ-MM'}")


def month_deviations(
    installation: Installation, period: Period, order: Order = "kronor"
) -> list[dict[str, Any]]:
    """Return a month's warnings by the contract, worst first. Raises UnknownMonthError."""
    with installation.database.transaction() as transaction:
        assessment = latest_assessment(transaction, period)
        if assessment is None:
            raise UnknownMonthError(period)
        units = assessed_units(transaction, assessment.id)
        plans = month_plans(transaction, installation.mail_mode, period, units)
        return warnings_of(transaction, units, plans, period, installation.config.risk, order)


def warnings_of(
    transaction: Transaction,
    units: Sequence[AssessedUnit],
    plans: Sequence[MonthPlan],
    period: Period,
    settings: RiskSettings,
    order: Order = "kronor",
) -> list[dict[str, Any]]:
    """Return the warnings among assessed units with their plans and the risks that concern them.

    They stand as they come, or by risk.
    """
    warnings = [deviation(unit) | plan_keys(unit, plans) for unit in units if unit.signal is not None]
    return with_risks(warnings, known_risks(transaction, period, settings), order)


def month_areas(installation: Installation, period: Period) -> list[dict[str, Any]]:
    """Return the year of the places above the units, the whole first. Raises UnknownMonthError."""
    with installation.database.transaction() as transaction:
        assessment = latest_assessment(transaction, period)
        if assessment is None:
            raise UnknownMonthError(period)
        return areas_of(transaction, assessment.id)


def areas_of(transaction: Transaction, assessment: int) -> list[dict[str, Any]]:
    """Return an assessment's places above the units; amounts are Decimal kronor, None for missing."""
    return [_area(area) for area in assessed_areas(transaction, assessment)]


def _area(area: AssessedArea) -> dict[str, Any]:
    return {
        "niva": area.level,
        "kod": area.code,
        "namn": area.name,
        "overordnad": area.parent,
        "budget": area.budget,
        "prognos": area.forecast,
        "nedre_80": area.lower,
        "ovre_80": area.upper,
        "avvikelse": area.deviation,
        "avvikelse_procent": area.deviation_percent,
        "niva_signal": area.signal,
        "mening": area.sentence,
        "enheter": {"bedomda": area.units_assessed, "av": area.units_valid},
    }


def deviation(unit: AssessedUnit) -> dict[str, Any]:
    """Return an assessed unit's warning by the contract; amounts are Decimal kronor, None for missing."""
    return {
        "enhet": unit.code,
        "namn": unit.name,
        "niva_signal": unit.signal,
        "budget": unit.budget,
        "prognos": unit.forecast,
        "nedre_80": unit.lower,
        "ovre_80": unit.upper,
        "avvikelse": unit.deviation,
        "avvikelse_procent": unit.deviation_percent,
        "regel": unit.rule,
        "mening": unit.sentence,
        "volymeffekt": unit.volume_effect,
        "priseffekt": unit.price_effect,
        "krav_pa_plan": unit.plan_required,
        "plan_senast": None if unit.plan_due is None else unit.plan_due.isoformat(),
        **_own_forecast(unit.evidence.own),
    }


def _own_forecast(own: OwnForecast) -> dict[str, Any]:
    return {
        "chefens_prognos": own.kr,
        "chefens_prognos_forra": own.before,
        "chefens_prognos_period": None if own.told_in is None else str(own.told_in),
        "chefens_justerade_budget": own.adjusted_budget,
        "chefens_prognoser": [
            {
                "period": str(version.period),
                "prognos": version.kr,
                "andring": version.change,
                "mening": version.sentence,
            }
            for version in own.versions
        ],
        "chefens_mening": own.sentence,
        "vagd_prognos": own.mixed,
        "vagd_prognos_skal": own.mixed_reason,
    }
