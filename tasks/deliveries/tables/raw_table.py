"""A delivery's table as strings, before anyone asks what they mean."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import polars as pl

from tasks.errors import ManadError
from tasks.rules.deliveries.columns import column_name
from tasks.rules.deliveries.findings import Problem

ROW_NO = "row_no"
MAX_COLUMNS = 1_000
MAX_PROBLEMS = 20  # more of the same tells a supplier nothing
_BATCH_ROWS = 10_000

Cells = Sequence[str | None]
Batch = tuple[Sequence[int], Sequence[Cells]]  # row numbers and the rows
Item = TypeVar("Item")


@dataclass(frozen=True)
class RawTable:
    """A table as it was written.

    `headers` are as in the file and `columns` the same, normalised, in the same order. `frame` has one String
    column per name in `columns` (trimmed, null where empty) and the Int64 column `row_no`: the row that a
    spreadsheet shows, where the header of an ordinary file is row 1. Rows without any value are left out.
    `encoding` is `utf-8` or `cp1252`; both it and `delimiter` are None for XLSX. `notes` say what was read
    otherwise than it stands: title rows passed over, another sheet left. `header_row` is the (last) row of
    the header, `sheet` the name of the workbook's sheet. `beside` are texts that the file has and the table
    not: all that stand above and below it, and of a workbook's others those that tell of single persons.
    """

    headers: tuple[str, ...]
    columns: tuple[str, ...]
    frame: pl.DataFrame
    encoding: str | None
    delimiter: str | None
    notes: tuple[Problem, ...] = ()
    header_row: int = 1
    sheet: str | None = None
    beside: tuple[str, ...] = ()


class UnreadableTableError(ManadError):
    """A file can't be read as a table; `problems` says why, at least one."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        first = problems[0]
        where = "" if first.row is None else f"Rad {first.row}: "
        super().__init__(f"{where}{first.rule}. {first.remedy}")


def refusal(
    rule: str, remedy: str, *, row: int | None = None, column: str | None = None
) -> UnreadableTableError:
    """Make the error of one problem."""
    return UnreadableTableError(Problem(rule, remedy, row=row, column=column))


def too_many_rows(max_rows: int) -> UnreadableTableError:
    """Make the error of a file with more than `max_rows` rows below its header."""
    return refusal(
        f"Filen har fler än {max_rows} rader", "Dela upp filen eller ta bort rader som inte hör till den."
    )


def column_names(headers: Sequence[str]) -> list[str]:
    """Normalise all headers; a column without a header gets a name with a space, which no header has.

    Raises UnreadableTableError where two columns have the same name.
    """
    if len(headers) > MAX_COLUMNS:
        raise refusal(f"Filen har fler än {MAX_COLUMNS} kolumner", "Ta bort kolumner som inte hör till den.")
    names = [column_name(header) or f"kolumn {place}" for place, header in enumerate(headers, start=1)]
    problems = [
        Problem(
            f"Kolumnen {name} finns två gånger", "Ta bort eller byt namn på den ena.", column=headers[place]
        )
        for place, name in enumerate(names)
        if name in names[:place]
    ]
    if ROW_NO in names:
        taken = f"Rubriken {headers[names.index(ROW_NO)].strip()} används av systemet"
        problems.append(Problem(taken, "Byt namn på kolumnen eller ta bort den."))
    if problems:
        raise UnreadableTableError(*problems[:MAX_PROBLEMS])
    return names


def batches(rows: Iterator[Item]) -> Iterator[list[Item]]:
    """Take rows by the ten thousand: fast, and few Python strings live at once."""
    while batch := list(islice(rows, _BATCH_ROWS)):
        yield batch


def trimmed(names: Sequence[str]) -> pl.Expr:
    """Make the expression of columns trimmed, with null where nothing is left."""
    cell = pl.col(names).str.strip_chars()
    return pl.when(cell != "").then(cell).name.keep()


def gather_rows(rows: Iterable[Batch], names: Sequence[str], max_rows: int) -> pl.DataFrame:
    """Put rows as wide as `names` into a frame, trimmed. Raises UnreadableTableError above `max_rows`."""
    schema = dict.fromkeys(names, pl.String)
    frames = [pl.DataFrame(schema={**schema, ROW_NO: pl.Int64})]
    taken = 0
    for numbers, cells in rows:
        taken += len(cells)
        if taken > max_rows:
            raise too_many_rows(max_rows)
        frame = pl.DataFrame(cells, schema=schema, orient="row")
        frames.append(frame.select(trimmed(names), pl.Series(ROW_NO, numbers, dtype=pl.Int64)))
    return pl.concat(frames)


def complete_table(
    headers: Sequence[str], frame: pl.DataFrame, *, encoding: str | None, delimiter: str | None
) -> RawTable:
    """Leave out what is empty, and make the frame a RawTable.

    `frame` has the columns of `column_names(headers)`, trimmed, and `row_no`. Raises UnreadableTableError
    where no row is left, or where a column without a header has values.
    """
    names = frame.drop(ROW_NO).columns
    frame = frame.filter(pl.any_horizontal(pl.col(names).is_not_null()))
    if frame.height == 0:
        raise refusal("Filen har bara rubriker", "Exportera den igen med rader.")
    unnamed = [name for name in names if " " in name]
    _refuse_values_without_header(frame, unnamed)
    return RawTable(
        headers=tuple(header for header, name in zip(headers, names, strict=True) if name not in unnamed),
        columns=tuple(name for name in names if name not in unnamed),
        frame=frame.drop(unnamed),
        encoding=encoding,
        delimiter=delimiter,
    )


def _refuse_values_without_header(frame: pl.DataFrame, unnamed: Sequence[str]) -> None:
    for name in unnamed:
        rows = frame.filter(pl.col(name).is_not_null())
        if rows.height > 0:
            rule = f"Värdet {rows[name][0]!r:.40} står i {name}, som saknar rubrik"
            raise refusal(rule, "Skriv en rubrik eller töm kolumnen.", row=rows[ROW_NO][0], column=name)
