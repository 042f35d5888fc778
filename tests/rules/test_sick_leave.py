from decimal import Decimal

import pytest

from tasks.rules.sick_leave import HOURS, sick_leave


def row(unit, employees, *hours):
    figures = dict(zip(HOURS, hours, strict=True))
    return {"unit": unit, "item": "K", "anstallda": employees} | {
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
