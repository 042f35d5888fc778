"""When a unit's difference came: in a month or two, since a month, or evenly; nothing where it isn't clear.

The months are kr of difference from January on, + is costlier than expected.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

FEWEST_MONTHS = 3
"""Of two months, one always has most of the difference."""
MOST_MONTHS, ONE_MONTH_IN = 2, 4
"""At most two months are named, and one in four: two of three even months carry most of anything."""
CARRIED_BY_MONTHS = Decimal("0.7")
"""Months that carry as much are where the difference came. Two of nine even months carry 0,22."""
SINCE_CARRIES = Decimal("0.8")
"""A difference of which four fifths came from a month on began then …"""
BEFORE = Decimal(1) / 3
"""… when the months before had less than a third as much each. Of an even one, seven of nine carry 0,78."""
AGAINST = Decimal("0.5")
"""Where months that go the other way are more than half of the difference, it came and went."""
EVEN_MONTH = Decimal(2)
"""A difference has grown evenly when no month has more than twice its part of it."""
MOSTLY = Decimal("0.75")
"""… and three months of four go its way."""


def main_months(months: Sequence[Decimal]) -> tuple[int, ...]:
    """Return the one or two months (1–12) that carry the difference; none where it is spread on more."""
    whole = _whole_that_stayed(months)
    if whole is None:
        return ()
    most = min(MOST_MONTHS, max(1, len(months) // ONE_MONTH_IN))
    by_size = sorted(range(len(months)), key=lambda place: -months[place] / whole)[:most]
    carried = accumulate(months[place] / whole for place in by_size)
    enough = next((n for n, part in enumerate(carried, start=1) if part >= CARRIED_BY_MONTHS), 0)
    return tuple(sorted(place + 1 for place in by_size[:enough]))


def month_since(months: Sequence[Decimal]) -> int | None:
    """Return the month (3–12) since which the difference has come; None where it had begun before.

    Of several months that will do, the one where the months before and after differ the most.
    """
    whole = _whole_that_stayed(months)
    if whole is None:
        return None
    starts = [place for place in range(2, len(months) - 2) if _began(months, place, whole)]
    return max(starts, key=lambda place: _step(months, place)) + 1 if starts else None


def is_even(months: Sequence[Decimal]) -> bool:
    """Tell whether the difference has grown evenly over the months."""
    whole = _whole_that_stayed(months)
    if whole is None:
        return False
    largest = max(abs(kr) for kr in months)
    return largest <= EVEN_MONTH * abs(whole) / len(months) and _mostly_with(months, whole)


def _began(months: Sequence[Decimal], place: int, whole: Decimal) -> bool:
    before, after = _means(months, place)
    is_less_before = before / whole < BEFORE * after / whole
    since = sum(months[place:]) / whole
    return since >= SINCE_CARRIES and is_less_before and _mostly_with(months[place:], whole)


def _step(months: Sequence[Decimal], place: int) -> Decimal:
    """Return how much of the months' variation a step at the place explains."""
    before, after = _means(months, place)
    return (after - before) ** 2 * place * (len(months) - place)


def _means(months: Sequence[Decimal], place: int) -> tuple[Decimal, Decimal]:
    before, after = sum(months[:place], Decimal(0)), sum(months[place:], Decimal(0))
    return before / place, after / (len(months) - place)


def _whole_that_stayed(months: Sequence[Decimal]) -> Decimal | None:
    """Return the months' sum; None for too few months, nothing, or what came and went."""
    whole = sum(months, Decimal(0))
    against = sum((abs(kr) for kr in months if kr * whole < 0), Decimal(0))
    is_clear = len(months) >= FEWEST_MONTHS and whole != 0 and against <= AGAINST * abs(whole)
    return whole if is_clear else None


def _mostly_with(months: Sequence[Decimal], whole: Decimal) -> bool:
    return sum(kr * whole > 0 for kr in months) >= MOSTLY * len(months)
