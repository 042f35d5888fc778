"""A chart in words: for those who don't see it the whole, and its figures as a Swedish reader expects them.

Decimal comma, groups of three, and a word for a deficit or surplus, never a sign.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from notifications.charts.year_chart import YearChart

NBSP = "\u00a0"
MISSING = "uppgift saknas"
_Side = Literal["deficit", "surplus", "balanced"]
_SIDES: Mapping[_Side, str] = {"deficit": "underskott", "surplus": "överskott", "balanced": "i balans"}
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def alt_text(chart: YearChart) -> str:
    """Tell the chart's figures: the outcome, the forecast with its interval, the limit, the last month."""
    sentences = (chart.title, _outcome(chart), _forecast(chart), chart.limit_text, _last_month(chart))
    return "Diagram. " + " ".join(f"{said[0].upper()}{said[1:]}." for said in sentences if said)


def number(value: float, decimals: int) -> str:
    """Write a number rounded half up: `−1 234,5`."""
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    written = f"{abs(rounded):,f}".replace(",", NBSP).replace(".", ",")
    return f"−{written}" if rounded < 0 else written


def amount(value: float, chart: YearChart) -> str:
    """Write an amount in the chart's unit, which isn't named: `24,3` (mnkr), `14 510` (tkr)."""
    return number(value, chart.decimals)


def deficit_words(value: float, chart: YearChart, unit: str = "") -> str:
    """Say a deficit, or a surplus when it is negative: `underskott 0,8`, `överskott 85 tkr`, `i balans`.

    `unit` stands after an amount in the chart's unit.
    """
    return " ".join(filter(None, (_SIDES[_side(value, chart)], _size(abs(value), chart, unit)))).replace(
        " ", NBSP
    )


def interval_words(chart: YearChart, unit: str = "") -> str:
    """Say where the year probably ends: `troligen 0,6–1,0`, `troligen överskott 0,2 till underskott 1,0`.

    Empty without an interval.
    """
    if chart.interval is None or chart.year_deficit is None:
        return ""
    sides = {_side(value, chart) for value in (*chart.interval, chart.year_deficit)}
    if len(sides) > 1:
        lower, upper = (deficit_words(value, chart, unit) for value in chart.interval)
        return f"troligen {lower} till {upper}"
    if sides == {"balanced"}:
        return f"troligen {_SIDES['balanced']}"
    near, far = sorted(abs(value) for value in chart.interval)
    if _is_small(near, chart):
        return f"troligen {number(near * 1_000, 0)}–{number(far * 1_000, 0)}{NBSP}tkr"
    return f"troligen {amount(near, chart)}–{amount(far, chart)}{NBSP * bool(unit)}{unit}"


def _outcome(chart: YearChart) -> str:
    if chart.last_known is None:
        return f"Utfall mot periodiserad budget: {MISSING}"
    month, deficit = chart.last_known
    compared = _compared(chart.outcome_to_date[month - 1], chart.budget_to_date[month - 1], chart)
    said = deficit_words(deficit, chart, chart.amounts_in)
    return f"Utfall till och med {_MONTHS[month - 1]} {compared}: {said}"


def _forecast(chart: YearChart) -> str:
    if chart.year_deficit is None:
        return ""
    compared = _compared(chart.forecast, chart.year_budget, chart)
    said = f"Helårsprognos {compared}: {deficit_words(chart.year_deficit, chart, chart.amounts_in)}"
    return ", ".join(filter(None, (said, interval_words(chart, chart.amounts_in))))


def _last_month(chart: YearChart) -> str:
    compared = _compared(chart.outcomes[-1], chart.budgets[chart.month - 1], chart)
    return f"Utfall i {_MONTHS[chart.month - 1]} {compared}"


def _compared(outcome: float | None, budget: float | None, chart: YearChart) -> str:
    return f"{_known(outcome, chart)} mot budget {_known(budget, chart)}"


def _known(value: float | None, chart: YearChart) -> str:
    return MISSING if value is None else f"{amount(value, chart)}{NBSP}{chart.amounts_in}"


def _side(value: float, chart: YearChart) -> _Side:
    """Return the side that a deficit is on; less than half a thousand kronor is on none."""
    if number(abs(value) * (1_000 if chart.amounts_in == "mnkr" else 1), 0) == "0":
        return "balanced"
    return "deficit" if value > 0 else "surplus"


def _size(value: float, chart: YearChart, unit: str) -> str:
    if _side(value, chart) == "balanced":
        return ""
    if _is_small(value, chart):
        return f"{number(value * 1_000, 0)} tkr"
    return f"{amount(value, chart)} {unit}".rstrip()


def _is_small(value: float, chart: YearChart) -> bool:
    """Tell whether an amount in mnkr would show as 0,0: it is told in tkr."""
    return chart.amounts_in == "mnkr" and not amount(value, chart).strip("0,")
