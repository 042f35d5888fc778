from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.assessment.forecast_accuracy import (
    AccuracySettings,
    ClosedYear,
    accuracy_rows,
    accuracy_table,
    closed_years,
    error_percent,
    is_remedied,
    measurable_years,
    past_forecasts,
)
from tasks.rules.assessment.unit_years import UnitYears
from tasks.rules.json_keys import to_json
from tasks.rules.periods import Period
from tasks.rules.thresholds import UnusableThresholdError
from tests.rules.closed_years import unit

DEFAULT = AccuracySettings()
KRONOR = st.none() | st.decimals(-(10**9), 10**9, places=2)


ERRORS = {
    "over": (102, 100, 2),
    "under": (98, 100, 2),
    "exact": (100, 100, 0),
    "net income": (-98, -100, 2),
    "a forecast of 0": (0, 100, 100),
    "the wrong sign": (-100, 100, 200),
    "outturn 0": (5, 0, None),
    "outturn missing": (5, None, None),
    "forecast missing": (None, 100, None),
}


@pytest.mark.parametrize(("forecast", "outturn", "error"), ERRORS.values(), ids=ERRORS)
def test_an_error_is_in_per_cent_of_the_outturn(forecast, outturn, error):
    kr = [None if value is None else Decimal(value) for value in (forecast, outturn)]
    assert error_percent(*kr) == error


@pytest.mark.parametrize(
    ("rule", "within"), [("100.99", True), ("101", True), ("101.01", False), (None, None)]
)
def test_a_forecast_is_within_the_boards_target_or_not(rule, within):
    (line,) = accuracy_table([unit(rule=rule)], DEFAULT).units
    assert line.rule.is_within == within


def test_areas_and_the_board_are_of_sums_and_not_means_of_percentages():
    table = accuracy_table(
        [
            unit("101", "Norr", outturn=100, rule=110),
            unit("102", "Norr", outturn=900, rule=890),
            unit("201", "Söder", outturn=1000, rule=1030),
        ],
        DEFAULT,
    )
    assert [line.name for line in table.units] == ["101", "102", "201"]
    assert [(line.name, line.rule.error_percent) for line in table.areas] == [("Norr", 0), ("Söder", 3)]
    assert (table.board.name, table.board.rule.error_percent) == ("Nämnden", Decimal("1.5"))
    assert table.board.rule.is_within is False


def test_the_three_forecasters_stand_side_by_side():
    board = accuracy_table([unit()], DEFAULT).board
    assert [each.error_percent for each in (board.rule, board.manager, board.run_rate)] == [1, 2, 4]


def test_a_unit_without_forecast_or_outturn_is_left_out_of_both_sums_and_counted():
    units = [unit("101"), unit("102", manager=None), unit("103", outturn=None)]
    board = accuracy_table(units, DEFAULT).board
    assert (board.manager.error_percent, board.manager.counted, board.manager.of) == (2, 1, 3)
    assert (board.rule.error_percent, board.rule.counted) == (1, 2)


def test_outturns_that_add_up_to_nothing_have_no_error():
    board = accuracy_table([unit(outturn=100), unit(outturn=-100)], DEFAULT).board
    assert (board.rule.error_percent, board.rule.is_within, board.rule.counted) == (None, None, 2)


def test_nothing_to_measure_is_missing():
    table = accuracy_table([], DEFAULT)
    assert (table.units, table.areas, table.board.rule.error_percent) == ((), (), None)


# changed, forecast: remedied (outturn 100, budget 98)
REMEDIES = {
    "a plan brought it nearer to budget": ({}, 105, True),
    "a plan from the other side": ({}, 90, True),
    "as near as forecast": ({}, 96, False),
    "nearer by a little": ({}, "95.99", True),
    "further away than forecast": ({}, 98, False),
    "further away on the other side": ({"outturn": 90}, 105, False),
    "within the target": ({}, 101, False),
    "no plan": ({"plan_approved": False}, 105, False),
    "no budget": ({"budget": None}, 105, False),
    "no outturn": ({"outturn": None}, 105, False),
    "no forecast": ({}, None, False),
}


@pytest.mark.parametrize(("changed", "forecast", "remedied"), REMEDIES.values(), ids=REMEDIES)
def test_a_miss_after_a_plan_may_be_a_success(changed, forecast, remedied):
    forecast = None if forecast is None else Decimal(forecast)
    year = unit(**{"plan_approved": True} | changed)
    assert is_remedied(forecast, year, DEFAULT) == remedied


def test_a_remedied_unit_is_counted_apart_and_stays_in_the_sums():
    board = accuracy_table([unit(rule=110, plan_approved=True), unit(rule=100)], DEFAULT).board
    assert (board.rule.remedied, board.rule.error_percent) == (1, 5)
    assert board.manager.remedied == 0


