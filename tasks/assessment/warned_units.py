"""A month's warnings as they are asked for: each warned unit with its plan and the board's risks."""

from collections.abc import Sequence
from typing import Any

from sql.database import Transaction
from tasks.assessment.assessed import assessed_areas, assessed_units, latest_assessment
from tasks.errors import NotFoundError
from tasks.installation import Installation
from tasks.plans.month_plans import MonthPlan, month_plans
from tasks.plans.reported_plans import PlanNote, plan_note_of
from tasks.register import read_register
from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.assessment.month_warnings import AssessedArea, UnitWarning
from tasks.rules.assessment.risk_order import Order, RankedWarning, Risk, RiskSettings, Subject, risk_order
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.signals.watched import UNIT


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


def month_warnings(installation: Installation, period: Period, order: Order = "kronor") -> list[UnitWarning]:
    """Return a month's warnings, worst first. Raises UnknownMonthError."""
    with installation.database.transaction() as transaction:
        assessment = latest_assessment(transaction, period)
        if assessment is None:
            raise UnknownMonthError(period)
        units = assessed_units(transaction, assessment.id)
        plans = month_plans(transaction, installation.mail_mode, period, units)
        subjects, analysis = warned_subjects(transaction, units, period), newest_analysis(transaction, period)
    return unit_warnings(units, plans, subjects, analysis, installation.config.risk, order)


def month_areas(installation: Installation, period: Period) -> list[AssessedArea]:
    """Return the year of the places above the units, the whole first. Raises UnknownMonthError."""
    with installation.database.transaction() as transaction:
        assessment = latest_assessment(transaction, period)
        if assessment is None:
            raise UnknownMonthError(period)
        return assessed_areas(transaction, assessment.id)


def unit_warnings(
    units: Sequence[AssessedUnit],
    plans: Sequence[MonthPlan],
    subjects: Sequence[Subject],
    analysis: Sequence[Risk],
    settings: RiskSettings,
    order: Order = "kronor",
) -> list[UnitWarning]:
    """Return the warnings among assessed units.

    subjects, analysis: what they are about and the board's risks, as known in their month. kronor: they keep
    the order of the units. risk: highest value first, largest deficit first within a value.
    """
    warned = {unit.code: unit for unit in units if unit.signal is not None}
    ranked = risk_order(subjects, analysis, settings, "risk")
    risks = {warning.subject.unit: warning for warning in ranked}
    return [
        _warning(warned[code], plan_note_of(code, plans), risks[code])
        for code in (risks if order == "risk" else warned)
    ]


def warned_subjects(transaction: Transaction, units: Sequence[AssessedUnit], period: Period) -> list[Subject]:
    """Return what the warnings among assessed units are about, in the order of the units."""
    indicators = _indicators(transaction, period)
    register = read_register(transaction, period)
    return [
        _subject(unit, indicators.get(unit.code, ()), register, period)
        for unit in units
        if unit.signal is not None
    ]


def newest_analysis(transaction: Transaction, period: Period) -> list[Risk]:
    """Return the board's newest analysis of risks up to a month."""
    cells: dict[int, dict[str, Any]] = {}
    for cell in transaction.rows("figures/list_newest_figures", source="risker", period=period.first_day):
        told = cell.note if cell.value is None else cell.value
        cells.setdefault(cell.row_no, {"enhet": cell.unit})[cell.measure] = told
    return [
        Risk(
            indicator=row["indikator"],
            risk=row["risk"],
            likelihood=row.get("sannolikhet"),
            consequence=row.get("konsekvens"),
            measure=row.get("atgard"),
            area=row.get("omrade"),
            unit=row.get("enhet"),
            unit_type=row.get("enhetstyp"),
            target=row.get("arsmal"),
            city_target=row.get("kf_arsmal"),
            watched=row.get("bevakas"),
        )
        for row in cells.values()
    ]


def _warning(unit: AssessedUnit, plan: PlanNote | None, risk: RankedWarning) -> UnitWarning:
    effect = None if unit.forecast is None else unit.plan_effect
    return UnitWarning(
        code=unit.code,
        name=unit.name,
        level=unit.signal or "bevaka",
        budget=unit.budget,
        forecast=unit.forecast,
        lower=unit.lower,
        upper=unit.upper,
        deviation=unit.deviation,
        deviation_percent=unit.deviation_percent,
        rule=unit.rule,
        sentence=unit.sentence,
        volume_effect=unit.volume_effect,
        price_effect=unit.price_effect,
        plan_required=unit.plan_required,
        plan_due=unit.plan_due,
        own=unit.evidence.own,
        plan_effect=effect,
        forecast_after=None if unit.forecast is None else unit.forecast - unit.plan_effect,
        deviation_after=None if unit.deviation is None else unit.deviation + unit.plan_effect,
        plan_state_words=None if plan is None else plan.state_words,
        plan_state=None if plan is None else plan.state,
        plan_late=None if plan is None else plan.late,
        plan_note=None if plan is None else plan.note,
        plan_awaited=None if plan is None else plan.due,
        risk_value=risk.value,
        risk_measure=risk.risks[0].measure if risk.risks else None,
        risk_sentence=risk.sentence or None,
        volumes_until=None if unit.volume_effect is None else unit.evidence.volumes_until,
    )


def _indicators(transaction: Transaction, period: Period) -> dict[str, list[str]]:
    """Return the indicators of each unit's leading signals, but for those that are hidden."""
    indicators: dict[str, list[str]] = {}
    for signal in transaction.rows("signals/list_latest", period=period.first_day):
        if signal.signal is not None and signal.scope == UNIT and not signal.is_hidden:
            indicators.setdefault(signal.code, []).append(signal.indicator)
    return indicators


def _subject(unit: AssessedUnit, indicators: Sequence[str], register: Register, period: Period) -> Subject:
    """Say what a warning is about: its unit's signals, name and type, and what it lies in."""
    version, above = register.unit(unit.code, period), register.above(unit.code, period)
    kind = [] if version is None or version.unit_type is None else [version.unit_type]
    return Subject(
        unit=unit.code,
        deficit=None if unit.deviation is None else -unit.deviation,
        indicators=tuple(indicators),
        belongs_to=(unit.name, *kind, *(name for place in above for name in (place.name, place.code))),
    )
