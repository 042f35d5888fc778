import csv
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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.raw_table import column_name
from tasks.read_table import RawTable, UnreadableTableError, read_table
from tasks.rules.number_text import parse_amount

MAX_BYTES = 10_000_000
HEADER = "period;enhet;utfall"


def read_text(folder: Path, text: str, encoding: str = "utf-8") -> RawTable:
    return read_bytes(folder, text.encode(encoding))


def read_bytes(folder: Path, data: bytes, name: str = "ekonomi_2026-09.csv", **limits: int) -> RawTable:
    path = folder / name
    path.write_bytes(data)
    return read_table(path, **{"max_bytes": MAX_BYTES, **limits})


def refused(
    folder: Path, data: bytes, name: str = "ekonomi_2026-09.csv", **limits: int
) -> UnreadableTableError:
    with pytest.raises(UnreadableTableError) as error:
        read_bytes(folder, data, name, **limits)
    assert all(problem.rule and problem.remedy.endswith((".", ")")) for problem in error.value.problems)
    return error.value


def is_read_or_refused(folder: Path, data: bytes, name: str) -> bool:
    try:
        return read_bytes(folder, data, name).frame.height > 0
    except UnreadableTableError as error:
        return len(error.problems) > 0


def cells(table: RawTable) -> list[tuple[str | None, ...]]:
    return table.frame.drop("row_no").rows()


def row_numbers(table: RawTable) -> list[int]:
    return table.frame["row_no"].to_list()


# CSV


def test_a_table_keeps_its_headers_and_gives_its_cells_trimmed(tmp_path: Path) -> None:
    table = read_text(
        tmp_path, "Period; Enhet ;Utfall (tkr)\n2026-09; 0123 ;\u00a01 234,50\n2026-09;Åkern;\n"
    )
    assert table.headers == ("Period", " Enhet ", "Utfall (tkr)")
    assert table.columns == ("period", "enhet", "utfall_tkr")
    assert table.frame.columns == ["period", "enhet", "utfall_tkr", "row_no"]
    assert cells(table) == [("2026-09", "0123", "1 234,50"), ("2026-09", "Åkern", None)]
    assert row_numbers(table) == [2, 3]
    assert (table.encoding, table.delimiter) == ("utf-8", ";")


@pytest.mark.parametrize(
    ("encoding", "read_as"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "cp1252")]
)
def test_the_encodings_of_exports_are_told_apart(tmp_path: Path, encoding: str, read_as: str) -> None:
    table = read_text(tmp_path, "period;enhet\n2026-09;Förskolan Åkern – östra\n", encoding)
    assert table.columns == ("period", "enhet")
    assert cells(table) == [("2026-09", "Förskolan Åkern – östra")]
    assert table.encoding == read_as


def test_a_letter_of_another_language_is_not_taken_for_dos(tmp_path: Path) -> None:
    table = read_text(tmp_path, "enhet;chef\n1;Željko Åkesson\n", "cp1252")
    assert cells(table) == [("1", "Željko Åkesson")]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_the_delimiter_is_found_by_the_header(tmp_path: Path, delimiter: str, quote: str) -> None:
    rows = [["period", "enhet", "utfall"], ["2026-09", "1234", "5"]]
    text = "\n".join(delimiter.join(f"{quote}{cell}{quote}" for cell in row) for row in rows)
    table = read_text(tmp_path, text)
    assert table.delimiter == delimiter
    assert cells(table) == [("2026-09", "1234", "5")]


