"""How near the forecasts came (prognossäkerhet): the rule's, the manager's and the run-rate's side by side.

|forecast − outturn| / |outturn| in % of a closed year, by the forecasts of one month: the board's target is
±1 % at tertialrapport 2 (August). The rule is run anew on the units as they were so many years ago, and
nothing later is looked at. Amounts are kr of the year, costs +; None is missing and never counts as 0.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from tasks.rules.assessment.forecast import as_decimal, year_forecast
from tasks.rules.assessment.unit_years import Floats, UnitYears
from tasks.rules.assessment.year_outlook import YEARS_BACK
from tasks.rules.json_keys import BESIDE, Key
from tasks.rules.organisation import UNIT
from tasks.rules.periods import Period
from tasks.rules.thresholds import check_between
from tasks.rules.totals import sum_known

BOARD = "namnd"
Forecaster = Literal["regeln", "chefen", "takt"]
REPORT_MONTH = 8
"""Tertialrapport 2 is made of August: the board's target for its forecasts is about it."""


@dataclass(frozen=True)
class AccuracySettings:
    """The board's target (± % of the outturn), and what the managers' record must be for a mixed forecast.

    least_unit_years: of twenty, a mean error is known to about a sixth. worst_factor: a mean of two forecasts
    that share half of their errors is better than the first alone while the errors of the second are less
    than 1.3 times as large. Raises UnusableThresholdError.
    """

    target_percent: Decimal = Decimal(1)
    least_unit_years: int = 20
    worst_factor: Decimal = Decimal("1.3")

    def __post_init__(self) -> None:
        check_between("target_percent", self.target_percent, 0, 100)
        check_between("least_unit_years", Decimal(self.least_unit_years), 1)
        check_between("worst_factor", self.worst_factor, 0)


@dataclass(frozen=True)
class ClosedYear:
    """A unit's closed year and the forecasts of it; plan_approved: a plan was approved during the year."""

    unit: str
    area: str
    outturn: Decimal | None
    budget: Decimal | None
    rule: Decimal | None
    manager: Decimal | None
    run_rate: Decimal | None
    plan_approved: bool = False


@dataclass(frozen=True)
class Accuracy:
    """One forecaster's accuracy over `of` units, `counted` of which have both forecast and outturn.

    error_percent: of the summed forecasts and outturns, None where they are missing or the outturns sum to 0.
    is_within: the target was reached, None without an error. remedied: units that missed it, but with a plan
    and nearer to budget than forecast; they are in the sums.
    """

    error_percent: Decimal | None
    is_within: bool | None
    counted: int
    of: int
    remedied: int


@dataclass(frozen=True)
class AccuracyLine:
    """A unit, an area or the board."""

    name: str
    rule: Accuracy
    manager: Accuracy
    run_rate: Accuracy


@dataclass(frozen=True)
class AccuracyTable:
    """The year's table; an area's and the board's figures are of sums, never means of percentages."""

    units: tuple[AccuracyLine, ...]
    areas: tuple[AccuracyLine, ...]
    board: AccuracyLine


@dataclass(frozen=True)
class AccuracyRow:
    """A year of the board, an area or a unit, as the report tells of it by forecaster (see Accuracy).

    code: None of the board. errors: in % of the outturn; within: whether the board's target was reached.
    """

    level: Annotated[str, Key("niva")]
    code: Annotated[str | None, Key("kod")]
    name: Annotated[str, Key("namn")]
    year: Annotated[int, Key("ar")]
    errors: Annotated[Mapping[Forecaster, Decimal | None], BESIDE]
    within: Annotated[Mapping[Forecaster, bool | None], Key("inom_1_procent")]
    remedied: Annotated[Mapping[Forecaster, int], Key("atgardad")]
    counted: Annotated[Mapping[Forecaster, int], Key("antal")]
    of: Annotated[int, Key("av")]


@dataclass(frozen=True)
class PastForecasts:
    """Forecasts of n units' closed year and its end: every array (n,), kr, NaN where missing."""

    outturn: Floats
    budget: Floats
    rule: Floats
    run_rate: Floats


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
        past, month = past_forecasts(units, ago), Period(year - ago, REPORT_MONTH)
        closed[year - ago] = [
            ClosedYear(
                unit=code,
                area=area,
                outturn=as_decimal(past.outturn[at]),
                budget=as_decimal(past.budget[at]),
                rule=as_decimal(past.rule[at]),
                manager=managers.get((code, month)),
                run_rate=as_decimal(past.run_rate[at]),
            )
            for at, (code, area) in enumerate(places)
        ]
    return closed


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


