"""The year of every place above the units: what its units are forecast together, and what of it is news.

The forecast is the sum of the units'; how sure it is, tasks.rules.assessment.area_sureness says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from tasks.rules.assessment.area_sentences import area_sentence
from tasks.rules.assessment.area_sureness import Sureness, sureness_of
from tasks.rules.assessment.deviation import Deviation, signal
from tasks.rules.assessment.deviation_facts import DeviationFacts, DeviationSettings, Level
from tasks.rules.assessment.forecast import as_decimal
from tasks.rules.assessment.learnt import NOTHING_LEARNT, Learnt
from tasks.rules.assessment.unit_years import UnitYears
from tasks.rules.assessment.year_outlook import probability
from tasks.rules.organisation import Place
from tasks.rules.periods import Period
from tasks.rules.totals import sum_of_all


@dataclass(frozen=True)
class AreaOutlook:
    """A place's year: kr, None where no unit of it could be assessed.

    assessed: the units that the figures are sums of. unsaid: the deviation that is left when what lies in it
    and is warned of by itself is taken out. warned: the units that have warnings of their own.
    """

    place: Place
    facts: DeviationFacts
    assessed: tuple[str, ...]
    warned: tuple[str, ...]
    unsaid: Decimal | None
    signal: Level | None
    mening: str


def area_outlooks(
    places: Sequence[Place],
    units: UnitYears,
    found: Mapping[str, Deviation],
    period: Period,
    settings: DeviationSettings,
    learnt: Learnt = NOTHING_LEARNT,
) -> list[AreaOutlook]:
    """Look at the year of each place (see area_tree; a parent comes before what lies in it).

    units: the years of `found`'s units, in its order. A place is warned of by the units' own rule, and only
    when what is left without what its children already say is over the floor and the bar too.
    """
    assessed = [_assessed(place, found) for place in places]
    facts = _facts(places, assessed, units, found, period, learnt)
    looked_at: dict[int, AreaOutlook] = {}
    for number in reversed(range(len(places))):
        children = [looked_at[child] for child in looked_at if places[child].parent == number]
        looked_at[number] = _outlook(
            places[number], facts[number], assessed[number], children, found, settings
        )
    return [looked_at[number] for number in range(len(places))]


def _assessed(place: Place, found: Mapping[str, Deviation]) -> tuple[str, ...]:
    return tuple(code for code in place.units if code in found and found[code].deviation is not None)


def _outlook(
    place: Place,
    facts: DeviationFacts,
    assessed: tuple[str, ...],
    children: Sequence[AreaOutlook],
    found: Mapping[str, Deviation],
    settings: DeviationSettings,
) -> AreaOutlook:
    in_children = {code for child in children for code in child.place.units}
    own = [found[code] for code in assessed if code not in in_children]
    said = [_said(child) for child in children] + [
        each.deviation or Decimal(0) for each in own if each.signal
    ]
    unsaid = None if facts.deviation is None else facts.deviation - sum(said, Decimal(0))
    warned = tuple(code for code in assessed if found[code].signal)
    level = _signal(facts, unsaid, settings)
    sentence = area_sentence(facts, len(assessed), len(place.units), len(warned), unsaid if level else None)
    return AreaOutlook(place, facts, assessed, warned, unsaid, level, sentence)


def _said(child: AreaOutlook) -> Decimal:
    """Return the part (kr) of a place's deviation that it, or something in it, is warned of."""
    deviation = child.facts.deviation or Decimal(0)
    return deviation if child.signal else deviation - (child.unsaid or Decimal(0))


def _signal(facts: DeviationFacts, unsaid: Decimal | None, settings: DeviationSettings) -> Level | None:
    if facts.budget is None or unsaid is None or signal(facts, settings) is None:
        return None
    return signal(replace(facts, forecast=facts.budget - unsaid), settings)


def _facts(
    places: Sequence[Place],
    assessed: Sequence[tuple[str, ...]],
    units: UnitYears,
    found: Mapping[str, Deviation],
    period: Period,
    learnt: Learnt,
) -> list[DeviationFacts]:
    codes = np.array(list(found))
    looked_at = [number for number, of in enumerate(assessed) if of]
    sureness = sureness_of(
        [np.isin(codes, assessed[number]) for number in looked_at],
        [places[number].level for number in looked_at],
        units,
        period.month,
        learnt,
    )
    by_number = dict(zip(looked_at, sureness, strict=True))
    return [
        _of_place([found[code].facts for code in of], period, by_number.get(number))
        for number, of in enumerate(assessed)
    ]


def _of_place(units: Sequence[DeviationFacts], period: Period, sureness: Sureness | None) -> DeviationFacts:
    if sureness is None:
        return DeviationFacts(period=period, outcome=None, budget=None, forecast=None, method="missing")
    forecast, half = sum_of_all(each.forecast for each in units), as_decimal(sureness.half_width)
    return DeviationFacts(
        period=period,
        outcome=sum_of_all(each.outcome for each in units),
        budget=sum_of_all(each.budget for each in units),
        forecast=forecast,
        method="pattern",
        lower=None if forecast is None or half is None else forecast - half,
        upper=sum_of_all([forecast, half]),
        probability=probability(sureness.certainty),
        probability_before=probability(sureness.certainty_before),
    )
