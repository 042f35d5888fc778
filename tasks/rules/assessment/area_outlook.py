"""The year of every place above the units: what its units are forecast together, and what of it is news.

The forecast is the sum of the units'. Misses of units even out, so it may miss by what the same sum missed
the year before, at the same month. Only that year counts: the one before it had one year of history, and its
sums missed by twice as much. In four fictional administrations the intervals made so held 69–88 % of the
areas' and departments' years, by month.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from tasks.rules.assessment.deviation import Deviation, signal
from tasks.rules.assessment.deviation_facts import DeviationFacts, DeviationSettings, Level
from tasks.rules.assessment.deviation_sentences import compared_sentence
from tasks.rules.assessment.forecast import as_decimal, year_forecast
from tasks.rules.assessment.learning import NOTHING_LEARNT, Learnt
from tasks.rules.assessment.unit_years import Booleans, Floats, UnitYears, Words, mean_of_type, type_numbers
from tasks.rules.assessment.year_outlook import IN_80, OVERALL_COUNTS, TYPE_COUNTS, probability, typical_miss
from tasks.rules.organisation import Place
from tasks.rules.periods import Period
from tasks.rules.swedish import counted, number
from tasks.rules.totals import sum_of_all
from tasks.rules.wording import a_deviation, amount

FEWEST_YEARS = 3
"""A year that is replayed needs one before it."""


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


@dataclass(frozen=True)
class _Sureness:
    """How sure a sum of forecasts is.

    half_width: of the 80 % interval (kr); certainty, certainty_before: as in YearOutlook. NaN where unknown.
    """

    half_width: float
    certainty: float
    certainty_before: float


def area_outlooks(
    places: Sequence[Place],
    units: UnitYears,
    deviations: Mapping[str, Deviation],
    period: Period,
    settings: DeviationSettings,
    learnt: Learnt = NOTHING_LEARNT,
) -> list[AreaOutlook]:
    """Look at the year of each place (see area_tree; a parent comes before what lies in it).

    units: the years of `deviations`' units, in its order. A place is warned of by the units' own rule, and
    only when what is left without what its children already say is over the floor and the bar too.
    """
    assessed = [_assessed(place, deviations) for place in places]
    facts = _facts(places, assessed, units, deviations, period, learnt)
    looked_at: dict[int, AreaOutlook] = {}
    for at in reversed(range(len(places))):
        children = [outlook for child, outlook in looked_at.items() if places[child].parent == at]
        looked_at[at] = _outlook(places[at], facts[at], assessed[at], children, deviations, settings)
    return [looked_at[at] for at in range(len(places))]


def area_sentence(facts: DeviationFacts, assessed: int, of: int, warned: int, unsaid: Decimal | None) -> str:
    """Say what `assessed` of `of` units are forecast together, and how many have warnings of their own.

    unsaid: the deviation (kr) that no warning of a unit or area in the place tells; None when it needs none.
    """
    if facts.budget is None or facts.forecast is None:
        return "Uppgift saknas: ingen enhet har kunnat bedömas."
    is_one = assessed == 1
    whose = "Enhetens" if of == 1 else "Enheternas"
    if assessed < of:
        known = "är bedömd. Dess" if is_one else "är bedömda. Deras"
        whose = f"{number(assessed)} av {counted(of, 'enhet', 'enheter')} {known}"
    what = "utfall" if facts.period.month == 12 else "helårsprognos" if is_one else "helårsprognoser"
    together = "är" if is_one else "är tillsammans"
    compared = compared_sentence(facts, f"{whose} {what} {together}")
    return " ".join([compared, *_warned_sentences(facts, warned, unsaid)])


def _assessed(place: Place, deviations: Mapping[str, Deviation]) -> tuple[str, ...]:
    return tuple(
        code for code in place.units if code in deviations and deviations[code].deviation is not None
    )


def _outlook(
    place: Place,
    facts: DeviationFacts,
    assessed: tuple[str, ...],
    children: Sequence[AreaOutlook],
    deviations: Mapping[str, Deviation],
    settings: DeviationSettings,
) -> AreaOutlook:
    in_children = {code for child in children for code in child.place.units}
    own = [deviations[code] for code in assessed if code not in in_children]
    of_children = sum(map(_said_of, children), Decimal(0))
    of_own = sum((unit.deviation or Decimal(0) for unit in own if unit.signal), Decimal(0))
    unsaid = None if facts.deviation is None else facts.deviation - of_children - of_own
    warned = tuple(code for code in assessed if deviations[code].signal)
    level = _signal(facts, unsaid, settings)
    sentence = area_sentence(facts, len(assessed), len(place.units), len(warned), unsaid if level else None)
    return AreaOutlook(place, facts, assessed, warned, unsaid, level, sentence)


def _said_of(child: AreaOutlook) -> Decimal:
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
    deviations: Mapping[str, Deviation],
    period: Period,
    learnt: Learnt,
) -> list[DeviationFacts]:
    codes = np.array(list(deviations))
    looked_at = [at for at, of in enumerate(assessed) if of]
    sureness = _sureness_of(
        [np.isin(codes, assessed[at]) for at in looked_at],
        [places[at].level for at in looked_at],
        units,
        period.month,
        learnt,
    )
    by_place = dict(zip(looked_at, sureness, strict=True))
    return [
        _of_place([deviations[code].facts for code in of], period, by_place.get(at))
        for at, of in enumerate(assessed)
    ]


def _of_place(units: Sequence[DeviationFacts], period: Period, sureness: _Sureness | None) -> DeviationFacts:
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
        gross=sum_of_all(each.gross for each in units),
    )


def _sureness_of(
    members: Sequence[Booleans],
    levels: Sequence[str],
    units: UnitYears,
    month: int,
    learnt: Learnt,
) -> list[_Sureness]:
    """Return how sure the sums of some places' units' forecasts are, when `month` (1–12) is closed.

    members: (n,) booleans of each place. levels: which places are alike.
    """
    if not members:
        return []
    half, now = _certainty(members, levels, units, month, learnt)
    before = np.full(len(half), np.nan)
    if month > 1:
        _, before = _certainty(members, levels, units, month - 1, learnt)
    return [_Sureness(*figures) for figures in zip(half, now, before, strict=True)]


def _certainty(
    members: Sequence[Booleans], levels: Sequence[str], units: UnitYears, month: int, learnt: Learnt
) -> tuple[Floats, Floats]:
    """Return half the interval's width (kr), and how many standard deviations each is over its budget.

    Where there was no year to replay, the units are taken to miss as they usually do, and all of them alike.
    """
    found = year_forecast(units, month)
    forecast, budget = _sums(members, found.forecast), _sums(members, units.budget[:, -1])
    size = np.abs(_sums(members, found.forecast + found.incomes))
    half = np.where(np.isfinite(forecast), 0.0, np.nan)
    if month < 12:
        kinds = np.array(levels, dtype=np.str_)
        typical = _typical(_missed_the_year_before(members, units, month), kinds)
        alike = _sums(members, typical_miss(units, month, learnt) * found.size)
        miss = np.where(np.isfinite(typical), typical * size, alike)
        half = np.where(size == 0, np.nan, learnt.width(kinds, month) * miss)
    with np.errstate(divide="ignore", invalid="ignore"):
        certainty: Floats = (forecast - budget) / (half / IN_80)
    return half, certainty


def _missed_the_year_before(members: Sequence[Booleans], units: UnitYears, month: int) -> Floats:
    """Return by how much the sums missed the year before, a fraction; NaN where that can't be told."""
    if units.budget.shape[1] < FEWEST_YEARS:
        return np.full(len(members), np.nan)
    then = units.years_before(1)
    found, year = year_forecast(then, month), then.outcome[:, -1].sum(axis=1)
    known = np.isfinite(found.forecast) & np.isfinite(year)
    of_known = [chosen & known for chosen in members]
    forecast, incomes = found.forecast + found.incomes, found.incomes
    with np.errstate(divide="ignore", invalid="ignore"):
        missed: Floats = np.abs(_sums(of_known, year + incomes) / _sums(of_known, forecast) - 1)
    return np.where(np.isfinite(missed), missed, np.nan)


