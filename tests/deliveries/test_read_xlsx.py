import io
import string
import struct
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.deliveries.tables.read_table import RawTable, UnreadableTableError
from tasks.rules.number_text import parse_amount
from tests.worlds.examples import SAME_FIXTURES, examples
from tests.worlds.table_files import cells, is_read_or_refused, read_bytes, refused, row_numbers


def workbook(*sheets: tuple[str, list[list[Any]]], hidden: str = "") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
        for row in rows:
            sheet.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read_book(folder: Path, book: openpyxl.Workbook) -> RawTable:
    return read_bytes(folder, saved(book), "ekonomi_2026-09.xlsx")


def refused_book(folder: Path, data: bytes, **limits: int) -> UnreadableTableError:
    return refused(folder, data, "ekonomi_2026-09.xlsx", **limits)


def with_part(data: bytes, name: str, change: Any, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Write a workbook again with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", compression) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def small_book() -> bytes:
    return saved(workbook(("Blad1", [["enhet", "utfall"], ["0123", 1234.5]])))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Åkern ", "Åkern"),
        ("1.234", "1.234"),  # a text stays as written
        ("a_x0000_b", "ab"),  # how the format writes NUL
        (1234, "1234"),
        (1234.5, "1234.5"),
        (1.234, "1.2340"),  # a number has one meaning only
        (-12.345, "-12.3450"),
        (1e-11, "0.00000000001"),
        (1e-30, "0"),
        (True, "ja"),
        (False, "nej"),
        (date(2026, 9, 1), "2026-09-01"),
        (datetime.fromisoformat("2026-09-01 12:30"), "2026-09-01 12:30:00"),
        (time(8, 15), "08:15:00"),
        (timedelta(hours=30, minutes=5), "30:05:00"),
    ],
)
def test_a_cell_becomes_the_text_that_a_person_would_type(tmp_path: Path, value: object, text: str) -> None:
    table = read_book(tmp_path, workbook(("Blad1", [["enhet", "utfall"], ["1", value]])))
    assert cells(table) == [("1", text)]


@given(value=st.floats(-1e12, 1e12))
@settings(suppress_health_check=SAME_FIXTURES, max_examples=examples(50))
def test_a_number_in_a_cell_is_read_as_an_amount_without_loss(tmp_path: Path, value: float) -> None:
    table = read_book(tmp_path, workbook(("Blad1", [["enhet", "utfall"], ["1", value]])))
    read = parse_amount(cells(table)[0][1] or "")
    assert isinstance(read, Decimal)
    assert abs(float(read) - value) <= max(abs(value) * 1e-15, 1e-20)  # what openpyxl itself writes


def test_rows_of_a_sheet_have_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    book = workbook(("Blad1", [[], [], [None, "Enhet", "Namn"], [None, "1", "a"], [], [None, "2", None]]))
    table = read_book(tmp_path, book)
    assert table.headers == ("Enhet", "Namn")
    assert row_numbers(table) == [4, 6]
    assert cells(table) == [("1", "a"), ("2", None)]
    assert (table.encoding, table.delimiter) == (None, None)


def test_the_first_visible_sheet_with_values_is_read(tmp_path: Path) -> None:
    rows = [["enhet"], ["rätt"]]
    book = workbook(
        ("Tom", []), ("Listor", [["enhet"], ["dold"]]), ("Blad", rows), ("Sist", []), hidden="Listor"
    )
    assert cells(read_book(tmp_path, book)) == [("rätt",)]


def test_the_sheet_named_data_goes_first(tmp_path: Path) -> None:
    book = workbook(("Läs mig", [["enhet"], ["fel"]]), ("Data", [["enhet"], ["rätt"]]))
    assert cells(read_book(tmp_path, book)) == [("rätt",)]


@given(
    st.lists(
        st.lists(st.text(string.ascii_letters + "åäö<>&\"' ;\n", max_size=8), min_size=3, max_size=3),
        min_size=1,
        max_size=6,
    ).filter(lambda rows: any(cell.strip() for row in rows for cell in row))
)
@settings(suppress_health_check=SAME_FIXTURES, max_examples=examples(50))
def test_what_openpyxl_writes_is_read_back(tmp_path: Path, rows: list[list[str]]) -> None:
    table = read_book(tmp_path, workbook(("Blad1", [["a", "b", "c"], *rows])))
    expected = [tuple(cell.strip() or None for cell in row) for row in rows]
    assert cells(table) == [row for row in expected if any(row)]


