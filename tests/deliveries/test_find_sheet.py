"""The right sheet of a workbook, its merged cells, its errors and its formats."""

import io
import zipfile
from datetime import timedelta

import pytest

from tests.worlds.table_files import cells
from tests.worlds.wanted_tables import HEADER, OTHER, ROW, book, problems, read, read_book, rules, saved


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
