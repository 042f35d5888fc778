"""Texts beside a table that say what its amounts are in."""

import pytest

from tasks.rules.deliveries.tables.scale_text import scale_problems
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.periods import Period
from tasks.sources import all_sources


def problems(text, *headers, source="ekonomi"):
    found = scale_problems(
        [(1, "Rapport"), (2, text)], headers, Wanted(all_sources()[source], Period(2026, 9))
    )
    return [(one.row, one.value) for one in found]


@pytest.mark.parametrize(
    "text",
    ["Belopp i tkr", "TKR", "mnkr", "Mkr", "Belopp i tusental kronor", "KSEK", "1 000-tal", "miljoner kr"],
)
def test_a_text_that_says_thousands_refuses_a_table_in_kronor(text):
    assert problems(text, "period", "budget", "utfall") == [(2, text)]


@pytest.mark.parametrize("text", ["Ekonomirapport", "Aktkrav", "Amkrav", "Belopp i kronor", ""])
def test_other_words_say_nothing_of_thousands(text):
    assert problems(text, "budget") == []


def test_a_table_that_says_thousands_itself_may_be_told_so_again():
    assert problems("Belopp i tkr", "budget_tkr", "Utfall (tkr)") == []
    assert problems("Belopp i tkr", "budget_tkr", "Utfall") == [(2, "Belopp i tkr")]


def test_thousands_mean_nothing_where_no_column_is_an_amount():
    assert problems("Antal i tusental", "matt", "utfall", source="prestationer") == []
