"""Control charts for single values in time order (XmR): what varies by chance, and what is more than that."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise
from typing import Literal

from tasks.rules.signals.control_chart_rules import Limits, SpecialCause, Values, special_causes

LIMIT = 2.66
"""Limits lie this many mean moving ranges from the mean: three standard deviations, 3 / 1.128 (Shewhart)."""
NEAR = 2 * (LIMIT / 3)
"""The near line lies two thirds of the way to a limit."""
SCREEN = 3.267
"""A moving range of this many mean ranges is left out of the limits: the upper limit of a range of two."""
FEWEST_FIXED = 2
"""Limits need a moving range, so two points."""
LARGEST = 1e100
"""No figure of an administration is larger, and sums of smaller ones stay finite."""

Improvement = Literal["increase", "decrease", "neutral"]
PointType = Literal[
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
]

_TYPES: dict[tuple[str, int], PointType] = {
    ("increase", 1): "special_cause_improvement",
    ("increase", -1): "special_cause_concern",
    ("decrease", 1): "special_cause_concern",
    ("decrease", -1): "special_cause_improvement",
    ("neutral", 1): "special_cause_neutral_high",
    ("neutral", -1): "special_cause_neutral_low",
}


@dataclass(frozen=True)
class ControlChart:
    """A chart of n points, every tuple of length n, in the values' own unit.

    mean: the chart's mean at each point (a constant series': its value); None only where none is known.
    lower, upper: the limits; None where there is no variation to take them from.
    point_type: None where the value is missing. cause: which rule was met; None for common causes.
    """

    mean: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    point_type: tuple[PointType | None, ...]
    cause: tuple[SpecialCause | None, ...]


@dataclass(frozen=True)
class _Part:
    """The points from one rebase to the next, with their limits and near lines."""

    values: Values
    mean: float | None
    limits: Limits | None
    near: Limits | None


def control_chart(
    values: Sequence[float | Decimal | None],
    *,
    improvement: Improvement = "decrease",
    screen_outliers: bool = True,
    rebase_at: Collection[int] = (),
    fix_after: int | None = None,
) -> ControlChart:
    """Make the chart of values in time order; its figures and types are those of NHSRplotthedots 0.2.2.

    values: None is a missing one, a gap that nothing is reckoned over.
    improvement: the direction that is good.
    screen_outliers: leave the largest moving ranges out of the limits, once, and never out of the mean.
    rebase_at: indexes (from 0, in any order) where a new chart starts.
    fix_after: lock each chart's mean and limits after so many points; until it has them all count.
    Raises ValueError for a value that is no finite number and for settings that mean nothing.
    """
    known = _numbers(values)
    _check(improvement, rebase_at, fix_after, len(known))
    edges = sorted({0, *rebase_at, len(known)})
    parts = [_part(known[start:end], screen_outliers, fix_after) for start, end in pairwise(edges)]
    causes = tuple(chain.from_iterable(_causes(part) for part in parts))
    return ControlChart(
        mean=tuple(part.mean for part in parts for _ in part.values),
        lower=tuple(part.limits and part.limits[0] for part in parts for _ in part.values),
        upper=tuple(part.limits and part.limits[1] for part in parts for _ in part.values),
        point_type=tuple(
            None if value is None else _point_type(cause, improvement)
            for value, cause in zip(known, causes, strict=True)
        ),
        cause=causes,
    )


def _part(values: Values, screen_outliers: bool, fix_after: int | None) -> _Part:
    base = values[:fix_after]
    mean, spread = _mean([value for value in base if value is not None]), _spread(base, screen_outliers)
    if mean is None or not spread:
        return _Part(values, mean, None, None)
    return _Part(values, mean, *((mean - far * spread, mean + far * spread) for far in (LIMIT, NEAR)))


def _spread(values: Values, screen_outliers: bool) -> float | None:
    """Return the mean moving range; none goes over a gap."""
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    mean = _mean(ranges)
    if mean and screen_outliers:
        return _mean([each for each in ranges if each < SCREEN * mean])
    return mean


def _causes(part: _Part) -> list[SpecialCause | None]:
    if part.mean is None:
        return [None] * len(part.values)
    return special_causes(part.values, part.mean, part.limits, part.near)


def _point_type(cause: SpecialCause | None, improvement: Improvement) -> PointType:
    return "common_cause" if cause is None else _TYPES[improvement, cause.side]


def _mean(values: Sequence[float]) -> float | None:
    """Return the mean to the last bit, so that a value on the mean is on neither side; None of nothing."""
    if not values:
        return None
    rough = math.fsum(values) / len(values)
    return rough + math.fsum([*values, *[-rough] * len(values)]) / len(values)


def _numbers(values: Sequence[float | Decimal | None]) -> list[float | None]:
    numbers = [None if value is None else float(value) for value in values]
    for at, number in enumerate(numbers):
        if number is not None and not abs(number) <= LARGEST:
            raise ValueError(f"value {at} is {number}: a missing value is None, any other a finite number")
    return numbers


def _check(improvement: str, rebase_at: Collection[int], fix_after: int | None, count: int) -> None:
    if improvement not in ("increase", "decrease", "neutral"):
        raise ValueError(f"improvement is {improvement!r}, not increase, decrease or neutral")
    beside = [at for at in rebase_at if not 0 <= at < count]
    if beside:
        raise ValueError(f"rebase_at {beside} lies beside the {count} values")
    if fix_after is not None and fix_after < FEWEST_FIXED:
        raise ValueError(f"fix_after is {fix_after}: limits need at least {FEWEST_FIXED} points")
