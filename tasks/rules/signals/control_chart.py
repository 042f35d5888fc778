"""Control charts for single values in time order (XmR): what varies by chance, and what is more than that."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise
from typing import Literal

RUN = 7
"""Points of a trend or a run; the reference reads seven, where other houses read six or eight."""

RuleName = Literal["outside", "trend", "two_of_three", "one_side"]
Values = Sequence[float | None]
Limits = tuple[float, float]

_WORDS = {
    ("outside", 1): "värdet ligger över den övre gränsen",
    ("outside", -1): "värdet ligger under den nedre gränsen",
    ("trend", 1): "sju värden i rad stiger",
    ("trend", -1): "sju värden i rad sjunker",
    ("two_of_three", 1): "två av tre värden i rad ligger nära den övre gränsen",
    ("two_of_three", -1): "två av tre värden i rad ligger nära den nedre gränsen",
    ("one_side", 1): "sju värden i rad ligger över medelvärdet",
    ("one_side", -1): "sju värden i rad ligger under medelvärdet",
}
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
class SpecialCause:
    """The highest ranked rule that a point meets, and the side (1 high or rising, −1 low or falling)."""

    rule: RuleName
    side: int

    @property
    def words(self) -> str:
        """Say which rule was met, as a Swedish clause: `sju värden i rad stiger`."""
        return _WORDS[self.rule, self.side]


def special_causes(
    values: Values, mean: float, limits: Limits | None, near: Limits | None
) -> list[SpecialCause | None]:
    """Return each point's special cause, None for common causes.

    The rules rank as in the reference: outside, trend, two of three, seven on one side. `limits` and `near`
    (lower, upper) are None where a chart has none.
    """
    sides = sides_of_mean(values, mean)
    outside = outside_limits(values, limits)
    near_points = near_limits(values, near, outside)
    ranked: tuple[tuple[RuleName, list[int]], ...] = (
        ("outside", outside),
        ("trend", part_of_seven(seven_point_trend(values))),
        ("two_of_three", part_of_two_of_three(near_points, sides)),
        ("one_side", part_of_seven(seven_on_one_side(sides))),
    )
    return [_first_met(ranked, at) for at in range(len(values))]


def sides_of_mean(values: Values, mean: float) -> list[int]:
    """Tell on which side of the mean each point lies; one on the mean is on neither."""
    return [0 if value is None else _sign(value - mean) for value in values]


def outside_limits(values: Values, limits: Limits | None) -> list[int]:
    """Find the points beyond a limit; one on the limit is inside."""
    if limits is None:
        return [0] * len(values)
    lower, upper = limits
    return [0 if value is None else (value > upper) - (value < lower) for value in values]


def near_limits(values: Values, near: Limits | None, outside: Sequence[int]) -> list[int]:
    """Find the points beyond a near line (two thirds of the way to a limit) that are not outside."""
    beyond = outside_limits(values, near)
    return [0 if out else side for side, out in zip(beyond, outside, strict=True)]


def seven_point_trend(values: Values) -> list[int]:
    """Find the points where seven in a row have risen or fallen all the way; a tie breaks it."""
    steps = [0] + [0 if a is None or b is None else _sign(b - a) for a, b in pairwise(values)]
    return [_all_alike(steps[max(0, at - RUN + 2) : at + 1], RUN - 1) for at in range(len(values))]


def seven_on_one_side(sides: Sequence[int]) -> list[int]:
    """Find the points where seven in a row have been on one side of the mean; one on the mean breaks it."""
    return [_all_alike(sides[max(0, at - RUN + 1) : at + 1], RUN) for at in range(len(sides))]


def part_of_seven(ends: Sequence[int]) -> list[int]:
    """Mark all seven points that lead to each end; a point of two sevens takes the later one's side."""
    return [next((end for end in reversed(ends[at : at + RUN]) if end), 0) for at in range(len(ends))]


def two_of_three(near: Sequence[int], sides: Sequence[int]) -> list[int]:
    """Find the points of every three in a row on one side of which at least two are near the limit."""
    found = [0] * len(near)
    for at in range(len(near) - 2):
        side = _all_alike(sides[at : at + 3], 3)
        if side and sum(map(bool, near[at : at + 3])) >= 2:
            found[at : at + 3] = [side] * 3
    return found


def part_of_two_of_three(near: Sequence[int], sides: Sequence[int]) -> list[int]:
    """Keep of every such three the points that are themselves near the limit."""
    return [side if close else 0 for side, close in zip(two_of_three(near, sides), near, strict=True)]


def _first_met(ranked: Sequence[tuple[RuleName, list[int]]], at: int) -> SpecialCause | None:
    return next((SpecialCause(rule, found[at]) for rule, found in ranked if found[at]), None)


def _all_alike(sides: Sequence[int], count: int) -> int:
    """Return the side that `count` points share, else 0."""
    return sides[0] if len(sides) == count and len(set(sides)) == 1 else 0


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)


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