def test_merged_cells_have_their_value_once(tmp_path: Path) -> None:
    book = workbook(("Blad1", [["enhet", "namn"], ["1", "a"], ["", "b"]]))
    book["Blad1"].merge_cells("A2:A3")
    assert cells(read_book(tmp_path, book)) == [("1", "a"), (None, "b")]


def test_a_formula_without_a_computed_value_is_refused_with_its_cell(tmp_path: Path) -> None:
    error = refused_book(
        tmp_path, saved(workbook(("Blad1", [["enhet", "utfall"], ["1", 5], ["2", "=B2+1"]])))
    )
    assert [(problem.row, problem.column) for problem in error.problems] == [(3, "B")]
    assert "utan uträknat värde" in error.problems[0].rule


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (b'<c r="B2"><f>1+1</f><v>2</v></c>', "2"),
        (b'<c r="B2" t="str"><f>"a"</f><v>a</v></c>', "a"),
        (b'<c r="B2" t="str"><f>""</f><v></v></c>', None),  # an empty text is a value
        (b'<x:c xmlns:x="urn:x" r="B9"/>', None),
    ],
)
def test_a_formula_with_a_computed_value_is_read(tmp_path: Path, cell: bytes, value: str | None) -> None:
    data = with_part(small_book(), SHEET, lambda xml: xml.replace(b'<c r="B2" t="n"><v>1234.5</v></c>', cell))
    assert cells(read_bytes(tmp_path, data, "a.xlsx")) == [("0123", value)]


def test_a_cell_with_an_error_is_refused_with_its_cell(tmp_path: Path) -> None:
    cell = b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    data = with_part(small_book(), SHEET, lambda xml: xml.replace(b'<c r="B2" t="n"><v>1234.5</v></c>', cell))
    problem = refused_book(tmp_path, data).problems[0]
    assert (problem.rule, problem.row, problem.column) == ("Cellen visar felet #DIV/0!", 2, "B")


@pytest.mark.parametrize("reference", [b"XFD1048576", b"A4294967295", b"AAA1000000"])
def test_a_value_far_outside_the_table_is_refused_before_it_fills_the_memory(
    tmp_path: Path, reference: bytes
) -> None:
    far = b'<row r="9"><c r="%s"><v>1</v></c></row></sheetData>' % reference
    data = with_part(small_book(), SHEET, lambda xml: xml.replace(b"</sheetData>", far))
    error = refused_book(tmp_path, data)
    assert "långt utanför tabellen" in error.problems[0].rule
    assert reference.decode() in error.problems[0].rule


def test_a_formatted_but_empty_cell_far_away_does_no_harm(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    data = with_part(small_book(), SHEET, lambda xml: xml.replace(b"</sheetData>", far))
    assert cells(read_bytes(tmp_path, data, "a.xlsx")) == [("0123", "1234.5")]


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_a_document_type_is_refused(tmp_path: Path, part: str) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    data = with_part(small_book(), part, lambda xml: entity + xml)
    assert "skadad" in refused_book(tmp_path, data).problems[0].rule


def test_a_workbook_that_inflates_beyond_reason_is_refused(tmp_path: Path) -> None:
    data = with_part(small_book(), SHEET, lambda xml: xml + b" " * 30_000_000)
    assert "orimligt stor" in refused_book(tmp_path, data).problems[0].rule


def test_a_directory_that_lies_about_a_size_is_found_out(tmp_path: Path) -> None:
    honest = with_part(small_book(), SHEET, lambda xml: xml + b" " * 30_000_000)
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = honest.replace(struct.pack("<L", size), struct.pack("<L", 1000))
    assert "orimligt stor" in refused_book(tmp_path, lying).problems[0].rule


def test_a_long_text_shown_in_very_many_cells_is_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 20_001))
    text = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    data = with_part(
        small_book(), SHEET, lambda _: f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    )
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", text)
    assert "orimligt stor" in refused_book(tmp_path, out.getvalue()).problems[0].rule


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"enhet;utfall\n1;2\n", "ingen Excelarbetsbok"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "lösenordsskyddad",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "gammal Excelfil"),
        (b"PK\x03\x04" + bytes(100), "skadad"),
        (small_book()[:-500], "skadad"),
        (with_part(small_book(), SHEET, lambda xml: xml[:300]), "skadad"),
        (saved(workbook(("Blad1", []))), "inget synligt blad"),
        (saved(workbook(("Blad1", [["enhet", "utfall"]]))), "bara rubriker"),
        (saved(workbook(("Blad1", [["Enhet", "enhet"], [1, 2]]))), "två gånger"),
        (saved(workbook(("Blad1", [["Enhet", None], [1, 2]]))), "saknar rubrik"),
    ],
)
def test_a_workbook_that_is_no_table_is_refused_by_name(tmp_path: Path, data: bytes, rule: str) -> None:
    assert rule in refused_book(tmp_path, data).problems[0].rule


