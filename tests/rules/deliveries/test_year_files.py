"""A file that holds several months of a year: when it is one, which months it is of, and what is doubted."""

from datetime import date

import pytest

from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.plausible import PlausibleSettings, judge
from tasks.rules.deliveries.receipt import month_receipt, write_receipt
from tasks.rules.deliveries.receipt_text import brief_text
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP
from tests.rules.delivered_files import SICK, VOLUMES, check
from tests.rules.deliveries.ledgers import TYPES, known

DECEMBER = Period(2025, 12)
UNITS = tuple(TYPES)
LIMITS = PlausibleSettings()
TODAY = date(2026, 2, 10)


def rows(months, units=("E1", "E2"), count=40, year=2025, **counts):
    """Write volumes of months; `m3=…` stands in for March's count."""
    return "".join(
        f"{year}-{month:02d};{unit};Besök;{counts.get(f'm{month}', count)}\n"
        for month in months
        for unit in units
    )


def year(text, *, is_year=True, period=DECEMBER, source="prestationer", register=None, today=TODAY):
    head = VOLUMES if source == "prestationer" else ""
    return check(source, head + text, register=register, period=period, is_year=is_year, today=today)


def months(numbers, of=2025):
    return tuple(Period(of, number) for number in numbers)


@pytest.mark.parametrize(
    ("text", "is_year", "period", "of"),
    [
        (rows(range(1, 13)), True, DECEMBER, months(range(1, 13))),
        (rows([3, 5]), True, DECEMBER, months([3, 5])),
        (rows([3]), True, DECEMBER, months([3])),
        (rows(range(1, 13)), False, DECEMBER, months(range(1, 13))),  # its rows say it
        (rows([12]), False, DECEMBER, months([12])),
        (rows([12]) + rows([11], ["E1"]), False, DECEMBER, months([11, 12])),  # half of the rows are enough
        (rows([9]), False, Period(2025, 9), months([9])),
        (
            rows([1, 2], year=2026) + rows([11, 12], year=2026, count=""),
            True,
            Period(2026, 12),
            months([1, 2], 2026),
        ),
    ],
)
def test_a_file_is_of_the_months_of_its_rows(text, is_year, period, of):
    checked = year(text, is_year=is_year, period=period)
    assert checked.problems == ()
    assert checked.months == of
    assert sorted(checked.figures["period"].unique()) == [month.first_day for month in of]


@pytest.mark.parametrize(
    ("text", "is_year", "period", "rule", "count"),
    [
        (rows([12], UNITS) + rows([11], ["E1"]), False, DECEMBER, "Månaden är inte filens", 1),
        (rows([10, 11]), False, DECEMBER, "Månaden är inte filens", 4),  # without December no year's file
        (rows([8, 9]), False, Period(2025, 9), "Månaden är inte filens", 2),
        (rows([1]) + rows([12], year=2024), True, DECEMBER, "Månaden ligger inte i filens år", 2),
        (rows([12], year=2024), True, DECEMBER, "Månaden ligger inte i filens år", 2),
        (rows([2, 3], year=2026), True, Period(2026, 12), "Månaden har inte börjat", 2),
        (rows([3], year=2026, count="abc"), True, Period(2026, 12), "Månaden har inte börjat", 2),
    ],
)
def test_rows_of_months_that_it_cannot_be_of_refuse_it(text, is_year, period, rule, count):
    checked = year(text, is_year=is_year, period=period)
    found = {problem.rule: problem.count for problem in checked.problems}
    assert found.get(rule) == count


def test_a_row_of_another_month_is_told_the_name_that_a_years_file_has():
    checked = year(rows([8, 9]), is_year=False, period=Period(2025, 9))
    assert "Gäller den flera månader: döp den prestationer_2025." in checked.problems[0].remedy


def test_a_file_named_after_december_notes_that_it_is_a_years():
    checked = year(rows(range(1, 13)), is_year=False)
    assert checked.notes == (
        Problem("Filen har rader för 2025: varje månad är mottagen som en egen leverans", ""),
    )
    assert year(rows(range(1, 13))).notes == ()


