"""Who counts what in which area: a measure of one unit, or of an area that counts for its units."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.organisation import UNIT, Register, UnitVersion
from tasks.rules.periods import Period
from tasks.rules.report.key_figures.row import Reason
from tasks.rules.signals.volume_watch import CountingPlace
from tasks.rules.volumes.effects import counted_once
from tasks.rules.volumes.rows import CountedVolume
from tasks.rules.volumes.unit_costs import CostParts, PlaceMoney, costs_so_far, sum_of_money
from tasks.rules.volumes.volumes import MeasuredVolume, planned_months


@dataclass(frozen=True)
class CountedMeasure:
    """A measure of a place, in the area that it lies in (or is).

    area_code: None where it lies in none. room: the measure that it is held against, such as its places,
    where that may be told.
    is_few: of too few persons. parts: its cost, else `reason` says why it has none.
    """

    area_code: str | None
    area: str
    volume: CountedVolume
    room: MeasuredVolume | None
    is_few: bool
    parts: CostParts | None = None
    reason: Reason | None = None

    @property
    def measured(self) -> MeasuredVolume:
        """Return the months of the measure."""
        return self.volume.measured


def counted_measures(
    places: Sequence[CountingPlace],
    money: Mapping[str, PlaceMoney],
    register: Register,
    period: Period,
    fewest_persons: int,
) -> Iterator[CountedMeasure]:
    """Yield what each place counts once: a whole or its parts, never both.

    An area's own count is left out where units in it count the same, so that nobody is counted twice.
    money: every unit's, by code. The period is the latest month of the volumes.
    """
    below: dict[str, list[str]] = {}
    for unit in money:
        for above in register.above(unit, period):
            below.setdefault(above.code, []).append(unit)
    by_code = {place.code: place for place in places}
    for place in places:
        units = below.get(place.code, [])
        counting = [by_code[unit] for unit in units if unit in by_code]
        by_units = {each.measured.name for unit in counting for each in unit.volumes}
        of_place = place if place.money is not None else _with_money(place, [money[unit] for unit in units])
        area = _area(register, place.code, period)
        volumes = {each.measured.name: each for each in place.volumes}
        once = counted_once([each.measured for each in place.volumes])
        for measured in once:
            if measured.name not in by_units:
                yield _counted(
                    of_place,
                    volumes[measured.name],
                    area,
                    is_alone=len(once) == 1 and not by_units,
                    month=period.month,
                    fewest_persons=fewest_persons,
                )


def _with_money(place: CountingPlace, units: Sequence[PlaceMoney]) -> CountingPlace:
    """Give an area the money of all its units."""
    money = sum_of_money(units)
    return CountingPlace(place.code, place.name, place.scope, place.volumes, money.months, money.year_budget)


def _area(register: Register, code: str, period: Period) -> UnitVersion | None:
    """Return what a unit lies nearest in, or the area that the code is itself."""
    own = register.unit(code, period)
    if own is None:
        return UnitVersion(code, code, UNIT) if not register.knows(code) else None
    if own.level != UNIT:
        return own
    return next((above for above in register.above(code, period) if above.level != UNIT), None)


def _counted(
    place: CountingPlace,
    volume: CountedVolume,
    area: UnitVersion | None,
    *,
    is_alone: bool,
    month: int,
    fewest_persons: int,
) -> CountedMeasure:
    measured = volume.measured
    room, is_few = _room(place, measured), measured.was_small(month, fewest_persons)
    parts = None if place.money is None else costs_so_far(measured, place.money, month)
    reason = _reason(place, measured, parts, is_alone=is_alone, is_few=is_few, month=month)
    return CountedMeasure(
        area_code=None if area is None else area.code,
        area="" if area is None else area.name,
        volume=volume,
        room=None if room is None or room.was_small(month, fewest_persons) else room,
        is_few=is_few,
        parts=None if reason is not None else parts,
        reason=reason,
    )


def _room(place: CountingPlace, measured: MeasuredVolume) -> MeasuredVolume | None:
    """Return the measure that another one is held against, such as its places."""
    for each in place.volumes:
        declared = each.measured.declared
        if declared is not None and declared.room_of == measured.name:
            return each.measured
    return None


def _reason(
    place: CountingPlace,
    measured: MeasuredVolume,
    parts: CostParts | None,
    *,
    is_alone: bool,
    is_few: bool,
    month: int,
) -> Reason | None:
    """Say why a measure has no cost; the first of several reasons."""
    if is_few:
        return "fa_personer"
    if measured.declared is None:
        return "okant_matt"
    if not is_alone:
        return "flera_matt"
    if place.money is None or not any(kr is not None for kr in place.money.outcome[:month]):
        return "utan_kostnad"
    if place.year_budget is not None and place.year_budget <= 0:
        return "nettointakt"
    if parts is None or not parts.volume:
        return "utan_antal"
    return None if parts.each is not None else "nettointakt"


def planned_mean(measured: MeasuredVolume, month: int) -> Decimal | None:
    """Return how many are planned: of a niva the year's plan, of a flode the mean month's up to `month`."""
    if measured.is_level:
        return next((plan for plan in reversed(measured.planned[:month]) if plan is not None), None)
    plan = planned_months(measured, month)
    return None if plan is None else sum(plan[:month], Decimal(0)) / month
