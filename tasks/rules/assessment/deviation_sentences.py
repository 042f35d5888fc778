"""The sentences of an assessment: what the figure is, what it is compared with, and what carries it."""

from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, Decimal

from tasks.rules.assessment.causes import (
    DeviationCauses,
    GroupDifference,
    is_even,
    main_groups,
    main_months,
    month_since,
)
from tasks.rules.assessment.deviation_facts import LEAST_DIFFERENCE, DeviationFacts, Level, Sure, held_to
from tasks.rules.periods import MONTH_NAMES
from tasks.rules.swedish import joined, limit_percent, percent, tkr
from tasks.rules.wording import a_deviation, amount, is_nothing, net_amount, year_row

SHARES = (
    (Decimal("0.95"), "ungefär hela"),
    (Decimal("0.85"), "ungefär nio tiondelar"),
    (Decimal("0.71"), "ungefär tre fjärdedelar"),
    (Decimal("0.58"), "ungefär två tredjedelar"),
    (Decimal("0.42"), "ungefär hälften"),
    (Decimal("0.29"), "ungefär en tredjedel"),
    (Decimal("0.15"), "ungefär en fjärdedel"),
)
"""A part of a difference in words, from the least part that the words are used of."""
MOST_STAYS = Decimal("1.1")
"""More than this of a difference isn't a part of it."""
CERTAIN = Decimal(99)
"""A probability (%) from here on is said as more than 99 %."""
SEEN = Decimal("0.03")
"""Groups that carry so much more than the difference look like a wrong sum, unless it is said why."""
PATTERNS = {"pattern": "enhetens vanliga mönster", "type": "det vanliga mönstret för sådana enheter"}


def rule_sentence(
    facts: DeviationFacts, level: Level | None, floor_kr: Decimal, bar_percent: Decimal, sure: Sure
) -> str:
    """Say which limits (kr, % of the budget or its costs, probability) the deviation was held against."""
    if facts.deviation is None:
        return "Ingen bedömning har gjorts: uppgift saknas."
    what = "Överskottet" if facts.deviation > 0 else "Underskottet" if facts.deviation < 0 else "Avvikelsen"
    size = abs(facts.deviation)
    if facts.budget == 0 and not facts.is_near_zero:
        is_larger = "är större än" if size > floor_kr else "är inte större än"
        return f"{what} {is_larger} {tkr(floor_kr)}; med budgeten 0 kronor jämförs inget i procent."
    passed = size > floor_kr and size * 100 > bar_percent * held_to(facts.budget, facts.gross)
    is_larger = "är större än" if passed else "är inte större än"
    limit = f"gränsen för {'larm' if level == 'larm' else 'bevakning'} i {_month(facts)}"
    budget = "budgeten"
    if facts.gross is not None and facts.is_near_zero:
        budget = f"bruttobudgeten {amount(facts.gross)}"
        limit = f"{limit}; nettobudgeten är nära 0"
    said = f"{what} {is_larger} både {tkr(floor_kr)} och {limit_percent(bar_percent)} av {budget} ({limit})"
    return f"{said}{_how_sure(facts, level is not None, sure) if passed else ''}."


def manager_sentence(facts: DeviationFacts) -> str:
    """Tell a unit's manager the forecast, what it rests on, and how far it is from the budget."""
    if facts.outcome is None or facts.forecast is None or facts.budget is None:
        return f"Uppgift saknas: {_what_is_missing(facts)}."
    row = year_row(facts.budget, facts.forecast)
    result = f"mot budget {row.net_amount(facts.budget)}: {_verdict(facts, row.amount)}"
    if facts.period.month == 12:
        return f"Hela {facts.period.year} {_has_cost(facts.outcome, row.amount)} {result}."
    so_far = _so_far(facts, facts.outcome)
    return f"{so_far} {row.net_amount(facts.forecast)} {result}.{_interval(facts)}"


def compared_sentence(facts: DeviationFacts, what: str) -> str:
    """Hold a forecast, called `what`, against the budget: `<what> 24,3 mnkr mot budget 23,5 mnkr: …`.

    Raises ValueError for facts without forecast or budget.
    """
    if facts.forecast is None or facts.budget is None:
        raise ValueError("nothing to compare")
    against = f"mot budget {net_amount(facts.budget)}: {_verdict(facts, amount)}"
    compared = f"{what} {net_amount(facts.forecast)} {against}."
    return compared if facts.period.month == 12 else f"{compared}{_interval(facts)}"


