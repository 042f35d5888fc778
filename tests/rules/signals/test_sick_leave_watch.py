"""Sick leave put together of delivered rows: which groups there are, what they lack, what is not shown."""

from decimal import Decimal

import pytest

from tasks.rules.organisation import Register
from tasks.rules.signals.sick_leave_groups import SickLeaveSettings
from tasks.rules.signals.sick_leave_telling import SickLeaveToTell, Telling
from tasks.rules.signals.sick_leave_watch import Target, watch_sick_leave
from tasks.rules.swedish import NBSP
from tests.rules.delivered_rows import LAST, delivered, register, unit

DEFAULT = SickLeaveSettings()
BOTH = register(unit("u1"), unit("u2"), unit("u3", parent="B"))
FULL_TIME = 174


def month(code, sex, posts, percent, period=LAST, employees=None, row=2):
    """Make a row: posts in full time, and per cent of sick leave in days 1–14."""
    ordinary = posts * FULL_TIME
    return delivered(
        period,
        code,
        sex,
        row=row,
        anstallda=posts if employees is None else employees,
        ordinarie_timmar=ordinary,
        franvarotimmar_1_14=ordinary * percent / 100,
        franvarotimmar_15_90=0,
        franvarotimmar_91=0,
    )


def years(code, posts=40, percents=None, months=36, **others):
    """Make the same months of a unit over some years, by turns a little higher and lower."""
    percents = percents or [7.5, 8.5] * 18
    return [
        month(code, "K", posts, percents[place - months], LAST.plus(place + 1 - months), **others)
        for place in range(months)
    ]


def watch(rows, known=BOTH, target=None, fewest=11, settings=DEFAULT):
    telling = SickLeaveToTell(Telling(known, LAST, fewest), {})
    found = watch_sick_leave(rows, telling, target or Target(), settings)
    return {(each.scope, each.code): each for each in found}


def plain(text):
    return text.replace(NBSP, " ")


def test_everybody_departments_areas_and_units_are_told_of():
    found = watch([*years("u1"), *years("u2"), *years("u3", posts=60)])
    assert list(found) == [
        ("hela förvaltningen", ""),
        ("avdelning", "A"),
        ("avdelning", "B"),
        ("verksamhetsområde", "V"),
        ("enhet", "u1"),
        ("enhet", "u2"),
        ("enhet", "u3"),
    ]
    assert [each.value for each in found.values()] == [8] * 7
    assert {each.months_lacking for each in found.values()} == {None, 0}
    assert {each.months_lacking for (scope, _), each in found.items() if scope == "enhet"} == {0}


def test_a_rise_is_something_to_watch_with_its_numbers_and_rows():
    rise = [7.5, 8.5] * 16 + [8.0] + [12.0] * 3
    rows = [*years("u1", percents=rise), *years("u2", posts=800), *years("u3", posts=800)]
    found = watch(rows, target=Target(Decimal("7.0"), ((5, 9, 9),)))["enhet", "u1"]
    assert found.signal == "bevaka"
    assert (found.source, found.indicator, found.measured_in) == ("sjukfranvaro", "Sjukfrånvaro", "%")
    assert "sällan en slump" in found.regel
    assert "över årsmålet 7,0 %" in plain(found.mening)
    assert found.compared == Decimal("7.0")
    assert (found.figures["manaden"], found.figures["enheter"], found.figures["av"]) == (12, 1, 1)
    assert found.figures["kanda_manader"] == 36
    assert found.figures["senaste_tre"] > found.figures["ovre_grans"] > found.figures["vanligt"]
    assert found.rows == ((5, 9, 9), *(row.range for row in rows[:36]))


def test_women_and_men_are_told_of_what_units_lie_in_and_not_of_units():
    found = watch([*years("u1"), *years("u2"), *years("u3")])
    assert (found["avdelning", "A"].figures["kvinnor"], found["avdelning", "A"].figures["man"]) == (8, None)
    assert "kvinnor" not in found["enhet", "u1"].figures


def test_small_units_are_seen_together_where_they_lie():
    found = watch([*years("u1", posts=20), *years("u2", posts=20), *years("u3")])
    together = found["små enheter", "V"]
    assert together.name == "2 små enheter i Boende"
    assert (together.months_lacking, found["enhet", "u1"].months_lacking) == (0, None)
    assert "tillsammans" in found["enhet", "u1"].regel


