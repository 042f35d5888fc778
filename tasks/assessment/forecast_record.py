"""The record of earlier years' forecasts (prognossäkerhet), for the month's report."""

from collections.abc import Sequence
from dataclasses import replace

from sql.database import Transaction
from tasks.assessment.kept_forecasts import ACCURACY
from tasks.plans.month_plans import counted_plans
from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.assessment.forecast_accuracy import AccuracyRow, ClosedYear, accuracy_rows
from tasks.rules.organisation import Register
from tasks.rules.periods import Period


def forecast_record(
    transaction: Transaction, units: Sequence[AssessedUnit], register: Register, period: Period
) -> list[AccuracyRow]:
    """Return how near the forecasts of earlier years came, as the assessment kept them."""
    areas = {unit.code: _area(register, unit.code, period) for unit in units}
    years: dict[int, list[ClosedYear]] = {}
    for unit in sorted(units, key=lambda unit: unit.code):
        for kept in unit.evidence.closed_years:
            closed = ClosedYear(
                unit=unit.code,
                area=areas[unit.code],
                outturn=kept.outturn,
                budget=kept.budget,
                rule=kept.rule,
                manager=kept.manager,
                run_rate=kept.run_rate,
            )
            years.setdefault(kept.year, []).append(closed)
    years = {year: _with_plans(transaction, register, year, closed) for year, closed in years.items()}
    places = {each.code: (each.level, each.name) for each in register.all_valid(period)}
    return list(accuracy_rows(years, places, ACCURACY))


def _with_plans(
    transaction: Transaction, register: Register, year: int, closed: Sequence[ClosedYear]
) -> list[ClosedYear]:
    """Note which units had a plan approved that could still change the year: of November at the latest."""
    approved = counted_plans(transaction, register, Period(year, 11)).keys()
    return [
        replace(each, plan_approved=not approved.isdisjoint((each.unit, *register.continues(each.unit))))
        for each in closed
    ]


def _area(register: Register, unit: str, period: Period) -> str:
    """Return the area that a unit lies in, else its department; empty where it lies in neither."""
    return register.area_of(unit, period) or register.department_of(unit, period) or ""
