"""Cells whose text has one meaning though it is written otherwise: they are read as they are meant."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from tasks.rules.cell_text import grade_number, is_email, is_no_day, is_vacant, plain_address
from tasks.rules.declaration import Column, Kind, Source
from tasks.rules.deliveries.findings import Findings, Problem, rows_where
from tasks.rules.hours_text import decimal_hours
from tasks.rules.name_text import name_key, plain_name

BECOMES = " → "
NO_DAY = "Datumet betyder tills vidare och har lästs som tomt"
ADDRESS = "Adressen har tagits ur texten"
VACANT = "Ingen har platsen, så här finns ingen adress"
NO_ADDRESS = (
    "Det är ingen giltig e-postadress, så den används inte",
    "Skriv en enda adress, till exempel fornamn.efternamn@example.se, och lämna filen igen.",
)
HOURS = "Timmar och minuter är lästa som timmar med decimaler"
GRADE = "Graden är läst som sitt tal, utan orden efter det"
SPELLING = "Namnet är skrivet på mer än ett sätt och har lästs som ett"

Change = Callable[[str], str | None]
"""What a text is read as; None for an empty cell, and the text itself where it is as it should be."""


@dataclass(frozen=True)
class TidiedCells:
    """A delivery's text with these cells read as they are meant, and what its receipt tells of that."""

    text: pl.DataFrame
    notes: Findings
    warnings: Findings


@dataclass(frozen=True)
class _Tidying:
    column: Column
    change: Change
    rule: str
    remedy: str = ""


def tidied_cells(
    text: pl.DataFrame, headers: Mapping[str, str], source: Source, names: Collection[str]
) -> TidiedCells:
    """Read days that are none, hours and minutes, addresses with names, and names of measures and groups.

    `text` has the contract's columns and `row_no`; `headers` are the same columns' as written. `names` are
    those that are stored as they are; others are as the file first writes them.
    """
    notes: list[Findings] = []
    warnings: list[Findings] = []
    for tidying in _tidyings(text, headers, source, names):
        name = tidying.column.name
        after = _changed(text[name], tidying.change)
        if after is None:
            continue
        found = _told(text.select("row_no", name), after, headers[name], tidying)
        (warnings if tidying.remedy else notes).append(found)
        text = text.with_columns(after)
    return TidiedCells(text, Findings.together(notes), Findings.together(warnings))


def read_as(before: str, after: str | None) -> str:
    """Write a cell and what it was read as."""
    return before if after is None else f"{before}{BECOMES}{after}"


def _tidyings(
    text: pl.DataFrame, headers: Mapping[str, str], source: Source, names: Collection[str]
) -> Iterator[_Tidying]:
    for column in source.columns:
        if column.name not in headers:
            continue
        if column.kind is Kind.DATE:
            yield _Tidying(column, lambda cell: None if is_no_day(cell) else cell, NO_DAY)
        elif column.kind is Kind.EMAIL:
            yield _Tidying(column, plain_address, ADDRESS)
            yield _Tidying(column, lambda cell: None if is_vacant(cell) else cell, VACANT)
            yield _Tidying(column, _usable, *NO_ADDRESS)
        elif column.kind is Kind.HOURS:
            yield _Tidying(column, decimal_hours, HOURS)
        elif column.kind is Kind.GRADE:
            yield _Tidying(column, grade_number, GRADE)
        elif column.is_spelt_freely:
            yield _Tidying(column, _one_spelling(text[column.name], names), SPELLING)


def _usable(address: str) -> str | None:
    """Keep an address, and one with a line break: that refuses the file."""
    return address if is_email(address) or any(mark in address for mark in "\r\n") else None


def _one_spelling(cells: pl.Series, names: Collection[str]) -> Change:
    first = {name_key(name): name for name in reversed(tuple(names))}
    for cell in cells.drop_nulls().unique(maintain_order=True):
        first.setdefault(name_key(cell), plain_name(cell))
    return lambda cell: first[name_key(cell)]


def _changed(cells: pl.Series, change: Change) -> pl.Series | None:
    """Change each distinct text; None where all are as they should be."""
    distinct = cells.unique()
    changed = {cell: after for cell in distinct if cell is not None and (after := change(cell)) != cell}
    if not changed:
        return None
    return cells.replace_strict(list(changed), list(changed.values()), default=cells, return_dtype=pl.String)


def _told(rows: pl.DataFrame, after: pl.Series, header: str, tidying: _Tidying) -> Findings:
    name = tidying.column.name
    is_changed = rows[name].is_not_null() & ~rows[name].eq_missing(after)

    def describe(row: Mapping[str, object]) -> Problem:
        before, became = str(row[name]), row["after"]
        value = read_as(before, None if became is None else str(became))
        return Problem(tidying.rule, tidying.remedy, int(str(row["row_no"])), header, value)

    return rows_where(rows.with_columns(after=after), is_changed, describe)
