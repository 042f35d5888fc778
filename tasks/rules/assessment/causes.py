"""What carries a unit's difference so far: its account groups, its months, and how its budget is spread.

Only what is clear is named. The figures add up: the groups and the rest are the difference, and so are the
months. Differences are kr, + is more cost or less income than expected; months stand from January on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from tasks.rules.swedish import round_half_up
from tasks.rules.totals import sum_of_all
from tasks.rules.volumes.volumes import Twelve

LEAST_OF_GROUP = Decimal("0.2")
"""A group that carries less than a fifth of the difference is no cause of it."""
CARRIED_BY_GROUPS = Decimal("0.5")
"""Groups that together carry less than half of the difference don't explain it."""
LARGEST_REST = Decimal("0.25")
"""A quarter of the difference that lies in no group means that the groups' expected costs are too unsure."""
MOST_GROUPS = 3
"""More names than this are a list and no cause."""
ROUNDED = Decimal("0.005")
"""Twelfths rounded to whole tkr differ as much in a unit of 2,4 mnkr."""
UNEVEN = Decimal("0.05")
"""A month that is 5 % off an even one makes a straight twelfth misleading: in a unit of 12 mnkr by 50 tkr."""
FEWEST_YEARS = 2
"""One year alone can't show that a group's months are the same every year."""
STEADY_SHARE = Decimal("0.5")
"""A year whose net is less than half of its months' absolute sum is too near zero to take shares of."""
STEADY_SPREAD = Decimal("0.04")
"""A group whose share of the year so far differs by more than this between its years has no pattern of its
own: in a group of 10 mnkr half of it is 0,2 mnkr, which is what units are warned of."""
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


@dataclass(frozen=True)
class GroupYears:
    """An account group of one unit: kr by month, costs +; None where missing, 0 where it has no row.

    budget, outcome: the current year's. past: the outcome of earlier years.
    """

    name: str
    budget: Twelve
    outcome: Twelve
    past: tuple[Twelve, ...] = ()

    @property
    def year_budget(self) -> Decimal | None:
        """Return the year's budget (kr); missing when a month of it is."""
        return sum_of_all(self.budget)


@dataclass(frozen=True)
class Expected:
    """What a unit was expected to cost in the months that are closed, and by what shares of the year.

    months: kr of each closed month. pattern: the twelve months' shares of the year. budget: the year's (kr).
    is_near_zero: the budget is next to nothing beside its costs, and tells nothing of how they moved.
    """

    months: tuple[Decimal, ...]
    pattern: tuple[Decimal, ...]
    budget: Decimal
    is_near_zero: bool = False

    @property
    def so_far(self) -> Decimal:
        """Return what the closed months were expected to cost together (kr)."""
        return sum(self.months, Decimal(0))

    @property
    def share_so_far(self) -> Decimal:
        """Return the closed months' share of the year, by the unit's pattern."""
        return sum(self.pattern[: len(self.months)], Decimal(0))


@dataclass(frozen=True)
class GroupDifference:
    """An account group's part of the difference (kr)."""

    name: str
    difference: Decimal
    is_income: bool


@dataclass(frozen=True)
class DeviationCauses:
    """A unit's difference so far: outcome − expected (kr with öre), by account group and by closed month.

    groups: the largest first; `rest` is what lies in none of them. is_straight_twelfth: every month has the
    same budget though the unit's year is not even.
    """

    groups: tuple[GroupDifference, ...]
    rest: Decimal
    months: tuple[Decimal, ...]
    is_straight_twelfth: bool

    @property
    def difference(self) -> Decimal:
        """Return the whole difference (kr)."""
        return sum(self.months, Decimal(0))


