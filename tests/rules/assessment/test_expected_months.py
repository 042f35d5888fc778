"""How what was expected of a unit is spread over its months."""

import numpy as np
import pytest

from tasks.rules.assessment.expected_months import month_weights, year_patterns
from tests.rules.year_cases import ABSENT, FLAT, one, unit_years

SPRING = np.array([150.0] * 6 + [50.0] * 6)
SHARES = SPRING / 1200


def test_a_unit_with_past_years_has_their_pattern():
    (pattern,) = year_patterns(one(SPRING, SPRING, ABSENT), 6)
    assert pattern == pytest.approx(SHARES)


def test_a_unit_without_has_its_types():
    like_it = [[SPRING, SPRING, ABSENT]] * 3
    patterns = year_patterns(unit_years(*like_it, [ABSENT] * 3), 6)
    assert patterns[-1] == pytest.approx(SHARES)


def test_where_there_are_no_years_the_budgets_months_count():
    (pattern,) = year_patterns(one(ABSENT, ABSENT, phasing=SPRING), 6)
    assert pattern == pytest.approx(SHARES)


@pytest.mark.parametrize("phasing", [ABSENT, np.zeros(12), np.array([1.0, -1.0] * 6)])
def test_where_those_say_nothing_every_month_is_the_same(phasing):
    (pattern,) = year_patterns(one(ABSENT, ABSENT, phasing=phasing), 6)
    assert pattern == pytest.approx(FLAT / 1200)


def test_a_month_weighs_by_the_budget_of_its_day():
    in_force = [10.0] * 4 + [12.0] * 8
    (weights,) = month_weights(one(ABSENT, budget=12, in_force=in_force), SHARES[np.newaxis])
    assert weights == pytest.approx(SHARES * in_force)


WITHOUT = {
    "no budget": (np.nan, [np.nan] * 12),
    "a budget of nothing": (0.0, [5.0] * 12),
}


@pytest.mark.parametrize(("budget", "in_force"), WITHOUT.values(), ids=WITHOUT)
def test_without_a_budget_a_month_weighs_by_its_share(budget, in_force):
    (weights,) = month_weights(one(ABSENT, budget=budget, in_force=in_force), SHARES[np.newaxis])
    assert weights == pytest.approx(SHARES)


def test_a_budget_of_another_sign_or_an_unknown_one_is_the_years():
    in_force = [-5.0, np.nan, 0.0] + [12.0] * 9
    (weights,) = month_weights(one(ABSENT, budget=12, in_force=in_force), SHARES[np.newaxis])
    assert weights == pytest.approx(SHARES * 12)


def test_without_units_there_is_nothing():
    none = one(ABSENT).of(np.array([False]))
    assert year_patterns(none, 6).shape == (0, 12)
    assert month_weights(none, year_patterns(none, 6)).shape == (0, 12)
