"""Look through a sheet's XML before a trusting reader gets it: bombs, cells that would be lost, per cent."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tasks.deliveries.tables.raw_table import refusal
from tasks.deliveries.tables.xlsx.package import Package, bomb, damaged
from tasks.deliveries.tables.xlsx.workbook import WorkbookSheet, XmlScan, local_name
from tasks.rules.deliveries.personal import holds_personal_number
from tasks.rules.deliveries.tables.cell_faults import UNCOMPUTED, CellFault

MAX_CELLS = 20_000_000  # the reader keeps the whole rectangle, 32 bytes a cell
MAX_TEXT = 400_000_000  # characters: a shared text counts once for every cell that shows it
_SHOWN = 40  # characters of a value that the scan needs
_ROWS_KEPT = 100  # of the same error in a column; the rest are counted
_LONGEST_TEXT = 1 << 22  # bytes; a cell holds 32 767 characters
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_ANY_CELL = re.compile(rb"<c[\s/>]")
_TEXT = re.compile(rb"<t(?:\s[^>]*)?>([^<]*)")
# Formulas, errors, prefixes, comments, document types and UTF-16.
_UNUSUAL = (b"<f ", b"<f>", b"<f/", b":f", b":c", b't="e"', b"t='e'", b"<!", b"\x00")


@dataclass(frozen=True)
class SheetLook:
    """What a sheet is like: whether it has any value, its cells with errors, and its rows of per cent.

    `percents` are by column (from 1).
    """

    has_values: bool
    faults: tuple[CellFault, ...] = ()
    percents: dict[int, Sequence[int]] = field(default_factory=dict)


def look_through(
    package: Package, sheet: WorkbookSheet, text_lengths: list[int], percent_styles: frozenset[str]
) -> SheetLook:
    """Look through a sheet. Raises UnreadableTableError for one that would fill the memory, or is damaged."""
    plain = _look_at_plain(package.part(sheet.part), max(text_lengths, default=0), percent_styles)
    if plain is not None:
        return plain
    scan = SheetScan(text_lengths, percent_styles)
    scan.scan(package.part(sheet.part))
    return SheetLook(scan.has_values, scan.faults, dict(scan.percents))


def _look_at_plain(
    pieces: Iterator[bytes], longest_text: int, percent_styles: frozenset[str]
) -> SheetLook | None:
    """Look at a sheet with values and nothing that the exact scan (five times slower) would find; else None.

    Every cell must have its reference in the usual place; then the references bound the sheet's rectangle.
    """
    cells, last_row, letters, has_values = 0, 0, {b"A"}, False
    percents: dict[int, list[int]] = defaultdict(list)
    styles = "|".join(percent_styles).encode()
    usual_percent = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})" s="(?:%s)"(?: t="[^"]*")?[/>]' % styles)
    any_percent = re.compile(rb"<c\s[^>]*\ss=[\"'](?:%s)[\"']" % styles)
    for piece in _whole_tags(pieces):
        usual = _CELL.findall(piece)
        if any(sign in piece for sign in _UNUSUAL) or len(usual) != len(_ANY_CELL.findall(piece)):
            return None
        if usual:
            cells += len(usual)
            columns, rows = zip(*usual, strict=True)
            letters.update(columns)
            last_row = max(last_row, *map(int, set(rows)))
        if styles:
            found = usual_percent.findall(piece)
            if len(found) != len(any_percent.findall(piece)):
                return None
            for column, row in found:
                percents[_column_number(column.decode())].append(int(row))
        has_values = has_values or b"<v>" in piece
    last_column = max(_column_number(column.decode()) for column in letters)
    is_small = last_row * last_column <= MAX_CELLS and cells * longest_text <= MAX_TEXT
    return SheetLook(has_values=True, percents=dict(percents)) if has_values and is_small else None


def private_texts(package: Package, sheet: WorkbookSheet) -> list[str]:
    """Return the texts of a sheet's own, that it shares with none, which hold a personal number."""
    texts = (
        text.decode(errors="ignore")
        for piece in _whole_tags(package.part(sheet.part))
        for text in _TEXT.findall(piece)
    )
    return [text for text in texts if holds_personal_number([text])]


def _whole_tags(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Cut pieces before a tag, so that none is halved."""
    rest = b""
    for piece in pieces:
        head, tag, tail = (rest + piece).rpartition(b"<")
        yield head
        rest = tag + tail
        if len(rest) > _LONGEST_TEXT:
            raise damaged()
    yield rest


class SheetScan(XmlScan):
    """What the reader would lose or choke on in a sheet: `faults`, and whether it has any value at all.

    The reader gives an empty cell both for an error (`#DIV/0!`) and for a formula that was never computed.
    """

    def __init__(self, text_lengths: list[int], percent_styles: frozenset[str] = frozenset()) -> None:
        self.has_values = False
        self.percents: dict[int, list[int]] = defaultdict(list)
        self._faults: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._text_lengths = text_lengths
        self._percent_styles = percent_styles
        self._row = self._column = self._last_row = self._last_column = self._characters = 0
        self._type = self._value = self._style = ""
        self._formula = self._filled = self._in_value = False

    @property
    def faults(self) -> tuple[CellFault, ...]:
        """Return the cells with errors, by column."""
        return tuple(
            CellFault(column, shown, tuple(rows[:_ROWS_KEPT]), len(rows))
            for (column, shown), rows in sorted(self._faults.items())
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note where a cell is and what it is made of."""
        tag = local_name(tag)
        if tag == "c":
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._value = ""
            self._formula = self._filled = False
            self._place(attributes.get("r", ""))
        elif tag == "v":
            self._filled = self._in_value = True
        elif tag == "is":
            self._filled = True
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0

    def text(self, text: str) -> None:
        """Collect a cell's value."""
        if self._in_value:
            self._value = (self._value + text)[:_SHOWN]

    def end(self, tag: str) -> None:
        """Judge a cell that ends."""
        if tag == "v" or tag.endswith(":v"):
            self._in_value = False
        elif (tag == "c" or tag.endswith(":c")) and (self._filled or self._formula):
            self._judge_cell()

    def _place(self, reference: str) -> None:
        if not reference:
            self._column += 1
            return
        letters = reference.rstrip("0123456789")
        self._column = _column_number(letters)
        self._row = int(reference[len(letters) :])

    def _judge_cell(self) -> None:
        if self._type == "e":
            self._fault(self._value)
        elif self._formula and not self._value and self._type != "str":
            # str is a formula's text, which may be empty.
            self._fault(UNCOMPUTED)
        elif self._filled:
            self.has_values = True
            self._measure()
            if self._style in self._percent_styles:
                self.percents[self._column].append(self._row)

    def _fault(self, shown: str) -> None:
        self.has_values = True
        self._faults[self._column, shown].append(self._row)
        self._measure()

    def _measure(self) -> None:
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if self._last_row * self._last_column > MAX_CELLS:
            cell = f"{column_letters(self._column)}{self._row}"
            raise refusal(f"Bladet har ett värde långt utanför tabellen, i cell {cell}", "Töm den cellen.")
        if self._type == "s":
            self._characters += self._text_lengths[int(self._value)]
            if self._characters > MAX_TEXT:
                raise bomb()


@lru_cache(maxsize=20_000)
def _column_number(letters: str) -> int:
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise damaged()
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Write a column's number (from 1) as a spreadsheet does: 27 is AA."""
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
