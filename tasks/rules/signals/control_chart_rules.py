"""The rules of a control chart, each its own: which points are more than chance, and to which side.

By NHSRplotthedots 0.2.2 of the NHS-R community. Every rule answers with a side for each point: 1 is high
(above the mean, rising), −1 is low (below, falling), 0 is nothing. A missing value (None) is a gap: it has no
side, and no trend or run goes over it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
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
