"""What the year's readings of volumes are expected to give in budget: by unit, and together by measure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from tasks.rules.signals.counting_place import CountingPlace, SeenVolume, seen_volumes
from tasks.rules.signals.watched import EVERYBODY, UNIT, Watched
from tasks.rules.swedish import counted, kronor, mid_sentence, number, round_half_up
from tasks.rules.totals import sum_known
from tasks.rules.volumes.adjustment import Settlement, adjustment_sentence, expected_adjustment
from tasks.rules.volumes.measure_settings import MeasureSettings
from tasks.rules.wording import amount

SOURCE = "prestationer"
ADJUSTMENT = "Prestationsförändring"


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
    if round_half_up(total.scaleb(-3)) != 0:
        change = f"väntas ge {amount(abs(total))} {'mer' if total > 0 else 'mindre'} i budget"
    units = "" if known == of else f" Räknat på {number(known)} av {counted(of, 'enhet', 'enheter')}."
    return f"{measure}: årets avläsningar {change}.{units}"
