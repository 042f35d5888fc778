"""Volumes as a leading signal: each unit's against its plan, and what each of them costs."""

from collections.abc import Iterable, Iterator

from tasks.rules.delivered import RowRange
from tasks.rules.signals.counting_place import CountingPlace, SeenVolume, seen_volumes
from tasks.rules.signals.volume_signal import (
    LeadingSignal,
    VolumeSignalSettings,
    unit_cost_signal,
    volume_signal,
)
from tasks.rules.signals.watched import Measured, Watched
from tasks.rules.volumes.volumes import MeasuredVolume

SOURCE = "prestationer"


def watch_volumes(
    places: Iterable[CountingPlace], month: int, settings: VolumeSignalSettings, fewest_persons: int
) -> tuple[Watched, ...]:
    """Hold each place's volumes and costs against plan when `month` (1–12) is closed.

    fewest_persons: a niva that was of fewer in any month of this year or the last is hidden.
    """
    return tuple(
        found
        for place in places
        for seen in seen_volumes(place, month, fewest_persons)
        for found in (_against_plan(seen, month, settings), *_cost(seen, month, settings))
    )


def _against_plan(seen: SeenVolume, month: int, settings: VolumeSignalSettings) -> Watched:
    return _watched(seen, month, volume_signal(seen.volume, month, settings), "antal", seen.rows)


def _cost(seen: SeenVolume, month: int, settings: VolumeSignalSettings) -> Iterator[Watched]:
    """Yield the cost of each where the place counts one thing and its money is known."""
    if seen.is_alone and seen.place.money is not None:
        found = unit_cost_signal(seen.volume, seen.place.money, month, settings)
        yield _watched(seen, month, found, "kr", (*seen.rows, *seen.place.money_rows))


def _watched(
    seen: SeenVolume, month: int, found: LeadingSignal, measured_in: Measured, rows: tuple[RowRange, ...]
) -> Watched:
    reading = found.reading
    return Watched(
        source=SOURCE,
        indicator=found.indicator,
        scope=seen.place.scope,
        code=seen.place.code,
        name=seen.place.name,
        measured_in=measured_in,
        value=None if reading is None else reading.figure,
        compared=None if reading is None else reading.planned,
        signal=found.signal,
        regel=found.regel,
        mening=found.mening,
        months_lacking=_months_lacking(seen.volume, month, found),
        figures={
            "grans_procent": found.bar_percent,
            "skillnad_procent": None if reading is None else reading.percent,
            "planerat_helar": None if reading is None else reading.year_plan,
            "forra_aret": None if reading is None else reading.last_year,
            "till_och_med_manad": None if reading is None else reading.month,
        },
        rows=rows,
        is_hidden=seen.is_few,
    )


def _months_lacking(volume: MeasuredVolume, month: int, found: LeadingSignal) -> int | None:
    """Return how many counted months a missing figure lacks; None where it is missing for another reason."""
    if found.reading is not None:
        return 0
    known = sum(count is not None for count in volume.outcome[:month])
    return max((month + 1) // 2 - known, 0) or None
