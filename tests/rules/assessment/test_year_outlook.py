from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tasks.rules.assessment.learning import ALL_TYPES, TYPICAL_MISS, TYPICAL_MISS_OF_TREND, WIDTH, Learnt
from tasks.rules.assessment.year_outlook import probability, typical_miss, year_outlook, year_outlooks
from tests.rules.year_cases import FLAT, SUMMER, one, unit_years
from tests.worlds.examples import examples

MONTHS = tuple(range(1, 12))


def wobbling(seed, years=4):
    draw = np.random.default_rng(seed)
    return [SUMMER * (1 + 0.05 * draw.normal(size=12)) for _ in range(years)]


def administration(units=20, years=4):
    return unit_years(
        *(wobbling(seed, years) for seed in range(units)), budgets=np.full((units, years), SUMMER.sum())
    )


def test_the_interval_lies_around_the_forecast_and_narrows_through_the_year():
    widths = []
    for month in (1, 4, 8, 11):
        found = year_outlook(administration(), month)
        assert (found.lower < found.forecast.forecast).all()
        assert (found.forecast.forecast < found.upper).all()
        widths.append((found.upper - found.lower).mean())
    assert widths == sorted(widths, reverse=True)


def test_in_december_the_year_is_known():
    found = year_outlook(administration(), 12)
    np.testing.assert_array_equal(found.lower, found.forecast.forecast)
    np.testing.assert_array_equal(found.upper, found.forecast.forecast)
    assert np.isinf(found.certainty).all()
    assert {probability(value) for value in found.certainty} == {Decimal("0.00"), Decimal("100.00")}


def test_january_has_no_month_before():
    assert np.isnan(year_outlook(administration(), 1).certainty_before).all()


def test_the_month_before_is_computed_anew_from_what_is_known_now():
    units = administration()
    np.testing.assert_array_equal(year_outlook(units, 6).certainty_before, year_outlook(units, 5).certainty)


def test_without_old_years_a_typical_miss_is_assumed():
    budgeted = one(SUMMER, SUMMER, budget=SUMMER.sum())
    assert typical_miss(budgeted, 6)[0] == pytest.approx(TYPICAL_MISS[5] / 100)
    assert typical_miss(one(SUMMER, SUMMER), 6)[0] == pytest.approx(TYPICAL_MISS_OF_TREND[5] / 100)


def test_before_a_miss_is_seen_a_type_that_kept_its_budgets_is_surer_than_one_that_did_not():
    calm, wild = [SUMMER, SUMMER], [1.2 * SUMMER, SUMMER]
    units = unit_years(
        *[calm] * 20, *[wild] * 20, budgets=np.full((40, 2), SUMMER.sum()), types=["a"] * 20 + ["b"] * 20
    )
    missed = typical_miss(units, 6)
    assert missed[0] < TYPICAL_MISS[5] / 100 < missed[39]
    assert missed[39] <= 1.5 * TYPICAL_MISS[5] / 100 + 1e-9


def test_a_unit_that_used_to_surprise_is_less_sure_than_its_type():
    calm = [SUMMER, SUMMER, SUMMER, SUMMER]
    wild = [SUMMER, np.r_[SUMMER[:6], 3 * SUMMER[6:]], SUMMER, SUMMER]
    units = unit_years(*[calm] * 9, wild, budgets=np.full((10, 4), SUMMER.sum()))
    missed = typical_miss(units, 6)
    assert missed[9] > 2 * missed[0] > 0


def test_one_odd_unit_does_not_make_the_others_unsure():
    years = [wobbling(seed) for seed in range(30)]
    budgets = np.full((30, 4), SUMMER.sum())
    plain = typical_miss(unit_years(*years, budgets=budgets), 6)
    years[0][2][10] *= 1000
    odd = typical_miss(unit_years(*years, budgets=budgets), 6)
    np.testing.assert_allclose(odd[1:], plain[1:], rtol=0.25)


