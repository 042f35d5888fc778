"""The managers' own forecasts: as delivered, as kept beside the rule's, and how near all of them came."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from sql.database import Transaction
from tasks.plans.month_plans import counted_plans
from tasks.register import code_of
from tasks.rules.assessment.assessed_unit import AssessedUnit, ClosedFigures, OwnForecast, OwnVersion
from tasks.rules.assessment.deviation_facts import DeviationFacts
from tasks.rules.assessment.forecast_accuracy import (
    AccuracyRow,
    AccuracySettings,
    ClosedYear,
    accuracy_rows,
    closed_years,
)
from tasks.rules.assessment.manager_forecast import (
    Record,
    forecast_versions,
    mixed_forecast,
    newest_known,
    own_forecast_sentence,
    record,
)
from tasks.rules.assessment.unit_years import UnitYears
from tasks.rules.delivered import RowRange
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.report.driftbudget import ForecastRow, driftbudget
from tasks.rules.totals import sum_of_all

ACCURACY = AccuracySettings()


@dataclass(frozen=True)
class ManagerForecast:
    """What a unit forecast of its year in a month, with the rows behind it.

    kr: before carry-over. adjusted_budget: what that is to be held against (kr). None where missing.
    """

    period: Period
    kr: Decimal | None
    adjusted_budget: Decimal | None
    rows: tuple[RowRange, ...] = ()


@dataclass(frozen=True)
class KeptForecasts:
    """What an assessment keeps of a unit's own forecasts, with the rows behind each version.

    closed: earlier years with the rule's forecast and the run-rate's beside the unit's own.
    """

    own: OwnForecast
    rows: tuple[tuple[RowRange, ...], ...]
    closed: tuple[ClosedFigures, ...]


class _DeliveredForecast(NamedTuple):
    month: Period
    row: ForecastRow
    place: RowRange


def manager_forecasts(
    register: Register, transaction: Transaction, period: Period, years_before: int
) -> dict[str, list[ManagerForecast]]:
    """Return what was forecast of each unit of the period, oldest month first, since some years before.

    A unit that alone continues others has theirs added up. What was delivered for a later month isn't read.
    """
    delivered = _delivered(register, transaction, Period(period.year - years_before, 1), period)
    forecasts: dict[str, list[ManagerForecast]] = {}
    for month, of_month in groupby(delivered, key=lambda forecast: forecast.month):
        for code, forecast in _of_month(register, list(of_month), month, period):
            forecasts.setdefault(code, []).append(forecast)
    return forecasts


def forecasts_beside(
    facts: Mapping[str, DeviationFacts],
    units: UnitYears,
    forecasts: Mapping[str, Sequence[ManagerForecast]],
    period: Period,
) -> dict[str, KeptForecasts]:
    """Return what an assessment keeps of each unit's own forecasts, and of how near all of them used to come.

    facts: by code, in the order of `units`. The two are weighed only where the managers' record allows it.
    """
    managers = {(code, each.period): each.kr for code, own in forecasts.items() for each in own}
    closed = closed_years(units, [(code, "") for code in facts], managers, period.year)
    measured = record((unit for years in closed.values() for unit in years), ACCURACY)
    return {
        code: _kept(
            of_unit, forecasts.get(code, ()), measured, {year: years[at] for year, years in closed.items()}
        )
        for at, (code, of_unit) in enumerate(facts.items())
    }


def forecast_record(
    transaction: Transaction, units: Sequence[AssessedUnit], register: Register, period: Period
) -> list[AccuracyRow]:
    """Return how near the forecasts of earlier years came (prognossäkerhet), as an assessment kept them."""
    years: dict[int, list[ClosedYear]] = {}
    for unit in sorted(units, key=lambda unit: unit.code):
        area = register.area_of(unit.code, period) or register.department_of(unit.code, period) or ""
        for closed in unit.evidence.closed_years:
            years.setdefault(closed.year, []).append(_closed_year(unit.code, area, closed))
    years = {year: _with_plans(transaction, register, year, closed) for year, closed in years.items()}
    places = {place.code: (place.level, place.name) for place in register.all_valid(period)}
    return list(accuracy_rows(years, places, ACCURACY))


def _delivered(
    register: Register, transaction: Transaction, first: Period, last: Period
) -> Iterator[_DeliveredForecast]:
    for row in transaction.rows("figures/list_forecasts", first=first.first_day, last=last.first_day):
        month = Period.of(row.period)
        yield _DeliveredForecast(
            month,
            ForecastRow(
                area=code_of(register, row.unit, month),
                budget=row.budget,
                forecast_before=row.forecast_before,
                forecast_after=row.forecast_after,
                requested_adjustments=row.requested_adjustments,
                volume_changes=row.volume_changes,
            ),
            (row.delivery_id, row.row_no, row.row_no),
        )


def _of_month(
    register: Register, delivered: Sequence[_DeliveredForecast], month: Period, period: Period
) -> Iterable[tuple[str, ManagerForecast]]:
    """Yield each unit that a month's delivery has any row for; it lacks what one of its parts lacks."""
    lines = driftbudget([forecast.row for forecast in delivered]).lines
    told = {
        line.area: (line.amounts, forecast.place) for line, forecast in zip(lines, delivered, strict=True)
    }
    for code, parts in _parts(register, told, month, period).items():
        amounts = [told[part][0] if part in told else None for part in parts]
        yield (
            code,
            ManagerForecast(
                period=month,
                kr=sum_of_all(part.forecast_before if part else None for part in amounts),
                adjusted_budget=sum_of_all(part.budget if part else None for part in amounts),
                rows=tuple(told[part][1] for part in parts if part in told),
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


def _kept(
    facts: DeviationFacts,
    forecasts: Sequence[ManagerForecast],
    record: Record,
    closed: Mapping[int, ClosedYear],
) -> KeptForecasts:
    of_year = {each.period: each for each in forecasts if each.period.year == facts.period.year}
    own = _own(facts, of_year, record)
    return KeptForecasts(
        own=own,
        rows=tuple(of_year[version.period].rows for version in own.versions),
        closed=tuple(
            ClosedFigures(year, each.outturn, each.budget, each.rule, each.manager, each.run_rate)
            for year, each in closed.items()
        ),
    )


def _own(facts: DeviationFacts, of_year: Mapping[Period, ManagerForecast], record: Record) -> OwnForecast:
    """Return what is shown of a unit's own forecasts of the year: the one that counts, and every version."""
    versions = forecast_versions((each.period, each.kr) for each in of_year.values())
    newest = newest_known(versions)
    is_new = newest is not None and newest.period == facts.period
    mixed = mixed_forecast(facts.forecast, newest.kr if newest and is_new else None, record, ACCURACY)
    own = OwnForecast(
        versions=tuple(OwnVersion(each.period, each.kr, each.change, each.sentence) for each in versions),
        mixed=mixed.kr,
        mixed_reason=mixed.reason,
    )
    if newest is None:
        return own
    adjusted = of_year[newest.period].adjusted_budget
    return replace(
        own,
        kr=newest.kr,
        before=None if newest.kr is None or newest.change is None else newest.kr - newest.change,
        told_in=newest.period,
        adjusted_budget=adjusted,
        sentence=own_forecast_sentence(
            newest, facts.period, facts.forecast, budget=facts.budget, adjusted_budget=adjusted
        ),
    )


def _closed_year(unit: str, area: str, closed: ClosedFigures) -> ClosedYear:
    return ClosedYear(
        unit=unit,
        area=area,
        outturn=closed.outturn,
        budget=closed.budget,
        rule=closed.rule,
        manager=closed.manager,
        run_rate=closed.run_rate,
    )


def _with_plans(
    transaction: Transaction, register: Register, year: int, closed: Sequence[ClosedYear]
) -> list[ClosedYear]:
    """Note which units had a plan approved that could still change the year: of November at the latest."""
    approved = counted_plans(transaction, register, Period(year, 11)).keys()
    return [
        replace(unit, plan_approved=not approved.isdisjoint((unit.unit, *register.continues(unit.unit))))
        for unit in closed
    ]