def _typical(own: Floats, levels: Words) -> Floats:
    """Draw each place's miss towards those of its level, and theirs towards all; NaN where none is known."""
    seen = np.isfinite(own)
    if not seen.any():
        return own
    groups = type_numbers(levels)
    counts = np.bincount(groups, seen)[groups]
    of_level = np.nan_to_num(mean_of_type(own, groups))
    drawn = (counts * of_level + OVERALL_COUNTS * own[seen].mean()) / (counts + OVERALL_COUNTS)
    typical: Floats = (TYPE_COUNTS * drawn + np.where(seen, own, 0.0)) / (TYPE_COUNTS + seen)
    return typical


def _sums(members: Sequence[Booleans], figures: Floats) -> Floats:
    return np.array([figures[chosen].sum() for chosen in members])


def _warned_sentences(facts: DeviationFacts, warned: int, unsaid: Decimal | None) -> list[str]:
    if unsaid is None:
        return [f"{counted(warned, 'enhet', 'enheter')} har egna varningar."] if warned else []
    if not warned:
        return ["Ingen enskild enhet har en varning, men tillsammans är avvikelsen över gränsen."]
    left = a_deviation(unsaid, amount(abs(unsaid)), is_whole_year=facts.period.month == 12)
    told = f"{counted(warned, 'enhet', 'enheter')} har egna varningar."
    return [f"{told} Utöver det som redan är varnat finns {left}."]