def test_a_comma_in_the_rows_is_no_delimiter_when_the_header_has_semicolons(tmp_path: Path) -> None:
    assert cells(read_text(tmp_path, "enhet;utfall\n1;2,5\n2;1,2,3\n")) == [("1", "2,5"), ("2", "1,2,3")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_every_kind_of_line_end_is_read(tmp_path: Path, end: str, last: bool) -> None:
    table = read_text(tmp_path, end.join([HEADER, "a;b;c", "d;e;f"]) + (end if last else ""))
    assert cells(table) == [("a", "b", "c"), ("d", "e", "f")]
    assert row_numbers(table) == [2, 3]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (f"{HEADER}\na;b;c\n\nd;e;f\n", [2, 4]),
        (f"{HEADER}\r\na;b;c\r\n\r\nd;e;f\r\n", [2, 4]),
        (f"{HEADER}\na;b;c\n   \nd;e;f\n", [2, 4]),
        (f"{HEADER}\na;b;c\n\rd;e;f\n", [2, 4]),  # a line end of an old Mac among others
        (f"{HEADER}\na;b;c\n;;\nd;e;f\n", [2, 4]),  # what a spreadsheet leaves of a cleared row
        (f"{HEADER}\na;b;c\n ; ;\u00a0\nd;e;f\n", [2, 4]),
        (f"\n\n{HEADER}\na;b;c\nd;e;f\n", [4, 5]),
        (f";;\n{HEADER}\na;b;c\nd;e;f\n", [3, 4]),
        (f"{HEADER}\na;b;c\nd;e;f\n\n\n", [2, 3]),
        (f"{HEADER}\r\na;b;c\r\nd;e;f\r\n\r\n\x1a", [2, 3]),
    ],
)
def test_blank_lines_are_left_out_but_counted(tmp_path: Path, text: str, rows: list[int]) -> None:
    table = read_text(tmp_path, text)
    assert cells(table) == [("a", "b", "c"), ("d", "e", "f")]
    assert row_numbers(table) == rows


def test_quotes_hold_delimiters_quotes_and_line_ends_and_rows_are_counted_as_a_spreadsheet_does(
    tmp_path: Path,
) -> None:
    table = read_text(tmp_path, 'enhet;namn\n1;"Åkern;\nnorra ""A"""\n2;"Söder"\n3;5" rör\n')
    assert cells(table) == [("1", 'Åkern;\nnorra "A"'), ("2", "Söder"), ("3", '5" rör')]
    assert row_numbers(table) == [2, 3, 4]


def test_one_column_is_a_table(tmp_path: Path) -> None:
    table = read_text(tmp_path, "enhet\n1\n\n2,5\n")
    assert cells(table) == [("1",), ("2,5",)]
    assert row_numbers(table) == [2, 4]


def test_an_empty_column_without_a_header_is_left_out(tmp_path: Path) -> None:
    table = read_text(tmp_path, "enhet;utfall;\n1;2;\n3;4; \n")
    assert table.headers == table.columns == ("enhet", "utfall")
    assert cells(table) == [("1", "2"), ("3", "4")]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Period", "period"),
        (" Kontogrupp ", "kontogrupp"),
        ("Budget (tkr)", "budget_tkr"),
        ("Prognos före resultatöverföring", "prognos_fore_resultatoverforing"),
        ("Kön", "kon"),
        ("unga 18-24", "unga_18_24"),
        ("a – b", "a_b"),
        ("__Utfall__", "utfall"),
        ("Enhet.", "enhet"),
        ("Kön".replace("ö", "o\u0308"), "kon"),
        ("ÅÄÖ", "aao"),
        ("Café", "cafe"),
        ("%", ""),
        ("", ""),
    ],
)
def test_headers_are_normalised(header: str, name: str) -> None:
    assert column_name(header) == name


