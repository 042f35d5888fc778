"""The small curves of the worst units: which units, what each month left, and all on one axis."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tasks.rules.assessment.assessed_unit import AssessedUnit, Evidence, KeptYear
from tasks.rules.report.unit_curves import HEIGHT, MARGIN, WIDTH, UnitCurve, drawn_curves, unit_curves


def assessed(
    code, deviation, signal="larm", budgets=(100, 100, 100), outcomes=(110, 90), budget=1200, ends=None
):
    lower, upper = ends or (None, None)
    kr = [tuple(None if each is None else Decimal(each) for each in year) for year in (budgets, outcomes)]
    unit = AssessedUnit(
        code=code, name=code, method="monster", outcome=None, budget=_kr(budget), forecast=None,
        lower=_kr(lower), upper=_kr(upper), deviation=_kr(deviation), deviation_percent=None,
        volume_effect=None, price_effect=None, signal=signal, rule=None, sentence="", plan_required=False,
        plan_due=None, plan_effect=Decimal(0), plan_id=None, evidence=Evidence(),
    )  # fmt: skip
    return replace(unit, evidence=replace(unit.evidence, year=KeptYear(*kr)))


def _kr(value):
    return None if value is None else Decimal(value)


def test_the_five_largest_underskott_of_the_warned_units_are_drawn_worst_first():
    units = [assessed(f"u{number}", -number) for number in range(1, 8)]
    assert [curve.code for curve in unit_curves(units)] == ["u7", "u6", "u5", "u4", "u3"]


@pytest.mark.parametrize(
    "unit",
    [
        assessed("no warning", -5, signal=None),
        assessed("an överskott", 5, signal="bevaka"),
        assessed("no months", -5, outcomes=()),
        assessed("no deviation", None),
        assessed("no budget", -5, budget=None),
    ],
    ids=lambda unit: unit.code,
)
def test_others_are_not_drawn(unit):
    assert unit_curves([unit]) == ()


def test_a_month_leaves_budget_less_outcome_and_nothing_is_told_after_a_missing_one():
    (curve,) = unit_curves([assessed("u", -50, budgets=(100,) * 12, outcomes=(110, 95, None, 90))])
    assert curve.to_date == (-10, -5, None, None)


def test_the_interval_is_that_of_the_deviation_so_its_ends_change_places():
    (curve,) = unit_curves([assessed("u", -50, ends=(1220, 1300))])
    assert (curve.lower, curve.upper) == (-100, -20)


def curve(*to_date, deviation=-100, lower=None, upper=None):
    return UnitCurve("u", "U", tuple(map(_kr, to_date)), _kr(deviation), _kr(lower), _kr(upper))


def test_all_are_drawn_on_one_axis_from_the_budget_down():
    small, large = drawn_curves(
        [curve(-10, -20, deviation=-50), curve(-50, None, deviation=-90, lower=-100, upper=-80)]
    )
    assert small.zero == large.zero == MARGIN
    assert small.points[0] == large.points[0] == (MARGIN, MARGIN)
    assert small.end[1] < large.end[1]
    assert large.interval == pytest.approx((MARGIN + (HEIGHT - 2 * MARGIN) * 0.8, HEIGHT - MARGIN))
    assert small.interval is None
    assert len(small.points) == 3
    assert len(large.points) == 2  # a missing month is no point
    assert small.end[0] == WIDTH - MARGIN


def test_a_year_that_was_over_its_budget_line_stays_in_the_picture():
    (drawn,) = drawn_curves([curve(40, 20, deviation=-60)])
    heights = [y for _, y in (*drawn.points, drawn.end)]
    assert min(heights) == MARGIN
    assert max(heights) == pytest.approx(HEIGHT - MARGIN)
    assert MARGIN < drawn.zero < HEIGHT - MARGIN


def test_nothing_to_draw_is_nothing_drawn():
    assert drawn_curves([]) == ()
    (flat,) = drawn_curves([curve(0, deviation=0)])
    assert flat.end[1] == flat.zero
