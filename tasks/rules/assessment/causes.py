"""What carries a unit's difference so far: its account groups, its months, and how its budget is spread.

Only what is clear is named. The figures add up: the groups and the rest are the difference, and so are the
months.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.assessment.group_years import Expected, GroupYears, expected_of_group
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


@dataclass(frozen=True)
class Part:
    """A group's part of the difference: kr, + is more cost or less income than expected."""

    name: str
    difference: Decimal
    is_income: bool


@dataclass(frozen=True)
class DeviationCauses:
    """A unit's difference so far: outcome − expected (kr with öre), by account group and by closed month.

    groups: the largest first; `rest` is what lies in none of them. is_straight_twelfth: every month has the
    same budget though the unit's year is not even.
    """

    groups: tuple[Part, ...]
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
    parts = [part for group in groups if (part := _part(group, expected)) is not None]
    in_groups = sum((part.difference for part in parts), Decimal(0))
    return DeviationCauses(
        groups=tuple(sorted(parts, key=lambda part: (-abs(part.difference), part.name))),
        rest=sum(months, Decimal(0)) - in_groups,
        months=months,
        is_straight_twelfth=is_straight_twelfth(budget, expected.pattern),
    )


def main_groups(causes: DeviationCauses) -> tuple[Part, ...]:
    """Return the groups that clearly carry the difference, the largest first; none where that isn't clear.

    A unit of one group has nothing to tell apart.
    """
    whole = causes.difference
    if len(causes.groups) < 2 or abs(causes.rest) > LARGEST_REST * abs(whole):
        return ()
    with_it = [part for part in causes.groups if part.difference * whole > 0]
    named = tuple(
        part for part in with_it[:MOST_GROUPS] if abs(part.difference) >= LEAST_OF_GROUP * abs(whole)
    )
    carried = sum((abs(part.difference) for part in named), Decimal(0))
    return named if carried >= CARRIED_BY_GROUPS * abs(whole) else ()


def is_straight_twelfth(budget: Twelve, pattern: Sequence[Decimal]) -> bool:
    """Tell whether every month has the same budget (rounding aside) though the year isn't even."""
    known = [kr for kr in budget if kr is not None]
    if len(known) < 12 or not any(known):
        return False
    is_same = max(known) - min(known) <= ROUNDED * abs(sum(known, Decimal(0))) / 12
    return is_same and any(abs(share * 12 - 1) > UNEVEN for share in pattern)


def _part(group: GroupYears, unit: Expected) -> Part | None:
    expected, closed = expected_of_group(group, unit), group.outcome[: len(unit.months)]
    known = [kr for kr in closed if kr is not None]
    if expected is None or len(known) < len(closed):
        return None
    is_income = (group.year_budget or sum(known)) < 0
    return Part(group.name, sum(known, Decimal(0)) - expected, is_income)
