"""The report of a unit or an area: its months, what was told of it, and its part of the whole report."""

from collections.abc import Sequence
from decimal import Decimal

from sql.database import Transaction
from tasks.assessment.assessed import assessed_areas, assessed_units, known_assessment
from tasks.errors import NotFoundError
from tasks.figures.unit_months import LedgerAmount, MonthsOfUnit, unit_months
from tasks.register import read_register
from tasks.report.write_report import KeptReport
from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.assessment.month_warnings import AssessedArea
from tasks.rules.organisation import UNIT, Register, UnitVersion
from tasks.rules.periods import Period, months_of
from tasks.rules.report.unit.part_of_report import (
    PlaceOfReport,
    ReportedMonth,
    ToldMonth,
    UnitLine,
    UnitReport,
    part_of_report,
    reported_months,
)
from tasks.rules.totals import sum_of_all


class UnknownUnitError(NotFoundError):
    """A code that is no unit and no area of the month."""

    def __init__(self, code: str, period: Period) -> None:
        super().__init__(
            f"{code} är ingen enhet och inget område i {period.swedish}. Ange koden som den står i registret."
        )


def unit_report(transaction: Transaction, kept: KeptReport, period: Period, code: str) -> UnitReport:
    """Return the report of a unit or an area by its code. Raises UnknownUnitError."""
    register = read_register(transaction, period)
    found = register.unit(code, period)
    if found is None:
        raise UnknownUnitError(code, period)
    place = _place(register, found, period)
    managers = {_manager(register, unit, period) for unit in place.units}
    assessment = known_assessment(transaction, period).id
    units = assessed_units(transaction, assessment)
    of_area = [] if place.level == UNIT else [unit for unit in units if unit.code in place.units]
    return UnitReport(
        place=place,
        sentence=_sentence(units, assessed_areas(transaction, assessment), place),
        lines=tuple(map(_line, of_area)),
        months=_months(register, transaction, place, period),
        told=_told(transaction, place, period),
        part=part_of_report(kept.read(), place, managers - {""}),
    )


def _place(register: Register, found: UnitVersion, period: Period) -> PlaceOfReport:
    below = [
        each
        for each in register.all_valid(period)
        if found.code in {place.code for place in register.above(each.code, period)}
    ]
    units = [found] if found.level == UNIT else [each for each in below if each.level == UNIT]
    return PlaceOfReport(
        code=found.code,
        name=found.name,
        level=found.level,
        path=tuple(each.name for each in register.above(found.code, period)),
        units=tuple(each.code for each in units),
        places=tuple(each.code for each in below if each.level != UNIT),
    )


def _manager(register: Register, unit: str, period: Period) -> str:
    found = register.unit(unit, period)
    return (found.manager_email or "").casefold() if found else ""


def _sentence(units: Sequence[AssessedUnit], areas: Sequence[AssessedArea], place: PlaceOfReport) -> str:
    """Return what the month's assessment says of it, in one sentence; empty where it wasn't assessed."""
    said = [each.sentence for each in (units if place.level == UNIT else areas) if each.code == place.code]
    return said[0] if said else ""


def _line(unit: AssessedUnit) -> UnitLine:
    return UnitLine(
        unit.code, unit.name, unit.signal, unit.budget, unit.forecast, unit.lower, unit.upper, unit.deviation
    )


def _months(
    register: Register, transaction: Transaction, place: PlaceOfReport, period: Period
) -> tuple[ReportedMonth, ...]:
    months = unit_months(register, transaction, period, 1)
    own = [months.get(code, {}) for code in place.units]
    year = [
        (month, _sum(own, month, "budget"), _sum(own, month, "outcome") if month <= period else None)
        for month in months_of(period.year)
    ]
    return reported_months(year, [_sum(own, month, "outcome") for month in months_of(period.year - 1)])


def _sum(units: Sequence[MonthsOfUnit], month: Period, amount: LedgerAmount) -> Decimal | None:
    """Add up a month of units; missing when one of them lacks it."""
    return sum_of_all(_kr(own, month, amount) for own in units)


def _kr(own: MonthsOfUnit, month: Period, amount: LedgerAmount) -> Decimal | None:
    found = own.get(month)
    if found is None:
        return None
    return found.outcome if amount == "outcome" else found.budget


def _told(transaction: Transaction, place: PlaceOfReport, period: Period) -> tuple[ToldMonth, ...]:
    span = {"first": Period(period.year, 1).first_day, "last": period.first_day}
    rows = (
        transaction.rows("report/list_told_of_unit", unit=place.code, **span)
        if place.level == UNIT
        else transaction.rows("report/list_told_of_area", unit=place.code, **span)
    )
    return tuple(
        ToldMonth(
            Period.of(row.period),
            row.signal,
            row.budget,
            row.forecast,
            row.lower_80,
            row.upper_80,
            row.deviation,
        )
        for row in rows
    )