def accuracy_table(years: Sequence[ClosedYear], settings: AccuracySettings) -> AccuracyTable:
    """Hold the forecasts of one month of a year against the outturn, per unit, area and board."""
    areas: dict[str, list[ClosedYear]] = {}
    for year in years:
        areas.setdefault(year.area, []).append(year)
    return AccuracyTable(
        units=tuple(_line(year.unit, [year], settings) for year in years),
        areas=tuple(_line(area, inside, settings) for area, inside in areas.items()),
        board=_line("Nämnden", years, settings),
    )


def accuracy_rows(
    years: Mapping[int, Sequence[ClosedYear]],
    places: Mapping[str, tuple[str, str]],
    settings: AccuracySettings,
) -> Iterator[AccuracyRow]:
    """Yield the report's rows of prognossakerhet, newest year first, and of it the board, areas, units.

    places: level (niva) and name by code; units without an area count in the board alone. A year of which no
    unit's outturn is known has no rows.
    """
    for year in sorted(years, reverse=True):
        if any(unit.outturn is not None for unit in years[year]):
            table = accuracy_table(years[year], settings)
            yield _row(table.board, year, (BOARD, table.board.name), None)
            for line in table.areas:
                if line.name in places:
                    yield _row(line, year, places[line.name], line.name)
            for line in table.units:
                yield _row(line, year, places.get(line.name, (UNIT, line.name)), line.name)


def error_percent(forecast: Decimal | None, outturn: Decimal | None) -> Decimal | None:
    """Return |forecast − outturn| in % of |outturn|; None when one is missing or the outturn is 0."""
    if forecast is None or not outturn:
        return None
    return abs(forecast - outturn) / abs(outturn) * 100


def is_remedied(forecast: Decimal | None, year: ClosedYear, settings: AccuracySettings) -> bool:
    """Tell whether a miss may be a success: with a plan the unit ended nearer to budget than forecast."""
    if not year.plan_approved or year.budget is None or year.outturn is None or forecast is None:
        return False
    is_nearer = abs(year.outturn - year.budget) < abs(forecast - year.budget)
    return is_nearer and not _is_within(error_percent(forecast, year.outturn), settings)


def _line(name: str, years: Sequence[ClosedYear], settings: AccuracySettings) -> AccuracyLine:
    return AccuracyLine(
        name,
        rule=_accuracy([(year.rule, year) for year in years], settings),
        manager=_accuracy([(year.manager, year) for year in years], settings),
        run_rate=_accuracy([(year.run_rate, year) for year in years], settings),
    )


def _accuracy(years: Sequence[tuple[Decimal | None, ClosedYear]], settings: AccuracySettings) -> Accuracy:
    known = [pair for pair in years if pair[0] is not None and pair[1].outturn is not None]
    error = error_percent(
        sum_known(forecast for forecast, _ in known), sum_known(year.outturn for _, year in known)
    )
    return Accuracy(
        error_percent=error,
        is_within=None if error is None else _is_within(error, settings),
        counted=len(known),
        of=len(years),
        remedied=sum(is_remedied(kr, year, settings) for kr, year in known),
    )


def _is_within(error: Decimal | None, settings: AccuracySettings) -> bool:
    return error is not None and error <= settings.target_percent


def _row(line: AccuracyLine, year: int, place: tuple[str, str], code: str | None) -> AccuracyRow:
    level, name = place
    forecasters: dict[Forecaster, Accuracy] = {
        "regeln": line.rule,
        "chefen": line.manager,
        "takt": line.run_rate,
    }
    return AccuracyRow(
        level=level,
        code=code,
        name=name,
        year=year,
        errors={who: accuracy.error_percent for who, accuracy in forecasters.items()},
        within={who: accuracy.is_within for who, accuracy in forecasters.items()},
        remedied={who: accuracy.remedied for who, accuracy in forecasters.items()},
        counted={who: accuracy.counted for who, accuracy in forecasters.items()},
        of=line.rule.of,
    )
