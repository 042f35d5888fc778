"""Whether the number of households with social assistance has changed by more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tasks.rules.periods import Period
from tasks.rules.signals.chart_signal import (
    DEFAULT_CHART,
    ChartLimits,
    ChartRule,
    ChartSettings,
    ChartSignal,
    latest_signal,
)
from tasks.rules.swedish import counted, number

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
