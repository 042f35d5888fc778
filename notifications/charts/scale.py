"""An axis with round figures and at most four grid lines, zero always among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from math import ceil, floor, log10

GRID_LINES = 4
_ROUND = (1, 2, 2.5, 5)
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Scale:
    """Amounts from `ticks[0]` at the height `bottom` to `ticks[-1]` at `top` (pixels from above)."""

    ticks: tuple[float, ...]
    decimals: int  # what the ticks need
    top: float
    bottom: float

    def y(self, value: float) -> float:
        """Return an amount's height in the picture."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (self.bottom - self.top) * (value - low) / (high - low)


def scale(values: Iterable[float], *, top: float, bottom: float) -> Scale:
    """Find the finest round step that spans zero and all values with at most four grid lines."""
    known = (0.0, *values)
    low, high = min(known), max(known)
    if high - low < _NOTHING:
        return Scale((0.0, 1.0), 0, top, bottom)
    smallest = floor(log10((high - low) / GRID_LINES))
    for exponent in count(smallest):
        for factor in _ROUND:
            step = factor * 10.0**exponent
            first, last = floor(low / step), ceil(high / step)
            if last - first < GRID_LINES:
                decimals = max(0, -exponent + (factor == 2.5))
                return Scale(tuple(place * step for place in range(first, last + 1)), decimals, top, bottom)
    raise AssertionError("unreachable: the step grows without end")
