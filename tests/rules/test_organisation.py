from datetime import date

import pytest

from tasks.rules.organisation import (
    ALWAYS,
    WHOLE,
    FoundUnit,
    Place,
    Register,
    UnitState,
    UnitVersion,
    area_tree,
    unit_versions,
)
from tasks.rules.periods import Period

JANUARY, JUNE, JULY, DECEMBER = (Period(2026, month) for month in (1, 6, 7, 12))
TREE = (
    UnitVersion("AVD", "Avdelning ett", "avdelning"),
    UnitVersion("VO", "Äldreomsorg", "verksamhetsomrade", "AVD"),
)
REGISTER = Register(
    [
        # given in the wrong order on purpose
        (
            JULY,
            [
                *TREE,
                UnitVersion("B", "Ett", "enhet", "AVD"),
                UnitVersion("C", "Tre", "enhet", "VO", replaces=("A",)),
            ],
        ),
        (
            JANUARY,
            [
                *TREE,
                UnitVersion("A", "Ett", "enhet", "VO", replaces=("X",)),
                UnitVersion(
                    "B", "Två", "enhet", "VO", valid_from=date(2026, 3, 31), valid_to=date(2026, 5, 1)
                ),
            ],
        ),
    ]
)


@pytest.mark.parametrize(
    ("month", "units"),
    [
        (Period(2025, 6), ("A",)),  # before the first delivery: the earliest is in force
        (Period(2026, 2), ("A",)),  # B hasn't begun
        (Period(2026, 3), ("A", "B")),  # begins on the last day
        (Period(2026, 5), ("A", "B")),  # ends on the first day
        (JUNE, ("A",)),  # ended
        (JULY, ("B", "C")),  # a newer register: A is left out and ends the day before
        (DECEMBER, ("B", "C")),
    ],
)
def test_the_units_of_a_month_are_those_of_the_register_in_force_within_their_dates(month, units):
    assert REGISTER.units_valid(month) == units


LATE = Register(
    [
        (JANUARY, [UnitVersion("A", "A", "enhet"), UnitVersion("B", "B", "enhet")]),
        (
            DECEMBER,
            [
                UnitVersion("A", "A", "enhet", valid_from=ALWAYS, valid_to=date(2026, 5, 31)),
                UnitVersion("B", "Nytt namn", "enhet", valid_from=ALWAYS),
                UnitVersion("C", "C", "enhet", valid_from=date(2026, 6, 1), replaces=("A",)),
                UnitVersion("D", "D", "enhet", valid_from=ALWAYS),
            ],
        ),
    ]
)


@pytest.mark.parametrize(
    ("month", "units"),
    [
        (Period(2026, 5), ("A", "B")),
        (JUNE, ("B", "C")),  # the December register says that C took over from A in June
        (DECEMBER, ("B", "C", "D")),  # D, whose beginning isn't told, begins with its register
    ],
)
def test_a_date_that_a_later_register_tells_holds_before_that_register_came(month, units):
    assert LATE.units_valid(month) == units


def test_a_unit_keeps_its_old_name_in_months_before_the_register_that_renames_it():
    assert LATE.unit("B", JULY).name == "B"


@pytest.mark.parametrize(
    ("text", "month", "found"),
    [
        ("A", JUNE, FoundUnit(UnitState.FOUND, "A")),  # by code
        (" Ett ", JUNE, FoundUnit(UnitState.FOUND, "A")),  # by name, trimmed
        ("Ett", JULY, FoundUnit(UnitState.FOUND, "B")),  # the name has moved to another code
        ("ett", JUNE, FoundUnit(UnitState.UNKNOWN)),  # names are exact
        ("Två", JULY, FoundUnit(UnitState.NOT_VALID, "B")),  # a name of another time
        ("A", JULY, FoundUnit(UnitState.NOT_VALID, "A")),
        ("Ö", JULY, FoundUnit(UnitState.UNKNOWN)),
    ],
)
def test_a_unit_is_found_by_code_or_else_by_exact_name_in_its_month(text, month, found):
    assert REGISTER.find(text, month) == found


