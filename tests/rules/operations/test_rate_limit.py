"""Who may ask, and who must wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.operations.rate_limit import Allowance, Bucket, RateLimit, take

THREE = Allowance(at_once=3, per_second=0.5)

CASES = {
    "a new caller has a full bucket": (None, 0.0, 2.0, 0.0),
    "the last one is let through": (Bucket(1.0, 0.0), 0.0, 0.0, 0.0),
    "just under one must wait": (Bucket(0.75, 0.0), 0.0, 0.75, 0.5),
    "an empty bucket must wait for a whole one": (Bucket(0.0, 0.0), 0.0, 0.0, 2.0),
    "time fills it": (Bucket(0.0, 0.0), 2.0, 0.0, 0.0),
    "half the time fills half of it": (Bucket(0.0, 0.0), 1.0, 0.5, 1.0),
    "never more than full": (Bucket(2.0, 0.0), 1_000.0, 2.0, 0.0),
    "a clock that went back fills nothing": (Bucket(0.0, 10.0), 5.0, 0.0, 2.0),
}


@pytest.mark.parametrize(("bucket", "now", "left", "wait"), CASES.values(), ids=CASES)
def test_one_is_taken_where_there_is_one(bucket, now, left, wait):
    assert take(bucket, THREE, now) == (Bucket(left, now), wait)


def test_a_caller_that_goes_on_is_told_how_long_to_wait_in_whole_seconds():
    limit = RateLimit(Allowance(at_once=2, per_second=0.4))
    assert [limit.wait("a", 0.0) for _ in range(4)] == [0, 0, 3, 3]
    assert limit.wait("a", 2.6) == 0


def test_one_caller_never_stops_another():
    limit = RateLimit(Allowance(at_once=1, per_second=0.1))
    assert [limit.wait(who, 0.0) for who in ("a", "a", "b")] == [0, 10, 0]


def test_only_so_many_callers_are_remembered_and_the_silent_one_is_forgotten():
    limit = RateLimit(Allowance(at_once=1, per_second=0.1), most_callers=2)
    for who in ("a", "b", "a", "c"):
        limit.wait(who, 0.0)
    assert limit.wait("a", 0.0) > 0
    assert limit.wait("b", 0.0) == 0


@given(
    times=st.lists(st.floats(0, 1_000), max_size=60).map(sorted),
    at_once=st.integers(1, 20),
    per_second=st.floats(0.01, 50),
)
def test_never_more_get_through_than_the_allowance(times, at_once, per_second):
    limit = RateLimit(Allowance(at_once, per_second))
    through = [now for now in times if limit.wait("a", now) == 0]
    for first in range(len(through)):
        for last in range(first, len(through)):
            seconds = through[last] - through[first]
            assert last - first + 1 <= at_once + seconds * per_second + 1e-6
