"""The upper part of the picture: the deficit to date, month by month, and where the year is going."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from notifications.charts.canvas import Canvas, Ink
from notifications.charts.labels import LINE, Band, Point, Room, Words, apart, beside, line, wrapped
from notifications.charts.paper import (
    LEFT,
    MARGIN,
    MONTHS_TOP,
    RIGHT,
    TEXT,
    WIDTH,
    YEAR_BOTTOM,
    YEAR_TOP,
    Scale,
    grid,
    middle,
    scale,
    write,
)
from notifications.charts.words import MISSING, deficit_words, interval_words
from notifications.charts.year_chart import MONTHS, YEAR, YearChart

_LABEL = WIDTH - RIGHT - MARGIN - 2
_LABEL_ROOM = Room(RIGHT, WIDTH, YEAR_TOP - LINE, MONTHS_TOP - LINE)
_LINE_ROOM = Room(LEFT + 8, RIGHT, YEAR_TOP, YEAR_BOTTOM)
_DOT, _PITCH = 4, 12  # of a dotted line
_DASH, _GAP = 18.0, 12.0
_POINT = 14.0
_LIMIT_LINES = 3

Label = tuple[float, list[Words]]
"""Words that stand to the right of a line, and the height where it ends."""


def draw_year(canvas: Canvas, chart: YearChart) -> None:
    """Draw the accumulated deficit, the forecast with its interval, and the limit, each with its name."""
    axis = _axis(chart)
    grid(canvas, axis, zero="budget", signed=False)
    bands = [line(Point(0, axis.y(tick)), Point(WIDTH, axis.y(tick))) for tick in axis.ticks]
    bands += _draw_limit(canvas, chart, axis)
    bands += _draw_forecast(canvas, chart, axis)
    bands += _draw_outcome(canvas, chart, axis)
    labels = [*_limit_label(chart, axis), *_forecast_label(chart, axis)]
    labels += _label_outcome(canvas, chart, axis, bands)
    _write_labels(canvas, labels)


def _axis(chart: YearChart) -> Scale:
    shown = (*chart.deficits, chart.year_deficit, *(chart.interval or ()), chart.limit)
    return scale([value for value in shown if value is not None], top=YEAR_TOP, bottom=YEAR_BOTTOM)


def _draw_limit(canvas: Canvas, chart: YearChart, axis: Scale) -> Iterator[Band]:
    if chart.limit is not None:
        y = round(axis.y(chart.limit))
        canvas.dots(LEFT, RIGHT, y, size=_DOT, pitch=_PITCH, ink=Ink.LIMIT)
        yield line(Point(LEFT, y), Point(RIGHT, y))


def _draw_forecast(canvas: Canvas, chart: YearChart, axis: Scale) -> Iterator[Band]:
    """Draw a dashed line from the last known month, in its fan; without any month only where it ends."""
    if chart.year_deficit is None:
        return
    end = Point(middle(YEAR), axis.y(chart.year_deficit))
    ink = Ink.FORECAST if chart.interval is None else Ink.FORECAST_ON_FAN
    canvas.stroke(end, end, _POINT, ink)
    if chart.last_known is None:
        return
    start = Point(middle(chart.last_known[0]), axis.y(chart.last_known[1]))
    _dash(canvas, start, end, ink)
    yield line(start, end)
    if chart.interval is not None:
        lower, upper = (axis.y(value) for value in chart.interval)
        canvas.wedge(start, end.x, upper, lower, Ink.FAN)
        yield Band(start.x, end.x, (start.y, upper), (start.y, lower))


def _dash(canvas: Canvas, start: Point, end: Point, ink: Ink) -> None:
    length = ((end.x - start.x) ** 2 + (end.y - start.y) ** 2) ** 0.5
    across, down = (end.x - start.x) / length, (end.y - start.y) / length
    done = _GAP
    while done < length:
        until = min(done + _DASH, length)
        canvas.stroke(
            (start.x + across * done, start.y + down * done),
            (start.x + across * until, start.y + down * until),
            5,
            ink,
        )
        done += _DASH + _GAP


def _draw_outcome(canvas: Canvas, chart: YearChart, axis: Scale) -> Iterator[Band]:
    """Draw a point for each month, and lines between neighbours: a missing month leaves a gap."""
    points = [
        None if value is None else Point(middle(month), axis.y(value))
        for month, value in enumerate(chart.deficits, 1)
    ]
    for here, there in pairwise(points):
        if here and there:
            canvas.stroke(here, there, 6, Ink.OUTCOME)
            yield line(here, there)
    for point in filter(None, points):
        canvas.stroke(point, point, _POINT, Ink.OUTCOME)
        half = _POINT / 2
        yield Band(point.x - half, point.x + half, (point.y - half,) * 2, (point.y + half,) * 2)


def _limit_label(chart: YearChart, axis: Scale) -> Iterator[Label]:
    if chart.limit is not None:
        yield axis.y(chart.limit), wrapped(Words(chart.limit_text, Ink.LIMIT, TEXT), _LABEL)[:_LIMIT_LINES]


def _forecast_label(chart: YearChart, axis: Scale) -> Iterator[Label]:
    if chart.year_deficit is not None:
        label = Words(f"prognos {deficit_words(chart.year_deficit, chart)}", Ink.FORECAST, 23, bold=True)
        probably = Words(interval_words(chart), Ink.QUIET, TEXT)
        yield axis.y(chart.year_deficit), wrapped(label, _LABEL) + wrapped(probably, _LABEL)


def _label_outcome(canvas: Canvas, chart: YearChart, axis: Scale, bands: Sequence[Band]) -> Iterator[Label]:
    """Write the outcome's name near its last point, or yield it where no place is free."""
    if chart.last_known is None:
        point, label = Point(LEFT, axis.y(0)), f"utfall mot budget: {MISSING}"
    else:
        month, deficit = chart.last_known
        point = Point(middle(month), axis.y(deficit))
        until = "hela året" if month == YEAR else f"t.o.m. {MONTHS[month - 1]}"
        label = f"utfall {until}: {deficit_words(deficit, chart)}"
    words = Words(label, Ink.OUTCOME, 23)
    place = beside(point, words.width, bands, _LINE_ROOM)
    if place:
        write(canvas, words, place.x, place.y)
    else:
        yield point.y, wrapped(words, _LABEL)


def _write_labels(canvas: Canvas, labels: Sequence[Label]) -> None:
    """Write what stands to the right, each as near its line's end as the others let it."""
    tops = apart([(middle, len(words)) for middle, words in labels], _LABEL_ROOM)
    for (_, lines), top in zip(labels, tops, strict=True):
        for row, words in enumerate(lines):
            write(canvas, words, RIGHT + MARGIN, top + row * LINE)
