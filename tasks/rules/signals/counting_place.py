"""A unit or an area that counts volumes: what it counts, once, and what it costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.assessment.causes import is_straight_twelfth
from tasks.rules.delivered import RowRange
from tasks.rules.signals.volume_signal import UnitMoney
from tasks.rules.signals.watched import Scope
from tasks.rules.small_groups import is_small
from tasks.rules.totals import sum_known
from tasks.rules.volumes.effects import counted_once
from tasks.rules.volumes.rows import CountedVolume
from tasks.rules.volumes.volumes import MeasuredVolume, Twelve


@dataclass(frozen=True)
class CountingPlace:
    """A unit or an area that counts volumes. money, year_budget (kr): None where they are not known."""

    code: str
    name: str
    scope: Scope
    volumes: tuple[CountedVolume, ...]
    money: UnitMoney | None = None
    year_budget: Decimal | None = None
    money_rows: tuple[RowRange, ...] = ()


@dataclass(frozen=True)
class SeenVolume:
    """A volume in its place. readings: the months as they were counted, none of them filled by a mean.

    is_alone: the place counts nothing else. is_few: too few persons to be shown in some month.
    """

    place: CountingPlace
    volume: MeasuredVolume
    readings: Twelve
    rows: tuple[RowRange, ...]
    is_alone: bool
    is_few: bool


def seen_volumes(place: CountingPlace, month: int, fewest_persons: int) -> Iterator[SeenVolume]:
    """Yield what a place counts when `month` (1–12) is closed: a whole or its parts, never both."""
    counted = {each.measured.name: each for each in place.volumes}
    volumes = counted_once([each.measured for each in place.volumes])
    for volume in volumes:
        yield SeenVolume(
            place=place,
            volume=volume,
            readings=counted[volume.name].readings,
            rows=counted[volume.name].rows,
            is_alone=len(volumes) == 1,
            is_few=_is_few(volume, month, fewest_persons),
        )


def unit_money(outcome: Twelve, budget: Twelve, last_year: Twelve, pattern: Sequence[Decimal]) -> UnitMoney:
    """Return a unit's kr by month; a budget in straight twelfths is spread as the unit's year usually is.

    pattern: the share of a year that falls in each month, adding up to 1.
    """
    if is_straight_twelfth(budget, pattern):
        year = sum_known(budget) or Decimal(0)
        budget = tuple(year * share for share in pattern)
    return UnitMoney(outcome, budget, last_year)


def _is_few(volume: MeasuredVolume, month: int, fewest: int) -> bool:
    """Tell whether a niva was of few in any month of this year or the last: the mean would tell of it."""
    counts = (*volume.outcome[:month], *volume.last_year)
    return volume.is_level and any(count is not None and is_small(count, fewest) for count in counts)
