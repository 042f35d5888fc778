import time
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tasks.rules.forecast import as_decimal, year_forecast

FLAT = np.full(12, 100.0)
SUMMER = np.array([120.0] * 5 + [60.0, 30.0, 60.0] + [120.0] * 4)  # a preschool: little in the summer
ABSENT = np.full(12, np.nan)
SWINGING = np.array([500.0, -480.0] * 6)  # the net of a year is next to nothing
BACKLOADED = np.array([0.0] * 9 + [400.0] * 3)


def one_unit(outcome, month, years=(), budget=ABSENT):
    """Forecast a single unit; `years` are whole past years, oldest first."""
    history = np.array(years, dtype=float).reshape(1, len(years), 12)
    result = year_forecast(np.array([outcome], dtype=float), month, history, np.array([budget], dtype=float))
    return float(result.forecast[0]), str(result.method[0]), float(result.share_of_year[0])


CASES = {
    "seasonal, on its pattern": (SUMMER, 5, [SUMMER], FLAT, 1230.0, "pattern"),
    "seasonal, 10 % above it": (1.1 * SUMMER, 5, [SUMMER], FLAT, 1353.0, "pattern"),
    "grown since, same pattern": (3 * SUMMER, 8, [SUMMER, 2 * SUMMER], FLAT, 3690.0, "pattern"),
    "net income keeps its sign": (-1.1 * SUMMER, 5, [-SUMMER], -FLAT, -1353.0, "pattern"),
    "the year is over": (1.1 * FLAT, 12, [SUMMER], FLAT, 1320.0, "pattern"),
    "only the last three years count": (
        SUMMER,
        5,
        [BACKLOADED, SUMMER, SUMMER, SUMMER],
        FLAT,
        1230.0,
        "pattern",
    ),
    "a year with a hole is not used": (
        SUMMER,
        5,
        [SUMMER, np.r_[SUMMER[:11], np.nan]],
        FLAT,
        1230.0,
        "pattern",
    ),
    "no history: the budget's months": (1.1 * SUMMER, 5, [], SUMMER, 1353.0, "budget"),
    "history without a whole year": (1.1 * SUMMER, 5, [ABSENT], SUMMER, 1353.0, "budget"),
    "net passes zero within the years": (FLAT, 6, [SWINGING], FLAT, 1200.0, "budget"),
    "net passes zero between the years": (FLAT, 6, [FLAT, -FLAT], FLAT, 1200.0, "budget"),
    "cost where it used to earn": (FLAT, 6, [-FLAT], -FLAT, 0.0, "budget"),
    "a one-off income is not repeated": (np.r_[-500.0, FLAT[1:]], 1, [FLAT], FLAT, 600.0, "budget"),
    "next to nothing falls so early": (
        np.r_[10.0, BACKLOADED[1:]],
        6,
        [BACKLOADED],
        BACKLOADED,
        1210.0,
        "budget",
    ),
    "negative share so far": (FLAT, 1, [np.r_[-10.0, FLAT[1:]]], FLAT, 1200.0, "budget"),
    "no history, part of the budget": (FLAT, 6, [], np.r_[ABSENT[:6], 2 * FLAT[6:]], 1800.0, "budget"),
    "a year of nothing but zeros": (FLAT, 6, [0 * FLAT], 0 * FLAT, 600.0, "budget"),
    "no budget left and no history": (FLAT, 12, [], ABSENT, 1200.0, "budget"),
}


@pytest.mark.parametrize(
    ("outcome", "month", "years", "budget", "forecast", "method"), CASES.values(), ids=CASES
)
def test_a_unit_goes_on_at_its_level(outcome, month, years, budget, forecast, method):
    assert one_unit(outcome, month, years, budget)[:2] == (pytest.approx(forecast), method)


@pytest.mark.parametrize(
    ("outcome", "month", "years", "budget"),
    [
        (np.r_[np.nan, FLAT[1:]], 6, [FLAT], FLAT),  # the first month is absent
        (np.r_[FLAT[:5], np.nan, FLAT[6:]], 6, [FLAT], FLAT),  # the closed month is absent
        (np.r_[FLAT[:5], np.inf, FLAT[6:]], 6, [FLAT], FLAT),  # not a figure
        (FLAT, 6, [], ABSENT),  # nothing to compare with
        (FLAT, 6, [SWINGING], ABSENT),  # nothing usable to compare with
        (np.full(12, 1e308), 6, [FLAT], FLAT),  # beyond what can be counted
    ],
)
def test_what_can_not_be_forecast_is_missing_and_not_zero(outcome, month, years, budget):
    forecast, method, share = one_unit(outcome, month, years, budget)
    assert np.isnan(forecast)
    assert np.isnan(share)
    assert method == "missing"


