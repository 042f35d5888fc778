"""How long what has ended by itself waits before it is started again."""

from collections.abc import Sequence

REMEMBERED = 3600.0
"""Seconds after which an end is forgotten: what has lived for so long is well."""
LONGEST = 300.0
"""Seconds that it waits at most: what a server's long night has stopped goes on soon after."""


def pause_before_restart(ends: Sequence[float], now: float) -> float:
    """Return the seconds to wait: 1 after the first end, and twice as long after each that follows it.

    ends: when it has ended (s, by the same stopwatch as `now`), this time included.
    """
    pause = 1.0
    for _ in [end for end in ends if now - end < REMEMBERED][1:]:
        pause = min(2 * pause, LONGEST)
    return pause
