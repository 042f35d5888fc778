"""Whether sick leave has changed by more than chance: the season is taken out, and a control chart read."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tasks.rules.periods import Period
from tasks.rules.signals.chart_signal import DECIMALS, ChartSettings, ChartSignal, latest_signal

Percents = Sequence[Decimal | None]
"""Sick leave in % of ordinary hours, a month each; None is missing."""
Season = Mapping[int, Decimal]


def sick_leave_change(
    percents: Percents, season: Season, last: Period, settings: ChartSettings
) -> ChartSignal:
    """Hold the mean of the three latest months against the chart of the group's own months.

    percents: the group's months, `last` the latest. Each is divided by its season and rounded, so that a
    group that follows the season to the last digit doesn't vary.
    """
    first = last.plus(1 - len(percents))
    adjusted = [
        None if percent is None else round(float(percent / season[first.plus(place).month]), DECIMALS)
        for place, percent in enumerate(percents)
    ]
    return latest_signal(adjusted, {"mean_of_three"}, settings)


def season_factors(percents: Percents, last: Period) -> Season | None:
    """Return by month (1–12) what to divide sick leave by: 1.2 where a month usually has a fifth more.

    percents: the whole administration's months, `last` the latest; nothing later is known. Years are counted
    back from it; each whole one with all its months known gives its own factors, whose mean is 1, and the
    season is the mean of the years'. None before twelve such months in a row.
    """
    years = [percents[end - 12 : end] for end in range(len(percents), 11, -12)]
    shapes = [shape for year in years if (shape := _shape(year)) is not None]
    if not shapes:
        return None
    means = [sum(months, Decimal(0)) / len(shapes) for months in zip(*shapes, strict=True)]
    return {last.plus(place - 11).month: mean for place, mean in enumerate(means)}


def _shape(year: Percents) -> list[Decimal] | None:
    """Return each month in relation to the year's mean; None where one is missing or nobody was ill."""
    known = [percent for percent in year if percent]
    mean = sum(known, Decimal(0)) / 12
    return [percent / mean for percent in known] if len(known) == 12 else None
