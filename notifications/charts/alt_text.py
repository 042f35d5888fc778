"""A chart in words, for those who don't see it."""

from notifications.charts.words import MISSING, NBSP, amount, deficit_words, interval_words
from notifications.charts.year_chart import YearChart

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def alt_text(chart: YearChart) -> str:
    """Tell the chart's figures: the outcome, the forecast with its interval, the limit, the last month."""
    told = (chart.title, _outcome(chart), _forecast(chart), chart.limit_text, _last_month(chart))
    return "Diagram. " + " ".join(f"{said[0].upper()}{said[1:]}." for said in told if said)


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
    return f"{_amount(outcome, chart)} mot budget {_amount(budget, chart)}"


def _amount(value: float | None, chart: YearChart) -> str:
    return MISSING if value is None else f"{amount(value, chart)}{NBSP}{chart.amounts_in}"
