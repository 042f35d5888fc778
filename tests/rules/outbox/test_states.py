from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.outbox.states import (
    DELAYS,
    FINAL,
    GIVE_UP_AFTER,
    REPLACEABLE,
    MailState,
    are_final,
    next_attempt,
)

FIRST = datetime(2026, 10, 7, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "hours_since_first", "delay"),
    [
        (1, 0, timedelta(minutes=5)),
        (2, 0.1, timedelta(minutes=15)),
        (3, 0.4, timedelta(hours=1)),
        (6, 10, timedelta(hours=12)),
        (7, 22, timedelta(hours=12)),  # the last delay goes on
        (50, 60, timedelta(hours=12)),  # exactly 72 hours after the first attempt
        (50, 60.01, None),  # just over
        (1, 72, None),  # the program stood still for three days
    ],
)
def test_the_delays_grow_and_end_after_three_days(attempts, hours_since_first, delay):
    now = FIRST + timedelta(hours=hours_since_first)
    assert next_attempt(attempts, FIRST, now) == (None if delay is None else now + delay)


def test_nothing_is_tried_again_that_was_not_tried():
    with pytest.raises(ValueError):
        next_attempt(0, FIRST, FIRST)


def test_a_mail_is_tried_ten_odd_times_in_all_and_not_for_ever():
    now, attempts = FIRST, 1
    while (again := next_attempt(attempts, FIRST, now)) is not None:
        now, attempts = again, attempts + 1
    assert 8 <= attempts <= 15
    assert now - FIRST <= GIVE_UP_AFTER


@given(st.integers(1, 100), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_the_next_attempt_is_later_and_never_after_the_end(attempts, since):
    again = next_attempt(attempts, FIRST, FIRST + since)
    assert again is None or FIRST + since + DELAYS[0] <= again <= FIRST + GIVE_UP_AFTER


def test_the_contract_says_which_mails_are_not_final():
    assert set(get_args(MailState)) - FINAL == {"queued", "retrying", "uncertain"}
    assert are_final(["sent", "failed"])
    assert not are_final(["sent", "uncertain"])


def test_what_may_have_gone_out_is_never_replaced():
    assert not REPLACEABLE & {"sent", "uncertain", "settled", "failed"}
