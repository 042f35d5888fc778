"""Read XLSX: the sheet that holds the table, each cell as the text that a person would have typed."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import chain
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from tasks.deliveries.tables.found_table import SheetMarks, found_table
from tasks.deliveries.tables.raw_table import (
    MAX_PROBLEMS,
    Batch,
    Cells,
    RawTable,
    UnreadableTableError,
    batches,
    column_names,
    gather_rows,
    refusal,
)
from tasks.deliveries.tables.xlsx.package import Package, damaged
from tasks.deliveries.tables.xlsx.sheet_scan import SheetLook, column_letters, look_through, private_texts
from tasks.deliveries.tables.xlsx.workbook import list_sheets, percent_styles, shared_texts
from tasks.rules.deliveries.tables.cell_faults import fault_problem
from tasks.rules.deliveries.tables.header_row import SEARCHED, HeaderRow, Row, find_header
from tasks.rules.deliveries.tables.merged_cells import Merge
from tasks.rules.deliveries.tables.month_headers import month_headers
from tasks.rules.deliveries.tables.sheet_choice import SheetSeen, choose_sheet, sheets_left
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.month_text import month_of
from tasks.rules.number_text import MAX_DECIMALS
from tasks.rules.periods import Period

_CHOSEN_NAME = "data"


def read_xlsx(data: bytes, *, max_rows: int, wanted: Wanted | None = None) -> RawTable:
    """Read a workbook's bytes: the sheet named data, else the visible one whose headers are `wanted`.

    Without `wanted` it is the first visible one with values, and cells with an error or with a formula that
    was never computed refuse it wherever they stand: the reader gives them as empty. Raises
    UnreadableTableError.
    """
    book = _Workbook(data)
    name, others = book.choose(wanted)
    look = book.looks[name]
    if wanted is None and look.faults:
        problems = [fault_problem(fault, column_letters(fault.column)) for fault in look.faults]
        raise UnreadableTableError(*problems[:MAX_PROBLEMS])
    rows = book.rows(name)
    first = _first_rows(rows)
    header = find_header(first, wanted)
    if header is None:
        raise _no_values()
    below = (row for row in first if row[0] > header.row)
    frame = gather_rows(_batches(chain(below, rows)), column_names(header.headers), max_rows)
    marks = SheetMarks(tuple(book.merges), look.faults, look.percents)
    table = found_table(header, frame, wanted, marks=marks, notes=sheets_left(name, others))
    return replace(table, sheet=name, beside=(*table.beside, *book.private_beside(name)))


def cell_text(value: object) -> str | None:
    """Write a cell as text: numbers without loss, dates as ISO, booleans as ja and nej; None where empty."""
    return _WRITERS[type(value)](value) or None


class _Workbook:
    """A workbook whose sheets have been looked through: those with values in `looks`, by name.

    `merges` are of the sheet whose rows were begun last.
    """

    def __init__(self, data: bytes) -> None:
        self.looks: dict[str, SheetLook] = {}
        self.merges: list[Merge] = []
        self._data = data
        self._errors: list[UnreadableTableError] = []
        package = Package(data)
        sheets = list_sheets(package)
        named = [sheet for sheet in sheets if sheet.name.strip().lower() == _CHOSEN_NAME]
        texts, percents = shared_texts(package), percent_styles(package)
        self._private = texts.private
        self._sheets = sheets
        self._package = package
        self._visible = [sheet.name for sheet in sheets if sheet.visible]
        for sheet in named or [sheet for sheet in sheets if sheet.visible]:
            try:
                look = look_through(package, sheet, texts.lengths, percents)
            except UnreadableTableError as error:
                self._errors.append(error)
                continue
            if look.has_values:
                self.looks[sheet.name] = look

    def choose(self, wanted: Wanted | None) -> tuple[str, list[str]]:
        """Return the sheet to read, and the others that a reader sees."""
        if self._errors and (wanted is None or not self.looks):
            raise self._errors[0]
        if not self.looks:
            raise _no_values()
        is_clear = wanted is None or (len(self.looks) == 1 and not self._errors)
        chosen = next(iter(self.looks)) if is_clear or wanted is None else self._fitting(wanted)
        return chosen, [name for name in self._visible if name != chosen]

    def private_beside(self, name: str) -> list[str]:
        """Return the texts with personal numbers on whatever sheet, hidden ones too, but for one's own."""
        others = (sheet for sheet in self._sheets if sheet.name != name)
        return [*self._private, *(text for sheet in others for text in private_texts(self._package, sheet))]

    def rows(self, name: str) -> Iterator[tuple[int, Cells]]:
        """Give a sheet's rows from the first, with their numbers."""
        try:
            with CalamineWorkbook.from_filelike(BytesIO(self._data)) as workbook:
                sheet = workbook.get_sheet_by_name(name)
                self.merges = [
                    Merge(first + 1, last + 1, column)
                    for (first, column), (last, _) in sheet.merged_cell_ranges or ()
                    if last > first
                ]
                for row, cells in enumerate(sheet.iter_rows(), start=1):
                    yield row, [cell_text(cell) for cell in cells]
        except (CalamineError, ValueError, OverflowError) as error:
            raise damaged() from error

    def _fitting(self, wanted: Wanted) -> str:
        """Return the sheet that fits; where none does, the one whose headers are known best."""
        headers = {name: find_header(_first_rows(self.rows(name)), wanted) for name in self.looks}
        fitting = [name for name, header in headers.items() if header is not None and header.fits]
        several = len(fitting) > 1
        seen = [
            SheetSeen(name, name in fitting, self._months(name, header, wanted) if several else frozenset())
            for name, header in headers.items()
            if header is not None
        ]
        choice = choose_sheet(seen, None if wanted.is_year else wanted.period)
        if choice.problem is not None:
            raise UnreadableTableError(choice.problem)
        if choice.name is None and self._errors:
            raise self._errors[0]
        known = {name: len(wanted.meant(header.headers)) for name, header in headers.items() if header}
        return choice.name or max(known, key=known.__getitem__, default=next(iter(self.looks)))

    def _months(self, name: str, header: HeaderRow, wanted: Wanted) -> frozenset[Period]:
        """Return the months that the rows of a sheet are of, as far as they can be read."""
        if header.is_wide:
            return frozenset(month.month for month in month_headers(header.headers, wanted))
        meanings = map(wanted.meaning, header.headers)
        place = next(
            (place for place, one in enumerate(meanings) if one and one.name == wanted.period_column), None
        )
        if place is None:
            return frozenset()
        texts = {cells[place] for row, cells in self.rows(name) if row > header.row and place < len(cells)}
        days = (month_of(text.strip()) for text in texts if text)
        return frozenset(Period.of(day) for day in days if day is not None)


