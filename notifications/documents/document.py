"""The report for Word: headings, a table of contents, tables with repeated heads, header and footer."""

from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.shared import Cm, Pt
from docx.table import Table
from docx.table import _Cell as WordCell
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph

from notifications.documents import word_fields
from notifications.page import FIGURES
from notifications.render import cleaned_fields
from notifications.reports.month import Cell, Chart, MonthPage, ReportTable, Section, Text
from notifications.reports.tertial import TertialPage

_FIRST_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_MARGIN_CM = 1.8
_TABLE_PT, _SMALL_PT = 9, 8
_MANY_COLUMNS = 7
_MOST_OF_A_FIGURE_CM = 2.7


def document(page: MonthPage | TertialPage, made: date) -> bytes:
    """Return the page as a Word file; it is the same bytes each time. made: the day that it says it is of."""
    page = type(page)(**cleaned_fields(page, FIGURES))  # type: ignore[arg-type]  # the fields are its own
    title = page.title
    word = docx.Document()
    _set_up(word, page, title, datetime.combine(made, time()))
    word.add_heading(title, 0)
    word.add_paragraph(page.administration, "Subtitle")
    strong = word.add_paragraph()
    strong.add_run(page.headline).bold = True
    for sentence in (*page.lead, " ".join((page.state, *page.gaps))):
        word.add_paragraph(sentence)
    word_fields.add_contents(word, [(section.title, section.level - 1) for section in page.sections])
    tables = 0
    for number, section in enumerate(page.sections, 1):
        tables = _add_section(word, section, number, tables)
    for sentence in page.foot:
        _small(word, sentence)
    file = BytesIO()
    word.save(file)
    return _same_each_time(file)


def _set_up(word: Document, page: MonthPage | TertialPage, title: str, made: datetime) -> None:
    core = word.core_properties
    core.title, core.author, core.language = title, page.administration, "sv-SE"
    core.created = core.modified = made
    core.last_modified_by, core.revision, core.comments = page.administration, 1, ""
    for name in ("Normal", "Caption", "Title", "Subtitle", *(f"Heading {level}" for level in range(1, 7))):
        word_fields.set_language(word.styles[name].element, "sv-SE")
    normal = word.styles["Normal"].font
    normal.name, normal.size = "Calibri", Pt(10.5)
    layout = word.sections[0]
    layout.page_width, layout.page_height = Cm(21), Cm(29.7)
    layout.left_margin = layout.right_margin = Cm(_MARGIN_CM)
    layout.top_margin = layout.bottom_margin = Cm(2)
    head = layout.header.paragraphs[0]
    head.text = f"{page.administration}\t\tDnr "
    word_fields.add_place(head, "Diarienummer", "[diarienummer]")
    foot = layout.footer.paragraphs[0]
    foot.text = f"{title}\t\tSida "
    word_fields.add_field(foot, "PAGE", "1")
    foot.add_run(" av ")
    word_fields.add_field(foot, "NUMPAGES", "1")


def _add_section(word: Document, section: Section, number: int, tables: int) -> int:
    """Write a section; return how many tables there are after it."""
    heading = word.add_heading(section.title, section.level - 1)
    heading.paragraph_format.keep_with_next = True
    word_fields.add_bookmark(heading, number)
    for sentence in section.sentences:
        word.add_paragraph(sentence)
    for text in section.texts:
        _add_text(word, text)
    for chart in section.charts:
        _add_chart_words(word, chart)
    for table in section.tables:
        if table.rows:
            tables += 1
            _add_table(word, table, tables)
    for note in section.notes:
        _small(word, note)
    return tables


def _add_text(word: Document, text: Text) -> None:
    """Write a text; what only a person can write is a place to fill in, with its draft in italics below."""
    if text.title:
        title = word.add_paragraph()
        title.add_run(text.title).bold = True
        title.paragraph_format.keep_with_next = True
    if text.asks:
        place = word.add_paragraph()
        place.paragraph_format.keep_with_next = bool(text.words)
        word_fields.add_place(place, "Att skriva", text.asks, is_marked=True)
    if text.words:
        word.add_paragraph().add_run(text.words).italic = bool(text.asks)
    for number, point in enumerate(text.points, 1):
        line = word.add_paragraph(f"{number}. {point}" if text.is_numbered else f"• {point}")
        line.paragraph_format.space_after = Pt(2)
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Cm(0.7), Cm(-0.7)