# Refusals of CSV


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "tom"),
        (b" \r\n\r\n", "tom"),
        (b"\xef\xbb\xbf", "tom"),
        (b";;\n;;\n", "tom"),
        (b"period;enhet\n", "bara rubriker"),
        (b"period;enhet\n;\n\n", "bara rubriker"),
        (b"enhet;utfall;Enhet \n1;2;3\n", "enhet finns två gånger"),
        ("kön;kon\nK;1\n".encode(), "kon finns två gånger"),
        (b"enhet;Row no\n1;2\n", "används av systemet"),
        (b"enhet;\n1;2\n", "saknar rubrik"),
        (b"<!DOCTYPE html><html><body>Logga in</body></html>", "webbsida"),
        (b"\xef\xbb\xbf\r\n <html>\n<table></table>", "webbsida"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\x00", "Excelfil eller zip-fil"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "gammal Excelfil"),
        ("period;enhet\n1;2\n".encode("utf-16"), "UTF-16"),
        ("period;enhet\n1;2\n".encode("utf-16-le"), "UTF-16"),
        ("period;enhet\n1;2\n".encode("utf-16-be"), "UTF-16"),
        (b"period;enhet\n1;2\x00\n", "NUL"),
        (b"period;enhet\n" + b"1;2\n" * 30_000 + b"1;\x00\n", "NUL"),
        (bytes(range(1, 256)) * 10, "ingen text"),
        (b"period;enhet\n\x81\x8d;2\n", "varken UTF-8 eller"),
        (b"\xef\xbb\xbfperiod;enhet\n\xe5;2\n", "säger sig vara UTF-8"),
        ("period;enhet\n2026-09;Förskolan\n".encode("cp437"), "DOS"),
        ("period;enhet\n2026-09;Åkern\n".encode("cp850"), "DOS"),
        (";".join(f"k{place}" for place in range(1001)).encode() + b"\n1", "fler än 1000 kolumner"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_name(tmp_path: Path, data: bytes, rule: str) -> None:
    assert rule in refused(tmp_path, data).problems[0].rule


def test_uneven_rows_are_refused_with_their_numbers(tmp_path: Path) -> None:
    error = refused(tmp_path, f"{HEADER}\na;b;c\nd;e\n\nf;g;h;i\n".encode())
    assert [problem.row for problem in error.problems] == [3, 5]
    assert error.problems[0].rule == "Raden har 2 fält men rubriken har 3"
    assert str(error).startswith("Rad 3: Raden har 2 fält")


def test_a_single_row_with_too_few_fields_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, f"{HEADER}\na;b;c\nd;e\n".encode()).problems[0].row == 3


def test_a_row_with_too_few_fields_is_found_where_another_has_as_many_too_many(tmp_path: Path) -> None:
    error = refused(tmp_path, f"{HEADER}\na;b\nf;g;h;i\n".encode())
    assert [problem.row for problem in error.problems] == [2, 3]


def test_only_the_first_twenty_uneven_rows_are_told(tmp_path: Path) -> None:
    assert len(refused(tmp_path, (f"{HEADER}\n" + "a;b\n" * 50_000).encode()).problems) == 20


@pytest.mark.parametrize("row", ['2;"Söder', '2;"Söder" norra', '2;"' + "x" * 200_000])
def test_quotes_that_do_not_close_are_refused_with_their_row(tmp_path: Path, row: str) -> None:
    error = refused(tmp_path, f"enhet;namn\n1;a\n{row}\n3;b\n".encode())
    assert (error.problems[0].rule, error.problems[0].row) == ("Citattecknen går inte ihop", 3)


def test_a_quote_that_does_not_close_in_the_header_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, b'enhet;"namn\n1;a\n').problems[0].row == 1


def test_a_value_without_a_header_is_refused_with_its_row(tmp_path: Path) -> None:
    assert refused(tmp_path, b"enhet;\n1;\n\n2;hemligt\n").problems[0].row == 4


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_read(tmp_path: Path) -> None:
    data = f"{HEADER}\na;b;c\n".encode()
    assert "större än" in refused(tmp_path, data, max_bytes=len(data) - 1).problems[0].rule
    assert read_bytes(tmp_path, data, max_bytes=len(data)).frame.height == 1


@pytest.mark.parametrize("row", ["a;b;c\n", 'a;"b";c\n'])  # the fast way and the exact one
def test_rows_over_the_limit_are_refused_and_those_at_the_limit_are_read(tmp_path: Path, row: str) -> None:
    data = f"{HEADER}\n{row * 3}".encode()
    assert "fler än 2 rader" in refused(tmp_path, data, max_rows=2).problems[0].rule
    assert read_bytes(tmp_path, data, max_rows=3).frame.height == 3


def test_a_file_that_is_gone_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTableError, match="går inte att öppna"):
        read_table(tmp_path / "ekonomi_2026-09.csv", max_bytes=MAX_BYTES)
    assert "varken .csv eller .xlsx" in refused(tmp_path, b"a;b\n1;2\n", "a.txt").problems[0].rule


word = st.text(string.ascii_lowercase, min_size=1, max_size=6)
swedish = string.ascii_letters + string.digits + " åäöÅÄÖé€–\"';,\t|\n\r.-"
field = st.text(swedish, max_size=8)