def test_units_at_different_depths_are_gathered_once_in_each_place():
    both = register(*(unit(code) for code in "abc"), *(unit(code, parent="A") for code in "de"))
    found = watch([row for code in "abcde" for row in years(code, posts=13)], both)
    assert [(each.code, each.name) for each in found.values() if each.scope == "små enheter"] == [
        ("V", "3 små enheter i Boende"),
        ("A", "2 små enheter i Omsorg"),
    ]


def test_what_no_place_is_large_enough_for_is_seen_in_the_whole_administration():
    found = watch(
        [*years("u1", posts=15), *years("u3", posts=15)], register(unit("u1"), unit("u3", parent="B"))
    )
    assert found["små enheter", ""].name == "2 små enheter i hela förvaltningen"


@pytest.mark.parametrize(("months", "lacking"), [(1, 11), (6, 6), (11, 1), (12, 0), (13, 0)], ids=str)
def test_how_many_months_are_lacking_is_told(months, lacking):
    found = watch([*years("u1", months=months), *years("u2", months=months), *years("u3", months=months)])
    assert found["enhet", "u1"].months_lacking == lacking
    assert (found["enhet", "u1"].value is None) == (months < 12)


def test_a_new_unit_lacks_months_of_its_own():
    new = register(unit("u1", valid_from=LAST.plus(-9).first_day), unit("u2"), unit("u3", parent="B"))
    found = watch([*years("u1", months=10), *years("u2"), *years("u3")], new)
    assert (found["enhet", "u1"].months_lacking, found["enhet", "u2"].months_lacking) == (2, 0)


def test_a_unit_that_lacks_the_latest_month_lacks_one():
    found = watch([*years("u1")[:-1], *years("u2", posts=400), *years("u3", posts=400)])
    assert found["enhet", "u1"].months_lacking == 1
    assert "uppgift saknas för september 2026" in found["enhet", "u1"].mening or (
        "För september 2026 saknas uppgift" in found["enhet", "u1"].mening
    )


def test_a_unit_that_should_have_delivered_and_did_not_is_missing_and_not_nobody():
    found = watch([*years("u1")[:-1], *years("u2"), *years("u3")])
    assert (found["avdelning", "A"].figures["enheter"], found["avdelning", "A"].figures["av"]) == (1, 2)
    assert found["avdelning", "A"].value is None  # one of two is less than 80 %


def test_nothing_delivered_is_missing_and_stops_nothing():
    found = watch([])
    assert found["hela förvaltningen", ""].value is None
    assert "uppgift saknas" in found["hela förvaltningen", ""].mening
    assert {each.months_lacking for each in found.values()} == {None}


def test_without_a_register_units_are_called_by_their_codes():
    found = watch([month("x", "K", 30, 8)], Register([]))
    assert list(found) == [("hela förvaltningen", ""), ("enhet", "x")]
    assert found["enhet", "x"].name == "x"


def test_a_unit_has_the_months_of_the_one_that_it_alone_continues():
    moved = register(
        unit("old", valid_to=LAST.plus(-6).last_day),
        unit("new", valid_from=LAST.plus(-5).first_day, replaces=("old",)),
        unit("u2"),
        unit("u3", parent="B"),
    )
    rows = years("old")[:-6] + years("new")[-6:]
    found = watch([*rows, *years("u2"), *years("u3")], moved)
    assert found["enhet", "new"].months_lacking == 0
    assert found["enhet", "new"].value == 8
    assert ("enhet", "old") not in found
    assert len(found["enhet", "new"].rows) == 36


def test_the_whole_administration_has_the_months_of_units_that_are_closed():
    closed = register(unit("old", valid_to=LAST.plus(-6).last_day), unit("u2"), unit("u3", parent="B"))
    rows = [*years("old", percents=[14] * 36)[:-6], *years("u2"), *years("u3")]
    found = watch(rows, closed)
    assert found["hela förvaltningen", ""].value == Decimal(8 * 24 + 14 * 6) / 30
    assert found["avdelning", "A"].value == 8  # where it would lie now nobody knows


