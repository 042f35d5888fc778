"""What may be said of a goal until a person has written it."""

from dataclasses import replace

import pytest

from tasks.rules.report.goals.activities import ActivityRow
from tasks.rules.report.goals.goals import GoalRow
from tasks.rules.report.tertial.goal_draft import (
    analysis_draft,
    judgement_words,
    needs_analysis,
    proposed_judgement,
    summary_draft,
)
from tests.rules.report.goals.rows import indicators_of

REASON = "1 av 2 bedömda indikatorer når årsmålet."
GOAL = GoalRow("1.1", "Trygghet", "namndmal", None, None, None, None, None, "delvis", REASON)


def activity(name, state):
    return ActivityRow(name, "1.1", None, None, None, None, None, None, state)


@pytest.mark.parametrize(
    ("judgement", "words"),
    [("helt", "Uppfylls helt."), ("delvis", "Uppfylls delvis."), ("ej", "Uppfylls inte."), (None, "")],
)
def test_a_persons_judgement_is_said_in_two_words(judgement, words):
    assert judgement_words(replace(GOAL, judgement=judgement)) == words


def test_figures_propose_with_their_reason_or_say_that_they_cannot():
    assert proposed_judgement(GOAL) == f"Siffrornas förslag är ”uppfylls delvis”: {REASON}"
    assert proposed_judgement(replace(GOAL, proposal=None)) == f"Siffrorna ger inget förslag. {REASON}"


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({"level": "inriktningsmal", "judgement": "helt"}, True),
        ({"level": "verksamhetsomradesmal", "judgement": "helt"}, True),
        ({"judgement": "helt"}, False),  # a board's own goal that is wholly reached
        ({"judgement": "delvis"}, True),
        ({}, True),  # nobody has judged, and the figures say partly
        ({"proposal": None}, False),
        ({"level": "inriktningsmal", "analysis": "Klart."}, False),
        ({"judgement": "ej", "analysis": "Klart."}, False),
    ],
)
def test_an_analysis_is_to_be_written_of_the_large_goals_and_of_those_not_reached(changes, needed):
    assert needs_analysis(replace(GOAL, **changes)) is needed


def test_the_draft_names_what_is_missed_and_what_deviates():
    missed = indicators_of("Nöjda;80;max 2", "Trygga;1;max 2")
    said = analysis_draft(GOAL, missed, [activity("Rutin", "avviker"), activity("Översyn", "pagar")])
    assert said.replace("\u00a0", " ") == (
        f"Bedömningen grundar sig på följande. {REASON} Årsmålet nås inte för ”Nöjda”. "
        "Från planen avviker 1 aktivitet: ”Rutin”."
    )


def test_the_draft_names_five_and_counts_the_rest():
    missed = indicators_of(*(f"Mått {at};80;max 2" for at in range(7)))
    assert "”Mått 4” och 2 till." in analysis_draft(GOAL, missed, [])


def test_where_all_is_well_the_draft_is_its_reason():
    assert analysis_draft(GOAL, [], []) == f"Bedömningen grundar sig på följande. {REASON}"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"judgement": "helt"}, f"Målet bedöms så: uppfylls helt. {REASON}"),
        ({}, f"Målet bedöms så: uppfylls delvis. {REASON}"),
        ({"proposal": None}, REASON),
    ],
)
def test_the_summary_says_how_a_goal_is_reached(changes, words):
    assert summary_draft(replace(GOAL, **changes)) == words
