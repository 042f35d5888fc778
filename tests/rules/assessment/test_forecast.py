from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tasks.rules.assessment.forecast import as_decimal, year_forecast
from tests.rules.year_cases import ABSENT, FLAT, SUMMER, SWINGING, one, unit_years
from tests.worlds.examples import examples

BUDGET = SUMMER.sum()


def forecast_of(units, month):
    found = year_forecast(units, month)
    return float(found.forecast[0]), str(found.method[0])


CASES = {
    "on its pattern and budget": (one(SUMMER, SUMMER, SUMMER, budget=BUDGET), 5, 1230.0, "pattern"),
    "net income on its budget": (one(-SUMMER, -SUMMER, -SUMMER, budget=-BUDGET), 5, -1230.0, "pattern"),
    "the year is over": (one(SUMMER, 1.1 * SUMMER, budget=BUDGET), 12, 1353.0, "pattern"),
    "a budget grown since, spent as it should": (
        one(SUMMER, SUMMER, 1.5 * SUMMER, budget=(BUDGET, BUDGET, 1.5 * BUDGET)),
        6,
        1845.0,
        "pattern",
    ),
    "past budgets missing: held to what was spent": (
        one(2 * SUMMER, SUMMER, SUMMER, budget=(np.nan, np.nan, BUDGET)),
        6,
        1230.0,
        "pattern",
    ),
    "a year with a hole is not used": (
        one(SUMMER, SUMMER, np.r_[SUMMER[:11], np.nan], SUMMER, budget=BUDGET),
        5,
        1230.0,
        "pattern",
    ),
    "no history: the budget's months": (one(SUMMER, budget=BUDGET, phasing=SUMMER), 5, 1230.0, "budget"),
    "no history and no months of the budget: even": (one(FLAT, budget=1200), 5, 1200.0, "budget"),
    "no budget: the year before": (one(SUMMER, SUMMER, SUMMER), 5, 1230.0, "trend"),
    "a budget of nothing: the year before": (
        one(SUMMER, SUMMER, SUMMER, budget=(BUDGET, BUDGET, 0)),
        5,
        1230.0,
        "trend",
    ),
    "a budget of another size: the year before": (
        one(SUMMER, SUMMER, SUMMER, budget=(BUDGET, BUDGET, 6 * BUDGET)),
        5,
        1230.0,
        "trend",
    ),
    "nothing but zeros, and a budget": (
        one(0 * FLAT, 0 * FLAT, budget=1200, phasing=FLAT),
        6,
        600.0,
        "budget",
    ),
    "net passes zero within the years: the rest of the budget": (
        one(SWINGING, FLAT, budget=(240, 1200), phasing=FLAT),
        6,
        1200.0,
        "budget",
    ),
    "cost where it used to earn: the rest of the budget": (
        one(-FLAT, FLAT, budget=-1200, phasing=-FLAT),
        6,
        0.0,
        "budget",
    ),
    "cost where it used to earn, no months of the budget": (one(-FLAT, FLAT, budget=-1200), 6, 0.0, "budget"),
    "cost where it used to earn, no budget": (one(-FLAT, FLAT), 6, 0.0, "budget"),
    "a net of nothing that is kept": (one(0 * FLAT, 0 * FLAT, budget=0, gross=12_000), 9, 0.0, "gross"),
    "a tiny net that is kept": (one(FLAT, FLAT, budget=1200, phasing=FLAT, gross=12_001), 9, 1200.0, "gross"),
    "a net of exactly a tenth is an ordinary one": (
        one(FLAT, FLAT, budget=1200, phasing=FLAT, gross=12_000),
        9,
        1200.0,
        "pattern",
    ),
    "a net of nothing whose incomes come each quarter": (
        one(*[np.array([100.0, 100, -200] * 4)] * 3, budget=0, phasing=0 * FLAT, gross=12_000),
        8,
        0.0,
        "gross",
    ),
    "a net of nothing, nothing known but swinging months": (
        one(ABSENT, SWINGING, budget=0),
        12,
        120,
        "gross",
    ),
    "only the last three years count": (
        one(np.r_[np.zeros(9), 400, 400, 400], SUMMER, SUMMER, SUMMER, SUMMER, budget=BUDGET),
        5,
        1230.0,
        "pattern",
    ),
}


@pytest.mark.parametrize(("units", "month", "forecast", "method"), CASES.values(), ids=CASES)
def test_a_unit_that_spends_as_expected_ends_as_expected(units, month, forecast, method):
    assert forecast_of(units, month) == (pytest.approx(forecast), method)


OVER = 0 * FLAT + 60
PACES = {
    "without history": one(ABSENT, OVER, budget=0, gross=12_000),
    "that was balanced in the years before": one(0 * FLAT, 0 * FLAT, OVER, budget=0, gross=12_000),
    "with a budget laid in months": one(ABSENT, OVER, budget=0, phasing=0 * FLAT, gross=9_000),
    "whose costs aren't known": one(ABSENT, OVER, budget=0),
    "of a large administration": one(ABSENT, OVER, budget=0, gross=60_000),
}


