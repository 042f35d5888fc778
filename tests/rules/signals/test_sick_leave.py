from decimal import Decimal

import pytest

from tasks.rules.signals.sick_leave_shown import HOURS, sick_leave, whole_units


def row(unit, employees, *hours, sex="K"):
    figures = dict(zip(HOURS, hours, strict=True))
    return {"unit": unit, "item": sex, "anstallda": employees} | {
        name: None if value is None else Decimal(value) for name, value in figures.items()
    }


WHOLE = row("101", 20, 1000, 10, 20, 30)
# rows, units valid: hours (ordinary, 1-14, 15-90, 91), employees, counted, of, hidden
TABLE = {
    "all are whole": ([WHOLE, row("102", 5, 500, 1, 2, 3)], 2, [1500, 11, 22, 33], 25, 2, 2, False),
    "a unit lacks its hours absent": (
        [WHOLE, row("102", 5, 500, None, 2, 3)],
        2,
        [1000, 10, 20, 30],
        20,
        1,
        2,
        False,
    ),
    "a unit lacks its ordinary hours": (
        [WHOLE, row("102", 5, None, 1, 2, 3)],
        2,
        [1000, 10, 20, 30],
        20,
        1,
        2,
        False,
    ),
    "one sex of a unit lacks hours": (
        [WHOLE, row("102", 5, 500, 1, 2, 3), row("102", 5, 500, 1, 2, None)],
        2,
        [1000, 10, 20, 30],
        20,
        1,
        2,
        False,
    ),
    "a unit isn't delivered": ([WHOLE], 3, [1000, 10, 20, 30], 20, 1, 3, False),
    "there is no register": ([WHOLE], 0, [1000, 10, 20, 30], 20, 1, 1, False),
    "nobody has one of the columns": (
        [row("101", 20, 1000, 10, 20, None), row("102", 5, 500, 1, 2, None)],
        2,
        [1500, 11, 22, None],
        25,
        2,
        2,
        False,
    ),
    "employees of one unit are missing": (
        [WHOLE, row("102", None, 500, 1, 2, 3)],
        2,
        [1500, 11, 22, 33],
        None,
        2,
        2,
        False,
    ),
    "ten employees": ([row("101", 10, 1000, 10, 20, 30)], 1, [1000, 10, 20, 30], 10, 1, 1, True),
    "eleven employees": ([row("101", 11, 1000, 10, 20, 30)], 1, [1000, 10, 20, 30], 11, 1, 1, False),
    "employees are not known": (
        [row("101", None, 1000, 10, 20, 30)],
        1,
        [1000, 10, 20, 30],
        None,
        1,
        1,
        True,
    ),
    "nobody, and no hours": ([row("101", 0, 0, 0, 0, 0)], 1, [0, 0, 0, 0], 0, 1, 1, False),
    "hours of nobody": ([row("101", 0, 100, 0, 0, 0)], 1, [100, 0, 0, 0], 0, 1, 1, True),
    "no hours at all": ([row("101", 20, None, None, None, None)], 1, [None] * 4, None, 0, 1, False),
}


@pytest.mark.parametrize(
    ("rows", "valid", "hours", "employees", "counted", "of", "hidden"), TABLE.values(), ids=TABLE
)
def test_hours_absent_are_of_the_same_units_as_the_ordinary_hours(
    rows, valid, hours, employees, counted, of, hidden
):
    found = sick_leave(rows, valid)
    assert [found.sums[name] for name in HOURS] == hours
    assert found.sums["anstallda"] == employees
    assert (found.counted, found.of, found.is_hidden) == (counted, of, hidden)


def test_the_hours_of_a_sex_are_of_the_units_that_count():
    lacking = row("102", 5, 500, 1, 2, 3, sex="M"), row("102", 5, 500, 1, 2, None)
    men = sick_leave([WHOLE, row("101", 12, 600, 3, 2, 1, sex="M"), *lacking], 2, sex="M")
    assert [men.sums[name] for name in ("anstallda", *HOURS)] == [12, 600, 3, 2, 1]
    assert (men.counted, men.of, men.is_hidden) == (1, 2, False)


def test_a_sex_that_nobody_delivers_is_missing_and_not_hidden():
    men = sick_leave([WHOLE], 1, sex="M")
    assert set(men.sums.values()) == {None}
    assert not men.is_hidden


def test_which_units_count_can_be_told_by_the_rows_of_all():
    alone = [row("102", 5, 500, 1, 2, None)]
    assert sick_leave(alone, 1).counted == 1  # nobody has the last column
    assert sick_leave(alone, 1, whole=whole_units([WHOLE, *alone])).counted == 0
