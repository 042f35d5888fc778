"""Where words stand in a picture, so that none crosses a line or other words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor, inf
from typing import NamedTuple

from notifications.charts.canvas import Ink, text_width

LINE = 28
"""From one line of words to the next (pixels)."""
_NBSP = "\u00a0"
_SMALLEST, _LONGEST_WORD = 8, 40  # letters smaller than 8 pixels are none
_FAR = 95
_CLEAR = 7  # between words and a line, and between two labels


class Point(NamedTuple):
    """A place in the picture (pixels from the upper left corner)."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words; `size` is the height of its letters' box in pixels."""

    words: str
    ink: Ink
    size: float
    bold: bool = False

    @property
    def width(self) -> float:
        """Return how many pixels they take."""
        return text_width(self.words, self.size, bold=self.bold)


@dataclass(frozen=True, slots=True)
class Band:
    """What words must not stand on: a line, or the area between an upper and a lower one."""

    left: float
    right: float
    upper: tuple[float, float]  # y at the left and at the right
    lower: tuple[float, float]

    def between(self, left: float, right: float) -> tuple[float, float] | None:
        """Return the highest and the lowest y between two x, or None where it isn't."""
        first, last = max(left, self.left), min(right, self.right)
        if first > last:
            return None
        upper = min(self._at(first, self.upper), self._at(last, self.upper))
        return upper, max(self._at(first, self.lower), self._at(last, self.lower))

    def _at(self, x: float, edge: tuple[float, float]) -> float:
        width = self.right - self.left
        return edge[0] + (edge[1] - edge[0]) * (x - self.left) / width if width else edge[0]


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the picture that words must stay within."""

    left: float
    right: float
    top: float
    bottom: float


def line(start: Point, end: Point) -> Band:
    """Return a straight line as what words must not cross."""
    return Band(start.x, end.x, (start.y, end.y), (start.y, end.y))


def beside(point: Point, width: float, bands: Sequence[Band], room: Room) -> Point | None:
    """Find the upper left corner for a line of words near a point: rather to its right, rather below.

    Returns None when no place is free of all bands, or only one so far off that the words would seem to be
    another line's.
    """
    places = []
    for penalty, left in ((0, point.x + 8), (15, point.x - width / 2), (20, point.x - width - 8)):
        if room.left <= left and left + width <= room.right:
            tops = _free(point.y + _CLEAR, left, width, bands, room)
            places += [(abs(top + LINE / 2 - point.y) + penalty, left, top) for top in tops]
    farness, x, y = min(places, default=(inf, 0.0, 0.0))
    return Point(x, y) if farness <= _FAR else None


def _free(wanted: float, left: float, width: float, bands: Iterable[Band], room: Room) -> Iterator[float]:
    """Yield the heights where a line of words is free: the wanted one, or those that just touch a band."""
    met = (band.between(left - _CLEAR, left + width + _CLEAR) for band in bands)
    blocked = [(upper - LINE - _CLEAR, lower + _CLEAR) for upper, lower in filter(None, met)]
    for upper in (wanted, *(edge for pair in blocked for edge in pair)):
        inside = room.top <= upper <= room.bottom - LINE
        if inside and not any(above < upper < below for above, below in blocked):
            yield upper


def wrapped(words: Words, width: float) -> list[Words]:
    """Break words at their spaces, into no lines when there are none.

    A word that is wider alone gets smaller letters, and one without end is cut. Line breaks and control
    characters become spaces.
    """
    clean = "".join(sign if sign.isprintable() or sign == _NBSP else " " for sign in words.words)
    lines: list[str] = []
    for word in (piece[:_LONGEST_WORD] for piece in clean.split(" ") if piece):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and replace(words, words=longer).width <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [fitted(replace(words, words=text), width) for text in lines]


def fitted(words: Words, width: float) -> Words:
    """Return words with letters small enough for a width, but none so small that they aren't letters."""
    if words.width <= width:
        return words
    return replace(words, size=max(_SMALLEST, floor(words.size * width / words.width)))


def apart(wanted: Sequence[tuple[float, int]], room: Room) -> list[float]:
    """Return the upper y of labels that each have a wanted middle and a number of lines, none on another.

    Where they don't fit above the room's bottom all of them move up.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index][0])
    tops, lowest = [0.0] * len(wanted), room.top
    for index in order:
        middle, lines = wanted[index]
        tops[index] = max(middle - lines * LINE / 2, lowest)
        lowest = tops[index] + lines * LINE + _CLEAR
    outside = max(0.0, lowest - _CLEAR - room.bottom)
    return [top - outside for top in tops]
