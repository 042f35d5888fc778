"""The programme's own forecast stands beside the managers', on the line of the same place."""

from decimal import Decimal

import pytest

from tasks.rules.assessment.month_warnings import AssessedArea, AssessedCount
from tasks.rules.report.driftbudget import (
    NOT_FORECAST,
    BudgetLine,
    ForecastRow,
    ProgrammeForecast,
    driftbudget,
)
from tasks.rules.report.programme import with_programme


def place(name, deviation, *, code=None, level="avdelning"):
    """Return a place above the units of budget 100; deviation None is one that couldn't be assessed."""
    forecast = None if deviation is None else Decimal(100 - deviation)
    return AssessedArea(
        level=level,
        code=code,
        name=name,
        parent=None,
        budget=Decimal(100),
        forecast=forecast,
        lower=None,
        upper=None,
        deviation=None if deviation is None else Decimal(deviation),
        deviation_percent=None,
        signal=None,
        sentence="",
        units=AssessedCount(1, 1),
    )


def beside(deviation):
    return ProgrammeForecast(Decimal(100 - deviation), Decimal(deviation))


def section(*areas, part_of=None):
    return driftbudget(
        [ForecastRow(area, Decimal(100), Decimal(100), None, part_of=part_of) for area in areas]
    )


PLACES = [
    place("Hela förvaltningen", -9, level="forvaltning"),
    place("Förskola", -3, code="A1"),
    place("Omsorg", -4, code="A2"),
    place("Omsorg", -4, code="V21"),  # the only area of its department
    place("Kultur", -1, code="A3"),
    place("Kultur", -2, code="V31"),  # one of two
    place("Lekplatser", None, code="V32"),
]


@pytest.mark.parametrize(
    ("area", "programme"),
    [
        ("A1", beside(-3)),  # by code
        ("v31", beside(-2)),
        ("Förskola", beside(-3)),  # by name
        (" FÖRSKOLA\xa0", beside(-3)),
        ("Omsorg", beside(-4)),  # two of one name that say the same
        ("Kultur", NOT_FORECAST),  # two of one name that don't
        ("Lekplatser", NOT_FORECAST),  # couldn't be assessed: missing and not zero
        ("Avskrivningar", NOT_FORECAST),  # not in the register
        ("Hela förvaltningen", NOT_FORECAST),  # no line, but the total
    ],
)
def test_a_line_has_the_forecast_of_the_place_that_it_names(area, programme):
    assert with_programme(section(area), PLACES, {}, []).lines[0].programme == programme


def test_a_line_of_a_unit_has_that_units_forecast():
    units = {"101": beside(-5)}
    of_units = section("Förskola", "Förskola")
    known, unknown = (
        BudgetLine(line.area, unit, None, line.amounts)
        for line, unit in zip(of_units.lines, ("101", "102"), strict=True)
    )
    told = with_programme(
        type(of_units)((known, unknown), of_units.total, of_units.named, of_units.compliance),
        PLACES,
        units,
        [],
    )
    assert [line.programme for line in told.lines] == [beside(-5), NOT_FORECAST]


def test_the_total_is_of_all_units_also_of_those_that_no_line_holds():
    assert with_programme(section("Förskola"), PLACES, {}, []).total.programme == beside(-9)


def test_without_assessed_units_nothing_stands_beside():
    told = with_programme(section("Förskola"), [], {}, ["Förskola"])
    assert {told.total.programme, told.named.programme, told.lines[0].programme} == {NOT_FORECAST}


@pytest.mark.parametrize(
    ("named", "programme"),
    [
        (["Förskola", "Omsorg"], ProgrammeForecast(Decimal(207), Decimal(-7))),
        (["Förskola"], beside(-3)),
        (["Förskola", "Avskrivningar"], NOT_FORECAST),  # a part is missing, and so is the sum
        (["not delivered"], NOT_FORECAST),
    ],
)
def test_named_areas_are_summed_where_each_is_forecast(named, programme):
    told = with_programme(section("Förskola", "Omsorg", "Avskrivningar"), PLACES, {}, named)
    assert told.named.programme == programme


def test_a_named_part_of_a_named_area_is_counted_once():
    whole, part = section("Förskola").lines[0], section("Omsorg", part_of="Förskola").lines[0]
    both = section("Förskola")
    told = with_programme(
        type(both)((whole, part), both.total, both.named, both.compliance),
        PLACES,
        {},
        ["Förskola", "Omsorg"],
    )
    assert told.named.programme == beside(-3)
