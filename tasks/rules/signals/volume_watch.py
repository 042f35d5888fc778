"""Volumes as a leading signal: each unit's against its plan, and what each of them costs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tasks.rules.assessment.causes import is_straight_twelfth
from tasks.rules.delivered import RowRange
from tasks.rules.signals.volume_signal import (
    LeadingSignal,
    VolumeSignalSettings,
    unit_cost_signal,
    volume_signal,
)
from tasks.rules.signals.watched import EVERYBODY, UNIT, Measured, Scope, Watched
from tasks.rules.swedish import counted, kronor, mid_sentence, number
from tasks.rules.totals import sum_known
from tasks.rules.volumes.adjustment import (
    MeasureSettings,
    Settlement,
    adjustment_sentence,
    expected_adjustment,
)
from tasks.rules.volumes.effects import counted_once
from tasks.rules.volumes.rows import CountedVolume
from tasks.rules.volumes.unit_costs import UnitMoney
from tasks.rules.volumes.volumes import MeasuredVolume, Twelve
from tasks.rules.wording import amount, is_nothing

SOURCE = "prestationer"
ADJUSTMENT = "Prestationsförändring"


@dataclass(frozen=True)
class CountingPlace:
    """A unit or an area that counts volumes. money, year_budget (kr): None where they are not known."""

    code: str
    name: str
    scope: Scope
    volumes: tuple[CountedVolume, ...]
    money: UnitMoney | None = None
    year_budget: Decimal | None = None
    money_rows: tuple[RowRange, ...] = ()


@dataclass(frozen=True)
class SeenVolume:
    """A volume in its place. readings: the months as they were counted, none of them filled by a mean.

    is_alone: the place counts nothing else. is_few: too few persons to be shown in some month.
    """

    place: CountingPlace
    volume: MeasuredVolume
    readings: Twelve
    rows: tuple[RowRange, ...]
    is_alone: bool
    is_few: bool


def seen_volumes(place: CountingPlace, month: int, fewest_persons: int) -> Iterator[SeenVolume]:
    """Yield what a place counts when `month` (1–12) is closed: a whole or its parts, never both."""
    counted = {each.measured.name: each for each in place.volumes}
    volumes = counted_once([each.measured for each in place.volumes])
    for volume in volumes:
        yield SeenVolume(
            place=place,
            volume=volume,
            readings=counted[volume.name].readings,
            rows=counted[volume.name].rows,
            is_alone=len(volumes) == 1,
            is_few=volume.was_small(month, fewest_persons),
        )


def unit_money(outcome: Twelve, budget: Twelve, last_year: Twelve, pattern: Sequence[Decimal]) -> UnitMoney:
    """Return a unit's kr by month; a budget in straight twelfths is spread as the unit's year usually is.

    pattern: the share of a year that falls in each month, adding up to 1.
    """
    if is_straight_twelfth(budget, pattern):
        year = sum_known(budget) or Decimal(0)
        budget = tuple(year * share for share in pattern)
    return UnitMoney(outcome, budget, last_year)


def watch_volumes(
    places: Iterable[CountingPlace], month: int, settings: VolumeSignalSettings, fewest_persons: int
) -> tuple[Watched, ...]:
    """Hold each place's volumes and costs against plan when `month` (1–12) is closed.

    fewest_persons: a niva that was of fewer in any month of this year or the last is hidden.
    """
    return tuple(
        found
        for place in places
        for seen in seen_volumes(place, month, fewest_persons)
        for found in (_against_plan(seen, month, settings), *_cost(seen, month, settings))
    )


def _against_plan(seen: SeenVolume, month: int, settings: VolumeSignalSettings) -> Watched:
    return _watched(seen, month, volume_signal(seen.volume, month, settings), "antal", seen.rows)


def _cost(seen: SeenVolume, month: int, settings: VolumeSignalSettings) -> Iterator[Watched]:
    """Yield the cost of each where the place counts one thing and its money is known."""
    if seen.is_alone and seen.place.money is not None:
        found = unit_cost_signal(seen.volume, seen.place.money, month, settings)
        yield _watched(seen, month, found, "kr", (*seen.rows, *seen.place.money_rows))


def _watched(
    seen: SeenVolume, month: int, found: LeadingSignal, measured_in: Measured, rows: tuple[RowRange, ...]
) -> Watched:
    reading = found.reading
    return Watched(
        source=SOURCE,
        indicator=found.indicator,
        scope=seen.place.scope,
        code=seen.place.code,
        name=seen.place.name,
        measured_in=measured_in,
        value=None if reading is None else reading.figure,
        compared=None if reading is None else reading.planned,
        signal=found.signal,
        regel=found.regel,
        mening=found.mening,
        months_lacking=_months_lacking(seen.volume, month, found),
        figures={
            "grans_procent": found.bar_percent,
            "skillnad_procent": None if reading is None else reading.percent,
            "planerat_helar": None if reading is None else reading.year_plan,
            "forra_aret": None if reading is None else reading.last_year,
            "till_och_med_manad": None if reading is None else reading.month,
        },
        rows=rows,
        is_hidden=seen.is_few,
    )


def _months_lacking(volume: MeasuredVolume, month: int, found: LeadingSignal) -> int | None:
    """Return how many counted months a missing figure lacks; None where it is missing for another reason."""
    if found.reading is not None:
        return 0
    known = sum(count is not None for count in volume.outcome[:month])
    return max((month + 1) // 2 - known, 0) or None


def watch_adjustments(
    places: Iterable[CountingPlace], month: int, measures: Mapping[str, MeasureSettings], fewest_persons: int
) -> tuple[Watched, ...]:
    """Expect each place's adjustment when `month` (1–12) is closed, and add them up by measure.

    fewest_persons: a niva that was of fewer in any month is hidden, and left out of the sum.
    """
    found: dict[str, list[Watched]] = defaultdict(list)
    for place in places:
        for seen in seen_volumes(place, month, fewest_persons):
            settings = measures.get(seen.volume.name, MeasureSettings())
            for each in _adjustment(seen, month, settings):
                found[seen.volume.name].append(each)
    of_places = (each for several in found.values() for each in several)
    return (*of_places, *(_sum(measure, each) for measure, each in sorted(found.items())))


def _adjustment(seen: SeenVolume, month: int, settings: MeasureSettings) -> Iterator[Watched]:
    """Yield what the readings of a settled niva do to the budget, by the tariff or the place's own price."""
    volume, noun = seen.volume, seen.volume.declared
    months = settings.reading_months or (() if noun is None else noun.reading_months)
    price = _own_price(seen, month) if settings.tariff_kr is None else settings.tariff_kr
    if noun is None or not months or price is None:
        return
    found = expected_adjustment(replace(volume, outcome=seen.readings), month, Settlement(months, price))
    if found is None:
        return
    sentence = adjustment_sentence(seen.place.name, noun.many, found)
    if found.adjustment:
        by = "enhetens budget delad med planen" if settings.tariff_kr is None else "priset i inställningarna"
        sentence += f" Räknat med {kronor(price)} per {noun.one} och år: {by}."
    yield Watched(
        source=SOURCE,
        indicator=f"{ADJUSTMENT}, {mid_sentence(volume.name)}",
        series_code="prestationsforandring",
        scope=seen.place.scope,
        code=seen.place.code,
        name=seen.place.name,
        measured_in="kr",
        value=found.adjustment,
        compared=None,
        signal=None,
        regel="",
        mening=sentence,
        figures={
            "avlast_snitt": found.reading_mean,
            "vantat_snitt": found.expected_mean,
            "planerat": found.planned,
            "pris": price,
            "pris_satt": settings.tariff_kr is not None,
            "avlasta_manader": list(found.made),
            "missade_manader": list(found.missed),
            "kommande_manader": list(found.coming),
        },
        rows=seen.rows,
        is_hidden=seen.is_few,
    )


