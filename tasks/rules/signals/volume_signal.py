"""Leading signals: a volume, and the cost of each, that leaves its plan before the year's money shows it.

Both are held against the plan of the same months, and signal when they are over a bar that comes down through
the year, at the two latest counts in a row. They are hints: never more than bevaka, and they demand no plan.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tasks.rules.assessment.deviation_facts import Bar
from tasks.rules.declaration import Volume
from tasks.rules.periods import MONTH_NAMES
from tasks.rules.swedish import kronor, limit_percent, number, percent, round_half_up
from tasks.rules.thresholds import check_between
from tasks.rules.volumes.unit_costs import UnitMoney, cost_months, cost_parts, sum_of_months
from tasks.rules.volumes.volumes import MeasuredVolume, Season, known_so_far, planned_months

VOLUME_BAR, COST_BAR = Bar(Decimal(2), Decimal(3)), Bar(Decimal(3), Decimal(3))
"""Chosen on three demo administrations of 125 units, where 7–14 volumes are signalled a month: 45 of 67 that
ended more than 2 % off their plan, and 18 of 308 others. A cost of each is a quotient of two uncertain
figures, so its bar is higher: 79 of 141 that ended more than 2 % off, and 22 of 234 others."""


@dataclass(frozen=True)
class VolumeSignalSettings:
    """From where a volume or its cost is signalled; bars in % of the plan.

    least_planned: a niva with a smaller plan gives no signal: one person is too large a part of it, and
    counts below five are not shown. least_difference: a niva must be further from its plan than this, for
    plans and counts are whole. Raises UnusableThresholdError.
    """

    volume_bar: Bar = VOLUME_BAR
    cost_bar: Bar = COST_BAR
    least_planned: Decimal = Decimal(5)
    least_difference: Decimal = Decimal("0.5")

    def __post_init__(self) -> None:
        for name, limit in {"volume_bar": self.volume_bar, "cost_bar": self.cost_bar}.items():
            check_between(f"{name}.percent", limit.percent, 0, 100)
            check_between(f"{name}.early", limit.early, 0, 100)
        check_between("least_planned", self.least_planned, 0)
        check_between("least_difference", self.least_difference, 0)


@dataclass(frozen=True)
class Reading:
    """A figure when `month` (1–12) is closed, and the plan and the year before over the same months.

    A volume: persons, places or hours (a niva: their mean). A cost: kr for each (a niva: and month).
    year_plan: a niva's plan of the year, from which `planned` differs by the season; None elsewhere.
    """

    month: int
    figure: Decimal
    planned: Decimal
    last_year: Decimal | None
    year_plan: Decimal | None = None

    @property
    def percent(self) -> Decimal:
        """Return how much (%) the figure is over the plan."""
        return (self.figure - self.planned) / self.planned * 100


@dataclass(frozen=True)
class LeadingSignal:
    """What came out, and the limit (% of the plan) it was held against; None where uppgift saknas."""

    indicator: str
    reading: Reading | None
    bar_percent: Decimal | None
    signal: Literal["bevaka"] | None
    regel: str
    mening: str


def volume_signal(volume: MeasuredVolume, month: int, settings: VolumeSignalSettings) -> LeadingSignal:
    """Hold the volume so far against the plan of the same months, when `month` (1–12) is closed."""
    noun, plan = volume.declared, planned_months(volume, month)
    if noun is None or plan is None:
        return _missing(volume.name)
    readings = _latest_two(known_so_far(volume, month), lambda until: _volume_reading(volume, plan, until))
    least = settings.least_difference if volume.is_level else Decimal(0)
    limit = _Limit(noun, settings.volume_bar, least, _least_planned(volume, plan, settings))
    return _leading_signal(volume.name, readings, limit, _volume_sentence)


def unit_cost_signal(
    volume: MeasuredVolume, money: UnitMoney, month: int, settings: VolumeSignalSettings
) -> LeadingSignal:
    """Hold the cost of each so far against budget over plan, of a unit that has this one measure.

    Over the months where all are known; missing where those are less than half of the months so far, and
    where an amount or a volume isn't above 0.
    """
    noun, plan = volume.declared, planned_months(volume, month)
    indicator = f"Kostnad per {noun.one if noun else 'prestation'}"
    if noun is None or plan is None:
        return _missing(indicator)
    months = cost_months(volume, money, month, with_budget=True)
    readings = _latest_two(months, lambda until: _cost_reading(volume, plan, money, until))
    limit = _Limit(noun, settings.cost_bar, Decimal(0), _least_planned(volume, plan, settings))
    return _leading_signal(indicator, readings, limit, _cost_sentence)


def persists(readings: Sequence[Reading], bar: Bar, least: Decimal) -> bool:
    """Tell whether the two latest figures are off their plan on the same side, over the bar and the least."""
    sides = [_side(reading, bar, least) for reading in readings]
    return len(sides) == 2 and sides[0] == sides[1] != 0


@dataclass(frozen=True)
class _Limit:
    noun: Volume
    bar: Bar
    least: Decimal
    least_planned: Decimal | None


def _leading_signal(
    indicator: str,
    readings: Sequence[Reading],
    limit: _Limit,
    sentence: Callable[[str, Volume, Reading], str],
) -> LeadingSignal:
    if not readings:
        return _missing(indicator)
    found = limit.least_planned is None and persists(readings, limit.bar, limit.least)
    return LeadingSignal(
        indicator=indicator,
        reading=readings[-1],
        bar_percent=limit.bar.at(readings[-1].month),
        signal="bevaka" if found else None,
        regel=_rule_sentence(readings, limit, found),
        mening=sentence(indicator, limit.noun, readings[-1]),
    )


def _latest_two(
    months: Iterable[int], read: Callable[[Sequence[int]], Reading | None]
) -> tuple[Reading, ...]:
    """Read the figure at the two latest of the known months, oldest first; none if the latest can't be."""
    places = list(months)
    readings = [read(places[: len(places) - back]) for back in (1, 0) if len(places) > back]
    if not readings or readings[-1] is None:
        return ()
    return tuple(reading for reading in readings if reading is not None)


