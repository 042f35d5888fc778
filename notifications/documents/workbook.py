"""The report for Excel: a contents sheet, a sheet with one real table each, and the sources and rules."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter

from notifications.documents.number_formats import figure_of, number_format
from notifications.documents.sheet_table import LONGEST_TEXT, SOFT_HYPHEN, SheetTable, sheet_table
from notifications.page import FIGURES
from notifications.render import cleaned_fields
from notifications.reports.month import Cell, MonthPage
from notifications.reports.tertial import TertialPage

CONTENTS, RULES = "Innehåll", "Källor och regler"
LONGEST_NAME = 31
"""Excel takes no longer name of a sheet."""
MOST_BARS = 20
LONGEST_LINE = 58
"""Signs of a line; longer words are broken inside their cell."""
_HEAD_ROW = 4
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_STARTS_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    title: str
    caption: str
    code: str
    table: SheetTable


def workbook(page: MonthPage | TertialPage, made: date) -> bytes:
    """Return the page as an Excel file, the same bytes each time; made: the day that it says it is of."""
    page = type(page)(**cleaned_fields(page, FIGURES))  # type: ignore[arg-type]  # the fields are its own
    file = BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    title = page.title
    book.set_properties(
        {"title": title, "company": page.administration, "created": datetime.combine(made, time())}
    )
    writer = _Writer(book)
    sheets = list(_sheets(page))
    writer.contents(page, title, sheets)
    for number, sheet in enumerate(sheets, 1):
        writer.sheet(sheet, number)
    writer.rules(page)
    book.close()
    return file.getvalue()


def _sheets(page: MonthPage | TertialPage) -> Iterator[_Sheet]:
    taken = {CONTENTS.casefold(), RULES.casefold()}
    for section in page.sections:
        for table in section.tables:
            if table.rows:
                name = _sheet_name(section.title, taken)
                yield _Sheet(name, section.title, table.caption, section.code, sheet_table(table))


def _sheet_name(title: str, taken: set[str]) -> str:
    """Return a name that Excel takes and no sheet has, and count it as taken."""
    plain = _FORBIDDEN.sub(" ", title).strip() or "Tabell"
    name, times = _cut(plain, LONGEST_NAME), 1
    while name.casefold() in taken:
        times += 1
        name = f"{_cut(plain, LONGEST_NAME - len(str(times)) - 1)} {times}"
    taken.add(name.casefold())
    return name


def _cut(title: str, most: int) -> str:
    """Shorten a title to whole words, without a comma that nothing follows."""
    if len(title) <= most:
        return title
    whole = title[: most + 1].rsplit(" ", 1)[0] if " " in title[:most] else title
    return whole[:most].rstrip(" ,")


class _Writer:
    """Write the sheets of a book; formats are shared, as Excel counts them."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.small = book.add_format({"font_color": "#555555"})
        self.formats: dict[tuple[str, bool], xlsxwriter.format.Format] = {}

    def contents(self, page: MonthPage | TertialPage, title: str, sheets: Sequence[_Sheet]) -> None:
        sheet = self.book.add_worksheet(CONTENTS)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 90)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        lines = [page.headline, *page.lead, " ".join((page.state, *page.gaps))]
        sheet.write_string(0, 0, f"{title}, {page.administration}", self.title)
        for row, line in enumerate(lines, 1):
            sheet.write_string(row, 0, line[:LONGEST_TEXT], self.line(strong=row == 1))
        top = len(lines) + 2
        names = [(each.name, f"{each.title}: {each.caption}") for each in sheets]
        names.append((RULES, "Vad siffrorna bygger på, och vad som sägs om dem"))
        self.table(sheet, top, "Innehall", ("Blad", "Tabell"), len(names))
        for row, (name, words) in enumerate(names, top + 1):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
            sheet.write_string(row, 1, words, self.text(words))

    def sheet(self, told: _Sheet, number: int) -> None:
        sheet, table = self.book.add_worksheet(told.name), told.table
        sheet.write_string(0, 0, told.title, self.title)
        sheet.write_string(1, 0, told.caption.replace(SOFT_HYPHEN, ""), self.small)
        sheet.write_url(2, 0, f"internal:'{CONTENTS}'!A1", string=f"Till {CONTENTS.lower()}")
        self.table(sheet, _HEAD_ROW, f"Tabell{number}_{told.code or 'del'}", table.heads, len(table.rows))
        sheet.freeze_panes(_HEAD_ROW + 1, table.name_at + 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_ROW)
        for column, head in enumerate(table.heads):
            sheet.set_column(column, column, _width(head, [row[column] for row in table.rows]))
        for row, cells in enumerate(table.rows, _HEAD_ROW + 1):
            for column, cell in enumerate(cells):
                self.cell(sheet, row, column, cell)
        for row, cells in enumerate(table.sums, _HEAD_ROW + 1 + len(table.rows)):
            for column, cell in enumerate(cells):
                self.cell(sheet, row, column, cell, _sum_formula(table, column, cell))
        self.chart(sheet, told)

    def rules(self, page: MonthPage | TertialPage) -> None:
        sheet = self.book.add_worksheet(RULES)
        lines = [
            *(
                (section.title, words)
                for section in page.sections
                for words in (*section.sentences, *section.notes)
            ),
            *(("Rapporten", words) for words in page.foot),
        ]
        sheet.write_string(0, 0, RULES, self.title)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 1, 120)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        self.table(sheet, 2, "Kallor_och_regler", ("Avsnitt", "Vad som sägs"), len(lines))
        sheet.freeze_panes(3, 1)
        for row, (title, words) in enumerate(lines, 3):
            sheet.write_string(row, 0, title, self.text(title))
            sheet.write_string(row, 1, words[:LONGEST_TEXT], self.text(words))

    def table(
        self, sheet: xlsxwriter.worksheet.Worksheet, top: int, name: str, heads: Sequence[str], rows: int
    ) -> None:
        columns = [{"header": head, "header_format": self.head} for head in heads]
        look = {"name": name, "columns": columns, "style": "Table Style Light 1", "banded_rows": False}
        sheet.add_table(top, 0, top + max(rows, 1), len(heads) - 1, look)

    def cell(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        row: int,
        column: int,
        cell: Cell,
        formula: str | None = None,
    ) -> None:
        """Write a cell; formula: what makes a sum, written with its value, in a total's row."""
        figure = figure_of(cell)
        if figure is not None and formula:
            sheet.write_formula(row, column, formula, self.number(cell, strong=True), figure)
        elif figure is not None:
            sheet.write_number(row, column, figure, self.number(cell))
        elif isinstance(cell.value, date):
            sheet.write_datetime(row, column, datetime.combine(cell.value, time()), self.number(cell))
        elif cell.text:
            sheet.write_string(row, column, cell.text[:LONGEST_TEXT], self.text(cell.text))

    def chart(self, sheet: xlsxwriter.worksheet.Worksheet, told: _Sheet) -> None:
        """Draw the last column of results as bars, where the table has one."""
        table = told.table
        column = max(
            (at for row in table.rows for at, cell in enumerate(row) if cell.kind == "result"), default=None
        )
        if column is None:
            return
        first, bars = _HEAD_ROW + 1, min(len(table.rows), MOST_BARS)
        chart = self.book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": [told.name, _HEAD_ROW, column],
                "categories": [told.name, first, table.name_at, first + bars - 1, table.name_at],
                "values": [told.name, first, column, first + bars - 1, column],
                "fill": {"color": "#1F4E79"},
                "gap": 60,
            }
        )
        head = table.heads[column]
        chart.set_title({"name": f"{head}, mnkr", "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "label_position": "low"})
        chart.set_x_axis(
            {"num_format": "#,##0.0,,", "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}}
        )
        chart.set_size({"width": 720, "height": 120 + 24 * bars})
        told_bars = "; ".join(f"{row[table.name_at].text} {row[column].text}" for row in table.rows[:bars])
        words = f"Stapeldiagram: {head} i mnkr, överskott åt höger. {told_bars}."
        below = first + len(table.rows) + len(table.sums) + 2
        sheet.insert_chart(below, 0, chart, {"description": words})

    def text(self, value: str, *, strong: bool = False) -> xlsxwriter.format.Format:
        """Return the look of words; such as Excel might take for a formula are marked as text."""
        is_risky = value.startswith(_STARTS_FORMULA)
        is_long = len(value) > LONGEST_LINE
        key = (f"text {is_risky} {is_long}", strong)
        if key not in self.formats:
            look = self.book.add_format({"bold": strong, "valign": "top", "text_wrap": is_long})
            if is_risky:
                look.set_quote_prefix()
            self.formats[key] = look
        return self.formats[key]

    def line(self, *, strong: bool) -> xlsxwriter.format.Format:
        """Return the look of a line that runs on over the cells beside it."""
        key = ("line", strong)
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"bold": strong})
        return self.formats[key]

    def number(self, cell: Cell, *, strong: bool = False) -> xlsxwriter.format.Format:
        key = (number_format(cell), strong)
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"num_format": key[0], "bold": strong, "align": "right", "valign": "top"}
            )
        return self.formats[key]