def test_rows_of_months_to_come_without_figures_are_left_out_with_a_note():
    checked = year(rows([1], year=2026) + rows([3], year=2026, count=""), period=Period(2026, 12))
    (note,) = checked.notes
    assert (note.row, note.count) == (4, 2)
    assert "inte har varit, har inga uppgifter och har lämnats utanför" in note.rule


def test_where_no_figure_must_be_there_any_figure_is_one():
    text = "period;indikator;utfall\n2026-01;Sjukfrånvaro;7\n2026-03;Sjukfrånvaro;\n"
    checked = year(text, source="indikatorer", period=Period(2026, 12))
    assert checked.months == (Period(2026, 1),)


def test_a_years_file_whose_rows_say_no_month_is_refused_for_that():
    checked = year("enhet;matt;utfall\nE1;Besök;4\n", source="bistand")
    assert not checked.is_accepted
    assert checked.months == (DECEMBER,)


def test_units_that_only_some_months_lack_are_named_with_those_months():
    register = Register(
        [(Period(2025, 1), [UnitVersion(code, code, "enhet") for code in ("E1", "E2", "E3")])]
    )
    lines = [
        f"{month};{unit};K;12;1900;1;1;1\n"
        for month in ("2025-01", "2025-02")
        for unit in ("E1", "E2")
        if (month, unit) != ("2025-02", "E2")
    ]
    checked = year(SICK + "".join(lines), source="sjukfranvaro", register=register)
    assert checked.absent_units == ("E2 (februari 2025)", "E3")
    assert checked.valid_units == 3


def of_all(**counts):
    return year(rows(range(1, 13), UNITS, **counts))


def test_an_honest_year_is_not_doubted():
    assert judge(of_all(), known(), LIMITS).doubts == ()


@pytest.mark.parametrize(
    ("counts", "before", "kind", "where"),
    [
        ({"m9": 40_000}, None, "thousandfold", "i september 2025"),
        ({"m9": 0}, None, "nothing", "i september 2025"),
        ({"m9": 360}, of_all(), "accumulated", "i september 2025"),
        ({f"m{month}": 40 * month for month in range(1, 13)}, None, "accumulated", ""),
        ({f"m{month}": 40 * month for month in range(1, 13)}, of_all(), "accumulated", ""),
    ],
)
def test_one_impossible_month_is_doubted_whatever_the_others_are(counts, before, kind, where):
    seen = known(figures=None if before is None else before.figures.filter(period=date(2025, 1, 1)))
    (doubt,) = judge(of_all(**counts), seen, LIMITS).doubts
    assert doubt.kind == kind
    assert where in doubt.rule


def test_a_unit_that_is_off_in_one_month_is_named_with_it():
    text = rows(range(1, 13), UNITS).replace("2025-03;F1;Besök;40", "2025-03;F1;Besök;40000")
    (unit,) = judge(year(text), known(), LIMITS).units
    assert (unit.unit, unit.period) == ("F1", Period(2025, 3))


def test_a_receipt_is_of_the_year_and_each_months_has_its_own_sums():
    receipt = write_receipt(of_all(), "prestationer_2025.csv")
    assert (receipt.period, receipt.months, receipt.when) == (DECEMBER, months(range(1, 13)), "2025")
    march = month_receipt(receipt, Period(2025, 3))
    assert {total.period for total in march.totals} == {march.period} == {Period(2025, 3)}


def test_of_many_files_each_is_told_in_a_line_and_what_somebody_must_look_at_below_it():
    register = Register([(Period(2025, 1), [UnitVersion(code, code, "enhet") for code in ("E1", "E2")])])
    told = brief_text(write_receipt(year(rows(range(1, 13)), register=register), "prestationer_2025.csv"))
    assert told == f"prestationer_2025.csv: mottagen, 2025, 24{NBSP}rader\n"
    noted = brief_text(
        write_receipt(year(rows([11, 12]), is_year=False, register=register), "prestationer_2025-12.csv")
    )
    assert noted.startswith(
        f"prestationer_2025-12.csv: mottagen, november–december 2025, 4{NBSP}rader\n\nSå här lästes filen:\n"
    )
    unknown = brief_text(
        write_receipt(year(rows([12]).replace("Besök", "Steg"), register=register), "prestationer_2025.csv")
    )
    assert f"Att kontrollera, 1{NBSP}sak:" in unknown
    assert "Måttet är okänt" in unknown
