"""A table that isn't all that its file holds: below titles, above remarks, with months side by side."""

import io
import zipfile

import pytest

from tests.worlds.table_files import cells, row_numbers
from tests.worlds.wanted_tables import HEADER, OTHER, ROW, book, csv, problems, read, read_book, rules, saved

TITLES = "Rubrikerna står på rad 3. Det som står ovanför är inte läst: ”Ekonomirapport, september”"


@pytest.mark.parametrize("kind", ["csv", "csv in quotes", "xlsx"])
def test_a_table_below_titles_is_read_with_the_rows_that_the_spreadsheet_shows(tmp_path, kind):
    if kind == "xlsx":
        table = read_book(tmp_path, book(A=[["Ekonomirapport, september"], [], HEADER, ROW, OTHER]))
    else:
        title = '"Ekonomirapport, september"' if "quotes" in kind else "Ekonomirapport, september"
        table = read(tmp_path, csv([title], [], HEADER, ROW, OTHER))
    assert cells(table) == [tuple(ROW), tuple(OTHER)]
    assert row_numbers(table) == [4, 5]
    assert table.header_row == 3
    assert rules(table) == [TITLES]


def test_the_delimiter_is_the_headers_even_where_a_title_has_more_of_another(tmp_path):
    table = read(tmp_path, csv(["a,b,c,d,e,f,g"], HEADER, ROW))
    assert (table.delimiter, cells(table)) == (";", [tuple(ROW)])


def test_a_table_that_lacks_a_column_below_a_title_is_still_found(tmp_path):
    table = read(tmp_path, csv(["Rapport"], HEADER[:4], ROW[:4]))
    assert table.headers == tuple(HEADER[:4])
    assert table.header_row == 2


@pytest.mark.parametrize("line", ["sep=;\n", "sep=;\r\n", '"sep=;"\n', "SEP=;\n"])
def test_a_first_line_that_only_tells_the_delimiter_is_not_counted(tmp_path, line):
    table = read(tmp_path, line + csv(HEADER, ROW))
    assert row_numbers(table) == [2]
    assert rules(table) == ["Filens första rad säger bara vilket skiljetecken den har, och räknas inte"]


def test_the_delimiter_that_the_first_line_tells_is_used(tmp_path):
    assert read(tmp_path, "sep=|\n" + csv(HEADER, ROW).replace(";", "|")).delimiter == "|"


def test_a_first_line_that_tells_the_wrong_delimiter_is_refused(tmp_path):
    table = read(tmp_path, "sep=,\n" + csv(HEADER, ROW))
    assert table.headers == (";".join(HEADER),)


REMARK = "Källa: ekonomisystemet"
NOT_READ = "Raden under tabellen är ingen rad i den och är inte läst"


@pytest.mark.parametrize("last", [[REMARK], [REMARK, "", "", "", ""], ["", REMARK, "", "", ""]])
def test_a_remark_below_a_csv_table_is_left_out(tmp_path, last):
    rows = [HEADER, ROW, OTHER, [], last]
    table = read(tmp_path, csv(*rows))
    assert cells(table) == [tuple(ROW), tuple(OTHER)]
    assert [(note.rule, note.row, note.value) for note in table.notes] == [(NOT_READ, 5, REMARK)]


def test_a_remark_below_a_sheet_is_left_out_also_in_a_column_without_header(tmp_path):
    table = read_book(tmp_path, book(A=[HEADER, ROW, [], [None] * 5 + [REMARK]]))
    assert cells(table) == [tuple(ROW)]
    assert [note.row for note in table.notes] == [4]


@pytest.mark.parametrize(
    ("rows", "end"),
    [
        ([HEADER, ROW, ["2026-09"]], "\n"),  # a row that was cut off
        ([HEADER, ROW, ["Förskolan As"]], ""),  # the same, in the middle of a name
        ([HEADER, [REMARK], ROW], "\n"),  # in the middle of the table
        ([HEADER, ROW, ["Summa 90"]], "\n"),
        ([HEADER, ROW, [REMARK], ["2026-09", "0102"]], "\n"),
    ],
)
def test_a_row_with_too_few_fields_that_may_be_one_of_the_table_is_refused(tmp_path, rows, end):
    assert all("fält men rubriken har 5" in one.rule for one in problems(tmp_path, csv(*rows, end=end)))


def test_a_remark_that_a_blank_row_parts_from_the_table_needs_no_line_end(tmp_path):
    assert cells(read(tmp_path, csv(HEADER, ROW, [], [REMARK], end=""))) == [tuple(ROW)]


WIDE = [
    ["enhet", "kontogrupp", "typ", "jan", "feb"],
    ["0101", "Personal", "Budget", "1", "2"],
    ["0101", "Personal", "Utfall", "3", ""],
]


@pytest.mark.parametrize(
    "rows",
    [
        [["Belopp i tkr"], HEADER, ROW],
        [HEADER, ROW, [], ["Alla belopp i tkr"]],
        [["", "Belopp i tkr", "", ""], HEADER, ROW],
        [["Belopp i tkr"], *WIDE],
    ],
)
def test_a_text_that_says_thousands_beside_a_table_in_kronor_is_refused(tmp_path, rows):
    for found in (
        problems(tmp_path, csv(*rows)),
        problems(tmp_path, saved(book(A=rows)), "ekonomi_2026-09.xlsx"),
    ):
        assert "rubrikerna säger kronor" in found[0].rule


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_months_side_by_side_become_rows(tmp_path, kind):
    table = read(tmp_path, csv(*WIDE)) if kind == "csv" else read_book(tmp_path, book(A=WIDE))
    assert table.columns == ("period", "enhet", "kontogrupp", "budget", "utfall")
    assert cells(table) == [
        ("2026-01", "0101", "Personal", "1", "3"),
        ("2026-02", "0101", "Personal", "2", None),
    ]
    assert row_numbers(table) == [2, 2]


def test_months_that_do_not_say_what_their_figures_are_are_refused(tmp_path):
    found = problems(tmp_path, csv(["enhet", "kontogrupp", "jan", "feb"], ["0101", "P", "1", "2"]))
    assert "det syns inte vilka belopp" in found[0].rule


NUMBER = "19800101-1234"


@pytest.mark.parametrize(
    "rows",
    [[[f"Handläggare {NUMBER}"], HEADER, ROW], [HEADER, ROW, [], [f"Fråga: {NUMBER}"]]],
)
def test_what_stands_beside_a_table_is_told_to_those_who_look_for_personal_numbers(tmp_path, rows):
    for table in (read(tmp_path, csv(*rows)), read_book(tmp_path, book(A=rows))):
        assert any(NUMBER in text for text in table.beside)


def test_a_personal_number_on_a_sheet_that_nobody_sees_is_found(tmp_path):
    made = book(A=[HEADER, ROW], B=[["Namn"], [NUMBER]])
    made["B"].sheet_state = "hidden"
    assert read_book(tmp_path, made).beside == (NUMBER,)


def test_a_personal_number_among_the_texts_that_sheets_share_is_found(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book(A=[HEADER, ROW])))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/sharedStrings.xml", f"<sst><si><t>Pnr </t><t>{NUMBER}</t></si></sst>")
    assert read(tmp_path, out.getvalue(), "ekonomi_2026-09.xlsx").beside == (f"Pnr {NUMBER}",)