def test_half_of_a_merged_unit_is_missing_and_never_smaller():
    merged = register(
        unit("a", valid_to=LAST.plus(-1).last_day),
        unit("b", valid_to=LAST.plus(-1).last_day),
        unit("ab", valid_from=LAST.first_day, replaces=("a", "b")),
        unit("u2"),
        unit("u3", parent="B"),
    )
    rows = [*years("a")[:-1], *years("b")[:-4], month("ab", "K", 80, 8)]
    found = watch([*rows, *years("u2"), *years("u3")], merged)["enhet", "ab"]
    assert (found.figures["manaden"], found.value, found.figures["kanda_manader"]) == (8, None, 33)


def test_a_month_does_not_know_what_came_after_it():
    rows = [*years("u1"), *years("u2"), *years("u3")]
    later = [month(code, "K", 400, 50, LAST.plus(1)) for code in ("u1", "u2", "u3")]
    assert watch([*rows, *later]) == watch(rows)


# --- what is not shown


def hidden(found):
    return {f"{scope} {code}".strip() for (scope, code), each in found.items() if each.is_hidden}


# employees of u1, u2, u3; what is hidden
SMALL = {
    "all are eleven": ((11, 11, 11), set()),
    "one is ten: the other of its area would tell": ((10, 11, 11), {"enhet u1", "enhet u2"}),
    "a department of ten, and the other": (
        (11, 11, 10),
        {"avdelning A", "avdelning B", "verksamhetsområde V", "enhet u2", "enhet u3"},
    ),
}


@pytest.mark.parametrize(("employees", "expected"), SMALL.values(), ids=SMALL)
def test_groups_of_ten_employees_or_fewer_are_not_shown_nor_what_would_tell_of_them(employees, expected):
    rows = [
        row
        for code, count in zip(("u1", "u2", "u3"), employees, strict=True)
        for row in years(code, employees=count)
    ]
    assert hidden(watch(rows)) == expected


def test_the_fewest_employees_are_a_setting():
    rows = [row for code in ("u1", "u2", "u3") for row in years(code, employees=11)]
    assert "hela förvaltningen" not in hidden(watch(rows))
    assert len(hidden(watch(rows, fewest=34))) == 7


def test_a_group_that_was_small_in_one_of_the_twelve_months_is_not_shown():
    for back, is_hidden in ((11, True), (12, False)):
        rows = [*years("u2"), *years("u3"), *years("u1")]
        small = LAST.plus(-back)
        rows = [
            month("u1", "K", 40, 8, small, employees=10) if (row.unit, row.period) == ("u1", small) else row
            for row in rows
        ]
        assert watch(rows)["enhet", "u1"].is_hidden == is_hidden


def test_a_unit_that_was_small_under_its_former_code_is_not_shown():
    moved = register(
        unit("old", valid_to=LAST.plus(-3).last_day),
        unit("new", valid_from=LAST.plus(-2).first_day, replaces=("old",)),
        unit("u2"),
        unit("u3", parent="B"),
    )
    rows = [*years("old", employees=10)[:-3], *years("new")[-3:], *years("u2"), *years("u3")]
    assert hidden(watch(rows, moved)) == {"enhet new", "enhet u2"}


def test_few_men_are_not_shown_and_so_neither_are_the_women_beside_them():
    men = [month("u1", "M", 5, 6, LAST.plus(-back), employees=5, row=3) for back in range(12)]
    found = watch([*years("u1"), *men, *years("u2"), *years("u3")])
    assert found["verksamhetsområde", "V"].hidden_figures == {"kvinnor", "man"}
    assert found["avdelning", "B"].hidden_figures == set()
    assert hidden(found) == set()


def test_small_units_together_are_shown_unless_a_hidden_one_would_follow():
    three = register(unit("u1"), unit("u2"), unit("u4"), unit("u5"), unit("u3", parent="B"))
    others = [*years("u3"), *years("u4", posts=40)]
    safe = [*years("u1", posts=20, employees=8), *years("u2", posts=20, employees=8)]
    found = watch([*safe, *others, *years("u5", posts=20)], three)
    assert {"enhet u1", "enhet u2"} <= hidden(found)
    assert "små enheter V" not in hidden(found)  # u1 and u2 are sixteen: neither follows
    risky = [*years("u1", posts=20, employees=8), *years("u2", posts=20, employees=40)]
    found = watch([*risky, *years("u3"), *years("u4", posts=40), *years("u5", posts=40)], three)
    assert hidden(found) >= {"enhet u1"}
    assert ("små enheter V" in hidden(found)) != ("enhet u2" in hidden(found))
