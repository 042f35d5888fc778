"""Which account groups carry a difference, and whether a budget is a straight twelfth."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.assessment.causes import (
    DeviationCauses,
    Expected,
    GroupDifference,
    GroupYears,
    deviation_causes,
    expected_of_group,
    is_even,
    is_straight_twelfth,
    main_groups,
    main_months,
    month_since,
    spread,
)

EVEN = (Decimal(1) / 12,) * 12
SUMMER = tuple(Decimal(share) for share in (8, 8, 8, 8, 8, 8, 12, 8, 8, 8, 8, 8))
SUMMER = tuple(share / sum(SUMMER) for share in SUMMER)
KRONOR = st.decimals(-(10**7), 10**7, places=2)
GROUPS = st.lists(st.tuples(st.none() | KRONOR, st.none() | KRONOR), max_size=5)


def twelve(kr):
    return (None if kr is None else Decimal(kr),) * 12


def group(name, budget, outcome):
    return GroupYears(name, twelve(budget), twelve(outcome))


def causes(*groups, month=6, so_far=None):
    """Divide what some groups (name, budget, outcome a month) have cost to June."""
    years = [group(*each) for each in groups]
    outcome = [Decimal(sum(outcome or 0 for _, _, outcome in groups))] * month
    budget = Decimal(sum(budget or 0 for _, budget, _ in groups))
    expected = Expected(spread(budget * month if so_far is None else so_far, EVEN[:month]), EVEN, budget * 12)
    return deviation_causes(years, outcome, twelve(budget), expected)


def test_a_difference_is_divided_over_groups_and_months():
    found = causes(("Lokaler", 10, 10), ("Personal", 100, 130), ("Intäkter", -20, -15))
    assert found.groups == (
        GroupDifference("Personal", Decimal(180), is_income=False),
        GroupDifference("Intäkter", Decimal(30), is_income=True),
        GroupDifference("Lokaler", Decimal(0), is_income=False),
    )
    assert found.months == (Decimal(35),) * 6
    assert (found.difference, found.rest) == (Decimal(210), 0)


def test_what_a_group_lacks_lies_in_the_rest():
    found = causes(("Personal", 100, 130), ("Köp", None, 5), ("Material", 20, None))
    assert [part.name for part in found.groups] == ["Personal"]
    assert found.rest == found.difference - 180


def test_a_group_whose_budget_is_nothing_is_an_income_when_it_comes_in():
    found = causes(("Bidrag", 0, -5), ("Personal", 100, 100))
    assert found.groups[0] == GroupDifference("Bidrag", Decimal(-30), is_income=True)


def parts(*kr, rest=0):
    """Give causes of groups a, b, c … with so many kr each."""
    groups = tuple(
        GroupDifference(name, Decimal(one), is_income=False) for name, one in zip("abcde", kr, strict=False)
    )
    whole = sum(part.difference for part in groups) + rest
    return DeviationCauses(groups, Decimal(rest), (whole,), is_straight_twelfth=False)


MAIN = {
    "one carries it": (parts(90, 5, 5), "a"),
    "two carry it": (parts(60, 30, 10), "ab"),
    "exactly a fifth": (parts(80, 20), "ab"),
    "just less than a fifth": (parts("80.1", "19.9"), "a"),
    "three are named, not four": (parts(25, 25, 25, 25), "abc"),
    "exactly half": (parts(50, 19, 19, 12), "a"),
    "less than half": (parts("49.9", 19, 19, "12.1"), ""),
    "none carries a fifth": (parts(19, 19, 19, 19, 24 - 10, rest=10), ""),
    "the ones against it are no cause": (parts(130, -30), "a"),
    "a surplus": (parts(-90, -10), "a"),
    "less than half of a surplus": (parts("-49.9", -19, -19, "-12.1"), ""),
    "of a surplus the costly is no cause": (parts(-130, 30), "a"),
    "exactly a quarter in no group": (parts(70, 5, rest=25), "a"),
    "more than a quarter in no group": (parts(70, 4, rest=26), ""),
    "more than a quarter too much in groups": (parts(120, 6, rest=-26), ""),
    "one group has nothing to tell apart": (parts(100), ""),
    "no groups": (parts(rest=100), ""),
    "nothing": (parts(0, 0), ""),
    "up and down alike": (parts(100, -100), ""),
}


@pytest.mark.parametrize(("found", "named"), MAIN.values(), ids=MAIN)
def test_groups_that_clearly_carry_a_difference_are_named(found, named):
    assert "".join(part.name for part in main_groups(found)) == named


def budget(*kr):
    return tuple(None if one is None else Decimal(one) for one in kr)


def uneven(by):
    """Give the shares of a year whose months are so much over and under an even one by turns."""
    return tuple((1 + Decimal(by) * (-1) ** at) / 12 for at in range(12))


def low_july():
    """Give the shares of a year whose July is 6 % below an even month."""
    july = Decimal("0.94") / 12
    return tuple(july if at == 6 else (1 - july) / 11 for at in range(12))


TWELFTHS = {
    "every month the same, a year with a summer": (twelve(100), SUMMER, True),
    "every month the same, an even year": (twelve(100), EVEN, False),
    "a year just even enough": (twelve(100), uneven("0.0499"), False),
    "a year just not even": (twelve(100), uneven("0.0501"), True),
    "a year with one low month": (twelve(100), low_july(), True),
    "differs by exactly what rounding may": (budget(*["997.5"] * 6, *["1002.5"] * 6), SUMMER, True),
    "rounded to whole tkr": (budget(*[200_000] * 6, *[201_000] * 6), SUMMER, True),
    "differs by more than rounding": (budget(*[200_000] * 6, *[201_010] * 6), SUMMER, False),
    "income": (twelve(-100), SUMMER, True),
    "a month is missing": (budget(*[100] * 11, None), SUMMER, False),
    "no budget": (twelve(None), SUMMER, False),
    "a budget of nothing": (twelve(0), SUMMER, False),
}  # fmt: skip


@pytest.mark.parametrize(("kr", "pattern", "straight"), TWELFTHS.values(), ids=TWELFTHS)
def test_a_straight_twelfth_of_a_year_that_is_not_even_is_seen(kr, pattern, straight):
    assert is_straight_twelfth(kr, pattern) == straight


@given(GROUPS, st.lists(KRONOR, min_size=1, max_size=12), KRONOR, KRONOR)
def test_the_figures_add_up(groups, outcome, so_far, year_budget):
    years = [group(f"grupp {at}", *kr) for at, kr in enumerate(groups)]
    expected = Expected(spread(so_far, EVEN[: len(outcome)]), EVEN, year_budget)
    found = deviation_causes(years, outcome, twelve(year_budget), expected)
    assert sum(part.difference for part in found.groups) + found.rest == found.difference
    assert found.difference == sum(outcome) - so_far
    assert all(part.difference.is_finite() for part in found.groups)


SPRING = (Decimal("0.1"),) * 6 + (Decimal(2) / 30,) * 6
WIDE_KRONOR = st.decimals(-(10**9), 10**9, places=2)


def year(*kr):
    return tuple(None if one is None else Decimal(one) for one in kr)


def first_half(kr):
    """Give a year that costs so much a month from January to June, and 100 after."""
    return year(*[kr] * 6, *[100] * 6)


def personal(budget=(100,) * 12, past=(), outcome=(100,) * 12):
    return GroupYears("Personal", year(*budget), year(*outcome), tuple(past))


def unit(so_far=6000, month=6, budget=12_000, pattern=EVEN):
    return Expected(spread(Decimal(so_far), pattern[:month]), pattern, Decimal(budget))


# group, unit: kr
EXPECTED = {
    "without past years the unit's pattern": (personal(), unit(), 600),
    "the unit's pattern isn't even": (personal(), unit(7200, pattern=SPRING), 720),
    "its own, beside a net of nothing": (personal(), replace(unit(0, budget=0), is_near_zero=True), 600),
    "its own, beside a tiny net": (personal(), replace(unit(50, budget=12), is_near_zero=True), 600),
    "its own years, which differ from the unit's": (personal(past=[first_half(300)] * 2), unit(), 900),
    "one year alone shows nothing": (personal(past=[first_half(300)]), unit(), 600),
    "one of two years lacks a month": (personal(past=[first_half(300), first_half(None)]), unit(), 600),
    "years just steady enough": (
        personal(past=[first_half(100), year(*[54] * 6, *[46] * 6)]), unit(), 624,
    ),
    "years that differ too much": (
        personal(past=[first_half(100), year(*["54.1"] * 6, *["45.9"] * 6)]), unit(), 600,
    ),
    "a year of nothing": (personal(past=[first_half(300)] * 2 + [year(*[0] * 12)]), unit(), 900),
    "years that add up to about nothing": (personal(past=[year(*[300] * 6, *[-200] * 6)] * 2), unit(), 600),
    "years half of which comes back": (personal(past=[year(*[300] * 6, *[-100] * 6)] * 2), unit(), 600),
    "years just far enough from nothing": (
        personal(past=[year(*[301] * 6, *[-100] * 6)] * 2), unit(), "1797.01",
    ),
    "income": (personal([-100] * 12, [year(*[-300] * 6, *[-100] * 6)] * 2), unit(), -900),
    "a unit whose budget came late in the year": (personal(), unit(5000), 500),
    "a budget of nothing": (personal([0] * 12), unit(), 0),
    "a month of the budget is missing": (personal([100] * 11 + [None]), unit(), None),
    "a unit without a budget to compare with": (personal(), unit(budget=0), None),
    "the year is over": (personal(past=[first_half(300)] * 2), unit(12_000, 12), 1200),
}  # fmt: skip


@pytest.mark.parametrize(("one", "of", "kr"), EXPECTED.values(), ids=EXPECTED)
def test_a_group_is_expected_to_follow_its_own_years_where_they_are_steady(one, of, kr):
    assert expected_of_group(one, of) == (None if kr is None else Decimal(kr))


def test_kronor_are_spread_by_weight_and_the_last_month_takes_what_rounding_leaves():
    assert spread(Decimal(100), (Decimal(1),) * 3) == year("33.33", "33.33", "33.34")


def test_without_weights_every_month_gets_the_same():
    assert spread(Decimal(90), (Decimal(0),) * 3) == year(30, 30, 30)


@given(WIDE_KRONOR, st.lists(st.decimals("0.001", 1, places=3), min_size=1, max_size=12))
def test_what_is_spread_adds_up(kr, weights):
    found = spread(kr, weights)
    assert sum(found) == kr
    assert len(found) == len(weights)


MONTHS = st.lists(st.decimals(-(10**7), 10**7, places=2), min_size=1, max_size=12)


def months(*kr):
    return tuple(Decimal(one) for one in kr)


MAIN_MONTHS = {
    "two of nine months": ([0, 0, 40, 0, 0, 40, 10, 0, 10], (3, 6)),
    "one of nine months": ([0, 0, 90, 0, 0, 0, 10, 0, 0], (3,)),
    "exactly seven tenths": ([70, 30, 0, 0], (1,)),
    "just less than seven tenths": (["69.9", "30.1", 0, 0], ()),
    "two of seven months would be most of anything": ([40, 40, 0, 0, 10, 10, 0], ()),
    "two of eight months": ([40, 40, 0, 0, 10, 10, 0, 0], (1, 2)),
    "never three": ([30, 30, 30, 2, 2, 2, 2, 1, 1, 0, 0, 0], ()),
    "a surplus": ([0, 0, -90, 0, 0, 0, -10, 0, 0], (3,)),
    "one month against": ([0, 90, -10, 0, 0, 0, 0, 0, 0], (2,)),
    "it came and went": ([0, 90, -46, 0, 0, 0, 0, 0, 46], ()),
    "exactly half of it went": ([0, 90, -30, 0, 0, 0, 0, 0, 0], (2,)),
    "even": ([10] * 9, ()),
    "two months are too few": ([90, 10], ()),
    "nothing": ([0] * 9, ()),
}


@pytest.mark.parametrize(("kr", "named"), MAIN_MONTHS.values(), ids=MAIN_MONTHS)
def test_one_or_two_months_that_carry_a_difference_are_named(kr, named):
    assert main_months(months(*kr)) == named


SINCE = {
    "since May": ([5, 5, -5, 0, 40, 50, 45, 50, 40], 5),
    "since March": ([0, 0, 40, 50, 45, 50, 40, 45, 50], 3),
    "of two steps the one that explains more": ([0, 0, 0, 1, 1, 1, 2], 4),
    "since February is all the time": ([0, 40, 50, 45, 50, 40, 45, 50, 40], None),
    "exactly four fifths": ([10, 10, 0, 0, 20, 20, 20, 20, 0], 5),
    "just less than four fifths": ([10, 11, 0, 0, 20, 20, 20, 20, 0], None),
    "just less than a third before": (["19.9", "19.9", 60, 60, 60, 60, 60, 60], 3),
    "a third before": ([20, 20, 60, 60, 60, 60, 60, 60], None),
    "the three latest months": ([0, 0, 0, 0, 0, 0, 50, 50, 50], 7),
    "the two latest months are no beginning": ([0, 0, 0, 0, 0, 0, 0, 50, 50], None),
    "three of four months go its way": ([0, 0, 0, 40, -10, 40, 40], 4),
    "only half of the months go its way": ([0, 0, 0, 0, 50, -5, 50, -5], None),
    "a surplus": ([-5, -5, 5, 0, -40, -50, -45, -50, -40], 5),
    "too early to tell": ([0, 0, 50, 50], None),
    "even": ([10] * 9, None),
    "it came and went": ([-50, 0, 0, 40, 40, 0, 40], None),
    "nothing": ([0] * 9, None),
}


@pytest.mark.parametrize(("kr", "month"), SINCE.values(), ids=SINCE)
def test_a_difference_that_began_in_a_month_is_said_to(kr, month):
    assert month_since(months(*kr)) == month


EVENLY = {
    "every month the same": ([10] * 9, True),
    "no month more than twice its part": ([20, 10, 5, 5, 10, 10, 10, 10, 10], True),
    "a month of more than twice its part": ([21, 10, 5, 5, 10, 10, 10, 10, 9], False),
    "three of four months go its way": ([10, 10, 10, -1], True),
    "fewer do": ([10, 10, 10, 10, 0, 0], False),
    "it came and went": ([10, 10, 10, 10, -21], False),
    "a surplus": ([-10] * 9, True),
    "three months are enough": ([10] * 3, True),
    "two are too few": ([10] * 2, False),
    "nothing": ([0] * 9, False),
}


@pytest.mark.parametrize(("kr", "even"), EVENLY.values(), ids=EVENLY)
def test_a_difference_that_grew_evenly_is_said_to(kr, even):
    assert is_even(months(*kr)) == even


@given(MONTHS)
def test_a_surplus_is_read_as_a_deficit_is(kr):
    turned = [-one for one in kr]
    assert (main_months(kr), month_since(kr), is_even(kr)) == (
        main_months(turned),
        month_since(turned),
        is_even(turned),
    )