def deviation_causes(
    groups: Iterable[GroupYears], outcome: Sequence[Decimal], budget: Twelve, expected: Expected
) -> DeviationCauses:
    """Divide a unit's difference so far. outcome: kr of the closed months; budget: kr of all twelve.

    A group whose outcome or budget is missing is left in the rest.
    """
    months = tuple(cost - due for cost, due in zip(outcome, expected.months, strict=True))
    known = [difference for group in groups if (difference := _of_group(group, expected)) is not None]
    in_groups = sum((group.difference for group in known), Decimal(0))
    return DeviationCauses(
        groups=tuple(sorted(known, key=lambda group: (-abs(group.difference), group.name))),
        rest=sum(months, Decimal(0)) - in_groups,
        months=months,
        is_straight_twelfth=is_straight_twelfth(budget, expected.pattern),
    )


def spread(total: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Spread kr over months by their weights, with öre; the last month takes what rounding leaves.

    Without weights, or where they add up to 0, every month gets the same.
    """
    whole = sum(weights, Decimal(0))
    shares = [weight / whole for weight in weights] if whole else [1 / Decimal(len(weights))] * len(weights)
    rounded = [round_half_up(total * share, 2) for share in shares[:-1]]
    return (*rounded, total - sum(rounded, Decimal(0)))


def main_groups(causes: DeviationCauses) -> tuple[GroupDifference, ...]:
    """Return the groups that clearly carry the difference, the largest first; none where that isn't clear.

    A unit of one group has nothing to tell apart.
    """
    whole = causes.difference
    if len(causes.groups) < 2 or abs(causes.rest) > LARGEST_REST * abs(whole):
        return ()
    with_it = [group for group in causes.groups if group.difference * whole > 0]
    named = tuple(
        group for group in with_it[:MOST_GROUPS] if abs(group.difference) >= LEAST_OF_GROUP * abs(whole)
    )
    carried = sum((abs(group.difference) for group in named), Decimal(0))
    return named if carried >= CARRIED_BY_GROUPS * abs(whole) else ()


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


def _of_group(group: GroupYears, unit: Expected) -> GroupDifference | None:
    expected, closed = expected_of_group(group, unit), group.outcome[: len(unit.months)]
    known = [kr for kr in closed if kr is not None]
    if expected is None or len(known) < len(closed):
        return None
    is_income = (group.year_budget or sum(known)) < 0
    return GroupDifference(group.name, sum(known, Decimal(0)) - expected, is_income)


def expected_of_group(group: GroupYears, unit: Expected) -> Decimal | None:
    """Return what a group was expected to cost so far (kr with öre); None without budgets to take it of.

    Its year's budget, by the share of its own past years that came so far where that is steady, else by the
    unit's; moved as the unit's expected cost is from the unit's budget (one that came in the year, say).
    """
    by_budget = unit.budget * unit.share_so_far
    if group.year_budget is None or not (by_budget or unit.is_near_zero):
        return None
    share = _own_share(group, len(unit.months))
    share = unit.share_so_far if share is None else share
    moved = Decimal(1) if unit.is_near_zero else unit.so_far / by_budget
    return round_half_up(group.year_budget * share * moved, 2)


def _own_share(group: GroupYears, month: int) -> Decimal | None:
    """Return the part of the group's past years that came in their first months; None when not steady."""
    shares = [share for year in group.past if (share := _share_of_year(year, month)) is not None]
    if len(shares) < FEWEST_YEARS or max(shares) - min(shares) > STEADY_SPREAD:
        return None
    return sum(shares, Decimal(0)) / len(shares)


def _share_of_year(year: Twelve, month: int) -> Decimal | None:
    whole, known = sum_of_all(year), [kr for kr in year if kr is not None]
    if not whole or abs(whole) <= STEADY_SHARE * sum(abs(kr) for kr in known):
        return None
    return sum(known[:month], Decimal(0)) / whole


def is_straight_twelfth(budget: Twelve, pattern: Sequence[Decimal]) -> bool:
    """Tell whether every month has the same budget (rounding aside) though the year isn't even."""
    known = [kr for kr in budget if kr is not None]
    if len(known) < 12 or not any(known):
        return False
    is_same = max(known) - min(known) <= ROUNDED * abs(sum(known, Decimal(0))) / 12
    return is_same and any(abs(share * 12 - 1) > UNEVEN for share in pattern)


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
