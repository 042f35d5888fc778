"""Rows below a table: which are left out, and which are a problem as before."""

import polars as pl
import pytest

from tasks.rules.deliveries.tables.footers import find_footers
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.periods import Period
from tasks.sources import all_sources

HEADERS = ("period", "enhet", "kontogrupp", "budget", "utfall", "not")
ROW = ("2026-09", "0101", "Personal", "100", "90", None)


def footers(*rows, headers=HEADERS, source="ekonomi"):
    names = [header.replace(" ", "_") for header in headers]
    frame = pl.DataFrame([ROW[: len(names)], *rows], schema=dict.fromkeys(names, pl.String), orient="row")
    frame = frame.with_row_index("row_no", 2).cast({"row_no": pl.Int64})
    return find_footers(
        frame, dict(zip(names, headers, strict=True)), Wanted(all_sources()[source], Period(2026, 9))
    )


def first(text):
    return (text, None, None, None, None, None)


LEFT_OUT = {
    "where it comes from": [first("Källa: ekonomisystemet, uttag 2026-10-05")],
    "a remark in a column of its own": [(None, None, None, None, None, "Preliminära siffror")],
    "two of them": [first("Källa: Raindance"), first("* preliminärt")],
    "below an empty row": [first(None), first("Källa: Raindance")],
}


@pytest.mark.parametrize("rows", LEFT_OUT.values(), ids=LEFT_OUT)
def test_texts_below_a_table_are_left_out_and_told(rows):
    found = footers(*rows)
    texts = [text for row in rows for text in row if text]
    assert [note.value for note in found.notes] == texts
    assert all(
        note.rule == "Raden under tabellen är ingen rad i den och är inte läst" for note in found.notes
    )
    assert list(found.rows) == [(note.row, note.value) for note in found.notes]


KEPT = {
    "a sum": [first("Summa av allt")],
    "a figure in its column": [(None, None, None, None, "1 234", None)],
    "words in a figure's column": [(None, None, None, None, "ca tusen kronor", None)],
    "a number elsewhere": [first("1 234")],
    "a code": [first("0102")],
    "one word, which may be a code": [first("Stjärnan")],
    "two cells": [("Källa: Raindance", "och", None, None, None, None)],
    "a row of the table after it": [first("Avdelning ett: skolan"), ROW],
}


@pytest.mark.parametrize("rows", KEPT.values(), ids=KEPT)
def test_what_may_be_a_row_stays(rows):
    assert footers(*rows) == footers()


def test_a_row_that_has_all_that_it_must_say_is_no_footer():
    headers = ("aktivitet", "startdatum", "slutdatum")
    assert footers(("Rekrytera två lärare", None, None), headers=headers, source="aktiviteter").rows == ()


def test_only_the_last_rows_are_looked_through():
    assert len(footers(*[first("Anm: preliminärt")] * 40).rows) == 30
