"""Who counts what, in which area, and why somebody has no cost."""

from dataclasses import replace

import pytest

from tests.rules.report.key_figures.counting import (
    CHILDREN,
    HOURS,
    ROOMS,
    counted,
    money,
    place,
    volume,
    year,
)

KR = money()
# a unit: why it has no cost
REASONS = {
    "it has one": (place("n1", volume(10), kr=KR), None),
    "few persons": (place("n1", volume(4), kr=KR), "fa_personer"),
    "two measures": (place("n1", volume(10), volume(50, HOURS), kr=KR), "flera_matt"),
    "places are no measure of their own": (place("n1", volume(10), volume(12, ROOMS), kr=KR), None),
    "a part beside its whole": (
        place("n1", volume(10), volume(6, replace(CHILDREN, name="1-3", part_of=CHILDREN.name)), kr=KR),
        None,
    ),
    "an unknown measure": (place("n1", volume(10, "Okänt"), kr=KR), "okant_matt"),
    "no outcome": (place("n1", volume(10), kr=money(outcome=year())), "utan_kostnad"),
    "a budget of net income": (place("n1", volume(10), kr=money(year_budget=-1)), "nettointakt"),
    "a budget of nothing": (place("n1", volume(10), kr=money(year_budget=0)), "nettointakt"),
    "an outcome of net income": (place("n1", volume(10), kr=money(-5)), "nettointakt"),
    "an unknown budget": (place("n1", volume(10), kr=money(year_budget=None)), None),
    "nobody": (place("n1", volume(0), kr=KR), "utan_antal"),
    "one month of nine": (place("n1", volume(year(10)), kr=KR), "utan_antal"),
}


@pytest.mark.parametrize(("unit", "reason"), REASONS.values(), ids=REASONS)
def test_why_a_unit_has_no_cost(unit, reason):
    found = counted(unit)[0]
    assert found.reason == reason
    assert (found.parts is None) == (reason is not None)


AREAS = {
    "n1": ("V1", "Norr"),
    "s1": ("V2", "Söder"),
    "a1": ("A1", "Skola"),  # no area between
    "V1": ("V1", "Norr"),
    "x1": (None, ""),
    "old": (None, ""),
    "Okänt område": ("Okänt område", "Okänt område"),
}


@pytest.mark.parametrize(("code", "area"), AREAS.items(), ids=AREAS)
def test_a_measure_is_of_the_area_that_is_nearest(code, area):
    (found,) = counted(place(code, volume(10)))
    assert (found.area_code, found.area) == area


def test_an_area_that_counts_for_its_units_costs_what_they_do():
    others = {"n1": money(1000), "n2": money(500), "s1": money(9000)}
    (norr,) = counted(place("V1", volume(10)), others=others)
    assert (norr.parts.each, norr.reason) == (150, None)


def test_an_area_that_counts_beside_its_units_is_left_out_where_they_count_the_same():
    units = [place(code, volume(10), kr=KR) for code in ("n1", "n2")]
    found = counted(place("V1", volume(20)), *units)
    assert [each.parts.each for each in found] == [100, 100]


def test_an_area_whose_units_count_something_else_has_no_cost():
    found = counted(place("V1", volume(50, HOURS)), place("n1", volume(10), kr=KR))
    assert [(each.measured.name, each.reason) for each in found] == [
        (HOURS.name, "flera_matt"),
        (CHILDREN.name, None),
    ]


def test_an_area_that_no_register_knows_has_no_cost():
    (found,) = counted(place("Okänt område", volume(10)))
    assert found.reason == "utan_kostnad"
