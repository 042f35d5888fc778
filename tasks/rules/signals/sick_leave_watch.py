"""Sick leave as a leading signal: of everybody, of what units lie in, of units, the small ones together."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tasks.rules import organisation
from tasks.rules.delivered import Delivered, RowRange
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.signals.sick_leave_groups import (
    MEN,
    WOMEN,
    YEAR,
    Place,
    Places,
    SickGroup,
    SickHistory,
    SickHours,
    SickLeaveSettings,
    sick_leave_groups,
)
from tasks.rules.signals.sick_leave_shown import PlaceOfSex
from tasks.rules.signals.sick_leave_signal import SickLeaveFacts, SickLeaveSignal, sick_leave_signals
from tasks.rules.signals.sick_leave_telling import SickLeaveToTell
from tasks.rules.signals.watched import (
    ADMINISTRATION,
    AREA,
    DEPARTMENT,
    EVERYBODY,
    SMALL_UNITS,
    UNIT,
    Scope,
    Watched,
)

COLUMN = "arsmal"
_PERCENT = re.compile(r"(?:max|högst)?\s*(\d{1,2}(?:[.,]\d+)?)\s*%?", re.IGNORECASE)
INDICATOR = "Sjukfrånvaro"
ABSENT = ("franvarotimmar_1_14", "franvarotimmar_15_90", "franvarotimmar_91")
SCOPES: dict[str, Scope] = {organisation.AREA: AREA, organisation.DEPARTMENT: DEPARTMENT}
SEXES = {"kvinnor": WOMEN, "man": MEN}
RECENT = 3
"""Months that the chart's mean is of."""


@dataclass(frozen=True)
class Target:
    """A year's target in %, None where there is none that is a figure, and the rows that it stands on."""

    percent: Decimal | None = None
    rows: tuple[RowRange, ...] = ()


def target_percent(text: str | None) -> Decimal | None:
    """Read a published target (`7,0 %`, `Max 7 %`) in %; None for one that is no figure (`minska`)."""
    found = _PERCENT.fullmatch((text or "").strip())
    return None if found is None else Decimal(found[1].replace(",", "."))


def years_target(rows: Iterable[Delivered], indicator: str) -> Target:
    """Return the newest target of an indicator of the whole board that is a figure.

    rows: of indikatorer, in the months of one year in their order.
    """
    targets = [
        Target(percent, (row.range,))
        for row in rows
        if row.item == indicator
        and row.unit is None
        and (percent := target_percent(row.text(COLUMN))) is not None
    ]
    return targets[-1] if targets else Target()


@dataclass(frozen=True)
class _Hidden:
    """Places, and units together, of which nothing is shown."""

    places: frozenset[PlaceOfSex]
    together: frozenset[frozenset[str]]


def watch_sick_leave(
    rows: Iterable[Delivered], telling: SickLeaveToTell, target: Target, settings: SickLeaveSettings
) -> tuple[Watched, ...]:
    """Assess everybody, departments and areas, and units, alone and the small ones together.

    rows: of the months up to telling's. target: the year's (årsmål), for twelve months. A place that is
    hidden in any of the twelve months is hidden: beside eleven shown ones their sum would tell of it.
    """
    register, period = telling.telling.register, telling.telling.period
    rows = telling.of_rows(row for row in rows if row.period <= period)
    history = SickHistory.of(_hours(rows, register, period), period)
    groups = _groups(history, _places(rows, register, period), register, period, settings)
    history = _without_hidden(history, groups, telling)
    signals = sick_leave_signals(history, [group for _, group in groups], settings, target.percent)
    together = [group.units for scope, group in groups if scope == SMALL_UNITS]
    hidden = _Hidden(
        telling.hidden_in(_latest(period, YEAR)),
        telling.hidden_groups(together, _latest(period, settings.chart.most_months)),
    )
    ranges: dict[str, list[RowRange]] = defaultdict(list)
    for row in rows:
        ranges[register.heir(row.unit or "", period)].append(row.range)
    return tuple(
        _watched(scope, signal, history, hidden, (*target.rows, *_rows_of(signal, ranges)))
        for (scope, _), signal in zip(groups, signals, strict=True)
    )


def _latest(period: Period, months: int) -> set[Period]:
    return {period.plus(-back) for back in range(months)}


def _without_hidden(
    history: SickHistory, groups: Iterable[tuple[Scope, SickGroup]], telling: SickLeaveToTell
) -> SickHistory:
    """Leave the months before the latest twelve in which a charted unit is hidden out of its chart.

    Its usual level would else tell of them; in the latest twelve such a month hides the unit.
    """
    charted = {group.code for scope, group in groups if scope == UNIT and group.is_charted}
    year = _latest(history.last, YEAR)
    months = {}
    for period, units in history.months.items():
        hidden = set() if period in year else charted & telling.hidden_units(period)
        months[period] = {
            unit: [SickHours(unit, period, WOMEN)] if unit in hidden else rows for unit, rows in units.items()
        }
    return SickHistory(months, history.last)


