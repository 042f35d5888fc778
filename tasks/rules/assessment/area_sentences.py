"""The words for the year of a place above the units."""

from decimal import Decimal

from tasks.rules.assessment.deviation_facts import DeviationFacts
from tasks.rules.assessment.deviation_sentences import compared_sentence
from tasks.rules.swedish import counted, number
from tasks.rules.wording import amount


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
    return " ".join([compared, *_warned(facts, warned, unsaid)])


def _warned(facts: DeviationFacts, warned: int, unsaid: Decimal | None) -> list[str]:
    if unsaid is None:
        return [f"{counted(warned, 'enhet', 'enheter')} har egna varningar."] if warned else []
    word = "underskott" if unsaid < 0 else "överskott"
    expected = "" if facts.period.month == 12 else "befarat " if unsaid < 0 else "väntat "
    if not warned:
        return ["Ingen enskild enhet har en varning, men tillsammans är avvikelsen över gränsen."]
    left = f"Utöver det som redan är varnat finns ett {expected}{word} på {amount(abs(unsaid))}."
    return [f"{counted(warned, 'enhet', 'enheter')} har egna varningar. {left}"]