@pytest.mark.parametrize("units", PACES.values(), ids=PACES)
def test_a_net_of_nothing_that_is_overspent_every_month_goes_on_so(units):
    found = year_forecast(units, 9)
    assert found.forecast[0] == pytest.approx(720, rel=0.01)
    assert found.expected[0] == pytest.approx(0, abs=1e-6)
    assert found.to_come[0] * found.incomes[0] * 3 / 12 == pytest.approx(180, rel=0.04)
    assert year_forecast(units, 12).forecast[0] == 720


def test_a_net_of_nothing_overspent_by_half_a_months_costs_once_does_not_repeat_it():
    year = np.r_[0, 0, 0, 500, np.zeros(8)]
    found = year_forecast(one(0 * FLAT, 0 * FLAT, year, budget=0, gross=12_000), 9)
    assert 500 <= found.forecast[0] < 525


def test_a_unit_beside_one_without_a_net_is_forecast_as_alone():
    alone = year_forecast(one(FLAT, FLAT, SUMMER, budget=1200, phasing=FLAT), 6)
    both = unit_years(
        *([FLAT, FLAT, SUMMER], [0 * FLAT, 0 * FLAT, OVER]),
        budgets=[[1200] * 3, [0] * 3],
        phasing=[FLAT, 0 * FLAT],
        gross=[1_300, 12_000],
    )
    assert year_forecast(both, 6).forecast[0] == pytest.approx(alone.forecast[0])


MISSING = {
    "the first month is absent": (one(FLAT, np.r_[np.nan, FLAT[1:]], budget=1200), 6),
    "the closed month is absent": (one(FLAT, np.r_[FLAT[:5], np.nan, FLAT[6:]], budget=1200), 6),
    "a month in the middle is absent in December": (
        one(FLAT, np.r_[FLAT[:5], np.nan, FLAT[6:]], budget=1200),
        12,
    ),
    "neither budget nor a past year": (one(FLAT), 6),
    "a past year without a steady net, and no budget": (one(SWINGING, FLAT), 6),
    "the closed month of a net of nothing is absent": (
        one(FLAT, np.r_[FLAT[:5], np.nan, FLAT[6:]], budget=0, gross=12_000),
        6,
    ),
    "no figures at all": (one(ABSENT, ABSENT), 1),
    "infinite outcome": (one(FLAT, np.r_[np.inf, FLAT[1:]], budget=1200), 6),
}


@pytest.mark.parametrize(("units", "month"), MISSING.values(), ids=MISSING)
def test_what_is_absent_makes_the_forecast_missing_and_never_smaller(units, month):
    found = year_forecast(units, month)
    assert str(found.method[0]) == "missing"
    assert np.isnan([found.forecast[0], found.expected[0], found.to_come[0]]).all()


def test_part_of_a_difference_goes_on():
    for month in (2, 5, 8, 10):
        units = one(SUMMER, SUMMER, SUMMER, 1.1 * SUMMER, budget=BUDGET)
        so_far, rest = 1.1 * SUMMER[:month].sum(), SUMMER[month:].sum()
        found = year_forecast(units, month)
        assert so_far + 1.02 * rest < found.forecast[0] < so_far + 1.1 * rest
        assert found.expected[0] == pytest.approx(SUMMER[:month].sum())
        assert found.forecast[0] == pytest.approx(so_far + rest * (1 + found.to_come[0]))


def test_a_single_month_of_a_hundred_times_counts_but_does_not_repeat():
    year = SUMMER.copy()
    year[4] *= 100
    found = year_forecast(one(SUMMER, SUMMER, SUMMER, year, budget=BUDGET), 5)
    assert year[:5].sum() + SUMMER[5:].sum() <= found.forecast[0] <= year[:5].sum() + 1.31 * SUMMER[5:].sum()


def test_a_unit_without_history_takes_its_types_pattern():
    old, new = [SUMMER, SUMMER, SUMMER], [ABSENT, ABSENT, SUMMER]
    budgets = [[BUDGET] * 3] * 4
    units = unit_years(old, old, old, new, budgets=budgets, types=["förskola"] * 4)
    found = year_forecast(units, 5)
    assert str(found.method[3]) == "type"
    assert found.forecast[3] == pytest.approx(BUDGET)
    alone = year_forecast(unit_years(old, old, old, new, budgets=budgets, types=["a", "a", "a", "b"]), 5)
    assert str(alone.method[3]) == "budget"


def test_a_budget_that_grows_in_the_middle_of_the_year_leaves_the_months_before_as_they_were():
    in_force = np.r_[np.full(6, 1200.0), np.full(6, 1500.0)]
    year = np.r_[np.full(6, 100.0), np.full(6, 125.0)]
    as_known_then = year_forecast(one(FLAT, FLAT, year, budget=(1200, 1200, 1500), in_force=in_force), 6)
    assert as_known_then.expected[0] == pytest.approx(600)
    assert as_known_then.to_come[0] == pytest.approx(0, abs=1e-9)
    as_if_always = year_forecast(one(FLAT, FLAT, year, budget=(1200, 1200, 1500)), 6)
    assert as_if_always.expected[0] == pytest.approx(750)
    unknown_then = year_forecast(one(FLAT, FLAT, year, budget=(1200, 1200, 1500), in_force=ABSENT), 6)
    assert unknown_then.expected[0] == pytest.approx(750)


