"""Where the lines of a chart over a year's months go: a picture of a few series that begin at zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 190, 16, 28
"""Room (px) beside the picture: figures, the series' names, a margin, the months."""
GRID_LINES = 4
APART = 17
"""Names closer than this (px) would touch."""


@dataclass(frozen=True)
class Point:
    """A place in the picture (px from the upper left corner)."""

    x: float
    y: float

    def __str__(self) -> str:
        return f"{self.x:.1f},{self.y:.1f}"


@dataclass(frozen=True)
class ChartedLine:
    """A series: its points in order, and where its name stands."""

    name: str
    points: tuple[Point, ...]
    name_at: Point


@dataclass(frozen=True)
class LineChart:
    """lines: in the order given; grid: the figures with their height; months: their places, 1–12."""

    lines: tuple[ChartedLine, ...]
    grid: tuple[tuple[float, Point], ...]
    months: tuple[tuple[int, Point], ...]


def line_chart(series: Mapping[str, Sequence[float | None]]) -> LineChart:
    """Lay out series of a figure a month; an absent one is passed over. Raises ValueError for nothing."""
    known = [value for values in series.values() for value in values if value is not None]
    if not known:
        raise ValueError("no figure to draw")
    count = max(len(values) for values in series.values())
    top = _round_up(max(known))
    across = (WIDTH - LEFT - RIGHT) / max(count - 1, 1)
    down = HEIGHT - TOP - BOTTOM

    def place(month: int, value: float) -> Point:
        return Point(LEFT + across * (month - 1), TOP + down * (1 - value / top))

    lines = {
        name: tuple(place(month, value) for month, value in enumerate(values, start=1) if value is not None)
        for name, values in series.items()
    }
    drawn = {name: points for name, points in lines.items() if points}
    heights = _apart({name: points[-1].y for name, points in drawn.items()})
    return LineChart(
        lines=tuple(
            ChartedLine(name, points, Point(points[-1].x + 10, heights[name]))
            for name, points in drawn.items()
        ),
        grid=tuple(
            (top * step / GRID_LINES, place(1, top * step / GRID_LINES)) for step in range(GRID_LINES + 1)
        ),
        months=tuple((month, Point(place(month, 0).x, HEIGHT - 8)) for month in range(1, count + 1)),
    )


def _round_up(value: float) -> float:
    """Return the next figure that four grid lines divide evenly: 0.4, 2, 4, 6, 8, 12, …"""
    step = 0.1
    while step * GRID_LINES < value:
        step = step * 5 if step < 0.5 else 0.5 * ceil(value / GRID_LINES / 0.5)
    return step * GRID_LINES


def _apart(heights: Mapping[str, float]) -> dict[str, float]:
    """Push names apart downwards, so that none touches the one above it, and all up where they'd leave."""
    placed: dict[str, float] = {}
    lowest = -float(APART)
    for name in sorted(heights, key=lambda one: heights[one]):
        lowest = max(heights[name], lowest + APART)
        placed[name] = lowest
    outside = max(0.0, lowest - (HEIGHT - BOTTOM))
    return {name: height - outside for name, height in placed.items()}
