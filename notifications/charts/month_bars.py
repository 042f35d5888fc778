"""The lower part of the picture: each month's outcome as a bar, its budget as a mark behind it."""

from notifications.charts.canvas import Canvas
from notifications.charts.inks import Ink
from notifications.charts.labels import LINE, Words
from notifications.charts.paper import (
    LEFT,
    MARGIN,
    MONTHS_BOTTOM,
    MONTHS_TOP,
    RIGHT,
    TEXT,
    grid,
    middle,
    write,
)
from notifications.charts.scale import scale
from notifications.charts.year_chart import YearChart

_BAR, _MARK = 15, 22  # half of their widths


def draw_legend(canvas: Canvas, amounts_in: str) -> None:
    """Tell what bars and marks are."""
    top = MONTHS_TOP - 48
    canvas.box(LEFT, top + 4, LEFT + 20, top + 24, Ink.BAR)
    outcome = Words("utfall per månad", Ink.QUIET, TEXT)
    write(canvas, outcome, LEFT + 30, top)
    mark = LEFT + 30 + outcome.width + 28
    canvas.box(mark, top + 12, mark + 2 * _MARK, top + 16, Ink.MARK)
    write(canvas, Words(f"budget per månad, {amounts_in}", Ink.QUIET, TEXT), mark + 2 * _MARK + 10, top)


def draw_months(canvas: Canvas, chart: YearChart) -> None:
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
