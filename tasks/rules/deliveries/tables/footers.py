"""Rows below a table that belong to no row of it: where it comes from, what an asterisk means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from tasks.rules.cell_text import looks_like_a_total
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.tables.wanted import Wanted

SEARCHED = 30
"""So many rows from the end are looked through."""
NOT_READ = "Raden under tabellen är ingen rad i den och är inte läst"


@dataclass(frozen=True)
class Footers:
    """The rows below a table, each by its number and its only text."""

    rows: tuple[tuple[int, str], ...] = ()

    @property
    def notes(self) -> tuple[Problem, ...]:
        """Return what the receipt tells of them."""
        return tuple(Problem(NOT_READ, "", row, value=text) for row, text in self.rows)


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
    return Footers(tuple(found[::-1]))


def is_remark(text: str) -> bool:
    """Tell whether a text is words that could stand below a table: no number, code, month or sum."""
    words = re.search(r"[A-Za-zÅÄÖåäö]{3}", text) and re.search(r"[\s:*]", text.strip())
    return bool(words) and not looks_like_a_total(text)


def _columns_of(names: frozenset[str], headers: Mapping[str, str], wanted: Wanted) -> list[str]:
    meanings = {column: wanted.meanings.get(column) for column in headers}
    return [column for column, meaning in meanings.items() if meaning is not None and meaning.name in names]
