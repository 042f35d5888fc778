from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from tasks.rules.assessment.backtest import (
    BUDGET_PHASED,
    OWN_PATTERN,
    RULE,
    RUN_RATE,
    OldYears,
    measure,
    naive_forecasts,
    replay,
)
from tasks.rules.assessment.deviation_facts import DeviationSettings
from tasks.rules.assessment.learning import ALL_TYPES, NOTHING_LEARNT, WIDTH, Learnt, learn
from tests.rules.year_cases import ABSENT, FLAT, SUMMER, one

MILLION = 1e6
DEFAULT = DeviationSettings()


def old_years(units=30, years=4, *, spread=0.02, over=0.0, seed=1):
    """Make years of units that cost 12 mnkr; the last year of the first half costs more by `over`."""
    draw = np.random.default_rng(seed)
    plan = np.tile(MILLION * SUMMER / SUMMER.mean(), (units, years, 1))
    outcome = plan * (1 + spread * draw.normal(size=plan.shape))
    outcome[: units // 2, -1] *= 1 + over
    return OldYears(
        first_year=2020,
        unit=np.array([f"enhet {number}" for number in range(units)]),
        unit_type=np.array(["förskola", "hemtjänst"] * (units // 2)),
        outcome=outcome,
        budget=plan,
    )


def always(_):
    return DEFAULT


def replays_of(years, settings_of=always):
    return list(replay(years, settings_of))


def test_every_year_with_a_year_before_it_is_replayed():
    replays = replays_of(old_years(units=4))
    assert [one.year for one in replays] == [2021, 2022, 2023]
    assert replays[-1].forecast.shape == (4, 11)
    assert (replays[-1].years_known == 3).all()


def test_a_unit_is_replayed_from_its_second_year():
    years = old_years(units=4)
    years.outcome[0, :2], years.budget[0, :2] = np.nan, np.nan
    assert [len(one.unit) for one in replays_of(years)] == [3, 3, 4]


def test_a_year_that_nobody_has_a_year_before_is_passed_over():
    years = old_years(units=2, years=3)
    years.outcome[:, 0] = np.nan
    assert [one.year for one in replays_of(years)] == [2022]


def test_a_year_that_nobody_has_figures_of_is_not_told():
    years = old_years(units=2)
    years.outcome[:, 2], years.budget[:, 2] = np.nan, np.nan
    assert [one.year for one in replays_of(years)] == [2021, 2023]


@pytest.mark.parametrize(("year", "month"), [(1, 4), (2, 7), (3, 11)])
def test_nothing_dated_later_changes_what_was_said(year, month):
    plain = old_years(units=8)
    changed = replace(plain, outcome=plain.outcome.copy(), budget=plain.budget.copy())
    changed.outcome[:, year, month:] *= 3
    changed.outcome[:, year + 1 :] *= 3
    changed.budget[:, year + 1 :] *= 3
    said, said_otherwise = (replays_of(years)[year - 1] for years in (plain, changed))
    for name in ("forecast", "lower", "upper", "miss", "expected"):
        before = slice(None, month)
        np.testing.assert_array_equal(
            getattr(said, name)[:, before], getattr(said_otherwise, name)[:, before]
        )
    assert (said.signals[:, :month] == said_otherwise.signals[:, :month]).all()


def test_a_unit_that_reports_only_later_in_the_year_changes_nothing_for_the_others_before():
    plain = old_years(units=8)
    late = replace(plain, outcome=plain.outcome.copy(), budget=plain.budget.copy())
    late.outcome[0, 3, :6] = np.nan
    gone = replace(late, outcome=late.outcome.copy(), budget=late.budget.copy())
    gone.outcome[0, 3] = np.nan
    with_it, without_it = replays_of(late)[-1], replays_of(gone)[-1]
    assert len(with_it.unit) == len(without_it.unit) + 1
    np.testing.assert_array_equal(with_it.forecast[1:, :6], without_it.forecast[:, :6])
    np.testing.assert_array_equal(with_it.lower[1:, :6], without_it.lower[:, :6])


def test_a_type_of_unit_is_signalled_by_its_own_settings():
    deaf = replace(DEFAULT, floor_kr=Decimal(10**12), surplus_floor_kr=Decimal(10**12))
    said = replays_of(old_years(over=0.1), lambda name: deaf if name == "förskola" else DEFAULT)[-1]
    assert (said.signals[said.unit_type == "förskola"] == "").all()
    assert (said.signals[said.unit_type == "hemtjänst"] == "larm").any()


def test_methods_are_measured_on_the_same_years():
    years = old_years(units=8)
    years.budget[:4] = np.nan
    years.outcome[:4, :-1] = np.array([500.0, -480.0] * 6)
    years.outcome[:4, -1] = 50 * MILLION * np.r_[np.ones(6), np.zeros(6)]
    found = measure(replays_of(years))
    half = replace(
        years,
        unit=years.unit[4:],
        unit_type=years.unit_type[4:],
        outcome=years.outcome[4:],
        budget=years.budget[4:],
    )
    assert found.mean_error(RUN_RATE) == pytest.approx(measure(replays_of(half)).mean_error(RUN_RATE))


def test_a_budget_of_nothing_is_no_overspend():
    years = old_years(units=4)
    years.budget[:, -1] = 0
    assert measure(replays_of(years)[-1:]).alarms.overspends == 0


def test_overspends_are_found_and_quiet_years_are_left_alone():
    found = measure(replays_of(old_years(over=0.08))).alarms
    assert (found.unit_years, found.overspends) == (90, 15)
    assert found.early == 15
    assert (found.late, found.missed, found.false, found.turned) == (0, 0, 0, 0)


def test_an_overspend_that_comes_in_autumn_is_found_late_and_one_in_december_is_missed():
    late, missed = old_years(seed=2), old_years(seed=3)
    late.outcome[:15, -1, 7:] *= 1.3
    missed.outcome[:15, -1, 11:] *= 1.6
    late_alarms, missed_alarms = (measure(replays_of(years)).alarms for years in (late, missed))
    assert (late_alarms.early, late_alarms.late) == (0, 15)
    assert missed_alarms.missed == 15


def test_an_alarm_after_which_the_unit_spent_less_is_told_apart_from_a_false_one():
    years = old_years()
    years.outcome[:15, -1, :6] *= 1.12
    years.outcome[:15, -1, 6:] *= 0.88
    found = measure(replays_of(years)).alarms
    assert found.turned == 15
    assert found.false == 0
    assert found.per_100 == pytest.approx(100 * 15 / 90)


def test_years_without_budgets_have_forecasts_but_no_alarms():
    years = old_years(over=0.2)
    years.budget[:] = np.nan
    replays = replays_of(years)
    assert np.isfinite(replays[-1].forecast).all()
    assert (replays[-1].signals == "").all()
    found = measure(replays)
    assert found.alarms.unit_years == 0
    assert found.alarms.per_100 == 0
    assert found.mean_error("budgetfördelad") is None


def test_a_month_that_is_absent_silences_the_closings_after_it():
    years = old_years(units=4)
    years.outcome[0, -1, 5] = np.nan
    last = replays_of(years)[-1]
    assert np.isfinite(last.forecast[0, :5]).all()
    assert np.isnan(last.forecast[0, 5:]).all()
    assert measure([last]).alarms.unit_years == 3


def test_the_rule_is_measured_beside_other_ways():
    found = measure(replays_of(old_years()))
    assert found.mean_error(RULE) < found.mean_error(OWN_PATTERN) < found.mean_error(RUN_RATE)
    assert (found.first_year, found.last_year) == (2021, 2023)
    held, asked = found.coverage["förskola"]
    assert 0.6 < held <= 1
    assert asked == 15 * 3 * 11
    assert found.as_data()["alarms"]["unit_years"] == 90


def test_a_type_without_any_interval_has_no_coverage():
    years = old_years(units=4, years=2)
    years.outcome[:, -1] = ABSENT
    years.outcome[0, -1] = years.outcome[0, 0]
    found = measure(replays_of(years))
    assert found.coverage == {"förskola": (pytest.approx(1.0), 11)}


def test_what_is_learnt_brings_the_interval_nearer_to_eighty_of_a_hundred():
    replays = replays_of(old_years(units=60, years=8, seed=4))
    untaught = replays[0]
    held = [
        float(((one.total[:, None] >= one.lower) & (one.total[:, None] <= one.upper)).mean())
        for one in (untaught, replays[-1])
    ]
    assert abs(held[1] - 0.8) < min(0.08, abs(held[0] - 0.8))


def test_what_is_learnt_is_of_each_type_and_of_all():
    learnt = learn(replays_of(old_years(units=60, years=6)))
    assert set(learnt.widths) == {ALL_TYPES, "förskola", "hemtjänst"}
    months = [learnt.width(np.array(["förskola"]), month)[0] for month in range(1, 12)]
    assert all(0.5 < width < 3 for width in months)
    assert learnt.miss(np.array(["okänd"]), 6)[0] == pytest.approx(learnt.misses[ALL_TYPES][5])
    assert 0 <= learnt.stays["förskola"][5] <= 1.5


def test_a_lasting_difference_teaches_that_it_stays():
    lasting, passing = old_years(units=60, years=3), old_years(units=60, years=3)
    lasting.outcome[:30, 1:] *= 1.1
    passing.outcome[:30, 1:, :4] *= 1.1
    assert learn(replays_of(lasting)).stays["förskola"][3] > 0.8
    assert learn(replays_of(passing)).stays["förskola"][3] < 0.2


def test_few_years_teach_nothing():
    assert learn(replays_of(old_years(units=4, years=3))) == Learnt()


def test_exact_years_teach_no_part_that_stays():
    years = old_years(units=40, years=3)
    years.outcome[:], years.budget[:] = MILLION, MILLION
    assert learn(replays_of(years)).stays == {}


def test_a_later_year_uses_what_earlier_years_taught():
    years = old_years(units=60, years=4)
    first, second, third = replays_of(years)
    alone = list(replay(years, always, NOTHING_LEARNT))
    assert (alone[0].lower == first.lower).all()
    wide = Learnt(widths={ALL_TYPES: (10 * WIDTH,) * 11})
    taught = list(replay(years, always, wide))
    assert (taught[0].lower < first.lower).all()
    np.testing.assert_array_equal(taught[1].lower, second.lower)
    assert len(third.unit) == 60


def test_learning_travels_as_data():
    learnt = learn(replays_of(old_years(units=60)))
    assert Learnt.of_data(learnt.as_data()) == learnt


def test_other_ways_to_forecast():
    year = 1.1 * SUMMER
    found = naive_forecasts(one(SUMMER, year, budget=SUMMER.sum(), phasing=FLAT))
    assert found[RUN_RATE][0, 5] == pytest.approx(year[:6].sum() * 2)
    assert found[BUDGET_PHASED][0, 5] == pytest.approx(year[:6].sum() / 600 * SUMMER.sum())
    assert found[OWN_PATTERN][0] == pytest.approx(np.full(11, year.sum()))


def test_other_ways_say_nothing_without_what_they_stand_on():
    found = naive_forecasts(one(ABSENT, FLAT, budget=1200))
    assert np.isnan(found[BUDGET_PHASED]).all()
    assert np.isnan(found[OWN_PATTERN]).all()
