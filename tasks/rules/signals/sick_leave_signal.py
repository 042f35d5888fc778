"""Sick leave of groups of units: levels, target, and whether it has changed by more than chance.

The rule that measured best: each month is divided by the administration's season, and the mean of three
months is held against the control chart of the group's own months.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tasks.rules.periods import Period
from tasks.rules.signals.chart_signal import DECIMALS, ChartSettings, ChartSignal, latest_signal
from tasks.rules.signals.sick_leave_groups import (
    YEAR,
    KnownHours,
    SickGroup,
    SickHistory,
    SickLeaveSettings,
    SickLevels,
    sick_levels,
    total_percent,
)
from tasks.rules.swedish import counted, number, percent, percentage_points, round_half_up

Percents = Sequence[Decimal | None]
"""Sick leave in % of ordinary hours, a month each; None is missing."""
Season = Mapping[int, Decimal]


@dataclass(frozen=True)
class SickLeaveFacts:
    """A group's figures in % of ordinary hours, None for missing.

    month, rolling: the month, and twelve months as hours over hours: a level, and never a signal.
    counted, of: the units that the month's figures are of, and how many it has.
    target: the year's target (årsmål) for twelve months.
    change: the chart's figures, the season taken out; None for a group without a chart, and before the
    administration's history is long enough for a season.
    """

    group: SickGroup
    period: Period
    month: SickLevels
    rolling: SickLevels
    counted: int
    of: int
    target: Decimal | None
    change: ChartSignal | None
    settings: SickLeaveSettings

    @property
    def against_target(self) -> Decimal | None:
        """Return twelve months − target in percentage points: above the target is positive."""
        if self.rolling.total is None or self.target is None:
            return None
        return self.rolling.total - self.target


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


@dataclass(frozen=True)
class SickLeaveSignal:
    """An assessed group: a rise is something to watch, a fall is told and is no warning.

    mening: the levels. regel: what the latest months were held against, and what came out.
    """

    facts: SickLeaveFacts
    signal: Literal["bevaka"] | None
    regel: str
    mening: str


def sick_leave_signals(
    history: SickHistory,
    groups: Iterable[SickGroup],
    settings: SickLeaveSettings,
    target: Decimal | None = None,
) -> tuple[SickLeaveSignal, ...]:
    """Assess each group in the history's last month; the season is that of all units in the history.

    target: the year's target (årsmål) in %, for twelve months.
    """
    everybody = _reckoned(_latest(history, history.units, settings), settings)
    season = season_factors(_percents(everybody), history.last)
    return tuple(_signal(_facts(history, group, season, settings, target)) for group in groups)


def _signal(facts: SickLeaveFacts) -> SickLeaveSignal:
    return SickLeaveSignal(
        facts=facts,
        signal="bevaka" if facts.change is not None and facts.change.side > 0 else None,
        regel=change_sentence(facts),
        mening=level_sentence(facts),
    )


def _facts(
    history: SickHistory,
    group: SickGroup,
    season: Season | None,
    settings: SickLeaveSettings,
    target: Decimal | None,
) -> SickLeaveFacts:
    latest = _latest(history, group.units, settings)
    months = _reckoned(latest, settings)
    change = None
    if group.is_charted and season is not None:
        change = sick_leave_change(_percents(months), season, history.last, settings.chart)
    return SickLeaveFacts(
        group=group,
        period=history.last,
        month=_levels(months[-1:]),
        rolling=_levels(months[-YEAR:]),
        counted=latest[-1].counted,
        of=latest[-1].of,
        target=target,
        change=change,
        settings=settings,
    )


def _latest(history: SickHistory, units: Set[str], settings: SickLeaveSettings) -> list[KnownHours]:
    return history.latest(max(YEAR, settings.chart.most_months), units)


def _reckoned(months: list[KnownHours], settings: SickLeaveSettings) -> list[KnownHours | None]:
    """Call a month missing where too few of the units are known."""
    return [month if month.is_enough(settings.least_known_percent) else None for month in months]


def _percents(months: Iterable[KnownHours | None]) -> list[Decimal | None]:
    return [None if month is None else total_percent(month.rows) for month in months]


def _levels(months: list[KnownHours | None]) -> SickLevels:
    """Add up the hours of some months; missing when one of them is."""
    known = [month.rows for month in months if month is not None]
    return sick_levels([row for rows in known for row in rows]) if len(known) == len(months) else SickLevels()


def level_sentence(facts: SickLeaveFacts) -> str:
    """Say what sick leave is: twelve months against the target, and the month."""
    when, month, year = facts.period.swedish, facts.month.total, facts.rolling.total
    subject = f"Sjukfrånvaron i {facts.group.name}"
    if month is None and year is None:
        return f"{subject}: uppgift saknas för {when}{_units(facts)}."
    if year is None:
        share = f"{percent(month)} av ordinarie arbetstid i {when}{_units(facts)}"
        return f"{subject} var {share}. För tolv månader saknas uppgift."
    share = f"{percent(year)} av ordinarie arbetstid de senaste tolv månaderna{_target(facts)}"
    if month is None:
        return f"{subject} var {share}. För {when} saknas uppgift."
    return f"{subject} var {share}. I {when} var den {percent(month)}{_units(facts)}."


def change_sentence(facts: SickLeaveFacts) -> str:
    """Say whether sick leave has changed by more than chance, compared with what, and by which limit."""
    chart = facts.change
    if chart is None or chart.recent is None or chart.limits is None:
        return _silence(facts)
    lower, upper = chart.limits.recent_lower, chart.limits.recent_upper
    limit = lower if chart.side < 0 else upper
    decimals = 1 if round_half_up(chart.recent, 1) != round_half_up(limit, 1) else 2
    so_far = (
        f"Med årstiden borträknad var den i snitt {percent(chart.recent, decimals)} de tre senaste "
        f"månaderna, mot {percent(chart.usual)} i snitt under {counted(chart.months, 'månad', 'månader')}."
    )
    if chart.side == 0:
        within = f"{number(max(lower, Decimal(0)), decimals)}–{percent(upper, decimals)}"
        return f"{so_far} Det är inom vad slumpen brukar ge ({within})."
    word = "ökning" if chart.side > 0 else "minskning"
    return f"{so_far} En så stor {word} är sällan en slump: gränsen går vid {percent(limit, decimals)}."


def _target(facts: SickLeaveFacts) -> str:
    """Hold the year against the target: `, 0,8 procentenheter över årsmålet 7,0 %`."""
    difference = facts.against_target
    if difference is None or facts.target is None:
        return ""
    goal = f"årsmålet {_as_set(facts.target)}"
    rounded = round_half_up(difference, 1)
    if rounded == 0:
        return f", i nivå med {goal}"
    return f", {percentage_points(abs(rounded))} {'över' if rounded > 0 else 'under'} {goal}"


def _as_set(target: Decimal) -> str:
    """Write a target with the decimals it was set with: one, or two where it has them."""
    return percent(target, 1 if round_half_up(target, 1) == target else 2)


def _units(facts: SickLeaveFacts) -> str:
    """Say how many units the month's figure is of, when it is not all."""
    if facts.counted == facts.of:
        return ""
    return f" ({number(facts.counted)} av {counted(facts.of, 'enhet', 'enheter')})"