def causes_sentence(facts: DeviationFacts, causes: DeviationCauses) -> str:
    """Say which account groups and months carry the difference so far, and that a straight twelfth misleads.

    Empty where nothing is clear, and about a difference that goes the other way than the year's deviation:
    it is no cause of that.
    """
    said = _carried_by(facts, causes) if _is_of_the_deviation(facts, causes) else ()
    return " ".join([*said, *_straight_twelfth(facts, causes)])


def _what_is_missing(facts: DeviationFacts) -> str:
    if facts.outcome is None:
        return f"utfallet är inte komplett till och med {_month(facts)}, så ingen helårsprognos kan räknas"
    if facts.forecast is None:
        return "enheten har varken tidigare år eller en budget att räkna en helårsprognos från"
    return f"enheten har ingen årsbudget att jämföra helårsprognosen {net_amount(facts.forecast)} med"


def _so_far(facts: DeviationFacts, outcome: Decimal) -> str:
    """Say how the outcome so far compares and what follows, up to where the forecast's amount stands."""
    until = f"Till och med {_month(facts)}"
    if facts.method == "gross":
        return f"{until} {_net_so_far(facts, outcome)} Helårsprognosen är därför"
    if facts.above is None or facts.to_come is None:
        return (
            f"{until} {_has_cost(outcome, amount)}. Det går inte att räkna upp från. "
            "Helårsprognosen är utfallet hittills plus resten av årets budget:"
        )
    return f"{until} {_compared(facts, outcome, facts.above)} {_rest(facts, facts.to_come)}"


def _net_so_far(facts: DeviationFacts, outcome: Decimal) -> str:
    """Say in kronor what a net that is near 0 has come to and is expected to: the two are the deviation."""
    so_far = outcome - (facts.expected or Decimal(0))
    rest = -(facts.deviation or Decimal(0)) - so_far
    if is_nothing(so_far):
        said = "har enhetens netto följt budgeten."
    else:
        said = f"har enhetens netto blivit {tkr(abs(so_far))} {_worse(so_far)} än budgeten."
    if is_nothing(rest):
        return f"{said} Resten av året väntas följa budgeten."
    goes_on = ", i samma takt" if so_far * rest > 0 else ""
    return f"{said} Resten av året väntas det bli {tkr(abs(rest))} {_worse(rest)}{goes_on}."


def _worse(kr: Decimal) -> str:
    return "sämre" if kr > 0 else "bättre"


def _compared(facts: DeviationFacts, outcome: Decimal, above: Decimal) -> str:
    size, measured = percent(abs(above)), _measured_by(facts)
    if abs(above) < LEAST_DIFFERENCE:
        return f"har enheten följt {measured}."
    if outcome < 0:
        direction = "lägre" if above > 0 else "högre"
        return f"har enhetens nettointäkt varit {size} {direction} än {measured}."
    return f"har enheten kostat {size} {'mer' if above > 0 else 'mindre'} än {measured}."


def _measured_by(facts: DeviationFacts) -> str:
    """Say what the months so far are compared with."""
    return {
        "pattern": "budgeten enligt enhetens vanliga mönster",
        "type": "budgeten enligt det vanliga mönstret för sådana enheter",
        "trend": "förra året enligt enhetens vanliga mönster, för budgeten går inte att jämföra månader med",
    }.get(facts.method, "budgeten enligt budgetens månader")


def _rest(facts: DeviationFacts, to_come: Decimal) -> str:
    """Say what the months that remain are expected to bring, and how it compares with those so far."""
    yardstick = "förra året" if facts.method == "trend" else "budgeten"
    if abs(to_come) < LEAST_DIFFERENCE:
        return f"Resten av året väntas följa {yardstick}. Helårsprognosen är därför"
    if (facts.outcome or Decimal(0)) < 0:
        direction = f"ge {percent(abs(to_come))} {'mindre' if to_come > 0 else 'mer'} än {yardstick}"
    else:
        direction = f"kosta {percent(abs(to_come))} {'mer' if to_come > 0 else 'mindre'} än {yardstick}"
    return f"Resten av året väntas {direction}{_beside_so_far(facts)}. Helårsprognosen är därför"


def _beside_so_far(facts: DeviationFacts) -> str:
    """Say what is left of the difference so far: a part of it, more than all of it, or the other way."""
    stays = facts.stays
    if stays is None:
        return ""
    if stays < 0 or stays > MOST_STAYS:
        return ", för de senaste månaderna väger tyngst"
    words = next((words for least, words in SHARES if stays >= least), "bara en liten del")
    return f", {words} av skillnaden hittills"


