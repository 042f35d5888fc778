"""The words for the year of a place above the units."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tasks.rules.assessment.area_sentences import area_sentence
from tasks.rules.assessment.deviation_facts import DeviationFacts
from tasks.rules.assessment.deviation_sentences import compared_sentence
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP

MILLION = Decimal(1_000_000)
FACTS = DeviationFacts(
    period=Period(2026, 9),
    outcome=150 * MILLION,
    budget=200 * MILLION,
    forecast=204 * MILLION,
    method="pattern",
    lower=203 * MILLION,
    upper=205 * MILLION,
)
RESULT = "204,0_mnkr mot budget 200,0_mnkr: ett befarat underskott på 4,0_mnkr (2,0_%)."
INTERVAL = "Utfallet hamnar troligen mellan 203,0_mnkr och 205,0_mnkr."
NOBODY = "Uppgift saknas: ingen enhet har kunnat bedömas."
TOGETHER = f"Enheternas helårsprognoser är tillsammans {RESULT} {INTERVAL}"

# facts, assessed, of, warned, unsaid
SENTENCES = {
    "nothing to warn of": ((FACTS, 14, 14, 0, None), TOGETHER),
    "some could not be assessed": (
        (FACTS, 12, 14, 0, None),
        f"12 av 14_enheter är bedömda. Deras helårsprognoser är tillsammans {RESULT} {INTERVAL}",
    ),
    "one of some": (
        (FACTS, 1, 14, 0, None), f"1 av 14_enheter är bedömd. Dess helårsprognos är {RESULT} {INTERVAL}",
    ),
    "a single unit": ((FACTS, 1, 1, 0, None), f"Enhetens helårsprognos är {RESULT} {INTERVAL}"),
    "units with warnings": ((FACTS, 14, 14, 3, None), f"{TOGETHER} 3_enheter har egna varningar."),
    "one with a warning": ((FACTS, 14, 14, 1, None), f"{TOGETHER} 1_enhet har egna varningar."),
    "more than their warnings say": (
        (FACTS, 14, 14, 3, -3 * MILLION),
        (f"{TOGETHER} 3_enheter har egna varningar. "
         "Utöver det som redan är varnat finns ett befarat underskott på 3,0_mnkr."),
    ),
    "a surplus": (
        (replace(FACTS, forecast=190 * MILLION, lower=None, upper=None), 14, 14, 1, 3 * MILLION),
        ("Enheternas helårsprognoser är tillsammans 190,0_mnkr mot budget 200,0_mnkr: "
         "ett väntat överskott på 10,0_mnkr (5,0_%). 1_enhet har egna varningar. "
         "Utöver det som redan är varnat finns ett väntat överskott på 3,0_mnkr."),
    ),
    "no unit has a warning": (
        (FACTS, 14, 14, 0, -4 * MILLION),
        f"{TOGETHER} Ingen enskild enhet har en varning, men tillsammans är avvikelsen över gränsen.",
    ),
    "the year is over": (
        (replace(FACTS, period=Period(2026, 12)), 14, 14, 3, -3 * MILLION),
        ("Enheternas utfall är tillsammans 204,0_mnkr mot budget 200,0_mnkr: "
         "ett underskott på 4,0_mnkr (2,0_%). 3_enheter har egna varningar. "
         "Utöver det som redan är varnat finns ett underskott på 3,0_mnkr."),
    ),
    "no budget": ((replace(FACTS, budget=None), 14, 14, 0, None), NOBODY),
    "no forecast": ((replace(FACTS, forecast=None), 14, 14, 0, None), NOBODY),
    "nobody could be assessed": (
        (replace(FACTS, budget=None, forecast=None), 0, 14, 0, None),
        NOBODY,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_a_places_year_is_told(given, sentence):
    assert area_sentence(*given) == sentence.replace("_", NBSP)


@pytest.mark.parametrize("lacking", ["budget", "forecast"])
def test_a_forecast_that_cannot_be_compared_is_refused(lacking):
    with pytest.raises(ValueError, match="nothing to compare"):
        compared_sentence(replace(FACTS, **{lacking: None}), "Prognosen är")
