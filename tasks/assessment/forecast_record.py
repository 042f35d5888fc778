"""The record of earlier years' forecasts (prognossäkerhet), for the month's report."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sql.database import Transaction
from tasks.assessment.kept_forecasts import ACCURACY, closed_years_of
from tasks.plans.counted_plans import counted_plans
from tasks.rules.assessment.accuracy_report import Row, accuracy_rows
from tasks.rules.assessment.forecast_accuracy import ClosedYear
from tasks.rules.organisation import Register
from tasks.rules.periods import Period


def forecast_record(
    transaction: Transaction, units: Sequence[Any], register: Register, period: Period
) -> list[Row]:
    """Return how near the forecasts of earlier years came, as the assessment kept them.

    units: the rows of the period's assessment.
    """
    areas = {unit.unit: _area(register, unit.unit, period) for unit in units}
    years: dict[int, list[ClosedYear]] = {}
    for unit in sorted(units, key=lambda each: each.unit):
        for year, closed in closed_years_of(unit.evidence, unit.unit, areas[unit.unit]):
            years.setdefault(year, []).append(closed)
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
