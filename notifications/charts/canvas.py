"""A picture with few colours: each ink has a ramp of shades from white, and the later ink lies on top.

A pixel is one byte, ink · 16 + shade, so that laying an ink on is the larger of two numbers, and the picture
is written with a palette. Places are pixels from the upper left corner; a pixel's own middle is at .5.
"""

import struct
import zlib
from enum import IntEnum, auto
from functools import cache, lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Pixels = NDArray[np.uint8]
Grid = NDArray[np.float64 | np.float32]
_SHADES = 16
_FULL = _SHADES - 1
_COMPRESSION = 3  # 6 makes a fifth fewer bytes in twice the time
_FONTS = Path(__file__).parent / "fonts"


class Ink(IntEnum):
    """The inks from the lowest to the topmost; colours as in mails and pages."""

    FAN = auto()
    GRID = auto()
    MARK = auto()
    BAR = auto()
    ZERO = auto()
    LIMIT = auto()
    FORECAST = auto()
    FORECAST_ON_FAN = auto()
    OUTCOME = auto()
    QUIET = auto()
    TITLE = auto()


_WHITE, _PALE = "#ffffff", "#d9e6f4"
COLOURS = {
    Ink.FAN: _PALE,
    Ink.GRID: "#d9dde2",
    Ink.MARK: "#1b1f24",
    Ink.BAR: "#0b3d6e",
    Ink.ZERO: "#4a5159",
    Ink.LIMIT: "#8a5a00",
    Ink.FORECAST: "#0b5fae",
    Ink.FORECAST_ON_FAN: "#0b5fae",
    Ink.OUTCOME: "#0b3d6e",
    Ink.QUIET: "#4a5159",
    Ink.TITLE: "#1b1f24",
}


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
        np.maximum(area, ink * _SHADES + _FULL, out=area)

    def dots(self, left: int, right: int, y: int, *, size: int, pitch: int, ink: Ink) -> None:
        """Draw a level line of square dots, one every `pitch` pixels."""
        for first in range(left, left + size):
            dots = self._pixels[y - size // 2 : y + size // 2, first:right:pitch]
            np.maximum(dots, ink * _SHADES + _FULL, out=dots)

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
        mask, left, top = _written(words, size, bold)
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
        parts = ((b"IHDR", head), (b"PLTE", _palette()), (b"IDAT", packed), (b"IEND", b""))
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
        shades = (np.clip(coverage, 0, 1) * _FULL + 0.5).astype(np.uint8)
        np.maximum(area, _lifted(shades, ink), out=area)


@lru_cache(maxsize=4096)
def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide some words are."""
    return _font(size, bold).getlength(words)


def _lifted(shades: Pixels, ink: Ink) -> Pixels:
    return np.where(shades > 0, shades + np.uint8(ink * _SHADES), np.uint8(0))


@lru_cache(maxsize=2048)
def _inked(words: str, size: float, bold: bool, ink: Ink) -> Pixels:
    return _lifted(_written(words, size, bold)[0] // (256 // _SHADES), ink)


@lru_cache(maxsize=2048)
def _written(words: str, size: float, bold: bool) -> tuple[NDArray[np.uint8], int, int]:
    """Return how much ink (0–255) some words lay on each pixel, and their upper left corner.

    The corner is seen from where their baseline starts.
    """
    font = _font(size, bold)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(words, anchor="ls"))
    image = Image.new("L", (max(right - left, 1), max(bottom - top, 1)))
    ImageDraw.Draw(image).text((-left, -top), words, fill=255, font=font, anchor="ls")
    return np.asarray(image), left, top


@lru_cache(maxsize=32)
def _font(size: float, bold: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(_FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _palette() -> bytes:
    """Return the colours of every pixel value as PNG wants them."""
    ramps = [_ramp(_WHITE, _WHITE)]
    ramps += [_ramp(_PALE if ink is Ink.FORECAST_ON_FAN else _WHITE, COLOURS[ink]) for ink in Ink]
    return b"".join(ramps)


def _ramp(ground: str, ink: str) -> bytes:
    """Mix an ink into its ground, from nothing of it to all of it."""
    pairs = list(zip(bytes.fromhex(ground[1:]), bytes.fromhex(ink[1:]), strict=True))
    shades = (shade / _FULL for shade in range(_SHADES))
    return bytes(round(below + (above - below) * share) for share in shades for below, above in pairs)


def _chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
