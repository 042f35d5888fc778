"""Which sheet is read, what merged cells mean, and what cells with errors and per cent are."""

import polars as pl
import pytest

from tasks.rules.deliveries.tables.cell_faults import UNCOMPUTED, CellFault, judge_faults
from tasks.rules.deliveries.tables.merged_cells import Merge, fill_merged
from tasks.rules.deliveries.tables.percent_cells import (
    as_percent,
    is_percent_format,
    percent_note,
    with_percents,
)
from tasks.rules.deliveries.tables.sheet_choice import SheetSeen, choose_sheet, sheets_left
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.number_text import parse_amount
from tasks.rules.periods import Period
from tasks.sources import all_sources

SEPTEMBER, AUGUST = Period(2026, 9), Period(2026, 8)


def seen(name, *months, fits=True):
    return SheetSeen(name, fits, frozenset(months))


CHOSEN = {
    "the only one": ([seen("A")], "A"),
    "the only one that fits": ([seen("Läs mig", fits=False), seen("A")], "A"),
    "the one with the file's month": ([seen("A", AUGUST), seen("B", SEPTEMBER, AUGUST)], "B"),
    "the one named after it": ([seen("Aug"), seen("Sep"), seen("Okt")], "Sep"),
    "rows say more than a name": ([seen("Sep", AUGUST), seen("B", SEPTEMBER)], "B"),
    "none fits": ([seen("A", fits=False)], None),
}


@pytest.mark.parametrize(("sheets", "name"), CHOSEN.values(), ids=CHOSEN)
def test_the_sheet_that_fits_is_read(sheets, name):
    choice = choose_sheet(sheets, SEPTEMBER)
    assert (choice.name, choice.problem) == (name, None)


@pytest.mark.parametrize(
    "sheets",
    [
        [seen("Blad1"), seen("Blad2")],
        [seen("A", SEPTEMBER), seen("B", SEPTEMBER, AUGUST), seen("C", AUGUST)],
        [seen("A", AUGUST), seen("B", AUGUST)],
    ],
)
def test_two_sheets_that_both_fit_are_refused_and_both_are_named(sheets):
    choice = choose_sheet(sheets, SEPTEMBER)
    assert choice.name is None
    assert f"”{sheets[0].name}” och ”{sheets[1].name}”" in choice.problem.rule


def test_the_sheets_that_are_left_are_named():
    assert sheets_left("A", []) == ()
    assert [note.rule for note in sheets_left("A", ["B"])] == ["Bladet ”A” är läst, inte bladet ”B”"]
    assert sheets_left("A", ["B", "C"])[0].rule == "Bladet ”A” är läst, inte bladen ”B” och ”C”"


HEADERS = {"period": "Period", "enhet": "Enhet", "budget": "Budget"}
WANTED = Wanted(all_sources()["ekonomi"], SEPTEMBER)


def merged(rows, *merges):
    frame = pl.DataFrame(rows, schema=[*HEADERS, "row_no"], orient="row")
    return fill_merged(frame, HEADERS, [Merge(*merge) for merge in merges], WANTED)


ROWS = [
    ("2026-01", "0101", "1", 2),
    (None, None, "2", 3),
    ("2026-02", "0102", "3", 4),
    (None, "0103", "4", 6),
]


def test_what_is_merged_holds_for_every_row_that_it_stands_over():
    filled = merged(ROWS, (2, 3, 0), (2, 3, 1), (4, 6, 0))
    assert [row[:2] for row in filled.frame.rows()] == [
        ("2026-01", "0101"),
        ("2026-01", "0101"),
        ("2026-02", "0102"),
        ("2026-02", "0103"),
    ]
    assert [note.rule for note in filled.notes] == [
        "Sammanslagna celler i Period och Enhet gäller alla rader som de sträcker sig över"
    ]


@pytest.mark.parametrize("merge", [(2, 2, 0), (4, 5, 0), (6, 9, 2), (2, 3, 7)])
def test_a_merge_over_no_other_row_of_the_table_says_nothing(merge):
    filled = merged(ROWS, merge)
    assert filled.frame.rows() == ROWS
    assert (filled.notes, filled.problems) == ((), ())


def test_a_figure_that_is_merged_over_rows_has_two_meanings():
    problems = merged(ROWS, (2, 3, 2)).problems
    assert [(one.row, one.column) for one in problems] == [(2, "Budget")]
    assert "det kan gälla var rad eller alla" in problems[0].rule


def test_an_error_in_a_column_that_is_read_is_a_problem_and_elsewhere_a_note():
    faults = [
        CellFault(1, "#DIV/0!", (1, 4, 5, 7, 9), 6),
        CellFault(2, "#N/A", (4,), 1),
        CellFault(3, UNCOMPUTED, (4,), 1),
        CellFault(4, UNCOMPUTED, (5,), 1),
        CellFault(1, "#REF!", (2,), 1),  # above the table
    ]
    problems, notes = judge_faults(faults, {1: "Utfall", 2: "Andel", 3: "Budget"}, {1, 3}, 3)
    assert [(one.rule, one.row, one.column, one.count, len(one.examples)) for one in problems] == [
        ("Cellen visar felet #DIV/0!", 4, "Utfall", 6, 3),
        ("Cellen har en formel utan uträknat värde", 4, "Budget", 1, 0),
    ]
    assert [(one.rule, one.column, one.remedy) for one in notes] == [
        ("1\u00a0cell i kolumnen visar felet #N/A; den läses inte, så det gör inget", "Andel", ""),
        ("1\u00a0cell i kolumnen har en formel utan värde; den läses inte, så det gör inget", None, ""),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0.077", "7,7 %"),
        ("0.07", "7 %"),
        ("0.07000000000000001", "7 %"),  # a float's noise
        ("0.28999999999999998", "29 %"),
        ("1", "100 %"),
        ("0", "0 %"),
        ("-0.0125", "-1,25 %"),
        ("0.0712340", "7,1234 %"),
        ("0.07123", "7,1230 %"),  # else the comma could be one between thousands
        ("12.5", "1250 %"),
        ("minska", "minska"),
        ("nan", "nan"),
    ],
)
def test_a_fraction_is_written_as_the_per_cent_that_is_shown(text, shown):
    assert as_percent(text) == shown
    if shown.endswith("%"):
        assert float(parse_amount(shown, percent=True)) == pytest.approx(float(text) * 100)


def test_only_the_cells_with_the_format_are_per_cent():
    frame = pl.DataFrame({"arsmal": ["0.07", "0.07", None, "öka"], "row_no": [2, 3, 4, 5]})
    written, changed = with_percents(frame, {"arsmal": [2, 4, 5]})
    assert (written["arsmal"].to_list(), changed) == (["7 %", "0.07", None, "öka"], ["arsmal"])
    same, changed = with_percents(frame, {"arsmal": [4, 5]})
    assert same.equals(frame)
    assert changed == []


def test_whose_cells_were_per_cent_is_told():
    rule = "Celler med procentformat är lästa som de visas, i procent: Årsmål och KF"
    assert percent_note(["Årsmål", "KF"]).rule == rule


@pytest.mark.parametrize(
    ("code", "is_percent"),
    [
        ("0%", True),
        ("0.00%", True),
        ("#,##0.0\\ %", True),
        ("[Red]-0.0%", True),
        ('0.0" %"', False),
        ("0\\%", False),
        ("0_%", False),
        ("[$%-41D]0", False),
        ("General", False),
        ('#,##0 "kr"', False),
    ],
)
def test_a_percent_sign_that_is_only_shown_multiplies_nothing(code, is_percent):
    assert is_percent_format(code) is is_percent
