"""What a manager is told of an approved plan, a month later."""

from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tasks.rules.plans.effect import Realised
from tasks.rules.plans.measures import Measure
from tasks.rules.plans.plan_sentences import followed_sentence, not_enough_sentence

MEASURE = Measure("Färre vikarier", "rektor", Period(2026, 10), Decimal(60_000))
SEPTEMBER, OCTOBER = Period(2026, 9), Period(2026, 10)
PROMISED = "Planen om september 2026 lovade 0,1\u00a0mnkr till och med oktober"


def effect(promised, realised):
    return Realised(MEASURE, Decimal(promised), None if realised is None else Decimal(realised))


@pytest.mark.parametrize(
    ("effects", "said"),
    [
        ([], ""),
        ([effect(0, 0)], ""),
        ([effect(120_000, 80_000)], f"{PROMISED}, och 80\u00a0tkr har kommit."),
        ([effect(60_000, 50_000), effect(60_000, 70_000)], f"{PROMISED}, och 0,1\u00a0mnkr har kommit."),
        ([effect(120_000, 0)], f"{PROMISED}, och inget av det syns i utfallet."),
        ([effect(120_000, 499)], f"{PROMISED}, och inget av det syns i utfallet."),
        ([effect(120_000, -499)], f"{PROMISED}, och inget av det syns i utfallet."),
        ([effect(120_000, 500)], f"{PROMISED}, och 1\u00a0tkr har kommit."),
        (
            [effect(120_000, -30_000)],
            f"{PROMISED}, men utfallet blev 30\u00a0tkr högre än prognosen före planen.",
        ),
        (
            [effect(60_000, 50_000), effect(60_000, None)],
            f"{PROMISED}. Vad som har kommit går inte att säga: uppgift saknas.",
        ),
    ],
    ids=[
        "no measure",
        "nothing promised yet",
        "some came",
        "all came, of two measures",
        "nothing",
        "what rounds to nothing",
        "what rounds to nothing the other way",
        "just something",
        "the outcome got worse",
        "one can't be told",
    ],
)
def test_what_was_promised_is_held_against_what_came(effects, said):
    assert followed_sentence(SEPTEMBER, OCTOBER, effects) == said


def test_a_plan_that_is_not_enough_says_how_much_is_missing_and_what_to_do():
    assert not_enough_sentence(Decimal(300_000), Decimal(800_000)) == (
        "Den godkända planen väntas ge 0,3\u00a0mnkr under resten av året; 0,5\u00a0mnkr saknas. "
        "Lämna en ny plan där de åtgärder som fortsätter finns med."
    )
