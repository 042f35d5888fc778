"""How long what has ended by itself waits before it is started again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tasks.rules.operations.unasked import (
    LATEST,
    LONGEST,
    REMEMBERED,
    first_unasked,
    is_stale,
    pause_before_restart,
    runs_unasked,
)
from tasks.rules.periods import Period

NOW = 100_000.0


@pytest.mark.parametrize(
    ("ends", "pause"),
    [
        ([NOW], 1),
        ([NOW - 10, NOW], 2),
        ([NOW - 30, NOW - 10, NOW], 4),
        ([NOW - REMEMBERED, NOW], 1),
        ([NOW - REMEMBERED + 1, NOW], 2),
        ([NOW - minute * 60 for minute in range(12)], LONGEST),
        ([NOW - second for second in range(3_000)], LONGEST),
    ],
)
def test_each_end_within_an_hour_doubles_the_pause_up_to_five_minutes(ends, pause):
    assert pause_before_restart(ends, NOW) == pause


TODAY = date(2026, 10, 7)


@pytest.mark.parametrize(
    ("period", "runs"),
    [
        ("2026-10", True),  # the month itself
        ("2026-09", True),
        ("2026-08", True),  # as old as it may be
        ("2026-07", False),
        ("2025-12", False),  # last year's ledger is history
        ("2026-11", False),  # a month that hasn't begun
    ],
)
def test_only_recent_months_are_run_unasked(period, runs):
    assert runs_unasked(Period.parse(period), TODAY) is runs


def test_over_new_year_last_years_end_is_recent():
    assert first_unasked(date(2027, 1, 4)) == Period(2026, 11)


@pytest.mark.parametrize(
    ("late", "stale"),
    [
        (timedelta(0), False),
        (timedelta(hours=2), False),  # the worker was away over breakfast
        (LATEST, False),
        (LATEST + timedelta(seconds=1), True),
        (timedelta(days=3), True),
        (timedelta(minutes=-1), False),  # a clock that was set back
    ],
)
def test_a_scheduled_run_that_begins_long_after_its_hour_is_left_to_the_next(late, stale):
    scheduled = datetime(2026, 10, 7, 5, 30, tzinfo=UTC)
    assert is_stale(scheduled, scheduled + late) is stale
