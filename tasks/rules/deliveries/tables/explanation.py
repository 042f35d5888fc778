"""How a file would be read, before it is handed in: each column with what its first value becomes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from tasks.rules.declaration import Column, Kind, Source
from tasks.rules.deliveries.columns import match_columns
from tasks.rules.deliveries.halves.meant import NO_HALVES, HalvesToTake, half_table
from tasks.rules.deliveries.meanings.tidied_cells import tidied_cells
from tasks.rules.deliveries.meanings.tidied_rows import tidied_rows
from tasks.rules.deliveries.personal import personal_data
from tasks.rules.deliveries.receipt import visible
from tasks.rules.deliveries.sheet import Sheet, WrittenTable, named_rows, read_sheet, unread_columns
from tasks.rules.deliveries.year_files import year_file
from tasks.rules.organisation import Register
from tasks.rules.periods import Period, months_words
from tasks.rules.swedish import NBSP, number

LEFT_OUT = "läses inte"
EMPTY = "(tom kolumn)"
NO_READING = "kan inte läsas"
ROW_NO = "row_no"


@dataclass(frozen=True)
class ExplainedColumn:
    """A column of the file: its header, what it is read as, its first value as written and as read."""

    header: str
    title: str
    first: str
    read: str


@dataclass(frozen=True)
class Explanation:
    """How a file would be read: its header's row, the first and last row below it, months, units and columns.

    when: the month that it is the delivery of, or the months of a year's file.

    sheet: of a workbook. units: how many different ones the rows name.
    """

    source_title: str
    when: str
    sheet: str | None
    header_row: int
    rows: int
    first_row: int
    last_row: int
    months: tuple[Period, ...]
    units: int
    columns: tuple[ExplainedColumn, ...]


def explain(
    raw: WrittenTable,
    source: Source,
    period: Period,
    register: Register | None,
    *,
    today: date,
    sheet: str | None,
    is_year: bool = False,
    volumes: Collection[str] = (),
    halves: HalvesToTake = NO_HALVES,
) -> Explanation | None:
    """Tell how a table is read; None of one without rows, or of single persons, who aren't told of."""
    matches = match_columns(source, raw.headers, raw.columns)
    if raw.frame.is_empty() or personal_data(raw, source, matches).count:
        return None
    headers = {name: match.header for name, match in matches.by_name.items()}
    tidied = tidied_cells(
        named_rows(raw, matches), headers, source, [*(volume.name for volume in source.volumes), *volumes]
    )
    unread = unread_columns(raw, matches)
    read = read_sheet(tidied.text, matches, source, period, register, today, unread)
    half = half_table(raw, read, halves)
    if half is not None:
        told = explain(half, half.source, period, register, today=today, sheet=sheet, is_year=is_year)
        return None if told is None else replace(told, columns=_with_left_out(told.columns, raw, read))
    kept = year_file(tidied_rows(read), is_named=is_year).sheet
    names = {match.column: name for name, match in matches.by_name.items()}
    return Explanation(
        source_title=source.title,
        when=months_words(kept.file_months) if kept.file_months else period.swedish,
        sheet=None if sheet is None else visible(sheet),
        header_row=raw.header_row,
        rows=raw.frame.height,
        first_row=int(raw.frame[ROW_NO][0]),
        last_row=int(raw.frame[ROW_NO][-1]),
        months=_months(read),
        units=kept.unit.drop_nulls().n_unique(),
        columns=tuple(
            _column(raw.frame, header, column, names.get(column), read)
            for header, column in zip(raw.headers, raw.columns, strict=True)
        ),
    )


def _with_left_out(
    columns: Sequence[ExplainedColumn], raw: WrittenTable, sheet: Sheet
) -> tuple[ExplainedColumn, ...]:
    """Return all columns of the file in its order, with the one that a half isn't read of."""
    told = {column.header: column for column in columns}
    return tuple(
        told.get(visible(header.strip())) or _column(raw.frame, header, column, None, sheet)
        for header, column in zip(raw.headers, raw.columns, strict=True)
    )


def _months(sheet: Sheet) -> tuple[Period, ...]:
    months = sheet.read.get("period")
    return () if months is None else tuple(map(Period.of, sorted(months.drop_nulls().unique())))


def _column(frame: pl.DataFrame, header: str, column: str, name: str | None, sheet: Sheet) -> ExplainedColumn:
    filled = frame[column].is_not_null().arg_true()
    place = int(filled[0]) if filled.len() else None
    first = EMPTY if place is None else visible(str(frame[column][place]))
    header = visible(header.strip())
    if name is None:
        return ExplainedColumn(header, LEFT_OUT, first, "")
    declared = sheet.source.column(name)
    read = "" if place is None else visible(_read(sheet, declared, place))
    return ExplainedColumn(header, declared.title, first, read)


def _read(sheet: Sheet, column: Column, place: int) -> str:
    """Say what a cell was read as."""
    if column.name in sheet.numbers:
        return _figure(sheet, column, place)
    if column.name in sheet.source.unit_columns:
        return _unit(sheet, place)
    value = sheet.stored(column.name)[place]
    if value is None:
        return NO_READING if sheet.text[column.name][place] is not None else "tom"
    return _SAID.get(column.kind, str)(value)


def _figure(sheet: Sheet, column: Column, place: int) -> str:
    if sheet.numbers[column.name].bad[place]:
        return NO_READING
    value = sheet.decimals[column.name][place]
    if value is None:
        return "uppgift saknas"
    decimals = max(0, -int(value.normalize().as_tuple().exponent))
    unit = {Kind.AMOUNT: "kr", Kind.HOURS: "timmar"}.get(column.kind, "")
    return number(value, min(decimals, 4)) + (f"{NBSP}{unit}" if unit else "")


def _unit(sheet: Sheet, place: int) -> str:
    code = str(sheet.unit[place])
    found = sheet.register.unit(code, Period.of(sheet.months[place])) if sheet.register else None
    return code if found is None else f"{code} {found.name}"


def _yes_or_no(value: object) -> str:
    return "ja" if value else "nej"


def _month(value: object) -> str:
    return Period.of(value).swedish if isinstance(value, date) else str(value)


def _year(value: object) -> str:
    return str(value)[:4]


_SAID: Mapping[Kind, Callable[[object], str]] = {
    Kind.PERIOD: _month,
    Kind.YEAR: _year,
    Kind.YES_NO: _yes_or_no,
}
