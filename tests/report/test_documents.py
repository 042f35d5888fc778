"""The report for Excel and Word: read back, held against the report, and the same bytes when made again."""

import json
import re
from decimal import Decimal
from io import BytesIO

import docx
import openpyxl
import pytest

from tasks.report.report_files import report_bytes
from tasks.report.write_report import KeptReport
from tests.worlds.report_content import CONTENT, amounts, area, changed

PLACE = "Demo stadsdelsförvaltning"


def made(form, content=CONTENT):
    return report_bytes(KeptReport(3, content), form, PLACE)


def book(content=CONTENT, *, values=True):
    return openpyxl.load_workbook(BytesIO(made("xlsx", content)), data_only=values)


def word(content=CONTENT):
    return docx.Document(BytesIO(made("docx", content)))


def cells(sheet):
    """Return a sheet's rows by the name that they begin with, each as its cells."""
    return {row[0].value: row for row in sheet.iter_rows(min_row=6)}


@pytest.mark.parametrize("form", ["html", "xlsx", "docx"])
def test_a_report_is_the_same_bytes_whenever_it_is_made(form):
    assert made(form) == made(form)


def test_the_budget_stands_in_excel_in_kronor_as_it_is_kept():
    told = cells(book()["Driftbudget"])
    for line in (line for line in CONTENT["driftbudget"] if "enhet" not in line):
        figures = [cell.value for cell in told[line["verksamhetsomrade"]][1:6]]
        keys = ("budget", "prognos_fore", "prognos_efter", "avvikelse_fore", "avvikelse_efter")
        kept = [line[key] for key in keys]
        for figure, kr in zip(figures, kept, strict=True):
            assert figure == ("uppgift saknas" if kr is None else pytest.approx(float(kr)))


def test_a_total_that_is_the_sum_of_its_rows_is_a_formula_with_its_value():
    whole = {**amounts(150_000_000, 151_500_000), "antal": 2, "av": 2}
    areas = [area("A", 100_000_000, 101_000_000), area("B", 50_000_000, 50_500_000)]
    content = changed(driftbudget=areas, totalt=whole)
    formulas, values = (book(content, values=values)["Driftbudget"] for values in (False, True))
    total = next(row for row in formulas.iter_rows(min_row=6) if row[0].value == "Totalt")
    assert total[1].value == "=SUM(B6:B7)"
    assert values[total[1].coordinate].value == 150_000_000


def test_a_total_that_is_not_the_sum_of_its_rows_is_a_figure():
    content = changed(
        driftbudget=[area("A", 100_000_000, 101_000_000)],
        totalt={**amounts(150_000_000, 151_500_000), "antal": 1, "av": 1},
    )
    total = next(
        row for row in book(content, values=False)["Driftbudget"].iter_rows() if row[0].value == "Totalt"
    )
    assert total[1].value == 150_000_000


def test_each_sheet_has_one_table_and_no_merged_cells_and_keeps_its_head_in_sight():
    told = book()
    assert all(len(sheet.tables) == 1 and not sheet.merged_cells.ranges for sheet in told)
    assert all(sheet.freeze_panes for sheet in told if sheet.title != "Innehåll")
    assert all(len(name) <= 31 for name in told.sheetnames)
    assert (told.sheetnames[0], told.sheetnames[-1]) == ("Innehåll", "Källor och regler")


@pytest.mark.parametrize("payload", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "N" * 200])
def test_whatever_is_delivered_stays_text_in_excel_and_word(payload):
    content = json.loads(json.dumps(CONTENT, ensure_ascii=False).replace("Bilan", json.dumps(payload)[1:-1]))
    found = [cell for sheet in book(content, values=False) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in found if cell.value == payload} == {"s"}
    assert payload in "\n".join(cell.text for table in word(content).tables for cell in table._cells)


def test_word_says_what_the_page_says_table_by_table():
    page = KeptReport(3, CONTENT).page_values(PLACE)
    told = [table for section in page.sections for table in section.tables if table.rows]
    written = word().tables
    assert len(written) == len(told)
    for table, shown in zip(told, written, strict=True):
        names = [row.name.text for row in table.rows]
        first = [line.cells[0].text for line in shown.rows]
        assert all(any(name in words for words in first) for name in names)
        figures = "\n".join(cell.text for cell in shown._cells)
        assert all(cell.text in figures for row in table.rows for cell in row.cells)


def test_word_has_contents_with_entries_captions_and_heads_that_are_repeated():
    told, page = word(), KeptReport(3, CONTENT).page_values(PLACE)
    xml = told.element.xml
    titles = [paragraph.text for paragraph in told.paragraphs if paragraph.style.name == "Heading 1"]
    assert titles == [section.title for section in page.sections]
    links = re.findall(r'<w:hyperlink w:anchor="(\w+)"', xml)
    assert links == re.findall(r'<w:bookmarkStart [^>]*w:name="(\w+)"', xml)
    assert xml.count("<w:tblHeader/>") == xml.count("<w:tblDescription") == len(told.tables)
    assert "Diarienummer" in told.sections[0].header._element.xml


def test_every_figure_of_a_cell_is_the_one_that_its_words_say():
    page = KeptReport(3, CONTENT).page_values(PLACE)
    scales = {"mnkr": 6, "tkr": 3}
    told = [
        cell
        for section in page.sections
        for table in section.tables
        for row in table.rows
        for cell in row.cells
        if cell.kind in {"mnkr", "tkr", "percent", "count"} and not cell.text.endswith("tkr")
    ]
    assert len(told) > 20
    for cell in told:
        shown = re.match(r"[\u2212\d\u00a0,]+", cell.text)[0].strip("\u00a0")
        figure = Decimal(shown.replace("\u00a0", "").replace(",", ".").replace("\u2212", "-"))
        apart = abs(figure - cell.value.scaleb(-scales.get(cell.kind, 0)))
        assert apart <= Decimal("0.5").scaleb(-cell.decimals), cell
