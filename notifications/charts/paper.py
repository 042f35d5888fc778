"""The picture's measures, and what both of its parts are drawn with: round axes, grids and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from math import ceil, floor, log10

from notifications.charts.canvas import Canvas, Ink
from notifications.charts.labels import LINE, Words, fitted
from notifications.charts.words import number
from notifications.charts.year_chart import YEAR

WIDTH, HEIGHT = 1152, 664
"""The picture's own pixels, two for each that a mail shows, for screens of high density."""
LEFT, RIGHT = 96, 880
MARGIN = 14
"""Between the picture and the words beside it."""
YEAR_TOP, YEAR_BOTTOM = 96, 408
MONTHS_TOP, MONTHS_BOTTOM = 524, 652
TEXT = 22
_MONTH = (RIGHT - LEFT) / YEAR
GRID_LINES = 4
_ROUND = (1, 2, 2.5, 5)
_NOTHING = 1e-9


def middle(month: int) -> float:
    """Return the middle of a month (1–12)."""
    return LEFT + _MONTH * (month - 0.5)


def write(canvas: Canvas, words: Words, left: float, top: float) -> None:
    """Write a line of words in a box that is LINE high."""
    canvas.text(words.words, left, top + LINE / 2 + 8, words.ink, words.size, bold=words.bold)


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


def grid(canvas: Canvas, axis: Scale, *, zero: str, signed: bool) -> None:
    """Draw an axis's lines with their figures, and a word for zero."""
    for tick in axis.ticks:
        y = round(axis.y(tick))
        canvas.box(LEFT, y - 1, RIGHT, y + 1, Ink.GRID if tick else Ink.ZERO)
        figure = number(tick if signed else abs(tick), axis.decimals) if tick else zero
        words = fitted(Words(figure, Ink.QUIET, TEXT), LEFT - MARGIN)
        write(canvas, words, LEFT - MARGIN - words.width, y - LINE / 2)
