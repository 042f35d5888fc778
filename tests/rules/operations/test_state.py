from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.operations.state import (
    AFTER,
    FORWARD,
    REACHED,
    STEPS,
    IllegalStepError,
    Outcome,
    State,
    Step,
    close_outcome,
    may_follow,
    move,
    state_after,
    steps_from,
)

STATES, OUTCOMES = get_args(State), get_args(Outcome)
WHOLE_MONTH = ["waiting", "complete", "assessed", "assessed", "mails_queued", "reported", "reported", "done"]


def run(outcomes, state="waiting"):
    """Make the steps in their order; return every state on the way."""
    states = []
    for step, outcome in zip(STEPS, outcomes, strict=False):
        state = move(state, step, outcome)
        states.append(state)
    return states


def test_the_steps_stand_in_their_order():
    assert get_args(Step) == STEPS
    assert STEPS[0] == "receive_deliveries"
    assert STEPS[-1] == "close_month"


RUNS = {
    "a whole month": (["done"] * 8, WHOLE_MONTH),
    "a source is missing": (["done", "missing"], ["waiting", "incomplete"]),
    "the operator goes on without it": (["done", "allowed", "done"], ["waiting", "complete", "assessed"]),
    "no mails wanted": (
        ["done", "done", "done", "done", "skipped", "done", "done", "pending"],
        ["waiting", "complete", "assessed", "assessed", "assessed", "reported", "reported", "reported"],
    ),
    "mails are not final": (["done"] * 6 + ["pending", "pending"], [*WHOLE_MONTH[:7], "reported"]),
    "a step fails": (["done", "done", "failed"], ["waiting", "complete", "failed"]),
}


@pytest.mark.parametrize(("outcomes", "states"), RUNS.values(), ids=RUNS)
def test_a_run_leads_through_the_states(outcomes, states):
    assert run(outcomes) == states


@pytest.mark.parametrize("state", STATES)
def test_every_month_can_be_run_again_from_the_start(state):
    assert run(["done"] * 8, state) == WHOLE_MONTH


@pytest.mark.parametrize("step", STEPS)
def test_a_failed_step_can_be_tried_again(step):
    assert move("failed", step, "done") == state_after(step, "done")


@pytest.mark.parametrize(
    ("state", "step", "outcome"),
    [
        ("waiting", "assess_units", "done"),  # unchecked deliveries are never assessed
        ("waiting", "watch_signals", "done"),
        ("incomplete", "assess_units", "done"),
        ("incomplete", "write_report", "done"),
        ("complete", "queue_mails", "done"),  # no mail without an assessment
        ("complete", "write_report", "done"),
        ("assessed", "close_month", "done"),
        ("mails_queued", "close_month", "done"),  # no end without a report
        ("waiting", "close_month", "done"),
        ("waiting", "close_month", "pending"),
    ],
)
def test_no_step_is_left_out(state, step, outcome):
    with pytest.raises(IllegalStepError) as refused:
        move(state, step, outcome)
    assert (refused.value.state, refused.value.step, refused.value.outcome) == (state, step, outcome)
    assert (
        str(refused.value)
        == f"Steget {step} ({outcome}) kan inte följa på läget {state}: kör månaden igen från början."
    )


@pytest.mark.parametrize(("step", "outcome"), [("assess_units", "pending"), ("write_report", "missing")])
def test_a_step_has_only_outcomes_of_its_own(step, outcome):
    with pytest.raises(KeyError):
        state_after(step, outcome)


def test_the_tables_name_every_state_and_every_step():
    assert set(FORWARD) == set(REACHED) == set(STATES)
    assert {step for step, _ in AFTER} == set(STEPS)
    assert set(AFTER.values()) | {"failed"} == set(STATES)


@given(
    st.sampled_from(STATES),
    st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(OUTCOMES)), max_size=12),
)
def test_a_month_is_never_done_without_a_report(state, moves):
    states = [state]
    for step, outcome in moves:
        try:
            states.append(move(states[-1], step, outcome))
        except (IllegalStepError, KeyError):
            continue
    for before, after in pairwise(states):
        assert may_follow(before, after)
        if after == "done":
            assert before in {"reported", "done", "failed"}


@pytest.mark.parametrize(
    ("first", "steps"),
    [(None, STEPS), ("receive_deliveries", STEPS), ("send_mails", ("send_mails", "close_month"))],
)
def test_a_run_can_begin_at_a_step(first, steps):
    assert steps_from(first) == steps


@pytest.mark.parametrize(
    ("mails", "were_queued", "outcome"),
    [
        ([], True, "done"),  # nothing to warn of
        ([], False, "pending"),  # the next run queues them
        (["sent", "failed", "skipped", "settled"], True, "done"),
        (["sent", "queued"], True, "pending"),
        (["sent", "retrying"], True, "pending"),
        (["sent", "uncertain"], True, "pending"),
        (["sent"], False, "pending"),
    ],
)
def test_a_month_is_done_when_every_required_mail_is_final(mails, were_queued, outcome):
    assert close_outcome(mails, mails_were_queued=were_queued) == outcome
