from typing import get_args

import pytest

from tasks.rules import state_words
from tasks.rules.assessment.backtest import BUDGET_PHASED, OWN_PATTERN, RULE, RUN_RATE
from tasks.rules.operations.state import STEPS, State
from tasks.rules.outbox.states import MAIL_STATES
from tasks.rules.swedish import NBSP


def test_every_state_and_step_has_its_words():
    assert set(state_words.MAIL_STATES) == set(MAIL_STATES)
    assert set(state_words.MONTH_STATES) == set(get_args(State))
    assert set(STEPS) <= set(state_words.STEP_TITLES)
    assert {RULE, RUN_RATE, BUDGET_PHASED, OWN_PATTERN} == set(state_words.FORECASTERS)
    assert state_words.forecaster_words(RUN_RATE) == "samma takt"


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "inga"),
        ({"sent": 0, "failed": 0}, "inga"),
        ({"queued": 1, "sent": 27, "failed": 1, "skipped": 0, "uncertain": 2},
         "1 väntar, 27 skickade, 1 MISSLYCKAT, 2 OSÄKRA"),
    ],
)  # fmt: skip
def test_mails_are_counted_by_where_they_stand(counts, words):
    assert state_words.counted_mails(counts) == words


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("queued", "väntar på att skickas"),
        ("retrying", "försöks igen"),
        ("sent", "är skickat"),
        ("failed", "är misslyckat"),
        ("skipped", "är återtaget"),
        ("settled", "är avgjort"),
        ("uncertain", "är osäkert"),
    ],
)
def test_a_sentence_says_where_one_mail_stands(state, words):
    assert f"mejlet {state_words.mail_is(state)}" == f"mejlet {words}"


@pytest.mark.parametrize(
    ("count", "state", "words"),
    [
        (1, "failed", "1_mejl är misslyckat"),
        (2, "failed", "2_mejl är misslyckade"),
        (2, "queued", "2_mejl väntar"),
        (1, "retrying", "1_mejl försöks igen"),
    ],
)
def test_a_sentence_says_where_some_mails_stand(count, state, words):
    assert state_words.mails_are(count, state).replace(NBSP, "_") == words


def test_what_somebody_must_see_to_stands_out():
    assert [state_words.mail_state(state) for state in ("sent", "failed", "uncertain")] == [
        "skickat", "MISSLYCKAT", "OSÄKERT",
    ]  # fmt: skip
    assert [state_words.delivery_state(state) for state in ("accepted", "refused", "superseded")] == [
        "mottagen", "NEKAD", "ersatt",
    ]  # fmt: skip
    assert [state_words.month_state(state) for state in ("done", "incomplete", "failed")] == [
        "klar", "OFULLSTÄNDIG", "STOPPAD",
    ]  # fmt: skip


def test_a_step_has_a_title_and_another_name_stays():
    assert state_words.step_title("assess_units") == "Bedömer enheter"
    assert state_words.step_title("fetch_sources") == "fetch_sources"
