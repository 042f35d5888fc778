from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.outbox.occasions import (
    RANK,
    Decision,
    EarlierMail,
    UnitWarning,
    decide_mail,
    mails_are_wanted,
)
from tasks.rules.outbox.states import REPLACEABLE, MailState

LARM = UnitWarning("A", "larm", "underskott")
BEVAKA = UnitWarning("A", "bevaka", "underskott")
SURPLUS = UnitWarning("A", "bevaka", "överskott")
OTHER = UnitWarning("B", "larm", "underskott")


def mail(occasion, state, *warnings):
    return EarlierMail(occasion, state, warnings)


NOTHING = Decision("nothing")
CASES = {
    "nothing to tell": ([], [], NOTHING),
    "the first warning": ([LARM], [], Decision("queue", 1, (LARM,))),
    "two units of one manager are one mail": ([LARM, OTHER], [], Decision("queue", 1, (LARM, OTHER))),
    "told already": ([LARM], [mail(1, "sent", LARM)], NOTHING),
    "told worse already": ([BEVAKA], [mail(1, "sent", LARM)], NOTHING),
    "gone since it was told": ([], [mail(1, "sent", LARM)], NOTHING),
    "worse since it was told": ([LARM], [mail(1, "sent", BEVAKA)], Decision("queue", 2, (LARM,))),
    "a new unit since": ([LARM, OTHER], [mail(1, "sent", LARM)], Decision("queue", 2, (OTHER,))),
    "turned to the other direction": ([BEVAKA], [mail(1, "sent", SURPLUS)], Decision("queue", 2, (BEVAKA,))),
    "better and worse again": ([LARM], [mail(1, "sent", LARM), mail(2, "sent", OTHER)], NOTHING),
    "told milder after it was told": ([LARM], [mail(1, "sent", LARM), mail(2, "sent", BEVAKA)], NOTHING),
    "a third occasion": (
        [LARM, OTHER],
        [mail(1, "sent", BEVAKA), mail(2, "sent", LARM)],
        Decision("queue", 3, (OTHER,)),
    ),
    "may have gone out": ([LARM], [mail(1, "uncertain", LARM)], NOTHING),
    "failed for good": ([LARM], [mail(1, "failed", LARM)], NOTHING),
    "settled by the operator": ([LARM], [mail(1, "settled", LARM)], NOTHING),
    "unsent is replaced by new figures": ([LARM], [mail(1, "queued", LARM)], Decision("replace", 1, (LARM,))),
    "unsent with other warnings": ([OTHER], [mail(1, "retrying", LARM)], Decision("replace", 1, (OTHER,))),
    "milder while unsent": ([BEVAKA], [mail(1, "queued", LARM)], Decision("replace", 1, (BEVAKA,))),
    "unsent with nothing left": ([], [mail(1, "queued", LARM)], Decision("withdraw", 1)),
    "the unsent second with nothing left": (
        [LARM],
        [mail(1, "sent", LARM), mail(2, "queued", OTHER)],
        Decision("withdraw", 2),
    ),
    "the unsent second is replaced by what is new only": (
        [LARM, OTHER],
        [mail(1, "sent", LARM), mail(2, "queued", UnitWarning("C", "larm", "underskott"))],
        Decision("replace", 2, (OTHER,)),
    ),
    "withdrawn and back again": ([LARM], [mail(1, "skipped", LARM)], Decision("replace", 1, (LARM,))),
    "withdrawn and still nothing": ([], [mail(1, "skipped", LARM)], NOTHING),
}


@pytest.mark.parametrize(("now", "earlier", "decision"), CASES.values(), ids=CASES)
def test_a_receiver_is_told_once_and_again_only_of_what_is_new_or_worse(now, earlier, decision):
    assert decide_mail(now, earlier) == decision


GONE = UnitWarning("A", "inget", "underskott")


def corrected(assessment, *warnings, state="sent"):
    return EarlierMail(1, state, warnings, assessment, corrects=True)


def warned(assessment, *warnings):
    return EarlierMail(1, "sent", warnings, assessment)


