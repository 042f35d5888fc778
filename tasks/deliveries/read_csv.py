"""Read CSV as systems and spreadsheets write it: the exact way, and a fast way for plain files."""

import csv
import io
import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

import polars as pl
from polars.exceptions import PolarsError

from tasks.deliveries.raw_table import (
    MAX_PROBLEMS,
    ROW_NO,
    Batch,
    RawTable,
    UnreadableTableError,
    batches,
    column_names,
    complete_table,
    gather_rows,
    refusal,
    too_many_rows,
    trimmed,
)
from tasks.rules.deliveries.findings import Problem

_DELIMITERS = ";,\t|"
_CHUNK = 1 << 20
_HEAD = 1 << 16  # as much as a header may take
# å ä ö Å Ä Ö of the old DOS encodings, between letters; in cp1252 these bytes are † „ ” Ž and the like.
_DOS_LETTERS = re.compile(rb"[A-Za-z][\x84\x86\x94][a-z]|[\x8e\x8f\x99][a-z]{2}")
_CP1252_LETTERS = re.compile(rb"[\xe5\xe4\xf6\xc5\xc4\xd6]")


def read_csv(data: bytes, *, max_rows: int) -> RawTable:
    """Read a CSV file's bytes, which are no UTF-16 and hold no NUL. Raises UnreadableTableError."""
    data, encoding = _to_utf8(data)
    if data.endswith((b"\n\n", b"\n\r\n", b"\x1a")):  # 1A: how DOS ended a text
        data = data.rstrip(b"\r\n\x1a")
    delimiter = _find_delimiter(data)
    header_row, headers = _read_header(data, delimiter)
    names = column_names(headers)
    frame = _read_fast(data, delimiter, names, max_rows) if header_row == 1 else None
    if frame is None:
        frame = gather_rows(_read_exactly(data, delimiter, header_row, len(names)), names, max_rows)
    return complete_table(headers, frame, encoding=encoding, delimiter=delimiter)


def _to_utf8(data: bytes) -> tuple[bytes, str]:
    if data.isascii():
        return data, "utf-8"
    if data.startswith(BOM_UTF8):
        data = data[len(BOM_UTF8) :]
        if not _is_utf8(data):
            raise refusal("Filen säger sig vara UTF-8 men är det inte", "Spara den igen som CSV UTF-8.")
        return data, "utf-8"
    if _is_utf8(data):
        return data, "utf-8"
    if _DOS_LETTERS.search(data, 0, _CHUNK) and not _CP1252_LETTERS.search(data, 0, _CHUNK):
        raise refusal("Filen har en gammal DOS-kodning: å, ä och ö går förlorade", "Spara den som CSV UTF-8.")
    return _from_cp1252(data), "cp1252"


def _is_utf8(data: bytes) -> bool:
    decoder = getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _CHUNK):  # in pieces: the text itself isn't needed
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _from_cp1252(data: bytes) -> bytes:
    pieces = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    try:
        return b"".join(piece.decode("cp1252").encode() for piece in pieces)
    except UnicodeDecodeError:
        remedy = "Spara den som CSV UTF-8 i systemet som den kommer från."
        raise refusal("Filens kodning är varken UTF-8 eller Windows (cp1252)", remedy) from None


def _records(data: bytes, delimiter: str, *, strict: bool = True) -> Iterator[list[str]]:
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace", newline="")
    return csv.reader(lines, delimiter=delimiter, strict=strict)


def _find_delimiter(data: bytes) -> str:
    """Take the delimiter that parts the header into most fields; the earlier in the list where they tie."""
    start = re.match(rb'[\s;,|"]*', data[:_HEAD])
    line_start = data.rfind(b"\n", 0, start.end() if start else 0) + 1
    head = data[line_start : line_start + _HEAD]
    return max(_DELIMITERS, key=lambda delimiter: len(next(_records(head, delimiter, strict=False), [])))


def _read_header(data: bytes, delimiter: str) -> tuple[int, list[str]]:
    try:
        for row, cells in enumerate(_records(data, delimiter), start=1):
            if any(cell.strip() for cell in cells):
                return row, cells
    except csv.Error:
        raise _broken_quotes(data, delimiter) from None
    raise refusal("Filen är tom", "Exportera den igen.")


def _broken_quotes(data: bytes, delimiter: str) -> UnreadableTableError:
    row = 0
    with suppress(csv.Error):
        for row, _ in enumerate(_records(data, delimiter), start=1):  # noqa: B007
            pass
    remedy = 'Avsluta varje fält som börjar med ", och skriv ett citattecken inne i ett sådant fält dubbelt.'
    return refusal("Citattecknen går inte ihop", remedy, row=row + 1)


def _read_fast(data: bytes, delimiter: str, names: list[str], max_rows: int) -> pl.DataFrame | None:
    """Read a plain file by polars, or return None where the exact way is needed.

    Plain is one line a row and as many delimiters as the header says on every line: polars refuses a line
    with more, so the right number in the whole file means that none has fewer, and that none is blank.
    """
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    width = len(names)
    if width == 1 or b'"' in data or data.count(delimiter.encode()) != lines * (width - 1):
        return None
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):  # lines of an old Mac
        return None
    if lines - 1 > max_rows:
        raise too_many_rows(max_rows)
    lazy = pl.scan_csv(
        data,
        has_header=False,
        skip_lines=1,
        separator=delimiter,
        quote_char=None,
        infer_schema=False,
        schema=dict.fromkeys(names, pl.String),
    )
    try:
        frame = lazy.select(trimmed(names)).collect()
    except PolarsError:
        return None
    return frame.with_columns(pl.int_range(2, lines + 1, dtype=pl.Int64).alias(ROW_NO))


def _read_exactly(data: bytes, delimiter: str, header_row: int, width: int) -> Iterator[Batch]:
    """Give the rows below the header by the csv module: quotes, line ends in fields, blank lines."""
    problems: list[Problem] = []
    first = header_row + 1
    try:
        for batch in batches(islice(_records(data, delimiter), header_row, None)):
            rows = range(first, first + len(batch))
            first += len(batch)
            if set(map(len, batch)) == {width}:
                yield rows, batch
                continue
            even = [place for place, cells in enumerate(batch) if len(cells) == width]
            yield [rows[place] for place in even], [batch[place] for place in even]
            problems += [
                _uneven(row, len(cells), width, delimiter)
                for row, cells in zip(rows, batch, strict=True)
                if len(cells) != width and any(map(str.strip, cells))
            ]
            if len(problems) >= MAX_PROBLEMS:
                break
    except csv.Error:
        raise _broken_quotes(data, delimiter) from None
    if problems:
        raise UnreadableTableError(*problems[:MAX_PROBLEMS])


def _uneven(row: int, fields: int, width: int, delimiter: str) -> Problem:
    shown = "tabb" if delimiter == "\t" else delimiter
    rule = f"Raden har {fields} fält men rubriken har {width}"
    return Problem(
        rule, f'Rätta raden. En text som innehåller {shown} ska stå inom citattecken (").', row=row
    )
