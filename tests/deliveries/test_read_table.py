import csv
import io
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tasks.deliveries.tables.read_table import UnreadableTableError, read_table
from tasks.rules.deliveries.columns import column_name
from tests.worlds.examples import SAME_FIXTURES, examples
from tests.worlds.table_files import (
    MAX_BYTES,
    cells,
    is_read_or_refused,
    read_bytes,
    read_text,
    refused,
    row_numbers,
)

HEADER = "period;enhet;utfall"


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


def tells_its_encoding(text: str) -> bool:
    """Tell whether a text in cp1252 is nothing else: `ä––` is a Chinese sign in UTF-8 as well."""
    try:
        is_other = not text.isascii() and bool(text.encode("cp1252").decode())
    except UnicodeDecodeError:
        is_other = not any(letter in text for letter in "åäöÅÄÖé")
    return not is_other


@given(written=written_tables(), encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]))
@settings(suppress_health_check=SAME_FIXTURES, max_examples=examples(400))
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
    assume(encoding != "cp1252" or tells_its_encoding(text.getvalue()))
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
@settings(suppress_health_check=SAME_FIXTURES, max_examples=examples(400))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        assert is_read_or_refused(tmp_path, data, name)