def _silence(facts: SickLeaveFacts) -> str:
    if not facts.group.is_charted:
        return _small(facts)
    return f"Det går inte att säga om den har förändrats: {_reason(facts.change, facts.settings)}."


def _reason(chart: ChartSignal | None, settings: SickLeaveSettings) -> str:
    if chart is None:
        return "tolv månader i rad för hela förvaltningen behövs för att räkna bort årstiden"
    if chart.usual is None:
        known = counted(chart.months, "månad är känd", "månader är kända")
        return f"{known}, och {number(settings.chart.fewest_months)} behövs"
    if chart.recent is None:
        return "de tre senaste månaderna är inte alla kända"
    return "den har inte varierat"


def _small(facts: SickLeaveFacts) -> str:
    if len(facts.group.units) > 1:
        return "En förändring bedöms för de enheter som ingår, inte för helheten."
    posts = facts.group.posts
    has = "för få kända timmar" if posts is None else f"{number(posts, 1)} heltidstjänster"
    fewest = number(facts.settings.fewest_posts)
    own = f"Enheten har {has}. Med färre än {fewest} är det mest slumpen som syns från månad till månad"
    if facts.group.seen_in is None:
        return f"{own}."
    return f"{own}, så en förändring bedöms för {facts.group.seen_in} tillsammans."
