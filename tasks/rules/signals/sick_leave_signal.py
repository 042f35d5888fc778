"""Sick leave of groups of units: levels, target, and whether it has changed by more than chance.

The rule that measured best: each month is divided by the administration's season, and the mean of three
months is held against the control chart of the group's own months.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tasks.rules.signals.sick_leave_change import Season, season_factors, sick_leave_change
from tasks.rules.signals.sick_leave_facts import SickLeaveFacts
from tasks.rules.signals.sick_leave_groups import YEAR, SickGroup
from tasks.rules.signals.sick_leave_hours import (
    KnownHours,
    SickHistory,
    SickLevels,
    sick_levels,
    total_percent,
)
from tasks.rules.signals.sick_leave_sentences import change_sentence, level_sentence
from tasks.rules.signals.sick_leave_settings import SickLeaveSettings


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
