"""The record of forecasts as the report holds it."""

from decimal import Decimal

from tasks.rules.assessment.accuracy_report import accuracy_rows
from tasks.rules.assessment.forecast_accuracy import AccuracySettings
from tests.rules.closed_years import unit

PLACES = {"N": ("verksamhetsomrade", "Norr"), "101": ("enhet", "Alen"), "201": ("enhet", "Bilan")}


def rows(years):
    return list(accuracy_rows(years, PLACES, AccuracySettings()))


def test_the_board_comes_first_then_areas_then_units_newest_year_first():
    found = rows({2024: [unit("101", "N")], 2025: [unit("101", "N"), unit("201", "")]})
    assert [(row["ar"], row["niva"], row["kod"], row["namn"]) for row in found] == [
        (2025, "namnd", None, "Nämnden"),
        (2025, "verksamhetsomrade", "N", "Norr"),
        (2025, "enhet", "101", "Alen"),
        (2025, "enhet", "201", "Bilan"),
        (2024, "namnd", None, "Nämnden"),
        (2024, "verksamhetsomrade", "N", "Norr"),
        (2024, "enhet", "101", "Alen"),
    ]


def test_each_forecaster_has_an_error_a_target_and_counts_of_its_own():
    remedied = unit("102", "N", manager=110, plan_approved=True, run_rate=None)
    board, *_ = rows({2025: [unit("101", "N", manager=99), remedied]})
    assert board == {
        "niva": "namnd",
        "kod": None,
        "namn": "Nämnden",
        "ar": 2025,
        "regeln": Decimal(1),
        "chefen": Decimal("4.5"),
        "takt": Decimal(4),
        "inom_1_procent": {"regeln": True, "chefen": False, "takt": False},
        "atgardad": {"regeln": 0, "chefen": 1, "takt": 0},
        "antal": {"regeln": 2, "chefen": 2, "takt": 1},
        "av": 2,
    }


def test_a_forecaster_that_said_nothing_is_missing_beside_the_others():
    board, *_ = rows({2025: [unit(manager=None)]})
    assert (board["chefen"], board["inom_1_procent"]["chefen"], board["antal"]["chefen"]) == (None, None, 0)
    assert board["regeln"] == 1


def test_a_unit_that_no_place_names_goes_by_its_code():
    *_, row = rows({2025: [unit("999", "X")]})
    assert (row["niva"], row["namn"]) == ("enhet", "999")


def test_a_year_whose_outturn_nobody_knows_has_no_rows():
    assert rows({2025: [unit(outturn=None)], 2024: []}) == []
