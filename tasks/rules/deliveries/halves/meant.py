"""A file of budget and outcome that holds only one of them: it is the half's, whatever it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from tasks.rules.declaration import Column, Source
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.sheet import Sheet, WrittenTable
from tasks.rules.number_text import parse_amounts
from tasks.rules.periods import Period
from tasks.rules.swedish import counted


@dataclass(frozen=True)
class HalvesToTake:
    """The halves that a file may be taken as. nearly_all_percent: so much of the other one must be empty."""

    sources: Sequence[Source]
    nearly_all_percent: Decimal


NO_HALVES = HalvesToTake((), Decimal(100))


@dataclass(frozen=True)
class HalfTable:
    """A written table without the column of the other half, with the note that says so. source: the half."""

    source: Source
    headers: Sequence[str]
    columns: Sequence[str]
    frame: pl.DataFrame
    header_row: int
    beside: Sequence[str]
    notes: Sequence[Problem]


def half_table(raw: WrittenTable, sheet: Sheet, halves: HalvesToTake) -> HalfTable | None:
    """Return a table as the half's whose it is; None where it holds both, or neither.

    sheet: the table, read as of the whole source. A column that isn't there is empty, unless one that isn't
    read has numbers: that may be it under another name.
    """
    closed = sheet.months <= min(sheet.period, Period.of(sheet.today)).first_day
    amounts = [column for column in sheet.source.numeric_columns if column.must_exist]
    empty = [column for column in amounts if _is_empty(sheet, column, closed, halves.nearly_all_percent)]
    if len(empty) != 1 or not closed.any():
        return None
    left_out = empty[0]
    half = next((source for source in halves.sources if not source.tells(left_out.name)), None)
    return None if half is None else _without(raw, sheet, left_out, half)


def _is_empty(sheet: Sheet, column: Column, closed: pl.Series, nearly_all_percent: Decimal) -> bool:
    if column.name not in sheet.numbers:
        return not any(_has_numbers(sheet.unread[name]) for name in sheet.unread.columns)
    lacking = ~_is_told(sheet, column).filter(closed)
    return lacking.sum() * 100 >= nearly_all_percent * lacking.len()


def _is_told(sheet: Sheet, column: Column) -> pl.Series:
    read = sheet.numbers[column.name]
    return read.values.is_not_null() | read.bad


def _has_numbers(cells: pl.Series) -> bool:
    return parse_amounts(cells.cast(pl.String), percent=True).values.is_not_null().any()


def _without(raw: WrittenTable, sheet: Sheet, left_out: Column, half: Source) -> HalfTable:
    header = sheet.headers.get(left_out.name)
    places = [place for place, written in enumerate(raw.headers) if written != header]
    dropped = [raw.columns[place] for place, written in enumerate(raw.headers) if written == header]
    return HalfTable(
        half,
        [raw.headers[place] for place in places],
        [raw.columns[place] for place in places],
        raw.frame.drop(dropped),
        raw.header_row,
        raw.beside,
        (*raw.notes, _told(sheet, left_out, half)),
    )


def _told(sheet: Sheet, left_out: Column, half: Source) -> Problem:
    """Say what the file was taken as, and which amounts are not read."""
    header = sheet.headers.get(left_out.name)
    if header is None:
        return Problem(f"Kolumnen {left_out.name} saknas: filen är läst som {half.name}", "")
    rule = f"Kolumnen är tom i nästan alla avslutade månader: filen är läst som {half.name}"
    amounts = int(_is_told(sheet, left_out).sum())
    unread = f", och {counted(amounts, 'belopp', 'belopp')} i kolumnen är inte lästa" if amounts else ""
    return Problem(rule + unread, "", column=header)
