"""What a month's kept report tells of some of its units: the report of one unit, or of an area.

Nothing is reckoned anew, so a figure says here what it says in the whole report, and what is hidden there is
hidden here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from typing import Annotated

from tasks.rules.assessment.deviation_facts import Level
from tasks.rules.assessment.month_warnings import AssessedArea
from tasks.rules.json_keys import BESIDE, Key
from tasks.rules.periods import Period
from tasks.rules.report.month_report import MonthReport


@dataclass(frozen=True)
class PlaceOfReport:
    """The unit or area that is reported, and the codes that its rows are found by.

    units: itself, or those in it. places: those between. path: what it lies in, nearest first.
    """

    code: Annotated[str, Key("kod")]
    name: Annotated[str, Key("namn")]
    level: Annotated[str, Key("niva")]
    path: Annotated[tuple[str, ...], Key("ingar_i")]
    units: Annotated[tuple[str, ...], Key("enheter")]
    places: Annotated[tuple[str, ...], Key("omraden_i")] = ()


@dataclass(frozen=True)
class ReportedMonth:
    """A month of the ledger (kr, None where missing); to_date: budget less outcome, so far."""

    period: Period
    budget: Decimal | None
    outcome: Annotated[Decimal | None, Key("utfall")]
    last_year: Annotated[Decimal | None, Key("utfall_foregaende_ar")]
    to_date: Annotated[Decimal | None, Key("skillnad_hittills")]


@dataclass(frozen=True)
class ToldMonth:
    """What was told of the year in a month (kr): budget, forecast with its 80 % interval, deviation."""

    period: Period
    signal: Annotated[Level | None, Key("niva_signal")]
    budget: Decimal | None
    forecast: Annotated[Decimal | None, Key("prognos")]
    lower: Annotated[Decimal | None, Key("nedre_80")]
    upper: Annotated[Decimal | None, Key("ovre_80")]
    deviation: Annotated[Decimal | None, Key("avvikelse")]


@dataclass(frozen=True)
class UnitLine:
    """A unit of an area: its year (kr) as the month's assessment has it."""

    code: Annotated[str, Key("enhet")]
    name: Annotated[str, Key("namn")]
    signal: Annotated[Level | None, Key("niva_signal")]
    budget: Decimal | None
    forecast: Annotated[Decimal | None, Key("prognos")]
    lower: Annotated[Decimal | None, Key("nedre_80")]
    upper: Annotated[Decimal | None, Key("ovre_80")]
    deviation: Annotated[Decimal | None, Key("avvikelse")]


@dataclass(frozen=True, kw_only=True)
class UnitReport:
    """The report of a unit or an area in a month; `part` is what the month's report says of it.

    lines: the units of an area, the largest underskott first; none of a unit.
    """

    place: Annotated[PlaceOfReport, Key("enhet")]
    sentence: Annotated[str, Key("mening")]
    months: Annotated[tuple[ReportedMonth, ...], Key("manader")]
    told: Annotated[tuple[ToldMonth, ...], Key("sagt")]
    lines: Annotated[tuple[UnitLine, ...], Key("enheternas_ar")]
    part: Annotated[MonthReport, BESIDE]


def part_of_report(report: MonthReport, place: PlaceOfReport, managers: Collection[str]) -> MonthReport:
    """Return a report with what it tells of a place alone; sums of the whole are left out.

    managers: the addresses of its units' managers in lower case, by which its activities are found.
    """
    units = {*place.units}
    places = units | {place.code, *place.places}
    return replace(
        report,
        lacking=tuple(
            replace(one, units=codes, names=tuple(names), count=len(codes))
            for one in report.lacking
            for codes, names in [_of(units, zip(one.units, one.names, strict=True))]
            if codes
        ),
        budget=replace(
            report.budget, lines=tuple(line for line in report.budget.lines if line.unit in units)
        ),
        result_units=replace(
            report.result_units, units=tuple(one for one in report.result_units.units if one.unit in units)
        ),
        volumes=tuple(row for row in report.volumes if row.unit in units or row.area == place.name),
        key_figures=tuple(row for row in report.key_figures if row.code in places),
        assistance=(),
        sick_leave=tuple(row for row in report.sick_leave if row.code in places),
        goals=(),
        indicators=tuple(row for row in report.indicators if row.unit in units),
        activities=tuple(row for row in report.activities if (row.responsible or "").casefold() in managers),
        risks=tuple(
            replace(row, warnings=tuple(code for code in row.warnings if code in units))
            for row in report.risks
            if row.unit in units or units & {*row.warnings}
        ),
        budget_sides=(),
        investments=(),
        turnovers=(),
        adjustments=(),
        warnings=tuple(row for row in report.warnings if row.code in units),
        curves=(),
        areas=tuple(_within(report.areas, place)),
        signals=tuple(row for row in report.signals if row.unit in places),
        plans=tuple(row for row in report.plans if row.unit in units),
        reach=None,
        accuracy=tuple(row for row in report.accuracy if row.code in places),
        tried=None,
        reconciliations=(),
        corrections=tuple(row for row in report.corrections if row.unit in units),
    )


def reported_months(
    year: Sequence[tuple[Period, Decimal | None, Decimal | None]], last_year: Sequence[Decimal | None]
) -> tuple[ReportedMonth, ...]:
    """Return a year's months (month, budget, outcome; kr), those of the year before, and the sums so far.

    From the first month without a budget or an outcome on there is no sum.
    """
    differences = [
        None if budget is None or outcome is None else budget - outcome for _, budget, outcome in year
    ]
    to_date = accumulate(
        differences, lambda so_far, kr: None if so_far is None or kr is None else so_far + kr
    )
    return tuple(
        ReportedMonth(period, budget, outcome, before, so_far)
        for (period, budget, outcome), before, so_far in zip(year, last_year, to_date, strict=True)
    )


def _of(
    units: Collection[str], lacking: Iterable[tuple[str, str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = [(code, name) for code, name in lacking if code in units]
    return tuple(code for code, _ in found), tuple(name for _, name in found)


def _within(areas: Sequence[AssessedArea], place: PlaceOfReport) -> Iterable[AssessedArea]:
    return (area for area in areas if area.code == place.code or area.code in place.places)
