"""Months side by side, turned into a row a month."""

import polars as pl
import pytest

from tasks.rules.deliveries.columns import column_name
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.deliveries.tables.wide_months import turn_long
from tasks.rules.periods import Period
from tasks.sources import all_sources


def turned(headers, *rows, source="ekonomi"):
    names = [column_name(header) for header in headers]
    frame = pl.DataFrame(list(rows), schema=dict.fromkeys(names, pl.String), orient="row")
    frame = frame.with_row_index("row_no", 2).cast({"row_no": pl.Int64})
    return turn_long(headers, frame, Wanted(all_sources()[source], Period(2026, 9)))


def rows_of(table):
    return [tuple(row) for row in table.frame.rows()]


BY_ROWS = ["Enhet", "Konto", "Typ", "jan", "feb", "mar"]


def test_budget_and_outcome_as_rows_are_put_side_by_side():
    table = turned(
        BY_ROWS,
        ("0101", "Personal", "Budget", "1", "2", "3"),
        ("0101", "Personal", "Utfall", "4", None, None),
        ("0102", "Personal", "Utfall", "7", "8", None),
    )
    assert table.problems == ()
    assert table.headers == ("period", "Enhet", "Konto", "budget", "utfall")
    assert rows_of(table) == [
        ("2026-01", "0101", "Personal", "1", "4", 2),
        ("2026-02", "0101", "Personal", "2", None, 2),
        ("2026-03", "0101", "Personal", "3", None, 2),
        ("2026-01", "0102", "Personal", None, "7", 4),
        ("2026-02", "0102", "Personal", None, "8", 4),
        ("2026-03", "0102", "Personal", None, None, 4),  # missing, since others have that month
    ]
    assert [note.rule for note in table.notes] == [
        "Månaderna 2026-01 till 2026-03 står på bredden: varje månad är läst som en egen rad"
    ]


def test_budget_and_outcome_as_columns_are_one_row_a_month():
    table = turned(
        ["Enhet", "Konto", "Budget jan", "Utfall jan", "Budget feb", "Utfall feb", "Budget mar"],
        ("0101", "Personal", "1", "2", "3", None, None),
    )
    assert rows_of(table) == [
        ("2026-01", "0101", "Personal", "1", "2", 2),
        ("2026-02", "0101", "Personal", "3", None, 2),
    ]


def test_the_same_unit_and_account_twice_stay_two_rows():
    table = turned(
        BY_ROWS,
        *[
            ("0101", "Personal", kind, figure, "5", None)
            for kind, figure in [("Budget", "1"), ("Budget", "2")]
        ],
        ("0101", "Personal", "Utfall", "3", None, None),
    )
    assert [row[:1] + row[3:] for row in rows_of(table)] == [
        ("2026-01", "1", "3", 2),
        ("2026-02", "5", None, 2),
        ("2026-01", "2", None, 3),
        ("2026-02", "5", None, 3),
    ]


def test_figures_in_thousands_keep_their_suffix():
    table = turned(
        BY_ROWS, ("0101", "P", "Budget (tkr)", "1", "2", None), ("0101", "P", "Utfall (tkr)", "3", None, None)
    )
    assert table.headers[-2:] == ("budget_tkr", "utfall_tkr")


def test_other_columns_follow_and_rows_of_other_figures_are_named():
    table = turned(
        [*BY_ROWS, "Summa"],
        ("0101", "P", "Budget", "1", "2", None, "3"),
        ("0101", "P", "Utfall", "1", None, None, "1"),
        ("0101", "P", "Avvikelse", "0", "2", None, "2"),
        ("0102", None, None, None, None, None, None),
    )
    assert table.headers == ("period", "Enhet", "Konto", "Summa", "budget", "utfall")
    assert [row[3] for row in rows_of(table)] == ["3", "3"]
    told, empty = table.notes[1:]
    assert (empty.rule, empty.row) == ("Raden har inga belopp och är inte läst", 5)
    assert (told.column, told.value) == ("Typ", "Avvikelse")
    assert told.rule == "Raderna är inte lästa, bara de med budget och utfall"


# What has two meanings: (headers, rows, what is said)
REFUSED = {
    "budget or outcome isn't told": (
        ["enhet", "kontogrupp", "jan", "feb"],
        [("0101", "P", "1", "2")],
        "det syns inte vilka belopp som är Budget och Utfall",
    ),
    "two columns tell it": (
        ["enhet", "kontogrupp", "typ", "slagkod", "jan", "feb"],
        [("1", "P", "Budget", "Budget", "1", "2"), ("1", "P", "Utfall", "Utfall", "1", "2")],
        "det syns inte vilka belopp som är Budget och Utfall",
    ),
    "only some headers tell it": (
        ["enhet", "kontogrupp", "jan", "budget feb"],
        [("0101", "P", "1", "2")],
        "det syns inte vilka belopp som är Budget och Utfall",
    ),
    "a row doesn't tell it": (
        BY_ROWS,
        [
            ("1", "P", "Budget", "1", "2", "3"),
            ("1", "P", "Utfall", "1", "2", "3"),
            ("1", "P", None, "1", None, None),
        ],
        "Raden säger inte om den är budget eller utfall",
    ),
    "a month twice": (
        ["enhet", "kontogrupp", "typ", "jan", "januari", "feb"],
        [("1", "P", "Budget", "1", "2", "3")],
        "Två kolumner gäller januari 2026: ”jan” och ”januari”",
    ),
    "a column of the same figure beside": (
        ["enhet", "kontogrupp", "budget", "budget jan", "utfall jan", "utfall feb"],
        [("1", "P", "9", "1", "2", "3")],
        "Rubriken ”budget” står bredvid månaderna på bredden",
    ),
}


@pytest.mark.parametrize(("headers", "rows", "said"), REFUSED.values(), ids=REFUSED)
def test_months_with_two_meanings_are_refused(headers, rows, said):
    problems = turned(headers, *rows).problems
    assert len(problems) == 1
    assert said in problems[0].rule
    assert problems[0].remedy.endswith(".")


def test_measures_as_rows_are_columns_of_a_source_without_units():
    table = turned(
        ["Uppgift", "jan", "feb"],
        ("Hushåll", "100", "101"),
        ("Medelbidrag", "9000", "9100"),
        ("Okänt", "1", "2"),
        source="bistand",
    )
    assert table.headers == ("period", "hushall", "medelbidrag")
    assert rows_of(table) == [("2026-01", "100", "9000", 2), ("2026-02", "101", "9100", 2)]
