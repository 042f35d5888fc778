"""Where the header of a table is: rows of cell texts in, a row and its headers out."""

import pytest

from tasks.rules.deliveries.tables.header_row import find_header
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.periods import Period
from tasks.sources import all_sources

KEYS = ["period", "enhet", "kontogrupp"]
PLAIN = [*KEYS, "budget", "utfall"]
DATA = ["2026-09", "0101", "Personal", "100", "90"]


def wanted(source="ekonomi"):
    return Wanted(all_sources()[source], Period(2026, 9))


def find(*rows, source="ekonomi", numbers=None):
    numbers = numbers or range(1, len(rows) + 1)
    return find_header(list(zip(numbers, rows, strict=True)), wanted(source))


# (rows, the header's row, its headers)
FOUND = {
    "first of all": ([PLAIN, DATA], 1, PLAIN),
    "below a title": ([["Ekonomirapport"], PLAIN, DATA], 2, PLAIN),
    "below a title that stands in every column's place": ([["Rapport", "", "", "", ""], PLAIN], 2, PLAIN),
    "below titles and an empty row": ([["Rapport"], ["Uttag", "2026-10-05"], [], PLAIN, DATA], 4, PLAIN),
    "with aliases": ([["Rapport"], ["Månad", "Ansvar", "Konto", "Budget", "Belopp"]], 2, None),
    "in tkr": ([["Belopp i tkr"], [*KEYS, "budget_tkr", "utfall_tkr"]], 2, None),
    "the first of two": ([PLAIN, DATA, PLAIN], 1, PLAIN),
    "nearly right, below a title": ([["Rapport"], ["period", "enhet", "kontogrupp", "budget"]], 2, None),
    "nothing known": ([["a", "b"], ["c"]], 1, ["a", "b"]),
    "one known name is not enough": ([["a"], ["budget"]], 1, ["a"]),
    "keys above, figures below": ([[*KEYS, "Belopp", ""], ["", "", "", "Budget", "Utfall"]], 2, None),
    "a group that says nothing": (
        [["", "", "", "Belopp i kronor", ""], PLAIN, DATA],
        2,
        PLAIN,
    ),
    "the file's month as a group": ([["", "", "", "September 2026"], PLAIN, DATA], 2, PLAIN),
    "a group over what is no figure": ([["", "Organisation", "", "Belopp"], PLAIN], 2, PLAIN),
    "units above": (
        [["", "", "", "tkr", ""], PLAIN, DATA],
        2,
        [*KEYS, "budget tkr", "utfall tkr"],
    ),
    "units below": ([PLAIN, ["", "", "", "tkr", "tkr"], DATA], 2, [*KEYS, "budget tkr", "utfall tkr"]),
    "kronor below": ([PLAIN, ["", "", "", "kr", "SEK"], DATA], 2, PLAIN),
    "a row below that is data": ([PLAIN, ["", "", "", "5", "6"]], 1, PLAIN),
    "a row below with more cells": ([PLAIN, ["", "", "", "", "", "kr"]], 1, PLAIN),
}


@pytest.mark.parametrize(("rows", "row", "headers"), FOUND.values(), ids=FOUND)
def test_the_header_is_the_first_row_or_pair_with_what_must_exist(rows, row, headers):
    header = find(*rows)
    assert header.row == row
    assert header.problem is None
    if headers is not None:
        assert list(header.headers) == headers


def test_group_headers_are_joined_with_those_below_as_the_source_knows_them():
    header = find(
        ["Period", "Enhet", "Kön", "Anställda", "Ordinarie timmar", "Frånvarotimmar", "", ""],
        ["", "", "", "", "", "1-14", "15-90", "91-"],
        source="sjukfranvaro",
    )
    assert header.fits
    assert header.headers[5:] == ("Frånvarotimmar 1-14", "Frånvarotimmar 15-90", "Frånvarotimmar 91-")
    assert header.notes[-1].rule == "Rubrikerna på rad 1 och 2 är lästa tillsammans"


def test_a_unit_in_the_row_below_that_no_header_has_leaves_the_header_alone():
    header = find(["period", "hushall", "medelbidrag"], ["", "st", ""], source="bistand")
    assert (header.row, header.headers) == (1, ("period", "hushall", "medelbidrag"))


# What stands over a figure may change what it is.
BLOCKED = {
    "accumulated": [["", "", "", "Ackumulerat", ""], PLAIN],
    "the whole year": [["", "", "", "Helår 2026", ""], PLAIN],
    "another month": [["", "", "", "Augusti", ""], PLAIN],
    "only one of them": [["", "", "", "Belopp", "Föregående år"], PLAIN],
    "after titles": [["Rapport"], ["", "", "", "Ackumulerat"], PLAIN],
}


@pytest.mark.parametrize("rows", BLOCKED.values(), ids=BLOCKED)
def test_a_group_that_may_change_what_a_figure_is_refuses_the_table(rows):
    problem = find(*rows).problem
    assert "som kan ändra vad kolumnen betyder" in problem.rule
    assert "månadens egna belopp" in problem.remedy
    assert problem.row == len(rows) - 1


def test_a_text_with_an_empty_row_under_it_is_no_group_header():
    header = find(["", "", "", "Ackumulerat för staden"], PLAIN, numbers=[1, 3])
    assert header.fits
    assert header.problem is None


def test_texts_above_and_group_headers_are_what_stands_beside():
    header = find(["Rapport", "tkr"], [], ["", "", "", "Belopp"], PLAIN)
    assert header.beside == [(1, "Rapport"), (1, "tkr"), (3, "Belopp")]
    assert find(PLAIN).beside == []


def test_what_stands_above_is_told():
    notes = find(["Ekonomirapport"], ["Uttag", "2026-10-05"], [], PLAIN).notes
    assert [note.rule for note in notes] == [
        "Rubrikerna står på rad 4. Det som står ovanför är inte läst: ”Ekonomirapport” och 2\u00a0texter till"
    ]
    assert notes[0].remedy == ""
    assert find(PLAIN).notes == ()


def test_months_side_by_side_are_a_header_too_but_a_plain_one_goes_first():
    months = ["enhet", "kontogrupp", "typ", "jan", "feb"]
    assert find(["Rapport"], months).is_wide
    assert not find(months, DATA, PLAIN).is_wide
    grouped = find(["", "", "jan", "", "feb", ""], ["enhet", "konto", "Budget", "Utfall", "Budget", "Utfall"])
    assert grouped.is_wide
    assert grouped.headers[2:] == ("jan Budget", "jan Utfall", "feb Budget", "feb Utfall")


def test_only_the_first_rows_are_looked_through():
    assert find(*[["x"]] * 30, PLAIN).headers == ("x",)


def test_without_a_source_the_first_row_with_text_is_the_header():
    header = find_header([(1, []), (2, ["a"]), (3, PLAIN)], None)
    assert (header.row, header.headers) == (2, ("a",))
    assert find_header([(1, ["", None])], None) is None