def _own_price(seen: SeenVolume, month: int) -> Decimal | None:
    """Return the year's budget over the plan of a place that counts one thing (kr for each and year)."""
    budget = seen.place.year_budget
    plan = next((plan for plan in reversed(seen.volume.planned[:month]) if plan is not None), None)
    if not seen.is_alone or budget is None or plan is None or budget <= 0 or plan <= 0:
        return None
    return budget / plan


def _sum(measure: str, found: Sequence[Watched]) -> Watched:
    """Add up what is expected of the places that are shown: units, or areas where no unit counts."""
    of = [each for each in found if each.scope == UNIT] or found
    counted_in = [each for each in of if not each.is_hidden]
    known = [each.value for each in counted_in if each.value is not None]
    total = sum_known(known)
    return Watched(
        source=SOURCE,
        indicator=found[0].indicator,
        series_code=found[0].series_code,
        scope=EVERYBODY,
        code="",
        name=measure,
        measured_in="kr",
        value=total,
        compared=None,
        signal=None,
        regel="",
        mening=_sum_sentence(measure, total, len(known), len(of)),
        figures={
            "enheter": len(known),
            "av": len(of),
            "mer": sum_known(value for value in known if value > 0),
            "mindre": sum_known(value for value in known if value < 0),
        },
    )


def _sum_sentence(measure: str, total: Decimal | None, known: int, of: int) -> str:
    """Say what all places together are expected to get, and of how many units when it is not all."""
    if total is None:
        return f"{measure}: uppgift saknas om årets avläsningar, så ingen ändring av budgeten kan räknas."
    change = "väntas inte ändra budgeten"
    if not is_nothing(total):
        change = f"väntas ge {amount(abs(total))} {'mer' if total > 0 else 'mindre'} i budget"
    units = "" if known == of else f" Räknat på {number(known)} av {counted(of, 'enhet', 'enheter')}."
    return f"{measure}: årets avläsningar {change}.{units}"