AFTER_CORRECTION = {
    "a larm that was told to be gone is new": (
        [LARM],
        [warned(1, LARM)],
        [corrected(2, GONE)],
        Decision("queue", 2, (LARM,)),
    ),
    "so is a bevaka": (
        [BEVAKA],
        [warned(1, LARM)],
        [corrected(2, GONE)],
        Decision("queue", 2, (BEVAKA,)),
    ),
    "a larm that was told to be a bevaka is worse": (
        [LARM],
        [warned(1, LARM)],
        [corrected(2, BEVAKA)],
        Decision("queue", 2, (LARM,)),
    ),
    "a bevaka that was told to be one is not": ([BEVAKA], [warned(1, LARM)], [corrected(2, BEVAKA)], NOTHING),
    "a larm with other figures is not": ([LARM], [warned(1, LARM)], [corrected(2, LARM)], NOTHING),
    "a correction that hasn't gone out takes nothing back": (
        [LARM],
        [warned(1, LARM)],
        [corrected(2, GONE, state="queued")],
        NOTHING,
    ),
    "one that may have does": (
        [LARM],
        [warned(1, LARM)],
        [corrected(2, GONE, state="uncertain")],
        Decision("queue", 2, (LARM,)),
    ),
    "another unit's is another matter": (
        [LARM],
        [warned(1, LARM)],
        [corrected(2, UnitWarning("B", "inget", "underskott"))],
        NOTHING,
    ),
    "warned again after it was gone": (
        [LARM],
        [warned(1, LARM), EarlierMail(2, "sent", (LARM,), 3)],
        [corrected(2, GONE)],
        NOTHING,
    ),
    "the order is that of the assessments": (
        [LARM],
        [EarlierMail(2, "sent", (LARM,), 3), warned(1, LARM)],
        [corrected(2, GONE)],
        NOTHING,
    ),
    "what was told of the other direction stays": (
        [SURPLUS],
        [warned(1, SURPLUS), EarlierMail(2, "sent", (LARM,), 2)],
        [corrected(3, LARM)],
        NOTHING,
    ),
}


@pytest.mark.parametrize(
    ("now", "earlier", "corrections", "decision"), AFTER_CORRECTION.values(), ids=AFTER_CORRECTION
)
def test_after_a_correction_new_and_worse_are_against_what_it_said(now, earlier, corrections, decision):
    assert decide_mail(now, earlier, corrections) == decision


WANTED = {
    "a month that isn't done": (None, False, True),
    "one that is": (None, True, False),
    "asked for": ("changed", True, True),
    "asked for before it is done": ("changed", False, True),
    "only failed ones, not done": ("failed", False, True),
    "only failed ones, done": ("failed", True, False),
    "not wanted": ("none", False, False),
    "not wanted, done": ("none", True, False),
}


@pytest.mark.parametrize(("choice", "done_before", "wanted"), WANTED.values(), ids=WANTED)
def test_new_mails_are_wanted_of_a_month_that_is_not_done_or_where_they_are_asked_for(
    choice, done_before, wanted
):
    assert mails_are_wanted(choice, done_before=done_before) is wanted


WARNINGS = st.lists(
    st.builds(
        UnitWarning,
        st.sampled_from("ABC"),
        st.sampled_from(["bevaka", "larm"]),
        st.sampled_from(["underskott", "överskott"]),
    ),
    unique_by=lambda warning: warning.unit,
)
STATES = st.sampled_from(get_args(MailState))


@given(st.lists(st.tuples(WARNINGS, STATES), max_size=8))
def test_over_any_life_of_a_month_no_warning_is_mailed_twice(revisions):
    """Play revisions; after each, whatever mail is unsent ends in some state of the outbox."""
    outbox = {}
    for now, state in revisions:
        decision = decide_mail(now, list(outbox.values()))
        if decision.action == "withdraw":
            outbox[decision.occasion] = mail(decision.occasion, "skipped")
        elif decision.action != "nothing":
            outbox[decision.occasion] = mail(decision.occasion, state, *decision.warnings)
        assert decide_mail(now, list(outbox.values())).action in {"nothing", "replace"}
    gone = [each for each in outbox.values() if each.state not in REPLACEABLE]
    assert list(outbox) == list(range(1, len(outbox) + 1))
    told = {}
    for each in gone:
        for warning in each.warnings:
            key = warning.unit, warning.direction
            assert RANK[warning.level] > told.get(key, 0)
            told[key] = RANK[warning.level]
