"""A table that isn't all that its file holds: below titles, above remarks, on one of several sheets."""

import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest

from tasks.deliveries.read_table import UnreadableTableError, read_table
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.periods import Period
from tasks.sources import all_sources
from tests.worlds.table_files import MAX_BYTES, cells, row_numbers

HEADER = ["period", "enhet", "kontogrupp", "budget", "utfall"]
ROW = ["2026-09", "0101", "Personal", "100", "90"]
OTHER = ["2026-09", "0102", "Personal", "200", "190"]


def read(folder, data, name="ekonomi_2026-09.csv", source="ekonomi"):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_table(path, max_bytes=MAX_BYTES, wanted=Wanted(all_sources()[source], Period(2026, 9)))


def problems(folder, data, name="ekonomi_2026-09.csv", source="ekonomi"):
    with pytest.raises(UnreadableTableError) as error:
        read(folder, data, name, source)
    return error.value.problems


def csv(*rows, end="\n"):
    return "\n".join(";".join(row) for row in rows) + end


def book(**sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


def saved(made):
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def read_book(folder, made, source="ekonomi"):
    return read(folder, saved(made), f"{source}_2026-09.xlsx", source)


def rules(table):
    return [note.rule for note in table.notes]


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


@pytest.mark.parametrize("rows", [[["Belopp i tkr"], HEADER, ROW], [HEADER, ROW, [], ["Alla belopp i tkr"]]])
def test_a_text_that_says_thousands_beside_a_table_in_kronor_is_refused(tmp_path, rows):
    for found in (
        problems(tmp_path, csv(*rows)),
        problems(tmp_path, saved(book(A=rows)), "ekonomi_2026-09.xlsx"),
    ):
        assert "rubrikerna säger kronor" in found[0].rule


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_months_side_by_side_become_rows(tmp_path, kind):
    rows = [["enhet", "kontogrupp", "typ", "jan", "feb"]]
    rows += [["0101", "Personal", "Budget", "1", "2"], ["0101", "Personal", "Utfall", "3", ""]]
    table = read(tmp_path, csv(*rows)) if kind == "csv" else read_book(tmp_path, book(A=rows))
    assert table.columns == ("period", "enhet", "kontogrupp", "budget", "utfall")
    assert cells(table) == [
        ("2026-01", "0101", "Personal", "1", "3"),
        ("2026-02", "0101", "Personal", "2", None),
    ]
    assert row_numbers(table) == [2, 2]


def test_months_that_do_not_say_what_their_figures_are_are_refused(tmp_path):
    found = problems(tmp_path, csv(["enhet", "kontogrupp", "jan", "feb"], ["0101", "P", "1", "2"]))
    assert "det syns inte vilka belopp" in found[0].rule


# Sheets


def test_the_sheet_with_the_headers_is_read_and_the_others_are_named(tmp_path):
    table = read_book(tmp_path, book(**{"Läs mig": [["Så här gör du"]], "Utfall": [HEADER, ROW]}))
    assert (table.sheet, cells(table)) == ("Utfall", [tuple(ROW)])
    assert rules(table) == ["Bladet ”Utfall” är läst, inte bladet ”Läs mig”"]


def test_of_a_sheet_a_month_that_with_the_files_month_is_read(tmp_path):
    august = ["2026-08", *ROW[1:]]
    table = read_book(tmp_path, book(A=[HEADER, august], B=[HEADER, ROW], C=[["Läs mig"]]))
    assert table.sheet == "B"


def test_of_wide_sheets_that_with_the_files_month_is_read(tmp_path):
    years = {year: [["enhet", "kontogrupp", "typ", f"jan {year}", f"sep {year}"]] for year in (2025, 2026)}
    for rows in years.values():
        rows += [["0101", "P", "Budget", "1", "2"], ["0101", "P", "Utfall", "3", "4"]]
    assert read_book(tmp_path, book(A=years[2025], B=years[2026])).sheet == "B"


def test_two_sheets_that_both_fit_are_refused_but_not_where_one_is_named_data(tmp_path):
    both = book(A=[HEADER, ROW], B=[HEADER, OTHER])
    found = problems(tmp_path, saved(both), "ekonomi_2026-09.xlsx")
    assert found[0].rule == "Arbetsboken har 2 blad som kan vara tabellen: ”A” och ”B”"
    both["B"].title = "Data"
    assert cells(read_book(tmp_path, both)) == [tuple(OTHER)]


def test_hidden_sheets_are_not_looked_at(tmp_path):
    both = book(A=[HEADER, ROW], B=[HEADER, OTHER])
    both["A"].sheet_state = "hidden"
    assert cells(read_book(tmp_path, both)) == [tuple(OTHER)]


def test_without_months_the_sheets_names_decide(tmp_path):
    risks = ["indikator", "risk", "sannolikhet", "konsekvens"]
    both = book(Aug=[risks, ["a", "b", 1, 2]], Sep=[risks, ["a", "b", 3, 4]])
    assert read_book(tmp_path, both, "risker").sheet == "Sep"


def test_where_no_sheet_fits_the_one_that_is_known_best_tells_what_lacks(tmp_path):
    table = read_book(tmp_path, book(**{"Läs mig": [["a"], ["b"]], "Blad": [HEADER[:4], ROW[:4]]}))
    assert table.headers == tuple(HEADER[:4])


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def with_far_cell(made, part):
    data = io.BytesIO(saved(made))
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            new.writestr(name, xml.replace(b"</sheetData>", FAR) if name.endswith(part) else xml)
    return out.getvalue()


def test_a_sheet_that_cannot_be_read_harms_only_a_table_that_may_stand_there(tmp_path):
    both = book(A=[HEADER, ROW], B=[["x"], ["y"]])
    assert read(tmp_path, with_far_cell(both, "sheet2.xml"), "ekonomi_2026-09.xlsx").sheet == "A"
    found = problems(tmp_path, with_far_cell(both, "sheet1.xml"), "ekonomi_2026-09.xlsx")
    assert "långt utanför tabellen" in found[0].rule


# Merged cells, errors and formats


def test_merged_cells_hold_for_every_row_of_theirs(tmp_path):
    made = book(A=[HEADER, ROW, [None, None, "Lokaler", "5", "6"], OTHER])
    made["A"].merge_cells("A2:A3")
    made["A"].merge_cells("B2:B3")
    table = read_book(tmp_path, made)
    assert cells(table)[1] == ("2026-09", "0101", "Lokaler", "5", "6")
    assert rules(table) == [
        "Sammanslagna celler i period och enhet gäller alla rader som de sträcker sig över"
    ]


def test_a_row_that_is_only_merged_into_is_no_row(tmp_path):
    made = book(A=[HEADER, ROW, [], OTHER])
    for letter in "ABCDE":
        made["A"].merge_cells(f"{letter}2:{letter}3")
    assert cells(read_book(tmp_path, made)) == [tuple(ROW), tuple(OTHER)]


def test_a_figure_merged_over_two_rows_is_refused(tmp_path):
    made = book(A=[HEADER, ROW, ["2026-09", "0101", "Lokaler", None, "6"]])
    made["A"].merge_cells("D2:D3")
    found = problems(tmp_path, saved(made), "ekonomi_2026-09.xlsx")
    assert [(one.row, one.column) for one in found] == [(2, "budget")]


def with_error(column):
    made = book(A=[["Rapport"], [*HEADER, "Andel"], [*ROW, 1], [*OTHER, 1]])
    for row in (3, 4):
        made["A"].cell(row, column, "#DIV/0!").data_type = "e"
    return saved(made)


def test_an_error_in_a_column_that_is_not_read_is_a_note(tmp_path):
    table = read(tmp_path, with_error(6), "ekonomi_2026-09.xlsx")
    assert cells(table)[0][:5] == tuple(ROW)
    note = table.notes[-1]
    assert note.column == "Andel"
    assert note.rule == "2\u00a0celler i kolumnen visar felet #DIV/0!; den läses inte, så det gör inget"


def test_an_error_in_a_column_that_is_read_is_one_problem_with_its_rows(tmp_path):
    (problem,) = problems(tmp_path, with_error(5), "ekonomi_2026-09.xlsx")
    assert (problem.rule, problem.column, problem.count) == ("Cellen visar felet #DIV/0!", "utfall", 2)
    assert [example.row for example in problem.examples] == [3, 4]


INDICATORS = ["period", "indikator", "utfall", "arsmal", "andel"]


def formatted(formats):
    made = book(A=[INDICATORS, ["2026-09", "Sjukfrånvaro", 0.0765, 0.07, 0.5]])
    for column, code in formats.items():
        made["A"].cell(2, column).number_format = code
    return made


@pytest.mark.parametrize("formula", [False, True])  # the fast scan and the exact one
def test_cells_in_per_cent_are_read_as_they_are_shown(tmp_path, formula):
    made = formatted({3: "0.0%", 4: "0%", 5: "0%"})
    data = saved(made)
    if formula:
        data = with_formula(data)
    table = read(tmp_path, data, "indikatorer_2026-09.xlsx", "indikatorer")
    assert cells(table) == [("2026-09", "Sjukfrånvaro", "7,65 %", "7 %", "0.5")]
    assert rules(table) == ["Celler med procentformat är lästa som de visas, i procent: utfall och arsmal"]


def with_formula(data):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            new.writestr(name, xml.replace(b"<v>0.5</v>", b"<f>1/2</f><v>0.5</v>"))
    return out.getvalue()


def test_cells_whose_style_stands_first_are_per_cent_too(tmp_path):
    data = saved(formatted({4: "0%"}))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            new.writestr(name, xml.replace(b'<c r="D2" s="1" t="n">', b'<c r="D2" t="n" s="1">'))
    table = read(tmp_path, out.getvalue(), "indikatorer_2026-09.xlsx", "indikatorer")
    assert cells(table)[0][3] == "7 %"


@pytest.mark.parametrize("code", ['#,##0 "kr"', "#,##0\\ [$kr-41D]", '0.0" %"', "#,##0.00 [$SEK]"])
def test_what_a_format_only_shows_changes_no_figure(tmp_path, code):
    table = read_book(tmp_path, formatted({3: code, 4: code}), "indikatorer")
    assert cells(table)[0][2:4] == ("0.0765", "0.07")
    assert table.notes == ()


def test_hours_and_minutes_are_read_as_they_are_shown(tmp_path):
    made = book(
        A=[["period", "enhet", "ordinarie_timmar"], ["2026-09", "0101", timedelta(hours=152, minutes=30)]]
    )
    assert made["A"]["C2"].number_format == "[hh]:mm:ss"
    assert cells(read_book(tmp_path, made, "sjukfranvaro"))[0][2] == "152:30:00"


def test_a_workbook_without_styles_has_no_per_cent(tmp_path):
    data = saved(book(A=[HEADER, ROW]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != "xl/styles.xml":
                new.writestr(name, old.read(name))
    assert cells(read(tmp_path, out.getvalue(), "ekonomi_2026-09.xlsx")) == [tuple(ROW)]


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
