from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.assessment.forecast_accuracy import (
    AccuracySettings,
    ClosedYear,
    accuracy_sentence,
    accuracy_table,
    error_percent,
    is_remedied,
)
from tasks.rules.swedish import NBSP
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
    assert (line.rule.is_within, line.rule.units_within) == (within, int(bool(within)))


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
    assert (table.board.rule.is_within, table.board.rule.units_within) == (False, 0)


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
    assert (board.manager.remedied, board.rule.units_within) == (0, 1)


SENTENCES = {
    "all known": (
        [unit()],
        (
            "Nämnden, skillnad mot utfallet: regelns prognos 1,0_%, chefernas prognoser 2,0_%, "
            "den raka framskrivningen 4,0_%. Målet är högst 1_%."
        ),
    ),
    "some missing, one remedied": (
        [unit(manager=110, plan_approved=True), unit(manager=None, run_rate=None)],
        (
            "Nämnden, skillnad mot utfallet: regelns prognos 1,0_%, "
            "chefernas prognoser 10,0_% (1 av 2_enheter), "
            "den raka framskrivningen 4,0_% (1 av 2_enheter). Målet är högst 1_%. "
            "Åtgärdade, räknade för sig: 1_enhet."
        ),
    ),
    "nothing": (
        [unit(outturn=None)],
        (
            "Nämnden, skillnad mot utfallet: regelns prognos uppgift saknas, "
            "chefernas prognoser uppgift saknas, den raka framskrivningen uppgift saknas. Målet är högst 1_%."
        ),
    ),
}


@pytest.mark.parametrize(("years", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_the_accuracy_is_said_with_the_target(years, sentence):
    line = accuracy_table(years, DEFAULT).board
    assert accuracy_sentence(line, DEFAULT) == sentence.replace("_", NBSP)


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
def test_every_unit_is_within_remedied_missed_or_not_counted(years):
    table = accuracy_table(years, DEFAULT)
    for line in (*table.units, *table.areas, table.board):
        for each in (line.rule, line.manager, line.run_rate):
            assert each.units_within + each.remedied <= each.counted <= each.of
            assert (each.error_percent is None) == (each.is_within is None)
    assert sum(area.rule.counted for area in table.areas) == table.board.rule.counted
