"""Look through a workbook's XML before a trusting reader gets it: bombs, and cells that would be lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from tasks.deliveries.raw_table import MAX_PROBLEMS, UnreadableTableError, refusal
from tasks.deliveries.xlsx_package import Package, bomb, damaged
from tasks.rules.deliveries.findings import Problem

MAX_CELLS = 20_000_000  # the reader keeps the whole rectangle, 32 bytes a cell
MAX_TEXT = 400_000_000  # characters: a shared text counts once for every cell that shows it
_SHOWN = 40  # characters of a value that the scan needs
_LONGEST_TEXT = 1 << 22  # bytes; a cell holds 32 767 characters
_PRESERVED_PREFIXES = ("/xl/", "xl/")
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_ANY_CELL = re.compile(rb"<c[\s/>]")
# Formulas, errors, prefixes, comments, document types and UTF-16.
_UNUSUAL = (b"<f ", b"<f>", b"<f/", b":f", b":c", b't="e"', b"t='e'", b"<!", b"\x00")


@dataclass(frozen=True)
class WorkbookSheet:
    """A worksheet: its name, its part in the zip file and whether a reader sees it."""

    name: str
    part: str
    visible: bool


class XmlScan:
    """Base of the scans: reads XML in pieces, refuses document types (and so every entity of its own)."""

    def scan(self, pieces: Iterator[bytes]) -> None:
        """Read a part to its end."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            for piece in pieces:
                parser.Parse(piece)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, IndexError) as error:
            raise damaged() from error

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """See an element begin."""

    def end(self, tag: str) -> None:
        """See an element end."""

    def text(self, text: str) -> None:
        """See text."""

    def _refuse_doctype(self, *_: object) -> None:
        raise damaged()


@dataclass
class _Elements(XmlScan):
    """Every element's name without prefix, and its attributes without prefixes."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements.append((_local(tag), {_local(name): value for name, value in attributes.items()}))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def list_sheets(package: Package) -> list[WorkbookSheet]:
    """List the worksheets in the order of their tabs."""
    workbook, relations = _Elements(), _Elements()
    workbook.scan(package.part("xl/workbook.xml"))
    relations.scan(package.part("xl/_rels/workbook.xml.rels"))
    parts = {
        attributes.get("Id"): _part_name(attributes.get("Target", ""))
        for tag, attributes in relations.elements
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet")
    }
    return [
        WorkbookSheet(
            attributes.get("name", ""),
            parts[attributes["id"]],
            attributes.get("state", "visible") == "visible",
        )
        for tag, attributes in workbook.elements
        if tag == "sheet" and attributes.get("id") in parts
    ]


def _part_name(target: str) -> str:
    if target.startswith(_PRESERVED_PREFIXES):
        return target.removeprefix("/")
    return f"xl/{target}"


class _TextLengths(XmlScan):
    """The number of characters of each shared text."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if _local(tag) == "si":
            self.lengths.append(0)

    def text(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


def shared_text_lengths(package: Package) -> list[int]:
    """Measure the shared texts of a workbook; it may have none."""
    scan = _TextLengths()
    if "xl/sharedStrings.xml" in package:
        scan.scan(package.part("xl/sharedStrings.xml"))
    return scan.lengths


def sheet_has_values(package: Package, sheet: WorkbookSheet, text_lengths: list[int]) -> bool:
    """Check a sheet, and tell whether it has any value. Raises UnreadableTableError as `SheetScan` finds."""
    if _is_plain(package.part(sheet.part), max(text_lengths, default=0)):
        return True
    scan = SheetScan(text_lengths)
    scan.scan(package.part(sheet.part))
    if scan.problems:
        raise UnreadableTableError(*scan.problems)
    return scan.has_values


def _is_plain(pieces: Iterator[bytes], longest_text: int) -> bool:
    """Tell whether a sheet has values and nothing that the exact scan (five times slower) would find.

    Every cell must have its reference in the usual place; then the references bound the sheet's rectangle.
    """
    cells, last_row, letters, has_values = 0, 0, {b"A"}, False
    for piece in _whole_tags(pieces):
        usual = _CELL.findall(piece)
        if any(sign in piece for sign in _UNUSUAL) or len(usual) != len(_ANY_CELL.findall(piece)):
            return False
        if usual:
            cells += len(usual)
            columns, rows = zip(*usual, strict=True)
            letters.update(columns)
            last_row = max(last_row, *map(int, set(rows)))
        has_values = has_values or b"<v>" in piece
    last_column = max(_column_number(column.decode()) for column in letters)
    return has_values and last_row * last_column <= MAX_CELLS and cells * longest_text <= MAX_TEXT


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
    """What the reader would lose or choke on in a sheet: `problems`, and whether it has any value at all.

    The reader gives an empty cell both for an error (`#DIV/0!`) and for a formula that was never computed.
    """

    def __init__(self, text_lengths: list[int]) -> None:
        self.has_values = False
        self.problems: list[Problem] = []
        self._text_lengths = text_lengths
        self._row = self._column = self._last_row = self._last_column = self._characters = 0
        self._type = self._value = ""
        self._formula = self._filled = self._in_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note where a cell is and what it is made of."""
        tag = _local(tag)
        if tag == "c":
            self._type = attributes.get("t", "n")
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
            self._add(f"Cellen visar felet {self._value}", "Rätta formeln eller töm cellen.")
        elif self._formula and not self._value and self._type != "str":
            # str is a formula's text, which may be empty.
            remedy = "Öppna arbetsboken i Excel så att den räknas om, och spara den."
            self._add("Cellen har en formel utan uträknat värde", remedy)
        elif self._filled:
            self.has_values = True
            self._measure()

    def _add(self, rule: str, remedy: str) -> None:
        self.problems.append(Problem(rule, remedy, row=self._row, column=_column_letters(self._column)))
        if len(self.problems) == MAX_PROBLEMS:
            raise UnreadableTableError(*self.problems)

    def _measure(self) -> None:
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if self._last_row * self._last_column > MAX_CELLS:
            cell = f"{_column_letters(self._column)}{self._row}"
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


def _column_letters(number: int) -> str:
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