def _no_values() -> UnreadableTableError:
    return refusal("Arbetsboken har inget synligt blad med värden", "Exportera den igen med rader.")


def _first_rows(rows: Iterator[Row]) -> list[Row]:
    """Take so many rows with text that a header is among them, if there is any."""
    first: list[Row] = []
    for row in rows:
        if any(row[1]):
            first.append(row)
            if len(first) == SEARCHED:
                break
    return first


def _batches(rows: Iterator[Row]) -> Iterator[Batch]:
    for batch in batches(rows):
        yield [row for row, _ in batch], [cells for _, cells in batch]


def _number_text(value: float) -> str:
    """Write a float as its shortest decimal text, at most 20 decimals (beyond them is noise).

    A cell with the number 1.234 has only one meaning, but its text has two; with a zero added (`1.2340`) the
    reading of number texts takes it for what it is.
    """
    if not math.isfinite(value):
        return repr(value)
    if value.is_integer():
        return str(int(value))
    text = repr(value)
    if "e" in text:  # closer to 0 than 0.0001: larger ones with an exponent are integers
        text = f"{value:.{MAX_DECIMALS}f}".rstrip("0").rstrip(".")
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def _moment_text(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ")


def _duration_text(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02d}:{second:02d}"


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: lambda value: value.replace("\0", ""),  # `_x0000_` in the file; PostgreSQL has no such character
    bool: lambda value: "ja" if value else "nej",
    int: str,
    float: _number_text,
    datetime: _moment_text,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _duration_text,
}
