"""What is said of plans: where they stand, what happened to them, and of approved ones what came."""

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from tasks.rules.periods import Period
from tasks.rules.plans.effect import Realised
from tasks.rules.plans.ladder import RUNGS
from tasks.rules.plans.measures import Measure
from tasks.rules.plans.state import EventAction, PlanEvent, Reason, ReasonCode
from tasks.rules.plans.words import (
    EVENTS_IN_WORDS,
    followed_sentence,
    late_words,
    not_enough_sentence,
    plan_note,
    remark,
    standing_words,
)
from tasks.rules.swedish import NBSP

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


NOTES = {
    "demanded": ("required", None, 0, "senast 14 oktober"),
    "late": ("required", "reminder_1", 0, "försenad, påmind 1"),
    "returned": ("returned", None, 0, "ny senast 14 oktober"),
    "withdrawn": ("withdrawn", None, 0, "ny senast 14 oktober"),
    "returned and late": ("returned", "reminder_2", 0, "försenad, påmind 2"),
    "handed in": ("submitted", None, 0, "inlämnad 12 oktober"),
    "approved but not counted yet": ("approved", None, 0, "godkänd"),
    "approved and counted": ("approved", None, 300_000, f"godkänd: 0,3{NBSP}mnkr"),
    "followed with a small effect": ("following", None, 40_000, f"följs upp: 40{NBSP}tkr"),
    "ended": ("ended", None, 0, "avslutad utan full effekt"),
}


@pytest.mark.parametrize(("state", "late", "effect", "note"), NOTES.values(), ids=NOTES)
def test_where_a_plan_stands_is_said_in_a_few_words(state, late, effect, note):
    found = plan_note(
        state,
        late,
        due=date(2026, 10, 14),
        submitted_on=None if state == "required" else date(2026, 10, 12),
        effect=Decimal(effect),
    )
    assert found == note


def test_a_plan_that_nobody_handed_in_and_nobody_waits_for_has_only_its_state():
    told = plan_note(
        "lapsed",
        None,
        due=date(2026, 10, 14),
        submitted_on=None,
        effect=Decimal(0),
    )
    assert told == "kravet har fallit bort"


@pytest.mark.parametrize(("count", "said"), [(0, ""), (1, "; 1 är försenad"), (2, "; 2 är försenade")])
def test_how_many_are_late_is_said_where_any_is(count, said):
    assert late_words(count) == said


def test_a_late_plan_says_how_far_it_was_reminded_of_and_nothing_of_it_when_it_has_come():
    assert [standing_words("returned", rung) for rung in RUNGS] == [
        "försenad, påmind 1",
        "försenad, påmind 2",
        "försenad, eskalerad",
    ]
    assert standing_words("submitted", "escalation") == "inlämnad"
    assert standing_words("required", None) == "krävs"


def test_everything_that_can_happen_to_a_plan_has_words():
    assert set(EVENTS_IN_WORDS) == set(get_args(EventAction))


REASONS = {
    "larm_ended": "Larmet har upphört: enheten har inget larm i september 2026.",
    "covered": "Godkända åtgärder täcker underskottet i september 2026.",
    "corrected": "Rättade uppgifter: enheten har inget larm i september 2026 längre.",
    "unit_ended": "Enheten finns inte längre i september 2026.",
    "taken_over": "Ersatt av kravet på en plan för september 2026.",
}


@pytest.mark.parametrize(("code", "words"), REASONS.items(), ids=REASONS)
def test_what_the_program_does_with_a_plan_has_a_reason_that_can_be_read(code, words):
    assert remark(PlanEvent("lapse", date(2026, 10, 7), reason=Reason(code, SEPTEMBER))) == words


def test_every_reason_has_words():
    assert set(REASONS) == set(get_args(ReasonCode))


def test_what_a_person_says_stands_as_it_was_written():
    assert remark(PlanEvent("return", date(2026, 10, 7), "chef@example.se", "Mer om vikarierna")) == (
        "Mer om vikarierna"
    )