def _hours(rows: Iterable[Delivered], register: Register, period: Period) -> Iterator[SickHours]:
    """Yield the rows, and one without hours for each unit that a delivered month should have and lacks."""
    delivered: dict[Period, set[str]] = defaultdict(set)
    for row in rows:
        delivered[row.period].add(row.unit or "")
        yield SickHours(
            unit=register.heir(row.unit or "", period),
            period=row.period,
            sex=row.item or "",
            ordinary=row.figure("ordinarie_timmar"),
            absent=(row.figure(ABSENT[0]), row.figure(ABSENT[1]), row.figure(ABSENT[2])),
        )
    for month, units in delivered.items():
        for unit in register.units_valid(month):
            if unit not in units:
                yield SickHours(register.heir(unit, period), month, WOMEN)


def _places(rows: Iterable[Delivered], register: Register, period: Period) -> Places:
    """Return the units that exist or are delivered, each followed by what it lies in.

    Units that lie higher up stand for themselves so many times more, for small ones are gathered a step at a
    time: so each place has its units at one step.
    """
    delivered = {row.unit or "" for row in rows if row.period == period}
    units = sorted({*register.units_valid(period), *delivered})
    around = {unit: _around(unit, register, period) for unit in units}
    deepest = max(map(len, around.values()), default=0)
    return {unit: (*places[:1] * (deepest - len(places)), *places) for unit, places in around.items()}


def _around(code: str, register: Register, period: Period) -> tuple[Place, ...]:
    unit = register.unit(code, period)
    own = Place(code, code if unit is None else unit.name)
    above = (Place(each.code, each.name) for each in register.above(code, period) if each.level in SCOPES)
    return (own, *above, Place("", ADMINISTRATION))


def _groups(
    history: SickHistory, places: Places, register: Register, period: Period, settings: SickLeaveSettings
) -> list[tuple[Scope, SickGroup]]:
    """Return everybody, departments, areas, units and small units; a whole has levels and no chart."""
    units: dict[str, set[str]] = defaultdict(set)
    for unit, around in places.items():
        for place in around:
            units[place.code].add(unit)
    everybody = SickGroup("", ADMINISTRATION, history.units | places.keys(), is_charted=False)
    wholes = [
        (SCOPES[each.level], SickGroup(each.code, each.name, frozenset(units[each.code]), is_charted=False))
        for each in register.all_valid(period)
        if each.level in SCOPES and each.code in units
    ]
    charted = [
        (UNIT if group.units == {group.code} else SMALL_UNITS, group)
        for group in sick_leave_groups(history, places, settings)
    ]
    return [(EVERYBODY, everybody), *wholes, *charted]


def _watched(
    scope: Scope,
    found: SickLeaveSignal,
    history: SickHistory,
    hidden: _Hidden,
    rows: tuple[RowRange, ...],
) -> Watched:
    facts, group = found.facts, found.facts.group
    return Watched(
        source="sjukfranvaro",
        indicator=INDICATOR,
        scope=scope,
        code=group.code,
        name=group.name,
        measured_in="%",
        value=facts.rolling.total,
        compared=facts.target,
        signal=found.signal,
        regel=found.regel,
        mening=found.mening,
        months_lacking=_months_lacking(facts, history),
        figures=_figures(facts, is_whole=scope in SCOPES.values() or scope == EVERYBODY),
        rows=rows,
        is_hidden=group.units in hidden.together
        if scope == SMALL_UNITS
        else (group.code or None, None) in hidden.places,
        hidden_figures=frozenset(
            name for name, sex in SEXES.items() if (group.code or None, sex) in hidden.places
        ),
    )


def _rows_of(found: SickLeaveSignal, ranges: Mapping[str, Sequence[RowRange]]) -> Iterator[RowRange]:
    return (each for unit in sorted(found.facts.group.units) for each in ranges.get(unit, ()))


def _figures(facts: SickLeaveFacts, *, is_whole: bool) -> dict[str, Any]:
    """Return what stands behind twelve months and target; women and men only of what units lie in."""
    year, change = facts.rolling, facts.change
    limits = None if change is None else change.limits
    return {
        "manaden": facts.month.total,
        "dag_1_14": year.days_1_14,
        "dag_15_90": year.days_15_90,
        "fran_dag_91": year.days_91,
        **({"kvinnor": year.women, "man": year.men} if is_whole else {}),
        "enheter": facts.counted,
        "av": facts.of,
        "heltidstjanster": facts.group.posts,
        "kanda_manader": None if change is None else change.months,
        "senaste_tre": None if change is None else change.recent,
        "vanligt": None if change is None else change.usual,
        "nedre_grans": None if limits is None else limits.recent_lower,
        "ovre_grans": None if limits is None else limits.recent_upper,
    }


def _months_lacking(facts: SickLeaveFacts, history: SickHistory) -> int | None:
    """Return how many more months a chart needs: of the group, the latest ones, and all for the season."""
    group, settings = facts.group, facts.settings
    if not group.is_charted:
        return None
    own = _known(history, group.units, settings)
    lacks = max(settings.chart.fewest_months - sum(own), RECENT - sum(own[-RECENT:]), 0)
    if facts.change is not None:
        return lacks
    return max(YEAR - sum(_known(history, history.units, settings)[-YEAR:]), lacks, 1)


def _known(history: SickHistory, units: Set[str], settings: SickLeaveSettings) -> list[bool]:
    months = history.latest(settings.chart.most_months, units)
    return [month.is_enough(settings.least_known_percent) for month in months]