def _volume_reading(volume: MeasuredVolume, plan: Season, until: Sequence[int]) -> Reading | None:
    parts = len(until) if volume.is_level else 1
    figure, planned, last_year = (
        sum_of_months(months, until) for months in (volume.outcome, plan, volume.last_year)
    )
    if figure is None or not planned:
        return None
    before = None if last_year is None else last_year / parts
    year_plan = _mean_month(plan) if volume.is_level else None
    return Reading(until[-1] + 1, figure / parts, planned / parts, before, year_plan)


def _cost_reading(
    volume: MeasuredVolume, plan: Season, money: UnitMoney, until: Sequence[int]
) -> Reading | None:
    parts = cost_parts(volume, plan, money, until)
    if parts.each is None or parts.planned_each is None:
        return None
    return Reading(until[-1] + 1, parts.each, parts.planned_each, parts.each_before)


def _side(reading: Reading, bar: Bar, least: Decimal) -> int:
    difference = reading.figure - reading.planned
    is_off = abs(reading.percent) > bar.at(reading.month) and abs(difference) > least
    return 0 if not is_off else 1 if difference > 0 else -1


def _least_planned(volume: MeasuredVolume, plan: Season, settings: VolumeSignalSettings) -> Decimal | None:
    """Return the smallest plan that can give a signal, where this one is smaller."""
    is_small = volume.is_level and _mean_month(plan) < settings.least_planned
    return settings.least_planned if is_small else None


def _mean_month(plan: Season) -> Decimal:
    """Return a niva's plan of the year, without what spreading it by the season left in the last digits."""
    return round_half_up(sum(plan, Decimal(0)) / 12, 6)


def _missing(indicator: str) -> LeadingSignal:
    return LeadingSignal(
        indicator=indicator,
        reading=None,
        bar_percent=None,
        signal=None,
        regel="Ingen bedömning har gjorts: uppgift saknas.",
        mening=f"{indicator}: uppgift saknas.",
    )


def _rule_sentence(readings: Sequence[Reading], limit: _Limit, found: bool) -> str:
    if limit.least_planned is not None:
        return (
            f"Färre än {_short(limit.least_planned)} planerade {limit.noun.many} ger ingen signal: "
            "en enda är för stor del av dem."
        )
    month, bar = readings[-1].month, limit_percent(limit.bar.at(readings[-1].month))
    least = f"både {_short(limit.least)} {limit.noun.one} och {bar}" if limit.least else bar
    where = f"{least} av planen (gränsen i {_name(month)})"
    if found:
        return f"Skillnaden är större än {where}, och var över gränsen även i {_name(readings[0].month)}."
    return f"Skillnaden har inte två gånger i rad varit större än {where}."


def _volume_sentence(indicator: str, noun: Volume, reading: Reading) -> str:
    decimals, mean = (1, "i snitt ") if noun.kind == "niva" else (0, "")
    figure, planned = number(reading.figure, decimals), number(reading.planned, decimals)
    so_far = f"{indicator}: {mean}{figure} till och med {_name(reading.month)}"
    year_plan = planned if reading.year_plan is None else number(reading.year_plan, decimals)
    season = "" if year_plan == planned else f" ({year_plan} för hela året)"
    before = "" if reading.last_year is None else number(reading.last_year, decimals)
    difference = _volume_difference(noun, reading, decimals)
    return f"{so_far} mot planerade {planned}{season}. {difference}{_last_year(before)}"


def _volume_difference(noun: Volume, reading: Reading, decimals: int) -> str:
    share = percent(abs(reading.percent))
    if round_half_up(reading.percent, 1) == 0:
        return "Det är som planerat."
    if reading.percent < 0 and noun.are_places:
        empty = number(reading.planned - reading.figure, decimals)
        return f"Det är {empty} tomma {noun.many} ({share})."
    return f"Det är {share} {'fler' if reading.percent > 0 else 'färre'} {noun.many} än planerat."


def _cost_sentence(indicator: str, noun: Volume, reading: Reading) -> str:
    a_month = " i månaden" if noun.kind == "niva" else ""
    so_far = (
        f"{indicator}: {kronor(reading.figure)}{a_month} till och med {_name(reading.month)} "
        f"mot budgeterade {kronor(reading.planned)}."
    )
    side = "högre" if reading.percent > 0 else "lägre"
    is_even = round_half_up(reading.percent, 1) == 0
    difference = "Det är som budgeterat." if is_even else f"Det är {percent(abs(reading.percent))} {side}."
    before = "" if reading.last_year is None else kronor(reading.last_year)
    return f"{so_far} {difference}{_last_year(before)}"


def _last_year(figure: str) -> str:
    return f" Samma månader förra året: {figure}." if figure else ""


def _name(month: int) -> str:
    return MONTH_NAMES[month - 1]


def _short(value: Decimal) -> str:
    """Write a setting with the decimals it has."""
    return number(value, max(0, -int(value.normalize().as_tuple().exponent)))
