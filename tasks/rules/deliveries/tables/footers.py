"""Rows below a table that belong to no row of it: where it comes from, what an asterisk means."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from tasks.rules.cell_text import looks_like_a_total
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.tables.header_row import says_thousands, scale_problem
from tasks.rules.deliveries.tables.wanted import Wanted

SEARCHED = 30
"""So many rows from the end are looked through."""
NOT_READ = "Raden under tabellen är ingen rad i den och är inte läst"


@dataclass(frozen=True)
class Footers:
    """The numbers of the rows below a table, what is told of them, and why they refuse it."""

    rows: tuple[int, ...] = ()
    notes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_footers(frame: pl.DataFrame, headers: Mapping[str, str], wanted: Wanted) -> Footers:
    """Return the last rows that have one text, no figure, and lack what every row must say.

    `frame` has a column of text for each of `headers` (by normalised name, as written) and `row_no`.
    """
    keys = [_columns_of(group, headers, wanted) for group in wanted.keys]
    figures = set(_columns_of(wanted.figures, headers, wanted))
    found: list[tuple[int, str]] = []
    for row in reversed(frame.tail(SEARCHED).rows(named=True)):
        cells = {name: str(cell) for name, cell in row.items() if name != "row_no" and cell is not None}
        if not cells:
            continue
        is_whole = all(any(name in cells for name in group) for group in keys)
        if len(cells) != 1 or is_whole or figures & cells.keys() or not is_remark(next(iter(cells.values()))):
            break
        found.append((int(row["row_no"]), next(iter(cells.values()))))
    return told_footers(found[::-1], list(headers.values()), wanted)


def told_footers(found: Sequence[tuple[int, str]], headers: Sequence[str], wanted: Wanted) -> Footers:
    """Tell of rows below a table, and refuse it where one says that kronor are something else."""
    notes = tuple(Problem(NOT_READ, "", row, value=text) for row, text in found)
    scaled = [(row, text) for row, text in found if says_thousands(text)]
    if not wanted.has_plain_amounts(headers):
        scaled = []
    return Footers(tuple(row for row, _ in found), notes, tuple(scale_problem(*one) for one in scaled[:1]))


def is_remark(text: str) -> bool:
    """Tell whether a text is words that could stand below a table: no number, code, month or sum."""
    words = re.search(r"[A-Za-zÅÄÖåäö]{3}", text) and re.search(r"[\s:*]", text.strip())
    return bool(words) and not looks_like_a_total(text)


def _columns_of(names: frozenset[str], headers: Mapping[str, str], wanted: Wanted) -> list[str]:
    meanings = {column: wanted.meanings.get(column) for column in headers}
    return [column for column, meaning in meanings.items() if meaning is not None and meaning.name in names]
