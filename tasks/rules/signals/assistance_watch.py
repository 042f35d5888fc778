"""Social assistance as a leading signal: households by a chart and against last year, and the year's cost."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import asdict, dataclass
from decimal import Decimal

from tasks.rules.delivered import Delivered, RowRange
from tasks.rules.periods import Period
from tasks.rules.signals.assistance_forecast import MOST_YEARS, AssistanceMonth, assistance_forecast
from tasks.rules.signals.assistance_month import (
    CITY,
    GRANT,
    HOUSEHOLDS,
    OWN,
    TITLES,
    YEAR_MEAN,
    assistance_comparisons,
    paid,
)
from tasks.rules.signals.assistance_signal import assistance_sentence, households_signal
from tasks.rules.signals.assistance_told import AssistanceToTell
from tasks.rules.signals.chart_signal import DEFAULT_CHART, ChartSettings
from tasks.rules.signals.watched import EVERYBODY, Watched

NAME = "Ekonomiskt bistånd"
CHANGE = "Antal hushåll"
FORECAST = "Helårsprognos"
Months = Mapping[Period, Delivered]
LIMITS = {
    "lower": "nedre_grans",
    "upper": "ovre_grans",
    "recent_lower": "nedre_grans_senaste_tre",
    "recent_upper": "ovre_grans_senaste_tre",
}
BASIS = {
    "has_season": "arstid_kand",
    "recent_households": "hushall_senaste_manader",
    "grant": "medelbidrag_hittills",
    "stays": "andel_kvar",
    "coming_households": "hushall_resten",
    "coming_grant": "medelbidrag_resten",
    "households": "hushall_helar",
}
"""What the rules' figures are called where they are kept and shown."""


@dataclass(frozen=True)
class AssistanceSettings:
    """How social assistance is assessed.

    account_group: the budget is that of the account groups whose name holds this, whatever the case.
    planned_in: the measure of prestationer whose plan says how many households the budget is for.
    """

    chart: ChartSettings = DEFAULT_CHART
    account_group: str = "försörjningsstöd"
    planned_in: str = "Hushåll med ekonomiskt bistånd"


@dataclass(frozen=True)
class Appropriation:
    """The year's budget (kr) and the households a month that it was made for; None where missing."""

    budget: Decimal | None = None
    households: Decimal | None = None
    rows: tuple[RowRange, ...] = ()


def watch_assistance(
    telling: AssistanceToTell, period: Period, plan: Appropriation, settings: ChartSettings
) -> tuple[Watched, ...]:
    """Assess the month's households, compare it with last year and the city, and forecast the year.

    telling: the months up to the period, at best of this year and the three before.
    """
    months = {month: told.row for month, told in telling.months.items() if month <= period}
    return (
        _households(months, period, settings, telling),
        *_comparisons(months, period, telling.hidden_columns(period)),
        _forecast(months, period, plan, telling),
    )


def _households(
    months: Months, period: Period, settings: ChartSettings, telling: AssistanceToTell
) -> Watched:
    """Read the chart of the latest months; one month of few households would follow from their mean."""
    latest = [period.plus(place) for place in range(1 - settings.most_months, 1)]
    counts = [_figure(months, month, HOUSEHOLDS) for month in latest]
    found = households_signal(counts, period, settings)
    chart = found.chart
    return Watched(
        source="bistand",
        indicator=CHANGE,
        series_code="forandring",
        scope=EVERYBODY,
        code="",
        name=NAME,
        measured_in="antal",
        value=chart.latest,
        compared=chart.usual,
        signal=found.signal,
        regel=found.regel,
        mening=found.mening,
        months_lacking=max(settings.fewest_months - chart.months, int(chart.latest is None)),
        figures={
            "kanda_manader": chart.months,
            "senaste_tre": chart.recent,
            **(
                {}
                if chart.limits is None
                else {LIMITS[name]: kr for name, kr in asdict(chart.limits).items()}
            ),
        },
        rows=_ranges(months, latest),
        is_hidden=telling.hides_households(latest),
    )


def _comparisons(months: Months, period: Period, hidden: Set[str]) -> Iterator[Watched]:
    """Compare each measure; one that is hidden in any place or span isn't compared."""
    last_year = [Period(period.year - 1, month) for month in range(1, period.month + 1)]
    figures = {month: row.figures for month, row in months.items()}
    for found in assistance_comparisons(figures, period):
        columns = {f"{found.measure}{place}{span}" for place in (OWN, CITY) for span in ("", YEAR_MEAN)}
        yield Watched(
            source="bistand",
            indicator=TITLES[found.measure],
            series_code=found.measure,
            scope=EVERYBODY,
            code="",
            name=NAME,
            measured_in="kr" if found.measure == GRANT else "antal",
            value=found.value,
            compared=found.last_year,
            signal=None,
            regel="",
            mening=found.mening,
            figures={
                "forandring_procent": found.change_percent,
                "staden": found.city_value,
                "staden_forra_aret": found.city_last_year,
                "staden_forandring_procent": found.city_change_percent,
            },
            rows=_ranges(months, [*last_year, period]),
            is_hidden=not hidden.isdisjoint(columns),
        )


def _forecast(months: Months, period: Period, plan: Appropriation, telling: AssistanceToTell) -> Watched:
    """Forecast the year's cost; hidden with any month of few households that it rests on."""
    years = [
        [Period(year, month) for month in range(1, 13)]
        for year in range(period.year - MOST_YEARS, period.year + 1)
    ]
    *past, this_year = [[_month(months, month) for month in year] for year in years]
    made = assistance_forecast(this_year[: period.month], past, plan.budget, plan.households)
    return Watched(
        source="bistand",
        indicator=FORECAST,
        series_code="helar",
        scope=EVERYBODY,
        code="",
        name=NAME,
        measured_in="kr",
        value=made.forecast,
        compared=made.budget,
        signal=None,
        regel="",
        mening=assistance_sentence(made, period.year),
        figures={
            "utfall": made.outcome,
            "avvikelse": made.deviation,
            "volymeffekt": made.volume_effect,
            "priseffekt": made.price_effect,
            "planerade_hushall": plan.households,
            **({} if made.basis is None else {BASIS[name]: one for name, one in asdict(made.basis).items()}),
        },
        rows=(*_ranges(months, [month for year in years for month in year]), *plan.rows),
        is_hidden=any(map(telling.hides_households, years)),
    )


def _month(months: Months, month: Period) -> AssistanceMonth:
    row = months.get(month)
    return (
        AssistanceMonth(None, None)
        if row is None
        else AssistanceMonth(row.figure(HOUSEHOLDS), paid(row.figures))
    )


def _figure(months: Months, month: Period, column: str) -> Decimal | None:
    row = months.get(month)
    return None if row is None else row.figure(column)


def _ranges(months: Months, periods: Iterable[Period]) -> tuple[RowRange, ...]:
    return tuple(months[period].range for period in periods if period in months)
