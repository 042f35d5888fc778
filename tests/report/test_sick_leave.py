"""What the report shows of sick leave, and of whom it shows nothing."""

import re
from copy import deepcopy

from tests.worlds.read_page import page as page_of
from tests.worlds.read_page import row, rows, text
from tests.worlds.report_content import (
    CONTENT,
    SICK_COLUMNS,
    changed,
)


def test_hidden_sick_leave_shows_no_figure_of_it():
    hidden = changed(sjukfranvaro=[{**CONTENT["sjukfranvaro"][0], **dict.fromkeys(SICK_COLUMNS, "doldt")}])
    assert [cells[1:] for cells in rows(hidden, "Sjukfrånvaro")] == [["visas inte (få personer)"] * 2] * 4
    assert "ordinarie timmar." not in text(hidden)


def test_sick_leave_is_hours_of_hours():
    assert rows(CONTENT, "Sjukfrånvaro")[:4] == [
        ["Dag 1–14", "3,0 %", "540"],
        ["Dag 15–90", "1,0 %", "181"],
        ["Från dag 91", "4,0 %", "720"],
        ["Totalt", "8,0 %", "1 441"],
    ]


def test_sick_leave_is_told_of_departments_and_areas_by_sex_and_length_but_not_of_units():
    head, *areas = rows(CONTENT, "Sjukfrånvaro")[4:]
    assert head[1:] == ["Totalt", "Kvinnor", "Män", "Dag 1–14", "Dag 15–90", "Från dag 91", "Anställda"]
    assert areas == [
        ["Förskola", "8,0 %", "8,5 %", "5,3 %", "3,0 %", "1,0 %", "4,0 %", "100"],
        ["Norra", "7,1 %", "visas inte", "visas inte", "2,8 %", "0,9 %", "3,4 %", "60"],
        ["Södra", "9,3 %", "visas inte", "visas inte", "3,3 %", "1,2 %", "4,8 %", "40"],
        ["Äldreomsorg", "8,0 %", "8,0 %", "uppgift saknas", "3,0 %", "1,0 %", "4,0 %", "20"],
        ["Hela förvaltningen", "8,0 %", "8,4 %", "5,3 %", "3,0 %", "1,0 %", "4,0 %", "120"],
    ]
    page = page_of(CONTENT)
    assert re.search(r'<tr role="row" class="part">\s*<th role="rowheader" scope="row">Norra<', page)


def test_why_a_group_is_not_shown_is_said_only_where_one_is_not():
    assert "”Visas inte”: gruppen har för få anställda, eller" in text(CONTENT)
    shown = changed(sjukfranvaro=[row for row in CONTENT["sjukfranvaro"] if row["anstallda"] != "doldt"])
    assert "Visas inte" not in text(shown)


def test_a_hidden_area_shows_nothing_at_all():
    rows_of_sick = deepcopy(CONTENT["sjukfranvaro"])
    for each in rows_of_sick:
        if each["enhet"] == "södra":
            each.update(dict.fromkeys(SICK_COLUMNS, "doldt"))
    assert row(changed(sjukfranvaro=rows_of_sick), "Sjukfrånvaro", "Södra") == ["visas inte"] * 7


def test_an_area_that_lacks_units_says_so():
    some = deepcopy(CONTENT["sjukfranvaro"])
    some[3] |= {"antal": 4, "av": 5}
    assert rows(changed(sjukfranvaro=some), "Sjukfrånvaro")[5][0] == "Förskola 4 av 5 enheter"


def test_sick_leave_without_one_span_has_no_total():
    lacking = changed(sjukfranvaro=[{**CONTENT["sjukfranvaro"][0], "franvarotimmar_91": None}])
    assert row(lacking, "Sjukfrånvaro", "Dag 1–14") == ["3,0 %", "540"]
    assert row(lacking, "Sjukfrånvaro", "Totalt") == ["uppgift saknas", "uppgift saknas"]


def test_sick_leave_of_some_units_says_so():
    some = changed(sjukfranvaro=[{**CONTENT["sjukfranvaro"][0], "antal": 11, "av": 12}])
    assert "Timmarna gäller 11 av 12 enheter" in text(some)
    assert "Timmarna gäller" not in text(CONTENT)
