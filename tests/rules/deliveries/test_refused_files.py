from datetime import date

import pytest

from tasks.rules.deliveries.check import check_delivery
from tasks.rules.periods import Period
from tasks.sources import all_sources
from tests.rules.delivered_files import EKONOMI, SICK, TREE, check, published


def test_each_kind_of_problem_is_told_once_and_every_place_is_counted():
    text = SICK + "".join(f"2026-08;E1;{sex};1;100;1;1;1\n" for sex in "KM") * 40
    checked = check("sjukfranvaro", text)
    assert checked.problem_count == 80 + 78  # of another month, and the same as an earlier row
    assert [(problem.row, problem.count) for problem in checked.problems] == [(2, 80), (4, 78)]
    assert [[each.row for each in problem.examples] for problem in checked.problems] == [[2, 3, 4], [4, 5, 6]]


def test_cells_that_break_different_rules_are_different_problems():
    rows = "".join(f"2026-09;E1;K{n};{cell};1\n" for n, cell in enumerate(("1.234", "ett", "1.235", "två")))
    checked = check("ekonomi", EKONOMI + rows)
    assert [(problem.rule, problem.count) for problem in checked.problems] == [
        ("Talet kan läsas på två sätt", 2),
        ("Det är inget tal", 2),
    ]
    assert [each.remedy[:12] for each in checked.problems[0].examples] == ["Skriv 1234 o", "Skriv 1235 o"]


def test_hours_that_lack_all_their_parts_are_told_as_columns_that_lack():
    checked = check("sjukfranvaro", "period;enhet;kon;anstallda;ordinarie_timmar\n2026-09;E1;K;1;100\n")
    assert [problem.rule.split()[0] for problem in checked.problems] == ["Kolumnen"] * 3


@pytest.mark.parametrize("rows", [3, 60])
def test_rows_without_unit_are_told_together(rows):
    checked = check("ekonomi", EKONOMI + "2026-09;E1;A;1;1\n" + "2026-09;;B;2;2\n" * rows)
    assert [(problem.rule, problem.count) for problem in checked.problems] == [("Raden saknar enhet", rows)]


@pytest.mark.parametrize(
    ("source", "period", "is_accepted"),
    [
        ("bistand", Period(2026, 10), True),  # today's month
        ("bistand", Period(2026, 11), False),  # the next
        ("organisation", Period(2027, 1), True),  # next year's register may come before it holds
        ("organisation", Period(2027, 11), False),
    ],
)
def test_a_month_that_has_not_begun_is_refused(source, period, is_accepted):
    texts = {
        "bistand": f"period;hushall;utbetalt\n{period};10;100000\n",
        "organisation": TREE + "A;Ett;enhet;;;;;\n",
    }
    checked = check(source, texts[source], None, period)
    assert checked.is_accepted is is_accepted
    assert all("har inte börjat" in problem.rule for problem in checked.problems)


def test_a_table_without_rows_is_refused():
    raw = published("bistand")
    empty = type(raw)(raw.headers, raw.columns, raw.frame.clear(), "utf-8", ";")
    checked = check_delivery(empty, all_sources()["bistand"], Period(2021, 4), None, today=date(2021, 5, 7))
    assert [problem.rule for problem in checked.problems] == ["Filen har inga rader"]


def test_a_file_of_quite_another_kind_only_lacks_its_columns():
    checked = check("organisation", "a;b\n1;2\n")
    assert [problem.column for problem in checked.problems] == ["kod", "namn", "niva", "overordnad"]
