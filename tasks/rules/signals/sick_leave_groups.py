"""Which units a control chart of sick leave is drawn for: a small unit's curve is mostly chance."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.signals.sick_leave_hours import SickHistory
from tasks.rules.signals.sick_leave_settings import SickLeaveSettings
from tasks.rules.swedish import number

YEAR = 12


@dataclass(frozen=True)
class Place:
    """A unit, or what units lie in."""

    code: str
    name: str


Places = Mapping[str, Sequence[Place]]
"""Each unit's own place followed by what it lies in, nearest first."""


@dataclass(frozen=True)
class SickGroup:
    """Units whose sick leave is told together.

    posts: full-time posts, None where no hours are known. is_charted: large enough for a chart of its own; a
    whole that its units are charted in, such as the administration, is not, and only has levels.
    seen_in: the name of the group that a unit too small for that is seen in; None where there is none.
    """

    code: str
    name: str
    units: frozenset[str]
    posts: Decimal | None = None
    is_charted: bool = True
    seen_in: str | None = None


def sick_leave_groups(
    history: SickHistory, places: Places, settings: SickLeaveSettings
) -> tuple[SickGroup, ...]:
    """Make a group of every unit, and of the small ones together in the nearest place that is large enough.

    The units of a place whose small ones come to too few posts are gathered further up.
    """
    posts = full_time_posts(history, settings.full_time_month_hours)
    small = {unit for unit in places if posts.get(unit, 0) < settings.fewest_posts}
    gathered = _gathered(places, posts, small, settings.fewest_posts)
    seen_in = {unit: group.name for group in gathered for unit in group.units}
    own = (
        SickGroup(
            code=unit,
            name=around[0].name,
            units=frozenset({unit}),
            posts=posts.get(unit),
            is_charted=unit not in small,
            seen_in=seen_in.get(unit),
        )
        for unit, around in places.items()
    )
    return (*own, *gathered)


def full_time_posts(history: SickHistory, full_time_month_hours: Decimal) -> dict[str, Decimal]:
    """Return each unit's full-time posts: ordinary hours in the mean of its known months of the latest year.

    By a single month, a unit of 25 posts would come and go with the number of working days.
    """
    hours: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for month, known in enumerate(history.latest(YEAR, history.units)):
        for row in known.rows:
            hours[row.unit][month] += row.ordinary or 0
    return {
        unit: sum(months.values(), Decimal(0)) / len(months) / full_time_month_hours
        for unit, months in hours.items()
    }


def _gathered(
    places: Places, posts: Mapping[str, Decimal], small: Iterable[str], fewest_posts: Decimal
) -> list[SickGroup]:
    """Gather the units by what they lie in, one step further up at a time."""
    waiting, groups = set(small), []
    for step in range(1, max(map(len, places.values()), default=0)):
        for place, units in _by_place(places, waiting, step).items():
            together = sum((posts.get(unit, Decimal(0)) for unit in units), Decimal(0))
            if together >= fewest_posts:
                name = f"{number(len(units))} små enheter i {place.name}"
                groups.append(SickGroup(place.code, name, frozenset(units), together))
                waiting -= units
    return groups


def _by_place(places: Places, units: Iterable[str], step: int) -> dict[Place, set[str]]:
    found: dict[Place, set[str]] = defaultdict(set)
    for unit in sorted(units):
        if len(places[unit]) > step:
            found[places[unit][step]].add(unit)
    return found
