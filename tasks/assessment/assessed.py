"""A month's assessment read back: which one counts, its units and areas, and the deliveries it stands on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sql.database import Transaction
from tasks.installation import Installation
from tasks.rules.assessment.assessed_unit import AssessedUnit, Evidence
from tasks.rules.assessment.month_warnings import AssessedArea, AssessedCount
from tasks.rules.delivered import Delivery
from tasks.rules.json_keys import HIDDEN, Figure
from tasks.rules.periods import Period
from tasks.sources import ledger_sources


@dataclass(frozen=True)
class Assessment:
    """The assessment of a month that counts: `units_present` of `units_valid` units have an outcome.

    version: counts the month's assessments from 1. missing: sources that lacked when it was made.
    """

    id: int
    version: int
    assessed_on: date
    complete: bool
    missing: tuple[str, ...]
    units_valid: int
    units_present: int


@dataclass(frozen=True)
class AssessedMonth:
    """An assessment with its units by code, in order, and the deliveries that it stands on by number."""

    id: int
    units: Mapping[str, AssessedUnit]
    deliveries: Mapping[int, Delivery]

    def ledger(self) -> list[Delivery]:
        """Return the newest deliveries of the ledger: one, or its halves; none where there is none."""
        ledgers = [one for one in self.deliveries.values() if one.source in ledger_sources()]
        newest = max((one.period for one in ledgers), default=None)
        return [one for one in ledgers if one.period == newest]


def latest_assessment(transaction: Transaction, period: Period) -> Assessment | None:
    """Return the assessment of a month that counts, None before the first."""
    row = transaction.row("assessment/find_latest", period=period.first_day)
    if row is None:
        return None
    return Assessment(
        id=row.id,
        version=row.version,
        assessed_on=row.assessed_on,
        complete=row.complete,
        missing=tuple(row.missing),
        units_valid=row.units_valid,
        units_present=row.units_present,
    )


def known_assessment(transaction: Transaction, period: Period) -> Assessment:
    """Return the assessment of a month that has come that far. Raises LookupError for another month."""
    assessment = latest_assessment(transaction, period)
    if assessment is None:
        raise LookupError(f"{period} is not assessed")
    return assessment


def assessment_number(installation: Installation, period: Period) -> int | None:
    """Return the number of a month's assessment, which is another one when it is assessed anew."""
    with installation.database.transaction() as transaction:
        assessment = latest_assessment(transaction, period)
    return None if assessment is None else assessment.id


def assessed_units(transaction: Transaction, assessment: int) -> list[AssessedUnit]:
    """Return an assessment's units: the largest underskott first, those without a deviation last."""
    return [
        AssessedUnit(
            code=row.unit,
            name=row.name,
            method=row.method,
            outcome=row.outcome,
            budget=row.budget,
            forecast=row.forecast,
            lower=row.lower_80,
            upper=row.upper_80,
            deviation=row.deviation,
            deviation_percent=row.deviation_percent,
            volume_effect=_effect(row.volume_effect, evidence),
            price_effect=_effect(row.price_effect, evidence),
            signal=row.signal,
            rule=row.rule,
            sentence=row.sentence,
            plan_required=row.plan_required,
            plan_due=row.plan_due,
            plan_effect=row.plan_effect,
            plan_id=row.plan_id,
            evidence=evidence,
        )
        for row in transaction.rows("assessment/list_units", assessment=assessment)
        for evidence in (Evidence.of_data(row.evidence),)
    ]


def _effect(kr: Decimal | None, evidence: Evidence) -> Figure:
    return HIDDEN if evidence.has_few_volumes and kr is not None else kr


def assessed_areas(transaction: Transaction, assessment: int) -> list[AssessedArea]:
    """Return an assessment's places above the units in the tree's order, the whole first."""
    return [
        AssessedArea(
            level=row.level,
            code=row.code,
            parent=row.parent,
            name=row.name,
            units=AssessedCount(row.units_assessed, row.units_valid),
            budget=row.budget,
            forecast=row.forecast,
            lower=row.lower_80,
            upper=row.upper_80,
            deviation=row.deviation,
            deviation_percent=row.deviation_percent,
            signal=row.signal,
            sentence=row.sentence,
        )
        for row in transaction.rows("assessment/list_areas", assessment=assessment)
    ]


def used_deliveries(transaction: Transaction, assessment: int) -> dict[int, Delivery]:
    """Return the deliveries that an assessment stands on by number, in the order of source and month."""
    return {
        row.id: Delivery(
            id=row.id,
            source=row.source,
            period=Period.of(row.period),
            revision=row.revision,
            file_name=row.file_name,
            received_at=row.received_at,
        )
        for row in transaction.rows("assessment/list_deliveries", assessment=assessment)
    }


def assessed_month(transaction: Transaction, assessment: int) -> AssessedMonth:
    """Return an assessment with all that mails about it stand on."""
    return AssessedMonth(
        id=assessment,
        units={unit.code: unit for unit in assessed_units(transaction, assessment)},
        deliveries=used_deliveries(transaction, assessment),
    )
