"""Whether the number of households with social assistance has changed by more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tasks.rules.periods import MONTH_NAMES, Period
from tasks.rules.signals.assistance_forecast import AssistanceBasis, AssistanceForecast
from tasks.rules.signals.chart_signal import (
    DEFAULT_CHART,
    ChartLimits,
    ChartRule,
    ChartSettings,
    ChartSignal,
    latest_signal,
)
from tasks.rules.swedish import counted, joined, kronor, number, percent
from tasks.rules.wording import a_deviation, amount, is_nothing

RULES: tuple[ChartRule, ...] = ("point", "two_of_three", "mean_of_three")
"""All three. No season is taken out, for households have none of their own to speak of."""


@dataclass(frozen=True)
class HouseholdsSignal:
    """An assessed month: more households is something to watch, fewer is told and is no warning.

    chart: the figures, in households. regel: what the month was held against, and what came out.
    """

    period: Period
    chart: ChartSignal
    signal: Literal["bevaka"] | None
    regel: str
    mening: str


def households_signal(
    households: Sequence[Decimal | None], period: Period, settings: ChartSettings = DEFAULT_CHART
) -> HouseholdsSignal:
    """Hold the month's households against the control chart of the months known.

    households: a month each, `period` the latest; None is missing.
    """
    values = [None if count is None else float(count) for count in households]
    chart = latest_signal(values, RULES, settings)
    return HouseholdsSignal(
        period=period,
        chart=chart,
        signal="bevaka" if chart.side > 0 else None,
        regel=_rule_sentence(chart, settings),
        mening=_sentence(chart, period),
    )


def _sentence(chart: ChartSignal, period: Period) -> str:
    if chart.latest is None:
        return f"Antal hushåll: uppgift saknas för {period.swedish}."
    month = f"{counted(int(chart.latest), 'hushåll', 'hushåll')} fick ekonomiskt bistånd i {period.swedish}"
    if chart.usual is None:
        return f"{month}."
    return f"{month}, mot {number(chart.usual)} i snitt under {counted(chart.months, 'månad', 'månader')}."


def _rule_sentence(chart: ChartSignal, settings: ChartSettings) -> str:
    cannot = "Det går inte att säga om antalet har förändrats"
    if chart.usual is None:
        known = counted(chart.months, "månad är känd", "månader är kända")
        return f"{cannot}: {known}, och {number(settings.fewest_months)} behövs."
    if chart.latest is None:
        return f"{cannot}: månadens uppgift saknas."
    if chart.limits is None:
        return f"{cannot}: det har aldrig varierat."
    if chart.rule is None:
        within = f"{number(max(chart.limits.lower, Decimal(0)))}–{number(chart.limits.upper)}"
        return f"Det är inom vad slumpen brukar ge ({within})."
    return _met(chart, chart.limits)


def _met(chart: ChartSignal, limits: ChartLimits) -> str:
    """Say which rule was met, and the limit that it is about."""
    if chart.side > 0:
        more, higher, limit, recent_limit = "fler", "högre", limits.upper, limits.recent_upper
    else:
        more, higher, limit, recent_limit = "färre", "lägre", limits.lower, limits.recent_lower
    if chart.rule == "two_of_three":
        return f"Två av de tre senaste månaderna ligger nära gränsen {number(limit)}. Det är sällan en slump."
    if chart.rule == "point":
        return f"Det är {more} än slumpen brukar ge: gränsen går vid {number(limit, 1)}."
    recent = number(chart.recent or 0, 1)
    so_far = f"De tre senaste månadernas snitt, {recent}, är {higher} än slumpen brukar ge"
    return f"{so_far}: gränsen går vid {number(recent_limit, 1)}."


def assistance_sentence(made: AssistanceForecast, year: int) -> str:
    """Tell the year's forecast of the appropriation, what it rests on, and how far it is from the budget."""
    if made.outcome is None or made.forecast is None or made.basis is None:
        return (
            "Uppgift saknas: hushåll och utbetalningar är inte kända för alla månader hittills i år, "
            "så ingen helårsprognos kan räknas för ekonomiskt bistånd."
        )
    if made.month == 12:
        return f"Hela {year} kostade ekonomiskt bistånd {amount(made.outcome)}{_result(made)}"
    so_far = (
        f"Till och med {MONTH_NAMES[made.month - 1]} har ekonomiskt bistånd kostat {amount(made.outcome)}."
    )
    forecast = f"Helårsprognosen är därför {amount(made.forecast)}{_result(made)}"
    return f"{so_far} {_basis(made.basis)} {forecast}"


def _basis(basis: AssistanceBasis) -> str:
    """Say what the coming months are reckoned with."""
    when = "De senaste månaderna, med årstiden borträknad," if basis.has_season else "Hittills i år"
    seen = (
        f"{when} har i snitt {_households(basis.recent_households)} i månaden fått bistånd, "
        f"och årets bidrag har i snitt varit {kronor(basis.grant)} per hushåll."
    )
    if basis.stays == 1:
        return f"{seen} Så räknar vi resten av året."
    return (
        f"{seen} Av en skillnad mot planen brukar {percent(basis.stays * 100, 0)} finnas kvar: resten av "
        f"året räknar vi med {_households(basis.coming_households)} och {kronor(basis.coming_grant)}."
    )


def _result(made: AssistanceForecast) -> str:
    """Hold the year against the budget by a word: ` mot budget 97,0 mnkr: ett underskott på 1,6 mnkr …`."""
    if made.budget is None or made.deviation is None:
        return ". Budget saknas att jämföra med."
    verdict = _verdict(made.budget, made.deviation, is_whole_year=made.month == 12)
    return f" mot budget {amount(made.budget)}: {verdict}.{_effects(made)}"


def _verdict(budget: Decimal, deviation: Decimal, *, is_whole_year: bool) -> str:
    words = a_deviation(deviation, amount(abs(deviation)), is_whole_year=is_whole_year)
    if is_nothing(deviation) or not budget:
        return words
    return f"{words} ({percent(abs(deviation) / abs(budget) * 100)})"


def _effects(made: AssistanceForecast) -> str:
    """Say what households and grant do to the cost, by words and never by a sign."""
    if made.volume_effect is None or made.price_effect is None:
        return ""
    parts = [
        f"{more if kr > 0 else less} {'ökar' if kr > 0 else 'minskar'} kostnaden med {amount(abs(kr))}"
        for kr, more, less in (
            (made.volume_effect, "fler hushåll än planerat", "färre hushåll än planerat"),
            (made.price_effect, "högre bidrag per hushåll", "lägre bidrag per hushåll"),
        )
        if not is_nothing(kr)
    ]
    said = joined(parts)
    return f" {said[:1].upper()}{said[1:]}." if said else ""


def _households(count: Decimal) -> str:
    return f"{number(count)} hushåll"
