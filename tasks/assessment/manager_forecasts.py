"""The managers' own forecasts: as they were delivered, and as an assessment keeps them beside the rule's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from sql.database import Transaction
from tasks.assessment.kept_forecasts import ACCURACY, CLOSED, CLOSED_FIGURES, OWN
from tasks.register import code_of
from tasks.rules.assessment.deviation_facts import DeviationFacts
from tasks.rules.assessment.forecast_accuracy import ClosedYear, closed_years
from tasks.rules.assessment.manager_forecast import (
    ForecastVersion,
    Record,
    forecast_versions,
    mixed_forecast,
    newest_known,
    own_forecast_sentence,
    record,
)
from tasks.rules.assessment.unit_years import UnitYears
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.report.driftbudget import ForecastRow, driftbudget
from tasks.rules.totals import sum_of_all

Place = tuple[int, int]
"""A delivery's id and a row of it."""


@dataclass(frozen=True)
class ManagerForecast:
    """What a unit forecast of its year in a month, with the rows behind it.

    kr: before carry-over. adjusted_budget: what that is to be held against (kr). None where missing.
    """

    period: Period
    kr: Decimal | None
    adjusted_budget: Decimal | None
    rows: tuple[Place, ...] = ()


def manager_forecasts(
    register: Register, transaction: Transaction, period: Period, years_before: int
) -> dict[str, list[ManagerForecast]]:
    """Return what was forecast of each unit of the period, oldest month first, since some years before.

    A unit that alone continues others has theirs added up. What was delivered for a later month isn't read.
    """
    first = Period(period.year - years_before, 1)
    rows = transaction.rows("figures/list_forecasts", first=first.first_day, last=period.first_day)
    found: dict[str, list[ManagerForecast]] = {}
    for month, of_month in groupby(rows, key=lambda row: Period.of(row.period)):
        for code, forecast in _of_month(register, list(of_month), month, period):
            found.setdefault(code, []).append(forecast)
    return found


def _of_month(
    register: Register, rows: Sequence[Any], month: Period, period: Period
) -> Iterable[tuple[str, ManagerForecast]]:
    """Yield each unit that a month's delivery has any row for; it lacks what one of its parts lacks."""
    lines = driftbudget([_forecast_row(register, row, month) for row in rows]).lines
    told = {line.area: (line.amounts, row) for line, row in zip(lines, rows, strict=True)}
    for code, parts in _parts(register, told, month, period).items():
        figures = [told[part][0] if part in told else None for part in parts]
        yield (
            code,
            ManagerForecast(
                period=month,
                kr=sum_of_all(each.forecast_before if each else None for each in figures),
                adjusted_budget=sum_of_all(each.budget if each else None for each in figures),
                rows=tuple(
                    (told[part][1].delivery_id, told[part][1].row_no) for part in parts if part in told
                ),
            ),
        )


def _parts(
    register: Register, told: Iterable[str], month: Period, period: Period
) -> Mapping[str, Sequence[str]]:
    """Return the codes of the month that make up each unit of the period of which any is told."""
    known = {code for code in told if register.knows(code)}
    parts: dict[str, list[str]] = {}
    for code in (*register.units_valid(month), *sorted(known - set(register.units_valid(month)))):
        parts.setdefault(register.heir(code, period), []).append(code)
    units = set(register.units_valid(period))
    return {code: of for code, of in parts.items() if code in units and known & set(of)}


def _forecast_row(register: Register, row: Any, month: Period) -> ForecastRow:
    return ForecastRow(
        area=code_of(register, row.unit, month),
        budget=row.budget,
        forecast_before=row.forecast_before,
        forecast_after=row.forecast_after,
        requested_adjustments=row.requested_adjustments,
        volume_changes=row.volume_changes,
    )


def forecasts_beside(
    facts: Mapping[str, DeviationFacts],
    units: UnitYears,
    told: Mapping[str, Sequence[ManagerForecast]],
    period: Period,
) -> dict[str, dict[str, Any]]:
    """Return what an assessment keeps of each unit's own forecasts, and of how near all of them used to come.

    facts: by code, in the order of `units`. The two are weighed only where the managers' record allows it.
    """
    managers = {(code, each.period): each.kr for code, of in told.items() for each in of}
    closed = closed_years(units, [(code, "") for code in facts], managers, period.year)
    measured = record((unit for years in closed.values() for unit in years), ACCURACY)
    return {
        code: {
            OWN: _own(of_unit, told.get(code, ()), measured),
            CLOSED: _closed({year: years[at] for year, years in closed.items()}),
        }
        for at, (code, of_unit) in enumerate(facts.items())
    }


def _own(facts: DeviationFacts, told: Sequence[ManagerForecast], record: Record) -> dict[str, Any]:
    """Return what is shown of a unit's own forecasts of the year, with every figure and row behind it."""
    of_year = {each.period: each for each in told if each.period.year == facts.period.year}
    versions = forecast_versions((each.period, each.kr) for each in of_year.values())
    newest = newest_known(versions)
    is_new = newest is not None and newest.period == facts.period
    mixed = mixed_forecast(facts.forecast, newest.kr if newest and is_new else None, record, ACCURACY)
    current = {} if newest is None else _current(newest, facts, of_year[newest.period].adjusted_budget)
    return {
        **current,
        "versions": [
            {
                "period": str(each.period),
                "kr": each.kr,
                "change": each.change,
                "sentence": each.sentence,
                "rows": [_row_range(place) for place in of_year[each.period].rows],
            }
            for each in versions
        ],
        "mixed": mixed.kr,
        "mixed_reason": mixed.reason,
    }


def _current(newest: ForecastVersion, facts: DeviationFacts, adjusted: Decimal | None) -> dict[str, Any]:
    """Return the forecast that counts, the one that it replaced, and the sentence about them."""
    sentence = own_forecast_sentence(
        newest, facts.period, facts.forecast, budget=facts.budget, adjusted_budget=adjusted
    )
    return {
        "kr": newest.kr,
        "before": None if newest.kr is None or newest.change is None else newest.kr - newest.change,
        "told_in": str(newest.period),
        "adjusted_budget": adjusted,
        "sentence": sentence,
    }


def _row_range(place: Place) -> dict[str, int]:
    delivery, row = place
    return {"delivery": delivery, "first": row, "last": row}


def _closed(years: Mapping[int, ClosedYear]) -> list[dict[str, Any]]:
    return [
        {"year": year, **{name: getattr(closed, name) for name in CLOSED_FIGURES}}
        for year, closed in years.items()
    ]
