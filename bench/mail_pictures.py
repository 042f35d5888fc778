"""The mails' chart by other means, for comparison: as SVG through resvg, and by matplotlib."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import resvg_py
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from notifications.charts import YearChart
from notifications.charts.canvas import COLOURS, Canvas, Ink
from notifications.charts.paper import HEIGHT, WIDTH
from notifications.charts.picture import draw_figures, draw_frame
from notifications.charts.words import deficit_words, interval_words
from notifications.charts.year_chart import MONTHS

FONTS = [str(path) for path in (Path(__file__).parent.parent / "notifications/charts/fonts").glob("*.ttf")]
Place = tuple[float, float]


class Svg(Canvas):
    """Writes what would be drawn as SVG: the same picture, to the pixel where its words stand."""

    def __init__(self) -> None:
        self.elements: list[str] = []

    def box(self, left: float, top: float, right: float, bottom: float, ink: Ink) -> None:
        self.elements.append(
            f'<rect x="{round(left)}" y="{round(top)}" width="{round(right) - round(left)}" '
            f'height="{round(bottom) - round(top)}" fill="{COLOURS[ink]}"/>'
        )

    def dots(self, left: int, right: int, y: int, *, size: int, pitch: int, ink: Ink) -> None:
        self.elements.append(
            f'<path d="M{left} {y}H{right}" stroke="{COLOURS[ink]}" stroke-width="{size}" '
            f'stroke-dasharray="{size} {pitch - size}"/>'
        )

    def stroke(self, start: Place, end: Place, width: float, ink: Ink) -> None:
        self.elements.append(
            f'<path d="M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}" stroke="{COLOURS[ink]}" '
            f'stroke-width="{width}" stroke-linecap="round"/>'
        )

    def wedge(self, tip: Place, right: float, upper: float, lower: float, ink: Ink) -> None:
        # The later ink lies on top in ours; here the fan must come before the lines.
        self.elements.insert(
            0,
            f'<path d="M{tip[0]:.1f} {tip[1]:.1f}L{right:.1f} {upper:.1f}V{lower:.1f}Z" '
            f'fill="{COLOURS[ink]}"/>',
        )

    def text(
        self, words: str, x: float, baseline: float, ink: Ink, size: float, *, bold: bool = False
    ) -> None:
        weight = ' font-weight="bold"' if bold else ""
        self.elements.append(
            f'<text x="{x:.1f}" y="{baseline:.1f}" font-size="{size}"{weight} '
            f'fill="{COLOURS[ink]}">{words}</text>'
        )


def svg_of(chart: YearChart) -> str:
    """Write a chart as SVG."""
    canvas = Svg()
    draw_frame(canvas, chart.amounts_in)
    draw_figures(canvas, chart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        'font-family="DejaVu Sans">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(canvas.elements)}</svg>'
    )


def by_resvg(chart: YearChart) -> bytes:
    """Draw a chart through SVG."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg_of(chart), skip_system_fonts=True, font_files=FONTS))


@cache
def _figure() -> tuple[Figure, Any, Any]:
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
    FigureCanvasAgg(figure)
    year, months = figure.subplots(2, 1, height_ratios=(312, 128))
    figure.subplots_adjust(
        left=96 / WIDTH, right=880 / WIDTH, top=1 - 96 / HEIGHT, bottom=12 / HEIGHT, hspace=0.53
    )
    return figure, year, months


def by_matplotlib(chart: YearChart) -> bytes:
    """Draw a chart on a figure that is used again."""
    figure, year, months = _figure()
    for axes in (year, months):
        axes.clear()
        axes.set_xlim(0.5, 12.5)
        axes.spines[:].set_visible(False)
        axes.grid(axis="y", color=COLOURS[Ink.GRID])
        axes.locator_params(axis="y", nbins=3)
        axes.tick_params(length=0, labelsize=16, labelcolor=COLOURS[Ink.QUIET])
    _matplotlib_year(year, chart)
    closed = range(1, chart.month + 1)
    months.bar(closed, [value or 0 for value in chart.outcomes], 0.46, color=COLOURS[Ink.BAR], zorder=3)
    places = range(1, 13)
    months.hlines(
        [value or 0 for value in chart.budgets],
        [place - 0.34 for place in places],
        [place + 0.34 for place in places],
        COLOURS[Ink.MARK],
        linewidth=3,
    )
    months.axhline(0, color=COLOURS[Ink.ZERO])
    months.set_xticks([])
    months.set_title("utfall per månad, budget per månad", loc="left", fontsize=16)
    figure.suptitle(f"{chart.title}, {chart.amounts_in}", x=0, ha="left", fontsize=21, weight="bold")
    written = BytesIO()
    figure.canvas.print_png(written)
    return written.getvalue()


def _matplotlib_year(axes: Any, chart: YearChart) -> None:
    outcome, forecast, limit = (COLOURS[ink] for ink in (Ink.OUTCOME, Ink.FORECAST, Ink.LIMIT))
    deficits = [value or 0.0 for value in chart.deficits]
    axes.plot(range(1, chart.month + 1), deficits, color=outcome, linewidth=4, marker="o", markersize=10)
    axes.axhline(0, color=COLOURS[Ink.ZERO])
    axes.set_xticks(range(1, 13), MONTHS)
    axes.text(
        chart.month, deficits[-1], f"utfall: {deficit_words(deficits[-1], chart)}", color=outcome, fontsize=16
    )
    if chart.limit is not None:
        axes.axhline(chart.limit, color=limit, linestyle=":", linewidth=3)
        axes.text(12.7, chart.limit, chart.limit_text, color=limit, fontsize=15, wrap=True)
    if chart.year_deficit is not None:
        span = [chart.month, 12]
        axes.plot(span, [deficits[-1], chart.year_deficit], "--", color=forecast, linewidth=4)
        said = f"prognos\n{deficit_words(chart.year_deficit, chart)}\n{interval_words(chart)}"
        axes.text(12.7, chart.year_deficit, said, color=forecast, fontsize=16)
        if chart.interval is not None:
            lower, upper = chart.interval
            axes.fill_between(span, [deficits[-1], lower], [deficits[-1], upper], color=COLOURS[Ink.FAN])
