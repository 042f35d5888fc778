"""A unit's year as a picture: how far it is from its budget, and each month against its budget."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from notifications.charts.canvas import Canvas, Ink
from notifications.charts.labels import LINE, Words, wrapped
from notifications.charts.paper import (
    HEIGHT,
    LEFT,
    MARGIN,
    MONTHS_BOTTOM,
    MONTHS_TOP,
    RIGHT,
    TEXT,
    WIDTH,
    YEAR_BOTTOM,
    grid,
    middle,
    scale,
    write,
)
from notifications.charts.year_chart import MONTHS, YearChart
from notifications.charts.year_line import draw_year

_BAR, _MARK = 15, 22  # half of their widths
_TITLE, _TITLE_LINE, _TITLE_LINES = 29, 36, 2
_LONGEST_TITLE = 200
_THREADS = 2  # what draws holds the interpreter's lock, what compresses doesn't: a third would only wait
_READING = "Ovanför linjen budget är underskott, under den överskott."


def draw(chart: YearChart) -> bytes:
    """Draw a unit's year as PNG; the same chart gives the same bytes."""
    canvas = _frame(chart.amounts_in).copy()
    draw_figures(canvas, chart)
    return canvas.png()


def draw_all(charts: Iterable[YearChart]) -> dict[YearChart, bytes]:
    """Draw many, equal ones once; the pictures stand under their charts."""
    different = tuple(dict.fromkeys(charts))
    with ThreadPoolExecutor(_THREADS) as pool:
        return dict(zip(different, pool.map(draw, different), strict=True))


@cache
def _frame(amounts_in: str) -> Canvas:
    canvas = Canvas.blank(WIDTH, HEIGHT)
    draw_frame(canvas, amounts_in)
    return canvas


def draw_frame(canvas: Canvas, amounts_in: str) -> None:
    """Draw what every picture has: the months' names, and what bars and marks are."""
    for month, name in enumerate(MONTHS, 1):
        words = Words(name, Ink.QUIET, TEXT)
        write(canvas, words, middle(month) - words.width / 2, YEAR_BOTTOM + 10)
    _draw_legend(canvas, amounts_in)


def draw_figures(canvas: Canvas, chart: YearChart) -> None:
    """Draw what is this chart's own."""
    _write_heading(canvas, chart)
    draw_year(canvas, chart)
    _draw_months(canvas, chart)


def _write_heading(canvas: Canvas, chart: YearChart) -> None:
    """Write the title, and how the line is read where the title leaves room for it."""
    lines = _title_lines(chart.title, chart.amounts_in)
    for row, words in enumerate(lines):
        write(canvas, words, 0, 4 + row * _TITLE_LINE)
    if len(lines) == 1:
        write(canvas, Words(_READING, Ink.QUIET, TEXT), 0, 44)


def _title_lines(title: str, unit: str) -> list[Words]:
    """Break a title into two lines at most; a longer one loses its end but never its unit."""
    words = title[:_LONGEST_TITLE].split()
    for count in range(len(words), -1, -1):
        shortened = " ".join(words[:count]) + ("…" if count < len(words) else "")
        lines = wrapped(Words(f"{shortened}, {unit}", Ink.TITLE, _TITLE, bold=True), WIDTH)
        if len(lines) <= _TITLE_LINES:
            break
    return lines


def _draw_legend(canvas: Canvas, amounts_in: str) -> None:
    """Tell what bars and marks are."""
    top = MONTHS_TOP - 48
    canvas.box(LEFT, top + 4, LEFT + 20, top + 24, Ink.BAR)
    outcome = Words("utfall per månad", Ink.QUIET, TEXT)
    write(canvas, outcome, LEFT + 30, top)
    mark = LEFT + 30 + outcome.width + 28
    canvas.box(mark, top + 12, mark + 2 * _MARK, top + 16, Ink.MARK)
    write(canvas, Words(f"budget per månad, {amounts_in}", Ink.QUIET, TEXT), mark + 2 * _MARK + 10, top)


def _draw_months(canvas: Canvas, chart: YearChart) -> None:
    """Draw the months; a missing figure leaves its place empty."""
    known = [value for value in (*chart.outcomes, *chart.budgets) if value is not None]
    axis = scale(known, top=MONTHS_TOP, bottom=MONTHS_BOTTOM)
    grid(canvas, axis, zero="0", signed=True)
    if axis.ticks[0] < 0:
        write(
            canvas,
            Words("minus är intäkt", Ink.QUIET, TEXT),
            RIGHT + MARGIN,
            axis.y(axis.ticks[0]) - LINE / 2,
        )
    for month, outcome in enumerate(chart.outcomes, 1):
        if outcome is not None:
            top, bottom = sorted((axis.y(0), axis.y(outcome)))
            canvas.box(middle(month) - _BAR, top, middle(month) + _BAR, bottom, Ink.BAR)
    for month, budget in enumerate(chart.budgets, 1):
        if budget is not None:
            x, y = middle(month), axis.y(budget)
            canvas.box(x - _MARK, y - 2, x + _MARK, y + 2, Ink.MARK)
