"""Read XLSX: the first sheet with values, each cell as the text that a person would have typed."""

import math
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from tasks.deliveries.raw_table import (
    Batch,
    Cells,
    RawTable,
    UnreadableTableError,
    batches,
    column_names,
    complete_table,
    gather_rows,
    refusal,
)
from tasks.deliveries.xlsx_package import Package, damaged
from tasks.deliveries.xlsx_scan import list_sheets, shared_text_lengths, sheet_has_values
from tasks.rules.number_text import MAX_DECIMALS

_CHOSEN_NAME = "data"


def read_xlsx(data: bytes, *, max_rows: int) -> RawTable:
    """Read a workbook's bytes: the sheet named data, else the first visible one with values.

    Raises UnreadableTableError, also for cells with an error or with a formula that was never computed: the
    reader would give them as empty.
    """
    name = _choose_sheet(Package(data))
    rows = _rows(data, name)
    header_row, headers = next(((row, cells) for row, cells in rows if any(cells)), (0, []))
    if header_row == 0:
        raise _no_values()
    written = [header or "" for header in headers]
    frame = gather_rows(_batches(rows), column_names(written), max_rows)
    return complete_table(written, frame, encoding=None, delimiter=None)


def cell_text(value: object) -> str | None:
    """Write a cell as text: numbers without loss, dates as ISO, booleans as ja and nej; None where empty."""
    return _WRITERS[type(value)](value) or None


def _choose_sheet(package: Package) -> str:
    sheets = list_sheets(package)
    named = [sheet for sheet in sheets if sheet.name.strip().lower() == _CHOSEN_NAME]
    text_lengths = shared_text_lengths(package)
    for sheet in named or [sheet for sheet in sheets if sheet.visible]:
        if sheet_has_values(package, sheet, text_lengths):
            return sheet.name
    raise _no_values()


def _no_values() -> UnreadableTableError:
    return refusal("Arbetsboken har inget synligt blad med värden", "Exportera den igen med rader.")


def _rows(data: bytes, sheet_name: str) -> Iterator[tuple[int, Cells]]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            sheet = workbook.get_sheet_by_name(sheet_name)
            for row, cells in enumerate(sheet.iter_rows(), start=1):
                yield row, [cell_text(cell) for cell in cells]
    except (CalamineError, ValueError, OverflowError) as error:
        raise damaged() from error


def _batches(rows: Iterator[tuple[int, Cells]]) -> Iterator[Batch]:
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