def _how_sure(facts: DeviationFacts, signalled: bool, sure: Sure) -> str:
    """Say how probable the deficit or surplus is, at the closings that decided."""
    if facts.period.month == 12 or facts.probability is None:
        return ""
    over = (facts.deviation or Decimal(0)) < 0
    word = "underskott" if over else "överskott"
    now = facts.probability if over else 100 - facts.probability
    told = f"sannolikheten för {word} är {_probability(now)}"
    before = None
    if facts.probability_before is not None:
        before = facts.probability_before if over else 100 - facts.probability_before
    was = "" if before is None else f" och var {_probability(before)} månaden före"
    if not signalled:
        demanded = f"{percent(sure.twice, 0)} två månader i rad eller {percent(sure.once, 0)} en gång"
        return f", men {told}{was}; det krävs {demanded}"
    if now >= sure.once:
        return f", och {told} (gränsen är {percent(sure.once, 0)})"
    return f", och {told}{was} (gränsen är {percent(sure.twice, 0)} två månader i rad)"


def _probability(value: Decimal) -> str:
    """Write a probability in whole per cent, rounded down: what is said never reaches a limit that isn't."""
    if value > CERTAIN:
        return f"mer än {percent(CERTAIN, 0)}"
    return percent(value.quantize(Decimal(1), rounding=ROUND_FLOOR), 0)


def _verdict(facts: DeviationFacts, written: Callable[[Decimal], str]) -> str:
    """Say the deviation by a word: `ett befarat underskott på 0,4 mnkr (3,6 %)`."""
    deviation = facts.deviation or Decimal(0)
    words = a_deviation(deviation, written(abs(deviation)), is_whole_year=facts.period.month == 12)
    if facts.gross is not None and facts.is_near_zero and not is_nothing(deviation):
        return f"{words} ({percent(abs(deviation) / facts.gross * 100)} av bruttobudgeten)"
    if facts.deviation_percent is None or is_nothing(deviation):
        return words
    return f"{words} ({percent(abs(facts.deviation_percent))})"


def _interval(facts: DeviationFacts) -> str:
    if facts.lower is None or facts.upper is None:
        return ""
    if facts.upper < 0:
        return f" Nettointäkten hamnar troligen mellan {amount(-facts.upper)} och {amount(-facts.lower)}."
    return f" Utfallet hamnar troligen mellan {net_amount(facts.lower)} och {net_amount(facts.upper)}."


def _has_cost(kr: Decimal, written: Callable[[Decimal], str]) -> str:
    if kr < 0:
        return f"har enheten haft en nettointäkt på {written(-kr)}"
    return f"har enheten kostat {written(kr)}"


def _month(facts: DeviationFacts) -> str:
    return facts.period.month_name


def _is_of_the_deviation(facts: DeviationFacts, causes: DeviationCauses) -> bool:
    is_seen = facts.above is not None and abs(facts.above) >= LEAST_DIFFERENCE
    return is_seen and facts.deviation is not None and facts.deviation * causes.difference < 0


def _carried_by(facts: DeviationFacts, causes: DeviationCauses) -> Sequence[str]:
    named, when = main_groups(causes), _when(causes.months)
    so_far = "" if facts.period.month == 12 else " hittills"
    difference = f"Skillnaden{so_far}, {amount(abs(causes.difference))},"
    if not named:
        return [f"{difference} {when}."] if when else []
    groups = joined([_group_words(group, is_first=group is named[0]) for group in named])
    more = sum((abs(group.difference) for group in named), Decimal(0)) - abs(causes.difference)
    against = "; övrigt drar åt andra hållet" if more > SEEN * abs(causes.difference) else ""
    return [f"{difference} beror mest på {groups}{against}.", *([f"Den {when}."] if when else [])]


def _group_words(group: GroupDifference, *, is_first: bool) -> str:
    """Say a group: `Personal (0,3 mnkr mer än väntat)`; less income costs more."""
    more = "mer" if (group.difference > 0) != group.is_income else "mindre"
    return f"{group.name} ({amount(abs(group.difference))} {more}{' än väntat' if is_first else ''})"


def _when(months: Sequence[Decimal]) -> str:
    named, since = main_months(months), month_since(months)
    if named:
        return f"kom främst i {joined([MONTH_NAMES[month - 1] for month in named])}"
    if since is not None:
        return f"började i {MONTH_NAMES[since - 1]}"
    return "har byggts upp jämnt över månaderna" if is_even(months) else ""


def _straight_twelfth(facts: DeviationFacts, causes: DeviationCauses) -> Sequence[str]:
    pattern = PATTERNS.get(facts.method)
    if pattern is None or not causes.is_straight_twelfth or facts.period.month == 12:
        return []
    return [
        f"Budgeten är lagd i raka tolftedelar; därför jämförs med {pattern} och inte med budgetens månader."
    ]
