"""What an account group was expected to cost so far."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.assessment.group_years import Expected, GroupYears, expected_of_group, spread

EVEN = (Decimal(1) / 12,) * 12
SPRING = (Decimal("0.1"),) * 6 + (Decimal(2) / 30,) * 6
KRONOR = st.decimals(-(10**9), 10**9, places=2)


def year(*kr):
    return tuple(None if one is None else Decimal(one) for one in kr)


def first_half(kr):
    """Give a year that costs so much a month from January to June, and 100 after."""
    return year(*[kr] * 6, *[100] * 6)


def group(budget=(100,) * 12, past=(), outcome=(100,) * 12):
    return GroupYears("Personal", year(*budget), year(*outcome), tuple(past))


def unit(so_far=6000, month=6, budget=12_000, pattern=EVEN):
    return Expected(spread(Decimal(so_far), pattern[:month]), pattern, Decimal(budget))


# group, unit: kr
EXPECTED = {
    "without past years the unit's pattern": (group(), unit(), 600),
    "the unit's pattern isn't even": (group(), unit(7200, pattern=SPRING), 720),
    "its own years, which differ from the unit's": (group(past=[first_half(300)] * 2), unit(), 900),
    "one year alone shows nothing": (group(past=[first_half(300)]), unit(), 600),
    "one of two years lacks a month": (group(past=[first_half(300), first_half(None)]), unit(), 600),
    "years just steady enough": (
        group(past=[first_half(100), year(*[54] * 6, *[46] * 6)]), unit(), 624,
    ),
    "years that differ too much": (
        group(past=[first_half(100), year(*["54.1"] * 6, *["45.9"] * 6)]), unit(), 600,
    ),
    "a year of nothing": (group(past=[first_half(300)] * 2 + [year(*[0] * 12)]), unit(), 900),
    "years that add up to about nothing": (group(past=[year(*[300] * 6, *[-200] * 6)] * 2), unit(), 600),
    "years half of which comes back": (group(past=[year(*[300] * 6, *[-100] * 6)] * 2), unit(), 600),
    "years just far enough from nothing": (
        group(past=[year(*[301] * 6, *[-100] * 6)] * 2), unit(), "1797.01",
    ),
    "income": (group([-100] * 12, [year(*[-300] * 6, *[-100] * 6)] * 2), unit(), -900),
    "a unit whose budget came late in the year": (group(), unit(5000), 500),
    "a budget of nothing": (group([0] * 12), unit(), 0),
    "a month of the budget is missing": (group([100] * 11 + [None]), unit(), None),
    "a unit without a budget to compare with": (group(), unit(budget=0), None),
    "the year is over": (group(past=[first_half(300)] * 2), unit(12_000, 12), 1200),
}  # fmt: skip


@pytest.mark.parametrize(("one", "of", "kr"), EXPECTED.values(), ids=EXPECTED)
def test_a_group_is_expected_to_follow_its_own_years_where_they_are_steady(one, of, kr):
    assert expected_of_group(one, of) == (None if kr is None else Decimal(kr))


def test_kronor_are_spread_by_weight_and_the_last_month_takes_what_rounding_leaves():
    assert spread(Decimal(100), (Decimal(1),) * 3) == year("33.33", "33.33", "33.34")


def test_without_weights_every_month_gets_the_same():
    assert spread(Decimal(90), (Decimal(0),) * 3) == year(30, 30, 30)


@given(KRONOR, st.lists(st.decimals("0.001", 1, places=3), min_size=1, max_size=12))
def test_what_is_spread_adds_up(kr, weights):
    found = spread(kr, weights)
    assert sum(found) == kr
    assert len(found) == len(weights)
