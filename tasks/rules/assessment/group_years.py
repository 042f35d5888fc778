"""A unit's account groups, and what each was expected to cost so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.swedish import round_half_up
from tasks.rules.totals import sum_of_all
from tasks.rules.volumes.volumes import Twelve

FEWEST_YEARS = 2
"""One year alone can't show that a group's months are the same every year."""
STEADY_SHARE = Decimal("0.5")
"""A year whose net is less than half of its months' absolute sum is too near zero to take shares of."""
STEADY_SPREAD = Decimal("0.04")
"""A group whose share of the year so far differs by more than this between its years has no pattern of its
own: in a group of 10 mnkr half of it is 0,2 mnkr, which is what units are warned of."""


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
    """

    months: tuple[Decimal, ...]
    pattern: tuple[Decimal, ...]
    budget: Decimal

    @property
    def so_far(self) -> Decimal:
        """Return what the closed months were expected to cost together (kr)."""
        return sum(self.months, Decimal(0))

    @property
    def share_so_far(self) -> Decimal:
        """Return the closed months' share of the year, by the unit's pattern."""
        return sum(self.pattern[: len(self.months)], Decimal(0))


def spread(total: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Spread kr over months by their weights, with öre; the last month takes what rounding leaves.

    Without weights, or where they add up to 0, every month gets the same.
    """
    whole = sum(weights, Decimal(0))
    shares = [weight / whole for weight in weights] if whole else [1 / Decimal(len(weights))] * len(weights)
    rounded = [round_half_up(total * share, 2) for share in shares[:-1]]
    return (*rounded, total - sum(rounded, Decimal(0)))


def expected_of_group(group: GroupYears, unit: Expected) -> Decimal | None:
    """Return what a group was expected to cost so far (kr with öre); None without budgets to take it of.

    Its year's budget, by the share of its own past years that came so far where that is steady, else by the
    unit's; moved as the unit's expected cost is from the unit's budget (one that came in the year, say).
    """
    by_budget = unit.budget * unit.share_so_far
    if group.year_budget is None or not by_budget:
        return None
    share = _own_share(group, len(unit.months))
    share = unit.share_so_far if share is None else share
    return round_half_up(group.year_budget * share * unit.so_far / by_budget, 2)


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
