"""Whether a unit's year forecast calls for a warning."""

from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.assessment.deviation_facts import DeviationFacts, DeviationSettings, Level, Sure, held_to
from tasks.rules.assessment.deviation_sentences import manager_sentence, rule_sentence


@dataclass(frozen=True)
class Deviation:
    """An assessed unit; every figure in its sentences stands here or in its facts, to be stored as evidence.

    deviation: budget − forecast in kr. deviation_percent: % of |budget|, None where that is 0 or missing.
    floor_kr, bar_percent (% of the budget, of its costs where the net is near 0): the limit that was passed,
    else the lowest one that was not.
    """

    facts: DeviationFacts
    deviation: Decimal | None
    deviation_percent: Decimal | None
    signal: Level | None
    floor_kr: Decimal
    bar_percent: Decimal
    regel: str
    mening: str
    plan_required: bool


def signal(facts: DeviationFacts, settings: DeviationSettings) -> Level | None:
    """Return the warning that a year forecast calls for.

    A deficit must be over the floor, over the month's bar, and sure: at two closings running or, more so, at
    one. The bar is a share of the budget, of its costs where incomes leave next to nothing of it. Without a
    budget to take per cent of, only the floor decides; a surplus has limits of its own: both
    are at most `bevaka`. A missing figure is never signalled.
    """
    if facts.deviation is None:
        return None
    if facts.deviation > 0:
        return "bevaka" if _is_signalled_surplus(facts, settings) else None
    if facts.budget == 0 and not facts.is_near_zero:
        return "bevaka" if abs(facts.deviation) > settings.floor_kr else None
    levels: tuple[Level, Level] = ("larm", "bevaka")
    return next((level for level in levels if _is_signalled_deficit(facts, level, settings)), None)


def assess_deviation(facts: DeviationFacts, settings: DeviationSettings) -> Deviation:
    """Hold a unit's forecast against its budget, and say in words what came out and by which limit."""
    found = signal(facts, settings)
    is_surplus = facts.deviation is not None and facts.deviation > 0
    floor = settings.surplus_floor_kr if is_surplus else settings.floor_kr
    limit = settings.surplus_bar if is_surplus else settings.bar(found or "bevaka")
    sure = settings.surplus_sure if is_surplus else settings.sure(found or "bevaka")
    bar_percent = limit.at(facts.period.month)
    return Deviation(
        facts=facts,
        deviation=facts.deviation,
        deviation_percent=facts.deviation_percent,
        signal=found,
        floor_kr=floor,
        bar_percent=bar_percent,
        regel=rule_sentence(facts, found, floor, bar_percent, sure),
        mening=manager_sentence(facts),
        plan_required=found == "larm",
    )


def demands_plan(found: Deviation, effect: Decimal) -> bool:
    """Tell whether a larm demands a plan: its underskott, less the effect (kr) of approved plans, is still
    over the limits that made it a larm.
    """
    if not found.plan_required or found.deviation is None:
        return False
    left = -found.deviation - effect
    held = held_to(found.facts.budget, found.facts.gross)
    return left > found.floor_kr and left * 100 > found.bar_percent * held


def _is_signalled_deficit(facts: DeviationFacts, level: Level, settings: DeviationSettings) -> bool:
    bar = settings.bar(level).at(facts.period.month)
    return _is_over(facts, settings.floor_kr, bar) and is_sure(
        facts.probability, facts.probability_before, settings.sure(level)
    )


def _is_signalled_surplus(facts: DeviationFacts, settings: DeviationSettings) -> bool:
    now, before = _turned(facts.probability), _turned(facts.probability_before)
    bar = settings.surplus_bar.at(facts.period.month)
    if not _is_over(facts, settings.surplus_floor_kr, bar):
        return False
    return (facts.budget == 0 and not facts.is_near_zero) or is_sure(now, before, settings.surplus_sure)


def is_sure(now: Decimal | None, before: Decimal | None, sure: Sure) -> bool:
    """Tell whether a probability (%) is high enough: at this closing and the one before, or at this one
    alone.
    """
    if now is None:
        return False
    return now >= sure.once or (now >= sure.twice and before is not None and before >= sure.twice)


def _turned(probability: Decimal | None) -> Decimal | None:
    return None if probability is None else 100 - probability


def _is_over(facts: DeviationFacts, floor_kr: Decimal, bar_percent: Decimal) -> bool:
    size = abs(facts.deviation or Decimal(0))
    return size > floor_kr and size * 100 > bar_percent * held_to(facts.budget, facts.gross)