def _sum_formula(table: SheetTable, column: int, total: Cell) -> str | None:
    """Return the formula of a total that is the sum of the rows that are no parts; None where it isn't."""
    places = [at for at, kind in enumerate(table.kinds) if kind == ""]
    cells = [table.rows[at][column] for at in places]
    values = [cell.value for cell in cells]
    if total.kind not in {"mnkr", "tkr", "kr", "result", "count"} or not values:
        return None
    if any(cell.kind != total.kind or cell.value is None for cell in cells) or sum(values) != total.value:  # type: ignore[arg-type]
        return None
    letter = xlsxwriter.utility.xl_col_to_name(column)
    return f"=SUM({','.join(_ranges(letter, places))})"


def _ranges(letter: str, places: Sequence[int]) -> Iterator[str]:
    start = before = places[0]
    for place in (*places[1:], None):
        if place is not None and place == before + 1:
            before = place
            continue
        first, last = start + _HEAD_ROW + 2, before + _HEAD_ROW + 2
        yield f"{letter}{first}" if first == last else f"{letter}{first}:{letter}{last}"
        if place is not None:
            start = before = place


def _width(head: str, cells: Sequence[Cell]) -> int:
    return min(max(10, len(head) + 3, *(len(cell.text) + 2 for cell in cells)), 60)
