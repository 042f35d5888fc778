"""Words in the shipped font, each set once and kept."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_FONTS = Path(__file__).parent / "fonts"


@lru_cache(maxsize=4096)
def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide some words are."""
    return _font(size, bold).getlength(words)


@lru_cache(maxsize=32)
def _font(size: float, bold: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(_FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2048)
def written(words: str, size: float, bold: bool) -> tuple[NDArray[np.uint8], int, int]:
    """Return how much ink (0–255) some words lay on each pixel, and their upper left corner.

    The corner is seen from where their baseline starts.
    """
    font = _font(size, bold)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(words, anchor="ls"))
    image = Image.new("L", (max(right - left, 1), max(bottom - top, 1)))
    ImageDraw.Draw(image).text((-left, -top), words, fill=255, font=font, anchor="ls")
    return np.asarray(image), left, top
