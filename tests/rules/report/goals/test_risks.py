from decimal import Decimal

import pytest

from tasks.rules.assessment.risk_order import Risk, RiskSettings, Subject
from tasks.rules.json_keys import of_json, to_json
from tasks.rules.report.goals.risks import RiskRow, risk_rows

SUBJECTS = (
    Subject("101", Decimal(9), ("Sjukfrånvaro",), ("Solen", "förskola", "Förskoleverksamhet", "VO1")),
    Subject("201", Decimal(5), (), ("Eken", "hemtjänst", "Äldreomsorg", "VO2")),
)
NOBODY = RiskSettings(concerns={})


def risk(name, likelihood=3, consequence=4, **named):
    figures = [None if figure is None else Decimal(figure) for figure in (likelihood, consequence)]
    return Risk(name, f"Risk {name}", *figures, "Åtgärd", **named)


# whom the file names: the warnings that it concerns
NAMED = {
    "a unit by its code": ({"unit": "101"}, ("101",)),
    "a unit by its name": ({"unit": "eken "}, ("201",)),
    "a place by its code": ({"unit": "VO1"}, ("101",)),
    "a unit type": ({"unit_type": "Hemtjänst"}, ("201",)),
    "an area": ({"area": "Förskoleverksamhet"}, ("101",)),
    "an area and a type that isn't there": ({"area": "Förskoleverksamhet", "unit_type": "hemtjänst"}, ()),
    "nobody that is warned": ({"unit": "999"}, ()),
    "nobody at all": ({}, ()),
}


@pytest.mark.parametrize(("named", "warnings"), NAMED.values(), ids=NAMED)
def test_a_risk_concerns_the_warnings_of_whom_it_names(named, warnings):
    (row,) = risk_rows([risk("A", **named)], SUBJECTS, NOBODY)
    assert row.warnings == warnings


def test_a_risk_that_names_nobody_is_found_by_its_indicator_or_the_settings():
    found = risk_rows(
        [risk("Sjukfrånvaro"), risk("Brukare")], SUBJECTS, RiskSettings(concerns={"Brukare": ("hemtjänst",)})
    )
    assert {row.indicator: row.warnings for row in found} == {"Brukare": ("201",), "Sjukfrånvaro": ("101",)}


def test_a_risk_that_names_somebody_isnt_found_by_its_indicator_too():
    (row,) = risk_rows([risk("Sjukfrånvaro", unit="201")], SUBJECTS, NOBODY)
    assert row.warnings == ("201",)


def test_the_largest_value_comes_first_and_one_that_is_missing_last():
    risks = [risk("C", None, 5), risk("B", 3, 5), risk("Å", 3, 5), risk("A", 4, 4)]
    assert [(row.indicator, row.value) for row in risk_rows(risks, (), NOBODY)] == [
        ("A", 16),
        ("B", 15),
        ("Å", 15),
        ("C", None),
    ]


def test_a_risk_tells_its_targets_as_they_are_delivered():
    (row,) = risk_rows([risk("A", target="5 %", city_target="öka", watched="ej aktuell")], (), NOBODY)
    assert (row.target, row.city_target, row.watched) == (5, "öka", "ej aktuell")
    assert of_json(RiskRow, to_json(row)) == row
