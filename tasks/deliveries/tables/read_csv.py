"""Read CSV as systems and spreadsheets write it: the exact way, and a fast way for plain files."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

import polars as pl
from polars.exceptions import PolarsError

from tasks.deliveries.tables.found_table import found_table
from tasks.deliveries.tables.raw_table import (
    MAX_PROBLEMS,
    ROW_NO,
    Batch,
    RawTable,
    UnreadableTableError,
    batches,
    column_names,
    gather_rows,
    refusal,
    too_many_rows,
    trimmed,
)
from tasks.deliveries.tables.text_encoding import decoded
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.tables.footers import Footers, is_remark
from tasks.rules.deliveries.tables.header_row import SEARCHED, HeaderRow, find_header
from tasks.rules.deliveries.tables.wanted import Wanted

_DELIMITERS = ";,\t|"
_CHUNK = 1 << 20
_HEAD = 1 << 16  # as much as a header may take
_DELIMITER_LINE = re.compile(rb'"?sep=([;,\t|])"?\r?\n', re.IGNORECASE)
_DELIMITER_NOTE = Problem("Filens första rad säger bara vilket skiljetecken den har, och räknas inte", "")


def read_csv(data: bytes, *, max_rows: int, wanted: Wanted | None = None) -> RawTable:
    """Read a CSV file's bytes, which are no UTF-16 and hold no NUL; `wanted` helps to find the table in it.

    Raises UnreadableTableError.
    """
    text = decoded(data)
    data = text.data
    if data.endswith((b"\n\n", b"\n\r\n", b"\x1a")):  # 1A: how DOS ended a text
        data = data.rstrip(b"\r\n\x1a") + b"\n"
    said = _DELIMITER_LINE.match(data)
    delimiter = None
    if said is not None:  # a spreadsheet doesn't show this line, and so it isn't counted
        data, delimiter = data[said.end() :], said[1].decode()
    header, delimiter = _find_header(data, delimiter, wanted)
    names = column_names(header.headers)
    frame = _read_fast(data, delimiter, names, max_rows, header.row)
    footers = None
    if frame is None:
        uneven = _UnevenRows(len(names), delimiter, wanted is not None)
        frame = gather_rows(_read_exactly(data, delimiter, header.row, uneven), names, max_rows)
        strays = uneven.below_the_table(data)
        footers = Footers(tuple(strays)) if strays else None
    notes = [*text.notes, *([] if said is None else [_DELIMITER_NOTE])]
    return found_table(
        header, frame, wanted, footers=footers, encoding=text.encoding, delimiter=delimiter, notes=notes
    )


def _records(data: bytes, delimiter: str, *, strict: bool = True) -> Iterator[list[str]]:
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace", newline="")
    return csv.reader(lines, delimiter=delimiter, strict=strict)


def _find_delimiter(data: bytes) -> str:
    """Take the delimiter that parts the header into most fields; the earlier in the list where they tie."""
    start = re.match(rb'[\s;,|"]*', data[:_HEAD])
    line_start = data.rfind(b"\n", 0, start.end() if start else 0) + 1
    head = data[line_start : line_start + _HEAD]
    return max(_DELIMITERS, key=lambda delimiter: len(next(_records(head, delimiter, strict=False), [])))


def _find_header(data: bytes, said: str | None, wanted: Wanted | None) -> tuple[HeaderRow, str]:
    """Find the header, and the delimiter that parts it: a title above it may have other signs."""
    delimiter = said or _find_delimiter(data)
    header = find_header(_first_rows(data, delimiter), wanted)
    if header is None:
        raise refusal("Filen är tom", "Exportera den igen.")
    if wanted is not None and said is None and not header.fits:
        for other in _DELIMITERS:
            with suppress(UnreadableTableError):
                found = find_header(_first_rows(data, other), wanted)
                if found is not None and found.fits:
                    return found, other
    return header, delimiter


def _first_rows(data: bytes, delimiter: str) -> list[tuple[int, list[str]]]:
    """Read so many rows that a header is among them, if there is any; at least one with text."""
    rows: list[tuple[int, list[str]]] = []
    try:
        for row, cells in enumerate(_records(data, delimiter), start=1):
            if any(cell.strip() for cell in cells):
                rows.append((row, cells))
                if len(rows) == SEARCHED:
                    break
    except csv.Error:
        raise _broken_quotes(data, delimiter) from None
    return rows


def _broken_quotes(data: bytes, delimiter: str) -> UnreadableTableError:
    row = 0
    with suppress(csv.Error):
        for row, _ in enumerate(_records(data, delimiter), start=1):  # noqa: B007
            pass
    remedy = 'Avsluta varje fält som börjar med ", och skriv ett citattecken inne i ett sådant fält dubbelt.'
    return refusal("Citattecknen går inte ihop", remedy, row=row + 1)


def _read_fast(
    data: bytes, delimiter: str, names: list[str], max_rows: int, header_row: int
) -> pl.DataFrame | None:
    """Read a plain file by polars, or return None where the exact way is needed.

    Plain is one line a row and, below the titles, as many delimiters as the header says on every line: polars
    refuses a line with more, so the right number in the whole means that none has fewer, and none is blank.
    """
    start = 0
    for _ in range(header_row - 1):
        start = data.find(b"\n", start) + 1
        if start == 0:
            return None
    lines = data.count(b"\n", start) + (not data.endswith(b"\n"))
    width = len(names)
    if width == 1 or b'"' in data or data.count(delimiter.encode(), start) != lines * (width - 1):
        return None
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):  # lines of an old Mac
        return None
    if lines - 1 > max_rows:
        raise too_many_rows(max_rows)
    lazy = pl.scan_csv(
        data,
        has_header=False,
        skip_lines=header_row,
        separator=delimiter,
        quote_char=None,
        infer_schema=False,
        schema=dict.fromkeys(names, pl.String),
    )
    try:
        frame = lazy.select(trimmed(names)).collect()
    except PolarsError:
        return None
    numbers = pl.int_range(header_row + 1, header_row + lines, dtype=pl.Int64)
    return frame.with_columns(numbers.alias(ROW_NO))


class _UnevenRows:
    """The rows with another number of fields than the header: problems, or remarks below the table."""

    def __init__(self, width: int, delimiter: str, may_have_footers: bool) -> None:
        self.width = width
        self.problems: list[Problem] = []
        self._delimiter = delimiter
        self._may_have_footers = may_have_footers
        self._strays: list[tuple[int, str]] = []
        self._blank = 0
        self._is_apart = False

    @property
    def has_strays(self) -> bool:
        """Tell whether the next rows decide what has been seen."""
        return bool(self._strays)

    def see(self, row: int, cells: list[str]) -> bool:
        """Look at the next row, and tell whether it is one of the table's."""
        texts = [text for cell in cells if (text := cell.strip())]
        if not texts:
            self._blank = row
        elif len(cells) < self.width and len(texts) == 1 and self._may_have_footers and is_remark(texts[0]):
            self._is_apart = self._is_apart or self._blank == row - 1
            self._strays.append((row, texts[0]))
        else:
            self._strays_are_problems()
            if len(cells) != self.width:
                self.problems.append(_uneven(row, len(cells), self.width, self._delimiter))
        return len(cells) == self.width

    def below_the_table(self, data: bytes) -> list[tuple[int, str]]:
        """Return the remarks at the end; one that may be a row cut off in the middle is a problem."""
        if not (self._is_apart or data.endswith((b"\n", b"\r"))):
            self._strays_are_problems()
        if self.problems:
            raise UnreadableTableError(*self.problems[:MAX_PROBLEMS])
        return self._strays

    def _strays_are_problems(self) -> None:
        self.problems += [_uneven(row, 1, self.width, self._delimiter) for row, _ in self._strays]
        self._strays = []


def _read_exactly(data: bytes, delimiter: str, header_row: int, uneven: _UnevenRows) -> Iterator[Batch]:
    """Give the rows below the header by the csv module: quotes, line ends in fields, blank lines."""
    first = header_row + 1
    try:
        for batch in batches(islice(_records(data, delimiter), header_row, None)):
            rows = range(first, first + len(batch))
            first += len(batch)
            if set(map(len, batch)) == {uneven.width} and not uneven.has_strays:
                yield rows, batch
                continue
            even = [place for place, cells in enumerate(batch) if uneven.see(rows[place], cells)]
            yield [rows[place] for place in even], [batch[place] for place in even]
            if len(uneven.problems) >= MAX_PROBLEMS:
                break
    except csv.Error:
        raise _broken_quotes(data, delimiter) from None


def _uneven(row: int, fields: int, width: int, delimiter: str) -> Problem:
    shown = "tabb" if delimiter == "\t" else delimiter
    rule = f"Raden har {fields} fält men rubriken har {width}"
    return Problem(
        rule, f'Rätta raden. En text som innehåller {shown} ska stå inom citattecken (").', row=row
    )
