"""The picture's measures, and what both of its parts are drawn with."""

from notifications.charts.canvas import Canvas
from notifications.charts.inks import Ink
from notifications.charts.labels import LINE, Words, fitted
from notifications.charts.scale import Scale
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


def middle(month: int) -> float:
    """Return the middle of a month (1–12)."""
    return LEFT + _MONTH * (month - 0.5)


def write(canvas: Canvas, words: Words, left: float, top: float) -> None:
    """Write a line of words in a box that is LINE high."""
    canvas.text(words.words, left, top + LINE / 2 + 8, words.ink, words.size, bold=words.bold)


def grid(canvas: Canvas, axis: Scale, *, zero: str, signed: bool) -> None:
    """Draw an axis's lines with their figures, and a word for zero."""
    for tick in axis.ticks:
        y = round(axis.y(tick))
        canvas.box(LEFT, y - 1, RIGHT, y + 1, Ink.GRID if tick else Ink.ZERO)
        said = number(tick if signed else abs(tick), axis.decimals) if tick else zero
        words = fitted(Words(said, Ink.QUIET, TEXT), LEFT - MARGIN)
        write(canvas, words, LEFT - MARGIN - words.width, y - LINE / 2)
