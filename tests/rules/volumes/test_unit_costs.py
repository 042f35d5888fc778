"""Kr and volumes of the same months, put together."""

from decimal import Decimal

import pytest

from tasks.rules.declaration import Volume
from tasks.rules.volumes.unit_costs import (
    PlaceMoney,
    UnitMoney,
    cost_parts,
    costs_so_far,
    sum_of_money,
    sum_of_parts,
)
from tasks.rules.volumes.volumes import NOTHING, MeasuredVolume

CHILDREN = Volume("Inskrivna barn", "niva", one="barn", many="barn")
HOURS = Volume("Hemtjänsttimmar", "flode", one="timme", many="timmar")


def year(*values):
    figures = tuple(None if value is None else Decimal(value) for value in values)
    return figures + NOTHING[len(figures) :]


def volume(outcome, planned=(10,) * 12, before=(), declared=CHILDREN):
    return MeasuredVolume(declared.name, declared, year(*outcome), year(*planned), year(*before))


def money(outcome, budget=(120,) * 12, before=()):
    return UnitMoney(year(*outcome), year(*budget), year(*before))


# volume, money, month: kr for each so far, as budgeted, and a year before
COSTS = {
    "a child a month": (volume([10] * 4), money([100] * 4), 4, 10, 12, None),
    "children who are fewer cost more": (volume([5] * 4), money([100] * 4), 4, 20, 12, None),
    "an hour": (volume([10] * 4, declared=HOURS), money([100] * 4), 4, 10, 12, None),
    "the same months a year before": (
        volume([10] * 4, before=[20] * 12), money([100] * 4, before=[180] * 12), 4, 10, 12, 9,
    ),
    "a month that isn't counted isn't paid either": (
        volume([10, 10, None, 10]), money([100, 100, 900, 100]), 4, 10, 12, None,
    ),
    "a month whose kr is missing isn't counted": (
        volume([10, 10, 90, 10]), money([100, 100, None, 100]), 4, 10, 12, None,
    ),
    "a year before that lacks one of the months": (
        volume([10] * 4, before=[20, 20, None, 20]), money([100] * 4, before=[180] * 12), 4, 10, 12, None,
    ),
    "nobody is no cost": (volume([0] * 4), money([100] * 4), 4, None, 12, None),
    "a net income is no cost": (volume([10] * 4), money([-100] * 4), 4, None, 12, None),
    "no plan": (volume([10] * 4, planned=()), money([100] * 4), 4, 10, None, None),
    "a plan of nobody": (volume([10] * 4, planned=[0] * 4), money([100] * 4), 4, 10, None, None),
    "no budget": (volume([10] * 4), money([100] * 4, budget=()), 4, 10, None, None),
    "half of the months": (volume([None, None, 10, 10]), money([100] * 4), 4, 10, 12, None),
    "the months to come aren't looked at": (volume([10] * 12), money([100] * 4 + [999] * 8), 4, 10, 12, None),
}  # fmt: skip


@pytest.mark.parametrize(("of", "kr", "month", "each", "planned", "before"), COSTS.values(), ids=COSTS)
def test_kr_for_each_is_of_the_months_where_both_are_known(of, kr, month, each, planned, before):
    parts = costs_so_far(of, kr, month)
    assert (parts.each, parts.planned_each, parts.each_before) == (each, planned, before)


@pytest.mark.parametrize(
    ("of", "kr"),
    [
        (volume([None, None, None, 10]), money([100] * 4)),
        (volume([10] * 4), money([None, None, None, 100])),
        (volume([]), money([100] * 4)),
    ],
    ids=["volumes", "kronor", "no volumes at all"],
)
def test_less_than_half_of_the_months_say_nothing(of, kr):
    assert costs_so_far(of, kr, 4) is None


def test_units_are_added_up_before_they_are_divided():
    small = cost_parts(volume([10]), (Decimal(10),), money([100]), [0])
    large = cost_parts(volume([90]), (Decimal(90),), money([1800], [1800]), [0])
    both = sum_of_parts([small, large])
    assert (both.each, both.planned_each) == (19, Decimal("19.2"))


def test_what_a_unit_lacks_is_in_none_of_its_sums():
    whole = cost_parts(volume([10], before=[10]), (Decimal(10),), money([100], before=[90]), [0])
    without = cost_parts(volume([10]), None, money([300]), [0])
    nobody = cost_parts(volume([0]), (Decimal(10),), money([500]), [0])
    together = sum_of_parts([whole, without, nobody])
    assert (together.each, together.planned_each, together.each_before) == (20, 12, 9)
    assert sum_of_parts([]).each is None


def test_the_money_of_units_is_added_month_by_month():
    one = PlaceMoney(money([100, 100], before=[1]), Decimal(10))
    other = PlaceMoney(money([50, None]), Decimal(5))
    both = sum_of_money([one, other])
    assert both.months.outcome == year(150, None)
    assert (both.months.budget, both.months.last_year) == (year(*[240] * 12), NOTHING)
    assert both.year_budget == 15
    assert sum_of_money([one, PlaceMoney(money([]), None)]).year_budget is None
    assert sum_of_money([]) == PlaceMoney(UnitMoney(NOTHING, NOTHING), None)
