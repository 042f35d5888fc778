import numpy as np
import pytest

from tasks.rules.assessment.forecast_level import TO_BUDGET, TO_TREND, Family, candidates, weights

ONE_GROUP = np.zeros(1, dtype=np.int64)


def level(ratios, family):
    """Return the believed deviation of a unit that is expected to cost 100 a month."""
    actual = 100 * np.array([ratios], dtype=float)
    found = candidates(actual, np.full_like(actual, 100.0), family, ONE_GROUP)
    return float((weights(found.record) * found.deviation).sum(axis=0)[0])


def noisy(months, spread, seed=1):
    return 1 + spread * np.random.default_rng(seed).normal(size=months)


@pytest.mark.parametrize("family", [TO_BUDGET, TO_TREND], ids=["budget", "trend"])
def test_what_was_expected_is_no_deviation(family):
    assert level(np.ones(30), family) == pytest.approx(0, abs=1e-9)


def test_a_noisy_unit_is_hardly_moved_by_its_newest_month():
    months = noisy(29, 0.1)
    assert abs(level(np.r_[months, 1.1], TO_TREND) - level(np.r_[months, 0.9], TO_TREND)) < 0.05


def test_a_unit_that_stays_where_it_moves_is_followed_at_once():
    to_newest, to_mean = [], []
    for seed in range(20):
        walk = np.cumsum(0.05 * np.random.default_rng(seed).normal(size=36)) + 2
        found = 1 + level(walk, TO_TREND)
        to_newest.append(abs(found - walk[-1]))
        to_mean.append(abs(found - walk[-12:].mean()))
    assert sum(to_newest) < sum(to_mean) / 2


def test_against_a_budget_part_of_a_deviation_goes_back():
    months = np.r_[noisy(24, 0.01), 1.1 + 0.01 * noisy(8, 1.0)]
    assert 0.04 < level(months, TO_BUDGET) < 0.11


def test_a_new_budget_takes_part_of_a_deviation_in():
    last_year = np.r_[np.ones(12), np.full(12, 1.2)]
    family = Family(memories=(0.9,), carried=(0.5,), kept=(1.0,), ahead=1, of_type=0.0)
    kept = Family(memories=(0.9,), carried=(1.0,), kept=(1.0,), ahead=1, of_type=0.0)
    assert level(np.r_[last_year, 1.0], family) < level(np.r_[last_year, 1.0], kept)


def test_a_one_off_moves_a_slow_memory_by_at_most_three_wobbles():
    months = noisy(30, 0.02)
    slow = Family(memories=(0.9,), carried=(1.0,), kept=(1.0,), ahead=1)
    assert abs(level(np.r_[months, 100.0], slow) - level(np.r_[months, 1.0], slow)) < 0.03


def test_a_month_that_is_absent_changes_nothing():
    months = noisy(26, 0.05)
    with_gap = np.insert(months, 20, np.nan)
    assert np.isfinite(level(with_gap, TO_TREND))
    assert level(np.r_[months, np.nan], TO_TREND) == pytest.approx(level(months, TO_TREND), abs=0.02)


def test_a_unit_without_any_month_has_no_deviation():
    assert level(np.full(14, np.nan), TO_BUDGET) == pytest.approx(0)


def test_the_record_of_the_type_counts_for_its_units():
    followed = np.cumsum(0.05 * np.random.default_rng(3).normal(size=36)) + 1
    actual = 100 * np.array([followed, *(noisy(36, 0.05, seed) for seed in range(9))])
    expected = np.full_like(actual, 100.0)
    together = candidates(actual, expected, TO_BUDGET, np.zeros(10, dtype=np.int64))
    apart = candidates(actual, expected, TO_BUDGET, np.arange(10))
    fastest = slice(0, len(TO_BUDGET.carried) * len(TO_BUDGET.kept))
    assert weights(together.record)[fastest, 0].sum() < weights(apart.record)[fastest, 0].sum()


def test_weights_add_up_to_one_and_follow_the_record():
    found = weights(np.array([[0.0, -800.0], [-1.0, 0.0]]))
    np.testing.assert_allclose(found.sum(axis=0), 1)
    assert found[0, 0] > found[1, 0]
    assert found[0, 1] == pytest.approx(0)