def _add_chart_words(word: Document, chart: Chart) -> None:
    word.add_paragraph(chart.title, "Caption")
    word.add_paragraph(chart.alt)


def _add_table(word: Document, table: ReportTable, number: int) -> None:
    """Write a table with its caption; its head is repeated on each page, and no row is broken."""
    caption = word.add_paragraph("Tabell ", "Caption")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(8)
    word_fields.add_field(caption, "SEQ Tabell \\* ARABIC", str(number))
    caption.add_run(f". {table.caption}")
    rows = sum(1 + bool(row.detail or row.remarks) for row in table.rows)
    made = word.add_table(1 + rows, len(table.heads), "Table Grid")
    word_fields.describe_table(made, table.caption, f"Tabell med kolumnerna {', '.join(table.heads)}.")
    _set_widths(made)
    size = _SMALL_PT if len(table.heads) >= _MANY_COLUMNS else _TABLE_PT
    grid = list(made.rows)
    for at, (cell, head) in enumerate(zip(grid[0].cells, table.heads, strict=True)):
        _write(cell, head, to_right=at > 0, bold=True, size=size)
    word_fields.repeat_row(grid[0])
    places = iter(grid[1:])
    for row in table.rows:
        place = next(places)
        word_fields.keep_row(place)
        is_total = row.kind in {"total", "beside"}
        indent = {"part": "  ", "subpart": "    "}.get(row.kind, "")
        cells = list(place.cells)
        _write_cell(cells[0], row.name, indent=indent, bold=is_total, to_right=False, size=size)
        for cell, value in zip(cells[1:], row.cells, strict=False):
            _write_cell(cell, value, bold=is_total, to_right=True, size=size)
        below = " ".join(filter(None, (row.detail, *row.remarks)))
        if below:
            _write_below(next(places), below)


def _set_widths(table: Table) -> None:
    """Give names what figures don't need, and at least twice the room of one, so that words stay whole."""
    table.autofit = False
    whole, figures = 21 - 2 * _MARGIN_CM, len(table.columns) - 1
    of_names = 3 if len(table.columns) >= _MANY_COLUMNS else 2
    share = min(_MOST_OF_A_FIGURE_CM, whole / (figures + of_names))
    for at, column in enumerate(table.columns):
        column.width = Cm(share if at else whole - figures * share)
    if len(table.columns) >= _MANY_COLUMNS:
        word_fields.narrow_margins(table)


def _write_below(row: WordRow, words: str) -> None:
    """Write words over the whole width of a table, below a row."""
    cells = row.cells
    _write(cells[0].merge(cells[-1]), words, size=8.5)
    word_fields.keep_row(row)


def _write_cell(
    place: WordCell, cell: Cell, *, indent: str = "", bold: bool, to_right: bool, size: float = _TABLE_PT
) -> None:
    words = " ".join(filter(None, (cell.word, cell.text)))
    _write(place, f"{indent}{words}", to_right=to_right, bold=bold, size=size)
    small = ", ".join(filter(None, (cell.note, cell.further)))
    if small:
        _write(place, small, to_right=to_right, size=size - 1, anew=False)


def _write(
    cell: WordCell,
    words: str,
    *,
    to_right: bool = False,
    bold: bool = False,
    size: float = _TABLE_PT,
    anew: bool = True,
) -> None:
    paragraph = cell.paragraphs[0] if anew else cell.add_paragraph()
    run = word_fields.add_words(paragraph, words)
    run.bold, run.font.size = bold, Pt(size)
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.alignment = word_fields.RIGHT if to_right else word_fields.LEFT


def _small(word: Document, words: str) -> Paragraph:
    paragraph = word.add_paragraph()
    paragraph.add_run(words).font.size = Pt(8.5)
    return paragraph


def _same_each_time(file: BytesIO) -> bytes:
    """Pack a document anew with one day for all its parts."""
    packed = BytesIO()
    with ZipFile(file) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = ZipInfo(name, _FIRST_ZIP_DAY)
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return packed.getvalue()
