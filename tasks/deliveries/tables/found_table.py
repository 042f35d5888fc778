"""From a header and the cells below it to the table of a source: what is told of it, and what refuses it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from tasks.deliveries.tables.raw_table import (
    MAX_PROBLEMS,
    ROW_NO,
    RawTable,
    UnreadableTableError,
    column_names,
    complete_table,
)
from tasks.rules.deliveries.columns import match_columns
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.tables.cell_faults import CellFault, judge_faults
from tasks.rules.deliveries.tables.footers import Footers, find_footers
from tasks.rules.deliveries.tables.header_row import HeaderRow
from tasks.rules.deliveries.tables.merged_cells import Filled, Merge, fill_merged
from tasks.rules.deliveries.tables.month_headers import month_headers
from tasks.rules.deliveries.tables.percent_cells import percent_note, with_percents
from tasks.rules.deliveries.tables.scale_text import scale_problems
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.deliveries.tables.wide_months import turn_long


@dataclass(frozen=True)
class SheetMarks:
    """What a sheet says beside its cells' values: merges, errors, and rows of per cent by column (from 1)."""

    merges: tuple[Merge, ...] = ()
    faults: tuple[CellFault, ...] = ()
    percents: Mapping[int, Sequence[int]] = field(default_factory=dict)


def found_table(
    header: HeaderRow,
    frame: pl.DataFrame,
    wanted: Wanted | None,
    *,
    marks: SheetMarks | None = None,
    footers: Footers | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    notes: Sequence[Problem] = (),
) -> RawTable:
    """Make the table of what was found below a header.

    `frame` has the columns of `column_names(header.headers)`, trimmed, and `row_no`. Without `wanted` it is
    taken as it stands. Raises UnreadableTableError for what has two meanings.
    """
    if wanted is None:
        return _complete(header, frame, encoding, delimiter)
    marks = marks or SheetMarks()
    names = column_names(header.headers)
    headers = dict(zip(names, header.headers, strict=True))
    by_place = dict(enumerate(names, start=1))
    read = _read_names(header, names, wanted)
    percents = {
        by_place[place]: rows for place, rows in marks.percents.items() if by_place.get(place) in read
    }
    frame, changed = with_percents(frame, percents)
    shown_in_percent = [percent_note([headers[name] for name in changed])] if changed else []
    footers = footers or find_footers(frame, headers, wanted)
    if footers.rows:
        frame = frame.filter(~pl.col(ROW_NO).is_in([row for row, _ in footers.rows]))
    shown = {place: headers[name] for place, name in by_place.items()}
    read_places = {place for place, name in by_place.items() if name in read}
    wrong, harmless = judge_faults(marks.faults, shown, read_places, header.row)
    filled = fill_merged(_with_values(frame, names), headers, marks.merges, wanted) if marks.merges else None
    filled = filled or Filled(frame)
    own = () if header.problem is None else (header.problem,)
    _refuse([*(scale_problems(header.beside, header.headers, wanted) or own), *wrong, *filled.problems])
    table = _complete(header, filled.frame, encoding, delimiter)
    told = (*notes, *header.notes, *filled.notes, *shown_in_percent, *harmless, *footers.notes)
    beside = [*header.beside, *footers.rows]
    table = replace(table, notes=told, beside=tuple(text for _, text in beside))
    if header.is_wide:
        table = _with_a_row_a_month(table, wanted)
    _refuse(scale_problems(beside, table.headers, wanted))
    return table


def _complete(
    header: HeaderRow, frame: pl.DataFrame, encoding: str | None, delimiter: str | None
) -> RawTable:
    table = complete_table(header.headers, frame, encoding=encoding, delimiter=delimiter)
    return replace(table, header_row=header.row)


def _with_values(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    return frame.filter(pl.any_horizontal(pl.col(list(names)).is_not_null()))


def _read_names(header: HeaderRow, names: Sequence[str], wanted: Wanted) -> set[str]:
    """Return the columns that something is read of."""
    if header.is_wide:
        months = {names[month.place] for month in month_headers(header.headers, wanted)}
        return months | {name for name in names if name in wanted.meanings}
    matches = match_columns(wanted.source, header.headers, names)
    return {match.column for match in matches.by_name.values()}


def _with_a_row_a_month(table: RawTable, wanted: Wanted) -> RawTable:
    long = turn_long(table.headers, table.frame, wanted)
    _refuse(long.problems)
    names = column_names(long.headers)
    frame = long.frame.select(
        *(pl.col(old).alias(new) for old, new in zip(_cells_of(long.frame), names, strict=True)), ROW_NO
    )
    return replace(
        table, headers=long.headers, columns=tuple(names), frame=frame, notes=(*table.notes, *long.notes)
    )


def _cells_of(frame: pl.DataFrame) -> list[str]:
    return [name for name in frame.columns if name != ROW_NO]


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise UnreadableTableError(*problems[:MAX_PROBLEMS])