def test_a_name_that_two_units_have_is_ambiguous():
    register = Register([(JUNE, [UnitVersion("A", "Lika", "enhet"), UnitVersion("B", "Lika", "enhet")])])
    assert register.find("Lika", JUNE) == FoundUnit(UnitState.AMBIGUOUS)


def test_a_code_wins_over_a_name():
    register = Register([(JUNE, [UnitVersion("A", "B", "enhet"), UnitVersion("B", "A", "enhet")])])
    assert register.find("A", JUNE) == FoundUnit(UnitState.FOUND, "A")
    assert register.knows("B")
    assert not register.knows("C")


def test_the_tree_is_read_upwards_and_downwards_in_its_month():
    assert REGISTER.department_of("A", JUNE) == "AVD"
    assert REGISTER.area_of("A", JUNE) == "VO"
    assert REGISTER.area_of("B", JULY) is None  # moved right below the department
    assert REGISTER.department_of("AVD", JUNE) == "AVD"
    assert REGISTER.department_of("A", JULY) is None
    assert [unit.code for unit in REGISTER.children("VO", JUNE)] == ["A"]
    assert REGISTER.unit("B", JULY).parent == "AVD"
    assert REGISTER.unit("B", JUNE) is None


def test_units_that_lie_above_each_other_have_no_department():
    ring = Register([(JUNE, [UnitVersion("A", "A", "enhet", "B"), UnitVersion("B", "B", "enhet", "A")])])
    assert ring.department_of("A", JUNE) is None


def test_a_code_continues_all_that_were_continued_before_it():
    assert REGISTER.continues("C") == ("A", "X")
    assert REGISTER.continues("B") == ()
    assert REGISTER.successors("X", JULY) == ("C",)
    swapped = [
        UnitVersion("A", "A", "enhet", replaces=("B",)),
        UnitVersion("B", "B", "enhet", replaces=("A",)),
    ]
    assert Register([(JUNE, swapped)]).continues("A") == ("B",)


def test_a_register_without_deliveries_is_false_and_empty():
    assert not Register([])
    assert REGISTER
    assert (REGISTER.has_one_by(JANUARY), REGISTER.has_one_by(Period(2025, 12))) == (True, False)
    assert Register([]).units_valid(JUNE) == ()


def test_stored_rows_become_units():
    row = {"code": "A", "name": "Ett", "level": "enhet", "replaces": "X,Y", "result_unit": None, "row_no": 2}
    [unit] = unit_versions([row])
    assert unit == UnitVersion("A", "Ett", "enhet", replaces=("X", "Y"))
    assert unit_versions([row | {"replaces": None, "result_unit": True}])[0].result_unit is True


@pytest.mark.parametrize(
    ("code", "month", "heir"),
    [
        ("A", JANUARY, "A"),  # it exists itself
        ("A", DECEMBER, "C"),
        ("X", DECEMBER, "C"),  # through another one
        ("X", JANUARY, "A"),
        ("B", JUNE, "B"),  # nobody continues it
        ("Q", JANUARY, "Q"),  # no register has it
    ],
)
def test_a_code_goes_on_as_the_one_that_alone_continues_it(code, month, heir):
    assert REGISTER.heir(code, month) == heir


def test_a_unit_that_was_split_has_no_heir():
    parts = [UnitVersion(code, code, "enhet", replaces=("A",)) for code in "CD"]
    assert Register([(JANUARY, [UnitVersion("A", "A", "enhet")]), (JULY, parts)]).heir("A", JULY) == "A"


@pytest.mark.parametrize(("code", "above"), [("C", ["VO", "AVD"]), ("B", ["AVD"]), ("AVD", []), ("Q", [])])
def test_what_a_code_lies_in_is_told_nearest_first(code, above):
    assert [each.code for each in REGISTER.above(code, JULY)] == above


def test_what_lies_in_itself_is_told_once():
    circle = [UnitVersion("A", "A", "avdelning", "B"), UnitVersion("B", "B", "verksamhetsomrade", "A")]
    assert [each.code for each in Register([(JULY, circle)]).above("A", JULY)] == ["B"]


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
