import re
from datetime import date
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.config import Config
from tasks.errors import ManadError
from tasks.rules.plans.ladder import LATE_IN_WORDS, RUNGS, RUNGS_IN_WORDS
from tasks.rules.plans.state import (
    AWAITED,
    COUNTED,
    MOVES,
    START,
    STATES_IN_WORDS,
    UNDECIDED,
    PlanAction,
    PlanEvent,
    PlanMoveError,
    PlanState,
    may,
    move_plan,
)
from tests.worlds.documents import bare, table_rows, text_of

STATES, ACTIONS = get_args(PlanState), get_args(PlanAction)
NOT_MOVES = [(state, action) for state in STATES for action in ACTIONS if (state, action) not in MOVES]


def walk(*actions):
    """Return every state that a plan passes, from its demand on."""
    states = [START]
    for action in actions:
        states.append(move_plan(states[-1], action))
    return states


LIVES = {
    "handed in, approved, came": (
        ["submit", "approve", "follow", "achieve"],
        ["required", "submitted", "approved", "following", "achieved"],
    ),
    "the year ended before it came": (
        ["submit", "approve", "follow", "end"],
        ["required", "submitted", "approved", "following", "ended"],
    ),
    "returned and completed": (
        ["submit", "return", "submit", "approve"],
        ["required", "submitted", "returned", "submitted", "approved"],
    ),
    "taken back and handed in again": (
        ["submit", "withdraw", "submit"],
        ["required", "submitted", "withdrawn", "submitted"],
    ),
    "a later larm takes over": (["replace"], ["required", "replaced"]),
    "a later plan takes over": (
        ["submit", "approve", "follow", "replace"],
        ["required", "submitted", "approved", "following", "replaced"],
    ),
    "corrected away and back": (["lapse", "demand"], ["required", "lapsed", "required"]),
}


@pytest.mark.parametrize(("actions", "states"), LIVES.values(), ids=LIVES)
def test_a_plan_lives(actions, states):
    assert walk(*actions) == states


@pytest.mark.parametrize(("state", "action"), MOVES)
def test_what_a_plan_may_be_moved_by_moves_it(state, action):
    assert may(state, action)
    assert move_plan(state, action) == MOVES[state, action]


@pytest.mark.parametrize(("state", "action"), NOT_MOVES)
def test_any_other_move_is_refused_and_says_why(state, action):
    assert not may(state, action)
    with pytest.raises(PlanMoveError) as refused:
        move_plan(state, action)
    assert (refused.value.state, refused.value.action) == (state, action)
    assert isinstance(refused.value, ManadError)
    assert refused.value.exit_code == 1
    assert f"i läget ”{STATES_IN_WORDS[state]}”" in str(refused.value)


REFUSALS = {
    "approved before it was handed in": ("required", "approve", "godkännas i läget ”krävs”"),
    "handed in twice": ("submitted", "submit", "lämnas in i läget ”inlämnad”"),
    "approved twice": ("approved", "approve", "godkännas i läget ”godkänd”"),
    "returned after it was approved": ("approved", "return", "återsändas i läget ”godkänd”"),
    "taken back after it was approved": ("approved", "withdraw", "återtas i läget ”godkänd”"),
    "handed in after the demand fell away": (
        "lapsed",
        "submit",
        "lämnas in i läget ”kravet har fallit bort”",
    ),
    "approved while it is completed": (
        "returned",
        "approve",
        "godkännas i läget ”återsänd för komplettering”",
    ),
}


@pytest.mark.parametrize(("state", "action", "said"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_is_a_sentence_with_what_to_do(state, action, said):
    with pytest.raises(PlanMoveError, match=f"^Planen kan inte {said}. Se den med: manad plan show$"):
        move_plan(state, action)


def test_every_state_has_words_of_its_own_and_can_be_reached():
    assert set(STATES_IN_WORDS) == set(STATES)
    assert len(set(STATES_IN_WORDS.values())) == len(STATES)
    assert reachable(START) == set(STATES)
    assert {action for _, action in MOVES} == set(ACTIONS)


def reachable(*from_states):
    """Return the states that any moves lead to, those at the start among them."""
    found = set(from_states)
    while more := {after for (before, _), after in MOVES.items() if before in found} - found:
        found |= more
    return found


def test_what_is_decided_is_never_awaited_or_undecided_again():
    assert not reachable(*COUNTED, "replaced") & UNDECIDED
    assert not COUNTED & UNDECIDED


def test_only_the_one_that_the_manager_owes_is_awaited():
    assert {state for state in STATES if may(state, "submit")} == AWAITED
    assert {state for state in STATES if may(state, "approve")} == UNDECIDED - AWAITED


@given(st.lists(st.sampled_from(ACTIONS), max_size=30))
def test_no_plan_is_counted_that_was_not_approved_nor_approved_that_was_not_handed_in(actions):
    states, made = [START], []
    for action in actions:
        if may(states[-1], action):
            states.append(move_plan(states[-1], action))
            made.append(action)
    for (before, after), action in zip(pairwise(states), made, strict=True):
        if after == "approved":
            assert (before, action) == ("submitted", "approve")
        if after in COUNTED:
            assert "approve" in made
        if before in COUNTED:
            assert after in COUNTED | {"replaced"}


# The document


def test_what_nobody_did_by_hand_was_done_by_the_program():
    assert PlanEvent("lapse", date(2026, 11, 6)).is_by_program
    assert not PlanEvent("submit", date(2026, 10, 12), "anna@example.se").is_by_program


DOCUMENT = text_of("docs/plan_states.md")


def test_the_picture_has_the_moves_of_the_rule_and_no_others():
    drawn = re.findall(r"^ +(\w+) --> (\w+) : (\w+)$", DOCUMENT, re.MULTILINE)
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == {(before, after, action) for (before, action), after in MOVES.items()}


def test_the_picture_begins_and_ends_where_a_plan_does():
    assert re.findall(r"^ +\[\*\] --> (\w+)$", DOCUMENT, re.MULTILINE) == [START]
    ends = re.findall(r"^ +(\w+) --> \[\*\]$", DOCUMENT, re.MULTILINE)
    assert sorted(ends) == sorted(set(STATES) - {before for before, _ in MOVES})


def test_the_table_says_each_state_in_its_words_and_what_can_be_done():
    rows = {bare(cells[0]): cells[1:] for cells in table_rows(DOCUMENT, r"`[a-z]+`")}
    assert {state: words for state, (words, _, _) in rows.items()} == STATES_IN_WORDS
    for state, (_, happened, can_be_done) in rows.items():
        assert happened
        assert set(re.findall(r"`(\w+)`", can_be_done)) == {action for made, action in MOVES if made == state}
        assert can_be_done


def test_the_table_of_the_ladder_has_its_rungs_with_their_working_days():
    rows = table_rows(DOCUMENT, "|".join(RUNGS_IN_WORDS.values()))
    assert [cells[:3] for cells in rows] == [
        [RUNGS_IN_WORDS[rung], str(days), LATE_IN_WORDS[rung]]
        for rung, days in zip(RUNGS, Config().ladder.working_days, strict=True)
    ]
