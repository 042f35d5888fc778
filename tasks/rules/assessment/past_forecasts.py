"""What the rule and the run-rate would have said of closed years, and how those years ended.

For the record of forecasts (see forecast_accuracy): the rule is run anew on the units as they were so many
years ago, and nothing later is looked at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.assessment.forecast import as_decimal, year_forecast
from tasks.rules.assessment.forecast_accuracy import ClosedYear
from tasks.rules.assessment.unit_years import Floats, UnitYears
from tasks.rules.assessment.year_outlook import YEARS_BACK
from tasks.rules.periods import Period

REPORT_MONTH = 8
"""Tertialrapport 2 is made of August: the board's target for its forecasts is about it."""


@dataclass(frozen=True)
class PastForecasts:
    """Forecasts of n units' closed year and its end: every array (n,), kr, NaN where missing."""

    outturn: Floats
    budget: Floats
    rule: Floats
    run_rate: Floats


def measurable_years(units: UnitYears) -> Sequence[int]:
    """Return how many years ago the years lie that can be measured: those with a year before them."""
    return [years for years in YEARS_BACK if units.budget.shape[1] - years >= 2]


def past_forecasts(units: UnitYears, years: int, month: int = REPORT_MONTH) -> PastForecasts:
    """Forecast the year so many years ago as when its `month` (1–12) was closed. Raises ValueError."""
    then = units.years_before(years)
    year = then.outcome[:, -1]
    return PastForecasts(
        outturn=year.sum(axis=1),
        budget=then.budget[:, -1],
        rule=year_forecast(then, month).forecast,
        run_rate=year[:, :month].sum(axis=1) / month * 12,
    )


def closed_years(
    units: UnitYears,
    places: Sequence[tuple[str, str]],
    managers: Mapping[tuple[str, Period], Decimal | None],
    year: int,
) -> dict[int, list[ClosedYear]]:
    """Put the managers' forecasts of the report month beside the rule's, for each year that can be measured.

    places: the units' codes and areas, in their order. managers: kr by code and month. year: the current one.
    """
    closed = {}
    for ago in measurable_years(units):
        found, month = past_forecasts(units, ago), Period(year - ago, REPORT_MONTH)
        closed[year - ago] = [
            ClosedYear(
                unit=code,
                area=area,
                outturn=as_decimal(found.outturn[at]),
                budget=as_decimal(found.budget[at]),
                rule=as_decimal(found.rule[at]),
                manager=managers.get((code, month)),
                run_rate=as_decimal(found.run_rate[at]),
            )
            for at, (code, area) in enumerate(places)
        ]
    return closed