def test_what_is_to_come_is_said_with_plus_for_more_cost_or_less_income():
    for plan in (FLAT, -FLAT):
        worse, better = plan + 20, plan - 20
        assert year_forecast(one(plan, plan, worse, budget=plan.sum()), 6).to_come[0] > 0.05
        assert year_forecast(one(plan, plan, better, budget=plan.sum()), 6).to_come[0] < -0.05


def test_one_odd_month_of_one_unit_does_not_move_the_others_forecasts_much():
    draw = np.random.default_rng(5)
    years = [[SUMMER * (1 + 0.03 * draw.normal(size=12)) for _ in range(4)] for _ in range(8)]
    plain = year_forecast(unit_years(*years, budgets=np.full((8, 4), BUDGET)), 4).forecast
    years[0][2][6] *= 100
    odd = year_forecast(unit_years(*years, budgets=np.full((8, 4), BUDGET)), 4).forecast
    np.testing.assert_allclose(odd[1:], plain[1:], rtol=0.01)


def test_without_a_budget_growth_goes_on():
    flat = year_forecast(one(FLAT, FLAT, FLAT), 1).forecast[0]
    growing = year_forecast(one(FLAT, 1.05 * FLAT, 1.1 * FLAT), 1).forecast[0]
    assert growing > 1.05 * flat


@pytest.mark.parametrize("month", [0, 13])
def test_another_month_is_refused(month):
    with pytest.raises(ValueError, match=f"month {month}"):
        year_forecast(one(FLAT, FLAT), month)


AMOUNTS = st.floats(min_value=-1e9, max_value=1e9, width=32) | st.just(np.nan)
YEARS = hnp.arrays(np.float64, (4, 3, 12), elements=AMOUNTS)
BUDGETS = hnp.arrays(np.float64, (4, 3), elements=AMOUNTS)
COSTS = hnp.arrays(np.float64, (4, 3, 12), elements=st.floats(min_value=1, max_value=1e6))


def laid_out(outcome, budget):
    return unit_years(*outcome, budgets=budget, types=["a", "a", "a", "b"])


@settings(max_examples=examples(60))
@given(outcome=YEARS, budget=BUDGETS, later=st.floats(-1e6, 1e6), month=st.integers(1, 12))
def test_nothing_after_the_closed_month_changes_the_forecast_and_nothing_is_infinite(
    outcome, budget, later, month
):
    first = year_forecast(laid_out(outcome, budget), month)
    changed = outcome.copy()
    changed[:, -1, month:] = later
    second = year_forecast(laid_out(changed, budget), month)
    for name in ("forecast", "expected", "to_come"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
        assert not np.isinf(getattr(first, name)).any()
    assert (np.isnan(first.forecast) == (first.method == "missing")).all()


@settings(max_examples=examples(40))
@given(outcome=COSTS, month=st.integers(1, 11), factor=st.sampled_from([-1.0, 0.001, 1000.0]))
def test_the_unit_of_money_and_the_sign_do_not_matter(outcome, month, factor):
    budget = outcome.sum(axis=2)
    for kept in (budget, np.full_like(budget, np.nan)):
        plain = year_forecast(laid_out(outcome, kept), month).forecast
        scaled = year_forecast(laid_out(factor * outcome, factor * kept), month).forecast
        np.testing.assert_allclose(scaled, factor * plain, rtol=1e-6)


@settings(max_examples=examples(40))
@given(outcome=COSTS, month=st.integers(1, 11))
def test_the_order_of_units_does_not_matter(outcome, month):
    budget = outcome.sum(axis=2)
    plain = year_forecast(unit_years(*outcome, budgets=budget, types=["a"] * 4), month).forecast
    turned = year_forecast(unit_years(*outcome[::-1], budgets=budget[::-1], types=["a"] * 4), month).forecast
    np.testing.assert_allclose(turned[::-1], plain, rtol=1e-9)


def test_no_units_have_no_forecasts():
    nobody = np.zeros(1, dtype=bool)
    assert year_forecast(one(FLAT, FLAT, budget=1200).of(nobody), 6).forecast.shape == (0,)


@pytest.mark.parametrize(
    ("value", "decimals", "stored"), [(1.005, 2, "1.00"), (-0.126, 2, "-0.13"), (12.34567, 4, "12.3457")]
)
def test_a_figure_is_stored_as_a_decimal(value, decimals, stored):
    assert as_decimal(value, decimals) == Decimal(stored)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_a_number_is_stored_as_nothing(value):
    assert as_decimal(value) is None
