import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tasks.rules.assessment.month_pattern import EVEN, month_pattern, month_weights, year_patterns
from tests.rules.year_cases import ABSENT, FLAT, SUMMER, one, unit_years

SHARES = SUMMER / SUMMER.sum()


def pattern(*units, types=None, growth=None):
    history = np.array(units, dtype=float)
    kinds = np.array([""] * len(units) if types is None else types, dtype=np.str_)
    return month_pattern(history, kinds, None if growth is None else np.array(growth))


def test_years_that_agree_are_the_pattern():
    np.testing.assert_allclose(pattern([SUMMER, 2 * SUMMER])[0], SHARES)


def test_a_single_year_is_drawn_towards_the_even_month():
    found = pattern([ABSENT, SUMMER])[0]
    assert SHARES[6] < found[6] < EVEN


def test_years_that_contradict_each_other_say_the_even_month():
    np.testing.assert_allclose(pattern([np.roll(SUMMER, 6), SUMMER, np.roll(SUMMER, 3)])[0], EVEN, atol=0.01)


def test_without_years_the_types_pattern_is_taken():
    found = pattern([SUMMER, SUMMER], [SUMMER, SUMMER], [SUMMER, SUMMER], [ABSENT, ABSENT])
    np.testing.assert_allclose(found[3], SHARES)


def test_a_type_of_one_unit_lends_its_pattern_to_a_unit_without_years():
    found = pattern([SUMMER, SUMMER], [ABSENT, ABSENT], types=["förskola", "förskola"])
    np.testing.assert_allclose(found[1], SHARES)


def test_another_type_lends_nothing():
    assert np.isnan(pattern([SUMMER, SUMMER], [ABSENT, ABSENT], types=["förskola", "hemtjänst"])[1]).all()


def test_a_unit_keeps_its_own_pattern_where_its_years_agree_and_its_type_does_not():
    found = pattern([SUMMER, SUMMER], [FLAT, FLAT], [np.roll(SUMMER, 3)] * 2)
    np.testing.assert_allclose(found[0], SHARES, atol=1e-6)


def test_a_unit_whose_years_differ_is_drawn_towards_a_type_that_agrees():
    odd = [SUMMER * (1 + 0.3 * np.sin(np.arange(12))), SUMMER * (1 - 0.3 * np.sin(np.arange(12)))]
    odd[0], odd[1] = odd[0] * 1.4, odd[1]
    odd[1] = odd[1] + 20 * np.arange(12)
    found = pattern(odd, *[[SUMMER, SUMMER * (1 + 0.02 * (-1) ** np.arange(12))]] * 5)
    own = (odd[0] / odd[0].sum() + odd[1] / odd[1].sum()) / 2
    assert np.abs(found[0] - SHARES).sum() < np.abs(own - SHARES).sum()


def test_growth_is_taken_out_of_the_shares():
    growing = FLAT * np.exp(0.2 * (np.arange(12) - 5.5) / 12)
    np.testing.assert_allclose(pattern([growing, growing], growth=[0.2])[0], EVEN, rtol=1e-6)
    assert pattern([growing, growing])[0][11] > EVEN


def test_a_month_where_nothing_falls_keeps_a_sliver():
    found = pattern([np.r_[0.0, FLAT[1:]]] * 3)[0]
    assert 0 < found[0] < 2e-4


YEARS = hnp.arrays(np.float64, (5, 3, 12), elements=st.floats(min_value=1, max_value=1e6))


@given(years=YEARS)
def test_a_pattern_is_positive_and_adds_up_to_one(years):
    found = pattern(*years, types=["a", "a", "a", "b", "b"])
    assert (found > 0).all()
    np.testing.assert_allclose(found.sum(axis=1), 1)


@pytest.mark.parametrize("years", [[ABSENT], [ABSENT, ABSENT]])
def test_without_any_year_there_is_no_pattern(years):
    assert np.isnan(pattern(years)).all()


SPRING = np.array([150.0] * 6 + [50.0] * 6)
SPRING_SHARES = SPRING / 1200


def test_a_unit_with_past_years_has_their_pattern():
    (pattern,) = year_patterns(one(SPRING, SPRING, ABSENT), 6)
    assert pattern == pytest.approx(SPRING_SHARES)


def test_a_unit_without_has_its_types():
    like_it = [[SPRING, SPRING, ABSENT]] * 3
    patterns = year_patterns(unit_years(*like_it, [ABSENT] * 3), 6)
    assert patterns[-1] == pytest.approx(SPRING_SHARES)


def test_where_there_are_no_years_the_budgets_months_count():
    (pattern,) = year_patterns(one(ABSENT, ABSENT, phasing=SPRING), 6)
    assert pattern == pytest.approx(SPRING_SHARES)


@pytest.mark.parametrize("phasing", [ABSENT, np.zeros(12), np.array([1.0, -1.0] * 6)])
def test_where_those_say_nothing_every_month_is_the_same(phasing):
    (pattern,) = year_patterns(one(ABSENT, ABSENT, phasing=phasing), 6)
    assert pattern == pytest.approx(FLAT / 1200)


def test_a_month_weighs_by_the_budget_of_its_day():
    in_force = [10.0] * 4 + [12.0] * 8
    (weights,) = month_weights(one(ABSENT, budget=12, in_force=in_force), SPRING_SHARES[np.newaxis])
    assert weights == pytest.approx(SPRING_SHARES * in_force)


WITHOUT = {
    "no budget": (np.nan, [np.nan] * 12),
    "a budget of nothing": (0.0, [5.0] * 12),
}


@pytest.mark.parametrize(("budget", "in_force"), WITHOUT.values(), ids=WITHOUT)
def test_without_a_budget_a_month_weighs_by_its_share(budget, in_force):
    (weights,) = month_weights(one(ABSENT, budget=budget, in_force=in_force), SPRING_SHARES[np.newaxis])
    assert weights == pytest.approx(SPRING_SHARES)


def test_a_budget_of_another_sign_or_an_unknown_one_is_the_years():
    in_force = [-5.0, np.nan, 0.0] + [12.0] * 9
    (weights,) = month_weights(one(ABSENT, budget=12, in_force=in_force), SPRING_SHARES[np.newaxis])
    assert weights == pytest.approx(SPRING_SHARES * 12)


def test_without_units_there_is_nothing():
    none = one(ABSENT).of(np.array([False]))
    assert year_patterns(none, 6).shape == (0, 12)
    assert month_weights(none, year_patterns(none, 6)).shape == (0, 12)
