from datetime import date

import pytest

from tasks.rules.month_text import is_adjustment_period, month_of

SEPTEMBER = """
2026-09
202609
2026-09-01
2026-09-30
2026-09-30 00:00:00
2026-09-30T00:00:00.000
20260930
2026/09/30
2026.09.30
2026M09
2026m9
2026 M09
2026-9
2026/9
2026.09
2026 09
09/2026
9-2026
sep-26
Sep 26
sep26
sept. 2026
SEP.-2026
september 2026
September, 2026
2026 september
2026-sep
"""


@pytest.mark.parametrize("text", SEPTEMBER.split("\n")[1:-1])
def test_a_month_is_read_as_systems_spreadsheets_and_people_write_it(text):
    assert month_of(text) == date(2026, 9, 1)
    assert not is_adjustment_period(text)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("maj-26", 5),
        ("may 2026", 5),
        ("okt 2026", 10),
        ("oct-26", 10),
        ("mars 2026", 3),
        ("march 2026", 3),
        ("dec 2026", 12),
        ("jan-26", 1),
        ("juni 2026", 6),
        ("june 2026", 6),
    ],
)
def test_months_have_swedish_and_english_names(text, month):
    assert month_of(text) == date(2026, month, 1)


NO_MONTH = [
    "26-09",  # year first or month first
    "01/02/2026",  # January or February
    "2026-02-30",
    "2026-0930",
    "sep",
    "september",
    "septembr 2026",
    "12 september 2026",
    "sep-2126",
    "2126-09",
    "1826-09",
    "2026",
    "20269",
    "\u0662\u0660\u0662\u0666-09",  # digits that aren't 0 to 9
    "",
]


@pytest.mark.parametrize("text", NO_MONTH)
def test_what_is_no_month_or_may_be_two_is_not_guessed(text):
    assert month_of(text) is None
    assert not is_adjustment_period(text)


@pytest.mark.parametrize("text", ["202613", "2026-13", "2026M14", "2026-00", "202699", "13/2026", "2026-0"])
def test_a_ledgers_period_for_the_closing_is_no_month(text):
    assert month_of(text) is None
    assert is_adjustment_period(text)