@st.composite
def written_tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], dict[str, Any]]:
    headers = draw(st.lists(word.filter(lambda name: name != "row_no"), min_size=1, max_size=5, unique=True))
    width = len(headers)
    alphabet = draw(st.sampled_from([field, st.text(string.ascii_letters + "åäö ", max_size=6)]))
    rows = draw(st.lists(st.lists(alphabet, min_size=width, max_size=width), min_size=1, max_size=8))
    options = {
        "delimiter": draw(st.sampled_from(";,\t|" if width > 1 else ";")),  # a header of one tells none
        "quoting": draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])),
        "lineterminator": draw(st.sampled_from(["\n", "\r\n", "\r"])),
    }
    if (
        any(end in cell for row in rows for cell in row for end in "\r\n")
        and options["lineterminator"] != "\r\n"
    ):
        options["quoting"] = csv.QUOTE_ALL  # the writer leaves a line end of another kind without quotes
    return headers, rows, options


@given(written=written_tables(), encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400, deadline=None)
def test_what_the_csv_module_writes_is_read_back(
    tmp_path: Path, written: tuple[list[str], list[list[str]], dict[str, Any]], encoding: str
) -> None:
    headers, rows, options = written
    text = io.StringIO(newline="")
    csv.writer(text, **options).writerows([headers, *rows])
    expected = [
        (row_no, tuple(cell.strip() or None for cell in row))
        for row_no, row in enumerate(rows, start=2)
        if any(cell.strip() for cell in row)
    ]
    data = text.getvalue().encode(encoding)
    if not expected:
        assert "bara rubriker" in refused(tmp_path, data).problems[0].rule
        return
    table = read_bytes(tmp_path, data)
    assert list(table.headers) == headers
    assert list(zip(row_numbers(table), cells(table), strict=True)) == expected


@given(
    data=st.binary(max_size=200)
    | st.text(max_size=100).map(str.encode)
    | st.text('ab;"\n\r ,', max_size=40).map(str.encode)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400, deadline=None)
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        assert is_read_or_refused(tmp_path, data, name)


# XLSX


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


def with_part(data: bytes, name: str, change: Any) -> bytes:
    """Write a workbook again with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
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
        ("0123", "0123"),
        ("1.234", "1.234"),  # a text stays as written
        ("a_x0000_b", "ab"),  # how the format writes NUL
        (1234, "1234"),
        (1234.0, "1234"),
        (1234.5, "1234.5"),
        (-0.1, "-0.1"),
        (1.234, "1.2340"),  # a number has one meaning only
        (-12.345, "-12.3450"),
        (1e-11, "0.00000000001"),
        (1e-30, "0"),
        (1e15, "1000000000000000"),
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
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
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
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
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
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", text)
    assert "orimligt stor" in refused_book(tmp_path, out.getvalue()).problems[0].rule


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"enhet;utfall\n1;2\n", "ingen Excelarbetsbok"),
        (b"<html><body>404</body></html>", "webbsida"),
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


def rezipped(data: bytes, compression: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", compression) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
    return out.getvalue()


def test_a_workbook_without_compression_is_read(tmp_path: Path) -> None:
    data = rezipped(small_book(), zipfile.ZIP_STORED)
    assert cells(read_bytes(tmp_path, data, "a.xlsx")) == [("0123", "1234.5")]


def test_a_workbook_with_a_foreign_compression_is_refused(tmp_path: Path) -> None:
    assert "skadad" in refused_book(tmp_path, rezipped(small_book(), zipfile.ZIP_BZIP2)).problems[0].rule


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


def test_only_the_first_twenty_cells_with_errors_are_told(tmp_path: Path) -> None:
    data = saved(workbook(("Blad1", [["enhet"], *(["=1+1"] for _ in range(50))])))
    assert len(refused_book(tmp_path, data).problems) == 20


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
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_a_workbook_with_one_byte_changed_is_read_or_refused(tmp_path: Path, place: int, byte: int) -> None:
    data = bytearray(small_book())
    data[place % len(data)] = byte
    assert is_read_or_refused(tmp_path, bytes(data), "a.xlsx")
