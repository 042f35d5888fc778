"""What the board is asked to decide, drafted of the figures; and when and what its report is called."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.report.goals.indicators import Indicators, indicator_rows
from tasks.rules.report.tertial.decisions import decisions
from tasks.rules.report.tertial.occasion import is_tertial, report_title, year_end_word
from tasks.rules.report.tertial_tables import Adjustment, Turnover
from tests.rules.report.goals.rows import delivered

APRIL = Period(2026, 4)


def drafted(indicators=(), adjustments=(), turnovers=(), period=APRIL):
    return [words.replace("\u00a0", " ") for words in decisions(period, indicators, adjustments, turnovers)]


def changed_target(before, now, city=""):
    rows = [
        row
        for month, target in ((3, before), (4, now))
        for row in delivered(
            "indikatorer",
            f"period;indikator;arsmal;kf_arsmal;sort\n2026-{month:02};Nöjda barn;{target};{city};%",
            period=Period(2026, month),
        )
    ]
    return indicator_rows(Indicators(rows[-1:], rows[:-1]), Register([]))


@pytest.mark.parametrize(
    ("month", "title"),
    [(4, "Tertialrapport 1 2026"), (8, "Tertialrapport 2 2026"), (12, "Verksamhetsberättelse 2026")],
)
def test_a_tertials_report_is_called_by_its_month(month, title):
    assert is_tertial(Period(2026, month))
    assert report_title(Period(2026, month)) == title


def test_the_years_end_is_a_forecast_until_december_has_closed():
    assert [year_end_word(Period(2026, month)) for month in (4, 8, 12)] == ["Prognos", "Prognos", "Bokslut"]


def test_other_months_end_no_tertial():
    assert [month for month in range(1, 13) if is_tertial(Period(2026, month))] == [4, 8, 12]


def test_the_report_itself_is_always_decided_on():
    assert drafted() == ["Nämnden godkänner tertialrapport 1 2026 och överlämnar den till kommunstyrelsen."]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (("80", "85,5", "85,5"), "från 80 % till 85,5 %, som är kommunfullmäktiges årsmål."),
        (("80", "85", "90"), "från 80 % till 85 %."),
        (("öka", "85", ""), "från ”öka” till 85 %."),
    ],
)
def test_a_changed_target_is_for_the_board_to_decide(target, words):
    assert drafted(changed_target(*target))[1] == f"Nämnden justerar årsmålet för Nöjda barn {words}"


def test_a_target_that_stays_is_no_decision():
    assert len(drafted(changed_target("80", "80"))) == 1


def test_a_target_without_a_unit_is_a_number():
    row = changed_target("3", "4")[0]
    assert "från 3 till 4." in drafted([replace(row, measured_in=None, units=None)])[1]


def test_only_what_is_asked_for_is_decided_on():
    adjustments = [
        Adjustment("Trygghet", Decimal(1_200_000), "investering", None, "ansokt"),
        Adjustment("Hyra", Decimal(80_000), None, None, "ansokt"),
        Adjustment("Beviljad", Decimal(80_000), "drift", None, "beviljad"),
        Adjustment("Okänd", None, "drift", None, "ansokt"),
    ]
    assert drafted(adjustments=adjustments)[1:] == [
        "Nämnden ansöker om budgetjustering om 1,2 mnkr (Trygghet, investering).",
        "Nämnden ansöker om budgetjustering om 80 tkr (Hyra).",
    ]


def test_turnovers_are_announced_by_their_whole():
    turnovers = [
        Turnover("A", None, Decimal(45_000_000), Decimal(-45_000_000)),
        Turnover("a1", "A", Decimal(19_000_000), Decimal(-19_000_000)),
        Turnover("B", None, Decimal(100_000), Decimal(-100_000)),
    ]
    assert drafted(turnovers=turnovers)[1:] == ["Nämnden anmäler omslutningar om 45,1 mnkr."]
    assert drafted(turnovers=[Turnover("A", None, Decimal(0), None)])[1:] == []
