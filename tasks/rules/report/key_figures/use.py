"""How much is used of what there is: of places by those who fill them, of granted hours by those given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.report.key_figures.counted import CountedMeasure
from tasks.rules.report.key_figures.row import NO_USE, Use
from tasks.rules.totals import sum_known
from tasks.rules.volumes.volumes import known_so_far, planned_months


@dataclass(frozen=True)
class _Used:
    """What is used and what there is (their months added up), and what is empty in the mean month."""

    used: Decimal
    room: Decimal
    empty: Decimal


def use_so_far(measures: Iterable[CountedMeasure], month: int) -> Use:
    """Return how much of its room a measure uses when `month` (1–12) is closed.

    Of the units that have both, over the months that both are known. Without a measure of its own, places are
    those planned.
    """
    shown = [each for each in measures if not each.is_few]
    found = [one for each in shown if (one := _used(each, month)) is not None]
    used, room = sum_known(each.used for each in found), sum_known(each.room for each in found)
    if used is None or not room:
        return NO_USE
    share = used / room * 100
    if shown[0].measured.is_level:
        return Use(occupancy=share, empty=sum_known(each.empty for each in found), counted=len(found))
    return Use(carried_out=share, counted=len(found))


def _used(counted: CountedMeasure, month: int) -> _Used | None:
    known = known_so_far(counted.measured, month)
    both = [(known[place], room) for place, room in _rooms(counted, month) if place in known]
    if not both or 2 * len(both) < month:
        return None
    used, room = (sum(months, Decimal(0)) for months in zip(*both, strict=True))
    return _Used(used, room, (room - used) / len(both))


def _rooms(counted: CountedMeasure, month: int) -> Iterator[tuple[int, Decimal]]:
    """Yield each month's (0 is January) places or hours; planned ones as the signals have them."""
    declared = counted.measured.declared
    if counted.room is not None:
        yield from known_so_far(counted.room, month).items()
    elif declared is not None and declared.are_places:
        yield from enumerate((planned_months(counted.measured, month) or ())[:month])
