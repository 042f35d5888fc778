"""The places above the units."""

from tasks.rules.area_tree import WHOLE, Place, area_tree
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period

SEPTEMBER = Period(2026, 9)
WHOLE_NAME = "Hela förvaltningen"


def tree(*units):
    return area_tree(Register([(SEPTEMBER, [UnitVersion(*unit) for unit in units])]), SEPTEMBER)


def test_a_department_comes_before_its_areas_and_each_has_all_units_below_it():
    assert tree(
        ("A2", "Äldre", "avdelning"),
        ("A1", "Barn", "avdelning"),
        ("V9", "Förskola", "verksamhetsomrade", "A1"),
        ("V1", "Hemtjänst", "verksamhetsomrade", "A2"),
        ("101", "Norr", "enhet", "V9"),
        ("102", "Söder", "enhet", "A1"),
        ("201", "Öst", "enhet", "V1"),
    ) == [
        Place(None, WHOLE_NAME, WHOLE, ("101", "102", "201"), None),
        Place("A1", "Barn", "avdelning", ("101", "102"), 0),
        Place("V9", "Förskola", "verksamhetsomrade", ("101",), 1),
        Place("A2", "Äldre", "avdelning", ("201",), 0),
        Place("V1", "Hemtjänst", "verksamhetsomrade", ("201",), 3),
    ]


def test_a_place_without_units_is_left_out():
    places = tree(("A1", "Barn", "avdelning"), ("A2", "Tom", "avdelning"), ("101", "Norr", "enhet", "A1"))
    assert [place.code for place in places] == [None, "A1"]


def test_a_unit_that_lies_in_another_unit_counts_in_the_place_above_both():
    places = tree(("A1", "Barn", "avdelning"), ("101", "Norr", "enhet", "A1"), ("102", "Del", "enhet", "101"))
    assert [(place.code, place.units) for place in places] == [
        (None, ("101", "102")),
        ("A1", ("101", "102")),
    ]


def test_units_that_lie_nowhere_count_in_the_whole():
    assert tree(("101", "Norr", "enhet", None), ("102", "Söder", "enhet", "borta")) == [
        Place(None, WHOLE_NAME, WHOLE, ("101", "102"), None)
    ]


def test_an_area_without_a_department_lies_in_the_whole():
    places = tree(("V1", "Hemtjänst", "verksamhetsomrade"), ("101", "Norr", "enhet", "V1"))
    assert places[1] == Place("V1", "Hemtjänst", "verksamhetsomrade", ("101",), 0)


def test_without_units_there_are_no_places():
    assert tree(("A1", "Barn", "avdelning")) == []
    assert area_tree(Register([]), SEPTEMBER) == []
