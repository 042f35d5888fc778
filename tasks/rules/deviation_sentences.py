"""The sentences of an assessment: what the figure is, and what it is compared with."""

from decimal import Decimal

from tasks.rules.deviation_facts import DeviationFacts
from tasks.rules.periods import MONTH_NAMES
from tasks.rules.swedish import amount, limit_percent, percent, round_half_up, tkr


def rule_sentence(
    facts: DeviationFacts, level: str, floor_kr: Decimal, bar_percent: Decimal, passed: bool
) -> str:
    """Say which limit (kr and % of the budget) the deviation was held against and whether it was passed."""
    if facts.deviation is None:
        return "Ingen bedömning har gjorts: uppgift saknas."
    what = "Överskottet" if facts.deviation > 0 else "Underskottet" if facts.deviation < 0 else "Avvikelsen"
    is_larger = "är större än" if passed else "är inte större än"
    if facts.budget == 0:
        return f"{what} {is_larger} {tkr(floor_kr)}; med budgeten 0 kronor jämförs inget i procent."
    limit = f"gränsen för {'larm' if level == 'larm' else 'bevakning'} i {_month(facts)}"
    return f"{what} {is_larger} både {tkr(floor_kr)} och {limit_percent(bar_percent)} av budgeten ({limit})."


def manager_sentence(facts: DeviationFacts) -> str:
    """Tell a unit's manager the forecast, what it rests on, and how far it is from the budget."""
    if facts.outcome is None or facts.forecast is None or facts.budget is None:
        return f"Uppgift saknas: {_what_is_missing(facts)}."
    result = f"mot budget {_net(facts.budget)}: {_verdict(facts)}"
    if facts.period.month == 12:
        return f"Hela {facts.period.year} {_has_cost(facts.outcome)} {result}."
    so_far = f"Till och med {_month(facts)} {_has_cost(facts.outcome)}."
    return f"{so_far} {_comparison(facts, facts.outcome)} {_net(facts.forecast)} {result}.{_interval(facts)}"


def _what_is_missing(facts: DeviationFacts) -> str:
    if facts.outcome is None:
        return f"utfallet är inte komplett till och med {_month(facts)}, så ingen helårsprognos kan räknas"
    if facts.forecast is None:
        return "enheten har varken tidigare år eller en budget per månad att räkna en helårsprognos från"
    return f"enheten har ingen årsbudget att jämföra helårsprognosen {_net(facts.forecast)} med"


def _comparison(facts: DeviationFacts, outcome: Decimal) -> str:
    """Say what the outcome so far was measured against, up to where the forecast's amount follows."""
    if facts.share_of_year is None:
        return (
            "Varken tidigare år eller budgetens fördelning går att räkna upp från. "
            "Helårsprognosen är därför utfallet hittills plus resten av årets budget:"
        )
    share = f"{percent(facts.share_of_year)} av årets {'nettointäkt' if outcome < 0 else 'kostnad'}"
    basis = {
        "pattern": f"Enligt enhetens mönster från tidigare år brukar {share} ha kommit då.",
        "budget": f"Tidigare år går inte att jämföra med; enligt budgeten ska {share} ha kommit då.",
    }[facts.method]
    return f"{basis} Helårsprognosen är därför"


def _verdict(facts: DeviationFacts) -> str:
    """Say the deviation by a word: `ett befarat underskott på 0,4 mnkr (3,6 %)`."""
    deviation = facts.deviation or Decimal(0)
    if round_half_up(deviation.scaleb(-3)) == 0:
        return "i balans"
    word = "underskott" if deviation < 0 else "överskott"
    if facts.period.month < 12:
        word = f"befarat {word}" if deviation < 0 else f"väntat {word}"
    share = "" if facts.deviation_percent is None else f" ({percent(abs(facts.deviation_percent))})"
    return f"ett {word} på {amount(abs(deviation))}{share}"


def _interval(facts: DeviationFacts) -> str:
    if facts.lower is None or facts.upper is None:
        return ""
    return f" Utfallet hamnar troligen mellan {_net(facts.lower)} och {_net(facts.upper)}."


def _has_cost(kr: Decimal) -> str:
    return (
        f"har enheten haft en nettointäkt på {amount(-kr)}" if kr < 0 else f"har enheten kostat {amount(kr)}"
    )


def _net(kr: Decimal) -> str:
    """Write a year's net without a sign: `12,4 mnkr`, `12,4 mnkr i nettointäkt`."""
    return f"{amount(-kr)} i nettointäkt" if kr < 0 else amount(kr)


def _month(facts: DeviationFacts) -> str:
    return MONTH_NAMES[facts.period.month - 1]
