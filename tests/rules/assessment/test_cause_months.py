"""When a difference came."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.assessment.cause_months import is_even, main_months, month_since

MONTHS = st.lists(st.decimals(-(10**7), 10**7, places=2), min_size=1, max_size=12)


def months(*kr):
    return tuple(Decimal(one) for one in kr)


MAIN = {
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


@pytest.mark.parametrize(("kr", "named"), MAIN.values(), ids=MAIN)
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
