"""A tertial report as its reader sees it, in each of its three forms: headings, and the tables below them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from tasks.report.report_files import report_bytes
from tasks.report.write_report import KeptReport

PLACE = "Demo stadsdelsförvaltning"
HEADINGS = {"h2", "h3", "h4", "h5"}


@dataclass
class Part:
    """A heading with its level, the words below it, and its tables: each a list of rows of cells' words."""

    title: str = ""
    level: int = 0
    words: list = field(default_factory=list)
    tables: list = field(default_factory=list)

    @property
    def text(self):
        return " ".join(self.words)

    def row(self, name):
        """Return the cells beside a name, which may have its word before it and a note after it."""
        (found,) = [row[1:] for table in self.tables for row in table[1:] if name in row[0].split("|")]
        return found


def made(form, content):
    """Return a kept report's tertial form."""
    return report_bytes(KeptReport(3, content), form, PLACE, is_of_tertial=True)


def html_parts(data):
    reader = _Reader()
    reader.feed(data.decode("utf-8"))
    return reader.parts


def docx_parts(data):
    """Read Word's headings, paragraphs and tables in their order."""
    word, parts = docx.Document(BytesIO(data)), [Part()]
    for element in word.element.body:
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, word)
            text = "".join(node.text or "" for node in element.iter(qn("w:t")))  # places to fill in, too
            if paragraph.style.name.startswith("Heading "):
                parts.append(Part(plain(text), int(paragraph.style.name.split()[1]) + 1))
            elif text:
                parts[-1].words.append(plain(text))
        elif element.tag == qn("w:tbl"):
            rows = Table(element, word).rows
            parts[-1].tables.append([[_word_cell(cell) for cell in row.cells] for row in rows])
    return parts


def xlsx_sheets(data):
    """Return each sheet's table: its rows of cells, by the sheet's name."""
    book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    return {sheet.title: list(sheet.iter_rows(min_row=5)) for sheet in book}


def part(parts, title):
    (found,) = [each for each in parts if each.title == title]
    return found


def plain(words):
    return " ".join(words.replace("\u00ad", "").replace("\u200b", "").split())


def _word_cell(cell):
    return "|".join(plain(paragraph.text) for paragraph in cell.paragraphs)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts, self._tags, self._cell = [Part()], [], None

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        self._tags.append(tag)
        if tag in HEADINGS:
            self.parts.append(Part(level=int(tag[1])))
        elif tag == "table":
            self.parts[-1].tables.append([])
        elif tag == "tr":
            self.parts[-1].tables[-1].append([])
        elif tag in {"td", "th"}:
            self._cell = []

    def handle_startendtag(self, tag, attrs):
        pass  # meta, and what is drawn

    def handle_endtag(self, tag):
        self._tags.pop()
        if tag in {"td", "th"}:
            self.parts[-1].tables[-1][-1].append("|".join(self._cell))
            self._cell = None

    def handle_data(self, data):
        words = plain(data)
        if not words or "style" in self._tags:
            return
        if self._cell is not None:
            self._cell.append(words)
        elif HEADINGS & set(self._tags):
            self.parts[-1].title += words
        elif "nav" not in self._tags:
            self.parts[-1].words.append(words)
