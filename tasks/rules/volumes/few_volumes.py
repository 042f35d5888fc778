"""Whether words about a volume would tell of so few that they could be tied to somebody."""

from collections.abc import Iterator
from decimal import Decimal

from tasks.rules.small_groups import FEWEST_PERSONS, is_small
from tasks.rules.volumes.effects import MeasureEffect, VolumeEffects


def is_of_few(effects: VolumeEffects, fewest: int = FEWEST_PERSONS) -> bool:
    """Tell whether one of the effects is of fewer persons, households or placements than may be shown.

    As they were planned, are expected, or were in any month so far. Hours and visits are nobody.
    """
    return any(
        is_small(count, fewest)
        for each in effects.measures
        if each.price is not None and each.volume.is_level
        for count in _counts(each)
    )


def _counts(measure: MeasureEffect) -> Iterator[Decimal]:
    if measure.year is None:
        return
    yield measure.year.expected
    yield measure.year.planned
    yield from (count for count in measure.volume.outcome[: measure.year.of] if count is not None)