def test_months_after_the_closed_one_are_not_looked_at():
    assert (
        one_unit(np.r_[FLAT[:6], ABSENT[6:]], 6, [FLAT])
        == one_unit(FLAT, 6, [FLAT])
        == (1200.0, "pattern", 0.5)
    )


def test_the_share_of_the_year_is_the_mean_of_the_years_shares():
    early, late = np.r_[100.0, np.zeros(11)], np.r_[np.zeros(11), 900.0]
    assert one_unit(FLAT, 6, [early, late])[2] == pytest.approx(0.5)  # a larger year weighs no more


def test_the_share_is_absent_where_the_rest_of_the_budget_was_added():
    assert np.isnan(one_unit(FLAT, 6, [SWINGING], -FLAT)[2])


def test_units_do_not_influence_each_other():
    outcome, budget = np.array([FLAT, ABSENT, 2 * SUMMER]), np.array([FLAT, FLAT, ABSENT])
    history = np.array([[ABSENT, FLAT], [FLAT, FLAT], [SUMMER, SUMMER]])
    together = year_forecast(outcome, 5, history, budget)
    for i in range(3):
        alone = year_forecast(outcome[[i]], 5, history[[i]], budget[[i]])
        np.testing.assert_array_equal(together.forecast[i], alone.forecast[0])
        assert together.method[i] == alone.method[0]


def test_no_units_and_no_years_are_fine():
    assert year_forecast(np.empty((0, 12)), 5, np.empty((0, 0, 12)), np.empty((0, 12))).forecast.shape == (0,)


def test_the_interval_is_absent_until_the_rule_has_one():
    result = year_forecast(np.array([FLAT]), 5, np.array([[FLAT]]), np.array([FLAT]))
    assert np.isnan(result.lower).all()
    assert np.isnan(result.upper).all()


@pytest.mark.parametrize(
    ("outcome", "month", "history", "budget"),
    [
        ((2, 12), 0, (2, 1, 12), (2, 12)),
        ((2, 12), 13, (2, 1, 12), (2, 12)),
        ((2, 11), 6, (2, 1, 12), (2, 12)),
        ((2, 12), 6, (2, 1, 12), (1, 12)),
        ((2, 12), 6, (2, 12), (2, 12)),
        ((2, 12), 6, (1, 1, 12), (2, 12)),
    ],
)
def test_other_shapes_are_refused(outcome, month, history, budget):
    with pytest.raises(ValueError):
        year_forecast(np.zeros(outcome), month, np.zeros(history), np.zeros(budget))


AMOUNTS = st.one_of(
    st.floats(-1e9, 1e9), st.sampled_from([0.0, np.nan, np.inf, -np.inf, 1e308, -1e308, 5e-324])
)


@given(
    outcome=hnp.arrays(float, (2, 12), elements=AMOUNTS),
    history=hnp.arrays(float, (2, 2, 12), elements=AMOUNTS),
    budget=hnp.arrays(float, (2, 12), elements=AMOUNTS),
    month=st.integers(1, 12),
)
def test_every_forecast_is_a_number_or_says_missing(outcome, history, budget, month):
    result = year_forecast(outcome, month, history, budget)
    assert np.array_equal(np.isfinite(result.forecast), result.method != "missing")
    assert not np.isinf(result.forecast).any()
    assert not np.isinf(result.share_of_year).any()


@given(
    months=hnp.arrays(float, 12, elements=st.floats(1, 1e6)),
    month=st.integers(1, 12),
    level=st.floats(0.1, 10),
)
def test_costs_and_incomes_are_forecast_alike(months, month, level):
    cost = one_unit(level * months, month, [months])[0]
    income = one_unit(-level * months, month, [-months])[0]
    assert income == pytest.approx(-cost, nan_ok=True)


@pytest.mark.parametrize(
    ("value", "decimals", "stored"),
    [(1234.5678, 2, "1234.57"), (0.76199, 4, "0.7620"), (-1e9, 2, "-1000000000.00"), (np.float64(2), 0, "2")],
)
def test_a_figure_is_stored_as_decimal(value, decimals, stored):
    assert str(as_decimal(value, decimals)) == stored


def test_a_missing_figure_is_stored_as_nothing():
    assert as_decimal(np.nan) is None
    assert as_decimal(0.0) == Decimal(0)


def test_ten_thousand_units_take_well_under_a_second():
    rng = np.random.default_rng(1)
    outcome, budget = rng.uniform(50, 150, (2, 10_000, 12))
    history = rng.uniform(50, 150, (10_000, 3, 12))
    start = time.perf_counter()
    year_forecast(outcome, 6, history, budget)
    assert time.perf_counter() - start < 0.5
