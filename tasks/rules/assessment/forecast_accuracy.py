"""How near the forecasts came (prognossäkerhet): the rule's, the manager's and the run-rate's side by side.

|forecast − outturn| / |outturn| in % of a closed year, by the forecasts of one month: the board's target is
±1 % at tertialrapport 2 (August). Amounts are kr of the year, costs +; None is missing and never counts as 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.swedish import MISSING, counted, limit_percent, number, percent
from tasks.rules.thresholds import check_between
from tasks.rules.totals import sum_known


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
    is_within: the target was reached, None without an error. units_within: units that reached it.
    remedied: units that missed it, but with a plan and nearer to budget than forecast; they are in the sums.
    """

    error_percent: Decimal | None
    is_within: bool | None
    counted: int
    of: int
    units_within: int
    remedied: int


@dataclass(frozen=True)
class Line:
    """A unit, an area or the board."""

    name: str
    rule: Accuracy
    manager: Accuracy
    run_rate: Accuracy


@dataclass(frozen=True)
class AccuracyTable:
    """The year's table; an area's and the board's figures are of sums, never means of percentages."""

    units: tuple[Line, ...]
    areas: tuple[Line, ...]
    board: Line


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


def accuracy_sentence(line: Line, settings: AccuracySettings) -> str:
    """Tell a line in words: `Nämnden: regelns prognos missade utfallet med 0,8 %, ...`."""
    named = (
        ("regelns prognos", line.rule),
        ("chefernas prognoser", line.manager),
        ("den raka framskrivningen", line.run_rate),
    )
    said = ", ".join(f"{who} {_missed_by(accuracy)}" for who, accuracy in named)
    target = f"Målet är högst {limit_percent(settings.target_percent)}."
    remedied = line.manager.remedied
    apart = f" Åtgärdade, räknade för sig: {counted(remedied, 'enhet', 'enheter')}." if remedied else ""
    return f"{line.name}, skillnad mot utfallet: {said}. {target}{apart}"


def _line(name: str, years: Sequence[ClosedYear], settings: AccuracySettings) -> Line:
    return Line(
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
        units_within=sum(_is_within(error_percent(kr, year.outturn), settings) for kr, year in known),
        remedied=sum(is_remedied(kr, year, settings) for kr, year in known),
    )


def _is_within(error: Decimal | None, settings: AccuracySettings) -> bool:
    return error is not None and error <= settings.target_percent


def _missed_by(accuracy: Accuracy) -> str:
    if accuracy.error_percent is None:
        return MISSING
    units = counted(accuracy.of, "enhet", "enheter")
    gaps = "" if accuracy.counted == accuracy.of else f" ({number(accuracy.counted)} av {units})"
    return f"{percent(accuracy.error_percent)}{gaps}"
