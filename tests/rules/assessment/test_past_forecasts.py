"""What would have been said of closed years: by hand, and without a look at what came later."""

from decimal import Decimal

import numpy as np
import pytest

from tasks.rules.assessment.forecast_accuracy import ClosedYear
from tasks.rules.assessment.past_forecasts import closed_years, measurable_years, past_forecasts
from tasks.rules.assessment.unit_years import UnitYears
from tasks.rules.periods import Period

ABSENT = np.full(12, np.nan)


def units(*years, budget=1200.0):
    """Make one unit of its years' months, the current year last."""
    outcome = np.array([years], dtype=float)
    return UnitYears(
        outcome=outcome,
        budget=np.full(outcome.shape[:2], budget),
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
