"""Every third month managers and personnel meet about sick leave: which months, and about which units.

A meeting about units that are neither above the target nor above their usual level is one that nobody needs,
and asking for it would teach managers to leave the mail unread.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.periods import Period
from tasks.rules.swedish import percent, percentage_points, round_half_up

QUARTERS = ("första", "andra", "tredje", "fjärde")
HIDDEN = "visas inte"


@dataclass(frozen=True)
class UnitLeave:
    """A unit's sick leave: twelve months as % of ordinary hours, None for missing.

    target: the year's (%). before: twelve months a year ago (%). is_raised: above its usual level by more
    than chance. is_hidden: the group is too small to be shown, or one would follow from it.
    """

    code: str
    name: str
    rolling: Decimal | None
    target: Decimal | None = None
    before: Decimal | None = None
    is_raised: bool = False
    is_hidden: bool = False

    @property
    def calls_for_meeting(self) -> bool:
        """Tell whether it is raised or above its target, as both are read; a hidden one tells nothing."""
        if self.is_hidden or self.rolling is None:
            return False
        return self.is_raised or self._over(self.target) > 0

    @property
    def shown(self) -> str:
        """Return the twelve months in words."""
        return HIDDEN if self.is_hidden else percent(self.rolling)

    @property
    def change(self) -> str:
        """Hold the twelve months against a year ago, else against the target; empty without both."""
        if self.is_hidden or self.rolling is None:
            return ""
        if self.before is not None:
            return _difference(
                self._over(self.before), "högre än", "lägre än", "lika högt som", "för ett år sedan"
            )
        if self.target is not None:
            goal = f"årsmålet {percent(self.target)}"
            return _difference(self._over(self.target), "över", "under", "i nivå med", goal)
        return ""

    @property
    def signal(self) -> str:
        """Say that it is above its usual level; empty where it isn't, or isn't shown."""
        return "Högre än den brukar vara." if self.is_raised and not self.is_hidden else ""

    def _over(self, other: Decimal | None) -> Decimal:
        if self.rolling is None or other is None:
            return Decimal(0)
        return round_half_up(self.rolling, 1) - round_half_up(other, 1)


def for_meeting(units: Sequence[UnitLeave]) -> list[UnitLeave]:
    """Return a manager's units, highest sick leave first, or none where none calls for a meeting."""
    if not any(unit.calls_for_meeting for unit in units):
        return []
    return sorted(units, key=lambda unit: (unit.is_hidden, -(unit.rolling or Decimal(0)), unit.name))


def is_meeting_month(period: Period, months: Collection[int]) -> bool:
    """Tell whether the meeting follows on the figures of a month; months: 1–12."""
    return period.month in months


def next_meeting_month(period: Period, months: Collection[int]) -> Period:
    """Return the next month with a meeting after one. Raises ValueError when there is none in a year."""
    after = (period.plus(number) for number in range(1, 13))
    found = next((each for each in after if each.month in months), None)
    if found is None:
        raise ValueError(months)
    return found


def quarter_words(period: Period) -> str:
    """Name the quarter that a month lies in: `tredje kvartalet 2026`."""
    return f"{QUARTERS[(period.month - 1) // 3]} kvartalet {period.year}"


def _difference(points: Decimal, more: str, less: str, same: str, than: str) -> str:
    if points == 0:
        return f"{same} {than}"
    return f"{percentage_points(abs(points))} {more if points > 0 else less} {than}"
