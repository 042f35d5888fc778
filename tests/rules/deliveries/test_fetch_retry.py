"""When a fetch is tried again."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.deliveries.fetch_retry import DELAYS, seconds_asked, wait_before_next

NOW = datetime(2026, 10, 7, 8, 0, tzinfo=UTC)

ASKED = {
    "nothing": (None, None),
    "empty": ("", None),
    "seconds": ("7", 7.0),
    "seconds with spaces": (" 120 ", 120.0),
    "no wait": ("0", 0.0),
    "less than none": ("-5", None),
    "a fraction": ("1.5", None),
    "more digits than a server means": ("9" * 10, None),
    "other digits": ("٣", None),
    "a date to come": ("Wed, 07 Oct 2026 08:01:30 GMT", 90.0),
    "this very moment": ("Wed, 07 Oct 2026 08:00:00 GMT", 0.0),
    "a date that has passed": ("Wed, 07 Oct 2026 07:00:00 GMT", 0.0),
    "a day that doesn't exist": ("Sat, 31 Feb 2026 08:00:00 GMT", None),
    "a month that doesn't exist": ("Wed, 07 Okt 2026 08:00:00 GMT", None),
    "another form of date": ("2026-10-07T08:01:30Z", None),
    "words": ("soon", None),
}


@pytest.mark.parametrize(("header", "seconds"), ASKED.values(), ids=ASKED)
def test_a_server_asks_for(header, seconds):
    assert seconds_asked(header, NOW) == seconds


def test_a_date_counts_from_now_in_whatever_zone_now_is_told():
    here = NOW.astimezone(timezone(timedelta(hours=2)))
    assert seconds_asked("Wed, 07 Oct 2026 08:01:30 GMT", here) == 90.0


@given(st.text())
def test_no_header_is_an_error(header):
    assert (seconds_asked(header, NOW) or 0) >= 0


@pytest.mark.parametrize(
    ("tried", "asked", "wait"),
    [
        (1, None, DELAYS[0]),
        (3, None, DELAYS[2]),
        (4, None, None),  # the last one was the fourth
        (4, 1.0, None),
        (1, 7.0, 7.0),  # the server knows better
        (1, 0.0, 0.0),
        (1, 60.0, 60.0),  # exactly the longest
        (1, 60.01, 60.0),  # just over
        (1, 1e9, 60.0),
    ],
)
def test_the_wait_is_what_is_asked_for_but_bounded_and_so_are_the_tries(tried, asked, wait):
    assert wait_before_next(tried, asked, longest=60.0) == wait


def test_the_own_delays_are_bounded_too():
    assert wait_before_next(3, None, longest=1.0) == 1.0
