"""How long what has ended by itself waits before it is started again."""

import pytest

from tasks.rules.operations.restarts import LONGEST, REMEMBERED, pause_before_restart

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
