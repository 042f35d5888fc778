"""Which account groups carry a difference, and whether a budget is a straight twelfth."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.assessment.causes import (
    DeviationCauses,
    Part,
    deviation_causes,
    is_straight_twelfth,
    main_groups,
)
from tasks.rules.assessment.group_years import Expected, GroupYears, spread

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
        Part("Personal", Decimal(180), is_income=False),
        Part("Intäkter", Decimal(30), is_income=True),
        Part("Lokaler", Decimal(0), is_income=False),
    )
    assert found.months == (Decimal(35),) * 6
    assert (found.difference, found.rest) == (Decimal(210), 0)


def test_what_a_group_lacks_lies_in_the_rest():
    found = causes(("Personal", 100, 130), ("Köp", None, 5), ("Material", 20, None))
    assert [part.name for part in found.groups] == ["Personal"]
    assert found.rest == found.difference - 180


def test_a_group_whose_budget_is_nothing_is_an_income_when_it_comes_in():
    found = causes(("Bidrag", 0, -5), ("Personal", 100, 100))
    assert found.groups[0] == Part("Bidrag", Decimal(-30), is_income=True)


def parts(*kr, rest=0):
    """Give causes of groups a, b, c … with so many kr each."""
    groups = tuple(Part(name, Decimal(one), is_income=False) for name, one in zip("abcde", kr, strict=False))
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