def test_another_zip_file_named_xlsx_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "ingen Excelarbetsbok" in refused_book(tmp_path, out.getvalue()).problems[0].rule


def test_a_workbook_without_compression_is_read(tmp_path: Path) -> None:
    data = with_part(small_book(), SHEET, bytes, zipfile.ZIP_STORED)
    assert cells(read_bytes(tmp_path, data, "a.xlsx")) == [("0123", "1234.5")]


def test_a_workbook_with_a_foreign_compression_is_refused(tmp_path: Path) -> None:
    data = with_part(small_book(), SHEET, bytes, zipfile.ZIP_BZIP2)
    assert "skadad" in refused_book(tmp_path, data).problems[0].rule


def test_sheets_are_found_by_relative_names_as_excel_writes_them(tmp_path: Path) -> None:
    relations = "xl/_rels/workbook.xml.rels"
    data = with_part(small_book(), relations, lambda xml: xml.replace(b'"/xl/worksheets', b'"worksheets'))
    assert cells(read_bytes(tmp_path, data, "a.xlsx")) == [("0123", "1234.5")]


def test_a_workbook_whose_sheet_is_gone_is_refused(tmp_path: Path) -> None:
    relations = "xl/_rels/workbook.xml.rels"
    data = with_part(small_book(), relations, lambda xml: xml.replace(b"sheet1.xml", b"sheet9.xml"))
    assert "skadad" in refused_book(tmp_path, data).problems[0].rule


def test_cells_without_references_are_read_in_their_order(tmp_path: Path) -> None:
    rows = b"<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4.5</v></c></row>"
    data = with_part(
        small_book(), SHEET, lambda _: b"<worksheet><sheetData>%s</sheetData></worksheet>" % rows
    )
    table = read_bytes(tmp_path, data, "a.xlsx")
    assert table.headers == ("1", "2")
    assert cells(table) == [("3", "4.5")]


def test_cells_with_the_same_error_are_one_problem(tmp_path: Path) -> None:
    data = saved(workbook(("Blad1", [["enhet"], *(["=1+1"] for _ in range(50))])))
    assert [problem.count for problem in refused_book(tmp_path, data).problems] == [50]


def test_a_sheet_of_formulas_that_give_nothing_is_refused(tmp_path: Path) -> None:
    cell = b'<row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row>'
    data = with_part(
        small_book(), SHEET, lambda _: b"<worksheet><sheetData>%s</sheetData></worksheet>" % cell
    )
    assert "inget synligt blad" in refused_book(tmp_path, data).problems[0].rule


def test_a_sheet_with_more_rows_than_allowed_is_refused(tmp_path: Path) -> None:
    data = saved(workbook(("Blad1", [["enhet"], *([place] for place in range(3))])))
    assert "fler än 2 rader" in refused_book(tmp_path, data, max_rows=2).problems[0].rule
    assert read_bytes(tmp_path, data, "a.xlsx", max_rows=3).frame.height == 3


@given(place=st.integers(0, 6_000), byte=st.integers(0, 255))
@settings(suppress_health_check=SAME_FIXTURES, max_examples=examples(150))
def test_a_workbook_with_one_byte_changed_is_read_or_refused(tmp_path: Path, place: int, byte: int) -> None:
    data = bytearray(small_book())
    data[place % len(data)] = byte
    assert is_read_or_refused(tmp_path, bytes(data), "a.xlsx")
