"""A picture with few colours: each ink has a ramp of shades from white, and the later ink lies on top.

A pixel is one byte, ink · 16 + shade, so that laying an ink on is the larger of two numbers, and the picture
is written with a palette. Places are pixels from the upper left corner; a pixel's own middle is at .5.
"""

import struct
import zlib
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from notifications.charts.inks import FULL, SHADES, Ink, palette
from notifications.charts.letters import written

Pixels = NDArray[np.uint8]
Grid = NDArray[np.float64 | np.float32]
_COMPRESSION = 3  # 6 makes a fifth fewer bytes in twice the time


class Canvas:
    """A white picture to draw on."""

    def __init__(self, pixels: Pixels) -> None:
        self._pixels = pixels

    @classmethod
    def blank(cls, width: int, height: int) -> Self:
        """Return a canvas with nothing on it."""
        return cls(np.zeros((height, width), np.uint8))

    def copy(self) -> Self:
        """Return another canvas with the same picture."""
        return type(self)(self._pixels.copy())

    def box(self, left: float, top: float, right: float, bottom: float, ink: Ink) -> None:
        """Fill a rectangle with its sides rounded to whole pixels."""
        area = self._pixels[round(top) : round(bottom), round(left) : round(right)]
        np.maximum(area, ink * SHADES + FULL, out=area)

    def dots(self, left: int, right: int, y: int, *, size: int, pitch: int, ink: Ink) -> None:
        """Draw a level line of square dots, one every `pitch` pixels."""
        for first in range(left, left + size):
            dots = self._pixels[y - size // 2 : y + size // 2, first:right:pitch]
            np.maximum(dots, ink * SHADES + FULL, out=dots)

    def stroke(self, start: tuple[float, float], end: tuple[float, float], width: float, ink: Ink) -> None:
        """Draw a line with round ends; one without length is a dot."""
        (x, y), half = start, width / 2
        across, down = end[0] - x, end[1] - y
        area, columns, rows = self._area(
            min(x, end[0]) - half, min(y, end[1]) - half, max(x, end[0]) + half, max(y, end[1]) + half
        )
        columns, rows = columns - x, rows - y
        length = across * across + down * down
        if length:
            along = np.clip((columns * across + rows * down) / length, 0, 1)
            columns, rows = columns - along * across, rows - along * down
        self._lay(area, half + 0.5 - np.sqrt(columns * columns + rows * rows), ink)

    def wedge(self, tip: tuple[float, float], right: float, upper: float, lower: float, ink: Ink) -> None:
        """Fill a triangle from its tip to an upright side at `right`, from `upper` down to `lower`."""
        x, y = tip
        area, columns, rows = self._area(x, min(y, upper), right, max(y, lower))
        reached = (columns - x) / (right - x)
        inside = np.minimum(rows - (y + (upper - y) * reached), (y + (lower - y) * reached) - rows)
        self._lay(area, inside + 0.5, ink)

    def text(
        self, words: str, x: float, baseline: float, ink: Ink, size: float, *, bold: bool = False
    ) -> None:
        """Write words from `x` on."""
        mask, left, top = written(words, size, bold)
        across, down = max(round(x) + left, 0), max(round(baseline) + top, 0)
        area = self._pixels[down : down + mask.shape[0], across : across + mask.shape[1]]
        np.maximum(area, _inked(words, size, bold, ink)[: area.shape[0], : area.shape[1]], out=area)

    def png(self) -> bytes:
        """Write the picture as PNG with a palette."""
        height, width = self._pixels.shape
        rows = np.zeros((height, width + 1), np.uint8)  # a zero before each row: no filter
        rows[:, 1:] = self._pixels
        head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
        packed = zlib.compress(rows.data, _COMPRESSION)
        parts = ((b"IHDR", head), (b"PLTE", palette()), (b"IDAT", packed), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)

    def _area(self, left: float, top: float, right: float, bottom: float) -> tuple[Pixels, Grid, Grid]:
        """Return the pixels that a shape may touch, with the middles of their columns and rows."""
        height, width = self._pixels.shape
        first, last = max(int(left) - 1, 0), min(int(right) + 2, width)
        upper, lower = max(int(top) - 1, 0), min(int(bottom) + 2, height)
        columns = np.arange(first, last, dtype=np.float32)[np.newaxis, :] + np.float32(0.5)
        rows = np.arange(upper, lower, dtype=np.float32)[:, np.newaxis] + np.float32(0.5)
        return self._pixels[upper:lower, first:last], columns, rows

    def _lay(self, area: Pixels, coverage: Grid, ink: Ink) -> None:
        """Lay an ink on where it covers more than nothing of a pixel (1 is all of it)."""
        shades = (np.clip(coverage, 0, 1) * FULL + 0.5).astype(np.uint8)
        np.maximum(area, _lifted(shades, ink), out=area)


def _lifted(shades: Pixels, ink: Ink) -> Pixels:
    return np.where(shades > 0, shades + np.uint8(ink * SHADES), np.uint8(0))


@lru_cache(maxsize=2048)
def _inked(words: str, size: float, bold: bool, ink: Ink) -> Pixels:
    return _lifted(written(words, size, bold)[0] // (256 // SHADES), ink)


def _chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