def test_a_unit_that_never_had_income_can_not_end_below_what_it_has_cost():
    wild = [SUMMER, SUMMER * 5, SUMMER / 5, SUMMER]
    units = unit_years(*[wild] * 3, budgets=np.full((3, 4), SUMMER.sum()))
    found = year_outlook(units, 11)
    assert (found.lower >= SUMMER[:11].sum()).all()
    mirrored = unit_years(*[[-year for year in wild]] * 3, budgets=np.full((3, 4), -SUMMER.sum()))
    np.testing.assert_allclose(year_outlook(mirrored, 11).upper, -found.lower)


def test_what_was_learnt_of_a_type_takes_the_place_of_what_its_years_show():
    units = administration()
    learnt = Learnt(misses={ALL_TYPES: (0.5,) * 11})
    assert (typical_miss(units, 6, learnt) > typical_miss(units, 6)).all()
    wider = Learnt(widths={ALL_TYPES: (2 * WIDTH,) * 11})
    plain, wide = year_outlook(units, 6), year_outlook(units, 6, wider)
    np.testing.assert_allclose(wide.upper - wide.lower, 2 * (plain.upper - plain.lower))


def test_without_a_budget_nothing_is_probable():
    found = year_outlook(one(FLAT, FLAT, FLAT), 6)
    assert np.isnan(found.certainty).all()
    assert probability(float(found.certainty[0])) is None
    assert np.isfinite(found.lower).all()


def test_an_unknown_forecast_has_no_interval():
    found = year_outlook(one(FLAT, np.full(12, np.nan), budget=1200), 6)
    assert np.isnan([found.lower[0], found.upper[0], found.certainty[0]]).all()


@pytest.mark.parametrize(
    ("certainty", "percent"), [(0.0, "50.00"), (1.2816, "90.00"), (-1.2816, "10.00"), (np.inf, "100.00")]
)
def test_certainty_is_told_as_a_probability(certainty, percent):
    assert probability(certainty) == Decimal(percent)


COSTS = hnp.arrays(np.float64, (3, 4, 12), elements=st.floats(min_value=1, max_value=1e6))


@settings(max_examples=examples(25))
@given(outcome=COSTS, later=st.floats(0, 1e6), month=st.sampled_from(MONTHS))
def test_nothing_after_the_closed_month_changes_the_outlook(outcome, later, month):
    budget = outcome.sum(axis=2)
    changed = outcome.copy()
    changed[:, -1, month:] = later
    first, second = (year_outlook(unit_years(*years, budgets=budget), month) for years in (outcome, changed))
    for name in ("lower", "upper", "certainty", "certainty_before"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


def test_all_closings_at_once_are_the_same_as_one_by_one():
    units = administration()
    for month, together in enumerate(year_outlooks(units), start=1):
        alone = year_outlook(units, month)
        for name in ("lower", "upper", "certainty", "certainty_before", "miss"):
            np.testing.assert_array_equal(getattr(together, name), getattr(alone, name))


def test_no_units_have_no_outlook():
    nobody = administration().of(np.zeros(20, dtype=bool))
    assert year_outlook(nobody, 6).lower.shape == (0,)


@pytest.mark.parametrize("month", [3, 6, 9, 11])
@pytest.mark.parametrize(
    "past", [[np.full(12, np.nan)], [0 * FLAT, 0 * FLAT]], ids=["new", "balanced before"]
)
def test_the_interval_of_a_pace_tells_that_it_may_stop_and_grow(past, month):
    found = year_outlook(one(*past, 0 * FLAT + 60, budget=0, gross=12_000), month)
    so_far, pace = 60 * month, found.forecast.forecast[0] - 60 * month
    assert so_far <= found.lower[0] <= so_far + 0.51 * pace
    assert so_far + 1.49 * pace <= found.upper[0]
    assert found.certainty[0] > 1


def test_misses_of_a_net_of_nothing_are_shares_of_its_costs():
    years = [0 * FLAT + kr for kr in (0, 10, 0)]
    found = typical_miss(one(*years, budget=0, gross=12_000), 1)
    assert 0 < found[0] < 0.05
