"""What a workbook tells of its sheets: names and parts, shared texts, and which formats are per cent."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from tasks.deliveries.tables.xlsx.package import Package, damaged
from tasks.rules.deliveries.personal import SHORTEST, holds_personal_number
from tasks.rules.deliveries.tables.percent_cells import is_percent_format

_PRESERVED_PREFIXES = ("/xl/", "xl/")
_PERCENT = frozenset({"9", "10"})
"""Formats that every spreadsheet knows by number: 0% and 0.00%."""


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
        self.elements.append(
            (local_name(tag), {local_name(name): value for name, value in attributes.items()})
        )


def local_name(name: str) -> str:
    """Return a tag without its prefix."""
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


class SharedTexts(XmlScan):
    """The shared texts of a workbook, of all its sheets: their lengths (characters), and the private ones.

    Private are those with a personal number: a sheet that nobody sees may have them too.
    """

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.private: list[str] = []
        self._parts: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        """Begin a text."""
        if local_name(tag) == "si":
            self.lengths.append(0)
            self._parts = []

    def text(self, text: str) -> None:
        """Go on with a text, which may have parts."""
        if self.lengths:
            self.lengths[-1] += len(text)
            self._parts.append(text)

    def end(self, tag: str) -> None:
        """Look at a text that ends."""
        if local_name(tag) == "si" and self.lengths[-1] >= SHORTEST:
            whole = "".join(self._parts)
            if holds_personal_number([whole]):
                self.private.append(whole)


def shared_texts(package: Package) -> SharedTexts:
    """Look through the shared texts of a workbook; it may have none."""
    scan = SharedTexts()
    if "xl/sharedStrings.xml" in package:
        scan.scan(package.part("xl/sharedStrings.xml"))
    return scan


def percent_styles(package: Package) -> frozenset[str]:
    """Return the numbers of the cell styles that show a fraction as per cent, as cells refer to them."""
    if "xl/styles.xml" not in package:
        return frozenset()
    styles = _Elements()
    styles.scan(package.part("xl/styles.xml"))
    percents = set(_PERCENT)
    found: set[str] = set()
    place, in_cells = 0, False
    for tag, attributes in styles.elements:
        if tag == "numFmt" and is_percent_format(attributes.get("formatCode", "")):
            percents.add(attributes.get("numFmtId", ""))
        elif tag in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            in_cells = tag == "cellXfs"
        elif tag == "xf" and in_cells:
            if attributes.get("numFmtId", "") in percents:
                found.add(str(place))
            place += 1
    return frozenset(found)