@pytest.mark.parametrize(
    "changed",
    [{"target_percent": Decimal(-1)}, {"least_unit_years": 0}, {"worst_factor": Decimal(-1)}],
)
def test_settings_that_make_no_sense_are_refused(changed):
    with pytest.raises(UnusableThresholdError):
        replace(DEFAULT, **changed)


YEARS = st.builds(
    ClosedYear,
    unit=st.just("101"),
    area=st.sampled_from(["Norr", "Söder"]),
    outturn=KRONOR,
    budget=KRONOR,
    rule=KRONOR,
    manager=KRONOR,
    run_rate=KRONOR,
    plan_approved=st.booleans(),
)


@given(st.lists(YEARS, max_size=8))
def test_every_unit_is_remedied_counted_or_missing(years):
    table = accuracy_table(years, DEFAULT)
    for line in (*table.units, *table.areas, table.board):
        for each in (line.rule, line.manager, line.run_rate):
            assert each.remedied <= each.counted <= each.of
            assert (each.error_percent is None) == (each.is_within is None)
    assert sum(area.rule.counted for area in table.areas) == table.board.rule.counted


PLACES = {"N": ("verksamhetsomrade", "Norr"), "101": ("enhet", "Alen"), "201": ("enhet", "Bilan")}


def rows(years):
    return [to_json(row) for row in accuracy_rows(years, PLACES, AccuracySettings())]


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
        "regeln": 1,
        "chefen": 4.5,
        "takt": 4,
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


ABSENT = np.full(12, np.nan)


def units(*years, budget=1200.0):
    """Make one unit of its years' months, the current year last."""
    outcome = np.array([years], dtype=float)
    return UnitYears(
        outcome=outcome,
        budget=np.full(outcome.shape[:2], budget),
        gross=np.full(1, np.nan),
        in_force=np.full((1, 12), budget),
        phasing=np.full((1, 12), budget / 12),
        unit_type=np.array(["forskola"]),
    )


def flat(monthly):
    return np.full(12, float(monthly))


@pytest.mark.parametrize(("years", "measurable"), [(1, []), (2, []), (3, [1]), (4, [1, 2]), (5, [1, 2])])
def test_a_year_is_measured_when_there_is_one_before_it(years, measurable):
    assert list(measurable_years(units(*[flat(100)] * years))) == measurable


def test_a_closed_year_is_forecast_at_the_end_of_august_and_held_against_its_end():
    late = np.r_[np.full(8, 100.0), np.full(4, 160.0)]  # nothing of it could be seen in August
    found = past_forecasts(units(flat(100), late, flat(0)), 1)
    assert found.outturn == pytest.approx([1440])
    assert found.run_rate == pytest.approx([1200])
    assert found.rule == pytest.approx([1200])
    assert found.budget == pytest.approx([1200])


@pytest.mark.parametrize("later", [flat(0), flat(10**6), ABSENT])
def test_nothing_that_came_after_the_month_moves_a_forecast_of_it(later):
    before, so_far = np.linspace(90, 110, 12), np.linspace(95, 118, 8)
    found = past_forecasts(units(before, np.r_[so_far, later[:4]], later), 1)
    known = past_forecasts(units(before, np.r_[so_far, np.full(4, 120.0)], flat(100)), 1)
    assert (found.rule, found.run_rate) == (pytest.approx(known.rule), pytest.approx(known.run_rate))


def test_a_month_that_is_absent_is_missing_and_never_zero():
    holed = flat(100)
    holed[3] = np.nan
    found = past_forecasts(units(flat(100), holed, flat(100)), 1)
    assert np.isnan([found.outturn, found.rule, found.run_rate]).all()


def test_a_year_that_has_not_ended_has_a_forecast_and_no_outturn():
    unended = np.r_[np.full(11, 100.0), np.nan]
    found = past_forecasts(units(flat(100), unended, flat(100)), 1)
    assert np.isnan(found.outturn).all()
    assert found.rule == pytest.approx([1200])


def test_the_managers_forecasts_of_august_stand_beside_the_rules():
    managers = {
        ("101", Period(2025, 8)): Decimal(1190),
        ("101", Period(2025, 9)): Decimal(1),
        ("101", Period(2026, 8)): Decimal(2),
        ("102", Period(2024, 8)): Decimal(3),
    }
    closed = closed_years(units(*[flat(100)] * 4), [("101", "N")], managers, 2026)
    same = dict.fromkeys(("outturn", "budget", "rule", "run_rate"), Decimal("1200.00"))
    assert closed == {
        2025: [ClosedYear("101", "N", manager=Decimal(1190), **same)],
        2024: [ClosedYear("101", "N", manager=None, **same)],
    }


def test_what_is_missing_of_a_closed_year_stays_missing():
    (year,) = closed_years(units(ABSENT, ABSENT, flat(100), budget=np.nan), [("101", "N")], {}, 2026)[2025]
    assert year == ClosedYear("101", "N", None, None, None, None, None)
