from dataclasses import replace

import numpy as np
import pytest

from tasks.rules.assessment.unit_years import latest_total, mean_of_type
from tests.rules.year_cases import ABSENT, FLAT, SUMMER, SWINGING, one, unit_years


def test_nothing_later_than_the_month_is_known():
    known = one(SUMMER, FLAT, budget=1200).known_at(3)
    assert np.isnan(known.outcome[0, -1, 3:]).all()
    assert np.isfinite(known.outcome[0, -1, :3]).all()


def test_a_year_before_is_told_as_it_ended():
    then = one(SUMMER, 2 * FLAT, FLAT, budget=(1, 2, 3), phasing=FLAT).years_before(1)
    assert then.outcome.shape == (1, 2, 12)
    assert (then.budget[0] == [1, 2]).all()
    assert (then.in_force == 2).all()
    assert np.isnan(then.phasing).all()


def test_a_year_that_swings_or_has_a_hole_is_no_history():
    history = one(SWINGING, np.r_[FLAT[:11], np.nan], SUMMER, FLAT).history
    assert np.isnan(history[0, :2]).all()
    assert (history[0, 2] == SUMMER).all()


def test_the_latest_total_is_of_the_newest_year_that_is_whole():
    history = np.array([[FLAT, SUMMER, ABSENT], [ABSENT, ABSENT, ABSENT]])
    np.testing.assert_array_equal(latest_total(history), [SUMMER.sum(), np.nan])


def test_a_mean_of_a_type_leaves_out_what_is_absent():
    found = mean_of_type(np.array([1.0, 3.0, np.nan, np.nan]), np.array([0, 0, 0, 1]))
    np.testing.assert_array_equal(found, [2, 2, 2, np.nan])


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": np.zeros((1, 3, 12))},
        {"unit_type": np.array(["a", "b"])},
        {"in_force": np.zeros((1, 11))},
        {"phasing": np.zeros((2, 12))},
        {"gross": np.zeros(2)},
    ],
)
def test_figures_of_different_shapes_are_refused(changed):
    with pytest.raises(ValueError, match="units"):
        replace(unit_years([FLAT, FLAT]), **changed)


INCOMES = {
    "a net of nothing": (one(FLAT, budget=0, gross=12_000), 12_000),
    "just below a tenth of the costs": (one(FLAT, budget=1199, gross=12_000), 12_000),
    "a net income just below a tenth": (one(FLAT, budget=-1199, gross=12_000), 12_000),
    "exactly a tenth": (one(FLAT, budget=1200, gross=12_000), 0),
    "costs unknown": (one(FLAT, budget=10), 0),
    "no budget": (one(FLAT, gross=12_000), 0),
    "no costs in the budget, a past year": (one(FLAT, FLAT, budget=0, gross=0), 0),
    "no costs in the budget and no past year": (one(ABSENT, FLAT, budget=0, gross=0), 12_000),
    "nothing known but a budget of 0": (one(ABSENT, ABSENT, budget=0), 0),
}


@pytest.mark.parametrize(("units", "incomes"), INCOMES.values(), ids=INCOMES)
def test_a_unit_is_read_without_its_incomes_where_its_net_budget_is_near_0(units, incomes):
    np.testing.assert_array_equal(units.incomes, [incomes])


def test_a_unit_without_its_incomes_costs_so_much_more_each_month():
    units = one(FLAT, 2 * FLAT, budget=(0, 24), phasing=FLAT).without(np.array([1200.0]))
    np.testing.assert_array_equal(units.outcome[0], [2 * FLAT, 3 * FLAT])
    np.testing.assert_array_equal(units.budget[0], [1200, 1224])
    np.testing.assert_array_equal(units.in_force[0], [1224] * 12)
    np.testing.assert_array_equal(units.phasing[0], 2 * FLAT)
    assert units.unit_type[0] != ""
