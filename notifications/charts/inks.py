"""The colours of a picture, each with a ramp of shades from its ground to itself."""

from enum import IntEnum, auto
from functools import cache

SHADES = 16
FULL = SHADES - 1


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


@cache
def palette() -> bytes:
    """Return the colours of every pixel value as PNG wants them."""
    ramps = [_ramp(_WHITE, _WHITE)]
    ramps += [_ramp(_PALE if ink is Ink.FORECAST_ON_FAN else _WHITE, COLOURS[ink]) for ink in Ink]
    return b"".join(ramps)


def _ramp(ground: str, ink: str) -> bytes:
    """Mix an ink into its ground, from nothing of it to all of it."""
    pairs = list(zip(bytes.fromhex(ground[1:]), bytes.fromhex(ink[1:]), strict=True))
    shades = (shade / FULL for shade in range(SHADES))
    return bytes(round(below + (above - below) * share) for share in shades for below, above in pairs)
