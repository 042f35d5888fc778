"""What of a month's warnings is mailed: warnings, then corrections, then all-clears."""

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.outbox.occasions import (
    RANK,
    Decision,
    EarlierMail,
    LastWord,
    MailedWarning,
    Standing,
    decide_all_clear,
    decide_mail,
    last_words,
    mails_are_wanted,
    place,
    to_correct,
)
from tasks.rules.outbox.states import REPLACEABLE, MailState

LARM = MailedWarning("A", "larm", "underskott")
BEVAKA = MailedWarning("A", "bevaka", "underskott")
SURPLUS = MailedWarning("A", "bevaka", "överskott")
OTHER = MailedWarning("B", "larm", "underskott")


def mail(occasion, state, *warnings):
    return EarlierMail(occasion, state, warnings)


NOTHING = Decision("nothing")
WARNED = {
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
        [mail(1, "sent", LARM), mail(2, "queued", MailedWarning("C", "larm", "underskott"))],
        Decision("replace", 2, (OTHER,)),
    ),
    "withdrawn and back again": ([LARM], [mail(1, "skipped", LARM)], Decision("replace", 1, (LARM,))),
    "withdrawn and still nothing": ([], [mail(1, "skipped", LARM)], NOTHING),
}


@pytest.mark.parametrize(("now", "earlier", "decision"), WARNED.values(), ids=WARNED)
def test_a_receiver_is_told_once_and_again_only_of_what_is_new_or_worse(now, earlier, decision):
    assert decide_mail(now, earlier) == decision


GONE = MailedWarning("A", "inget", "underskott")


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
        [corrected(2, MailedWarning("B", "inget", "underskott"))],
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
        MailedWarning,
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


def kr(*millions):
    """Return budget, forecast and deviation in kr."""
    return tuple(Decimal(str(each)).scaleb(6) for each in millions)


AS_LARM = Standing("larm", "underskott", kr(23.5, 24.3, -0.8))
AS_LARGER = Standing("larm", "underskott", kr(23.5, 24.4, -0.9))
AS_BEVAKA = Standing("bevaka", "underskott", kr(23.5, 23.8, -0.3))
AS_SURPLUS = Standing("bevaka", "överskott", kr(23.5, 22.9, 0.6))
AS_FINE = Standing("inget", "underskott", kr(23.5, 23.5, 0))
AS_FINE_TOO = Standing("inget", "överskott", kr(23.5, 23.4, 0.1))
AS_UNKNOWN = Standing("inget", "överskott", (None, None, None))

# (told, now, whether a new warning tells of it, what is corrected)
CORRECTED = {
    "nothing has changed": (AS_LARM, AS_LARM, False, None),
    "the level is lower": (AS_LARM, AS_BEVAKA, False, ("bevaka", "underskott")),
    "the warning is gone": (AS_LARM, AS_FINE, False, ("inget", "underskott")),
    "the figures are gone": (AS_LARM, AS_UNKNOWN, False, ("inget", "överskott")),
    "the figures are others": (AS_LARM, AS_LARGER, False, ("larm", "underskott")),
    "the direction is another": (AS_SURPLUS, AS_BEVAKA, False, ("bevaka", "underskott")),
    "worse, and a new mail says so": (AS_BEVAKA, AS_LARM, True, None),
    "turned, and a new mail says so": (AS_LARM, AS_SURPLUS, True, None),
    "told to be gone, and gone": (AS_FINE, AS_FINE, False, None),
    "told to be gone, with other figures": (AS_FINE, AS_FINE_TOO, False, None),
    "told to be gone, and back in a new mail": (AS_FINE, AS_LARM, True, None),
    "back, and no mail says so": (AS_FINE, AS_LARM, False, None),
}


@pytest.mark.parametrize(("told", "now", "is_told_anew", "corrected"), CORRECTED.values(), ids=CORRECTED)
def test_what_was_told_wrong_is_corrected_where_no_new_warning_says_it(told, now, is_told_anew, corrected):
    found = to_correct({"A": told}, {"A": now}, {"A"} if is_told_anew else set())
    assert found == (() if corrected is None else (MailedWarning("A", *corrected),))


def test_a_unit_that_nobody_was_told_of_is_not_corrected():
    assert to_correct({"A": AS_LARM}, {"A": AS_LARM, "B": AS_BEVAKA}, set()) == ()


def test_units_are_corrected_in_the_order_of_the_assessment():
    found = to_correct({"A": AS_LARM, "B": AS_LARM}, {"B": AS_FINE, "A": AS_BEVAKA}, set())
    assert [each.unit for each in found] == ["B", "A"]


def test_the_last_word_is_that_of_the_latest_assessment_among_mails_that_may_have_gone_out():
    mails = [
        EarlierMail(1, "sent", (GONE,), 2, corrects=True),
        EarlierMail(1, "failed", (LARM,), 1),
        EarlierMail(2, "queued", (LARM,), 3),
        EarlierMail(3, "skipped", (LARM,), 4),
    ]
    assert last_words(mails) == {"A": LastWord(GONE, 2)}
    assert last_words([]) == {}


ALL_UNITS = "AB"
STANDINGS = st.builds(
    Standing,
    st.sampled_from(["inget", "bevaka", "larm"]),
    st.sampled_from(["underskott", "överskott"]),
    st.tuples(st.sampled_from("12")),
)
ASSESSMENTS = st.lists(
    st.tuples(
        st.fixed_dictionaries(dict.fromkeys(ALL_UNITS, STANDINGS)),
        st.sampled_from(["sent", "failed", "uncertain", "queued", "skipped"]),
        st.sampled_from(["sent", "settled", "retrying"]),
    ),
    max_size=8,
)


@given(ASSESSMENTS)
def test_over_any_life_of_a_month_the_last_word_is_true_and_nothing_is_told_twice(revisions):
    """Play revisions: after each, warnings and corrections end in some state of the outbox."""
    warned, corrected, assessments = {}, {}, {}
    for number, (now, warning_state, correction_state) in enumerate(revisions, start=1):
        assessments[number] = now
        both = [*warned.values(), *corrected.values()]
        before = last_words(both)
        warnings = [MailedWarning(u, s.level, s.direction) for u, s in now.items() if s.level != "inget"]
        decision = decide_mail(warnings, list(warned.values()), list(corrected.values()))
        told = {
            unit: Standing(
                word.warning.level, word.warning.direction, assessments[word.assessment][unit].figures
            )
            for unit, word in before.items()
        }
        anew = {each.unit for each in decision.warnings}
        correction = place(to_correct(told, now, anew), list(corrected.values()))
        for mails, made, state, corrects in (
            (warned, decision, warning_state, False),
            (corrected, correction, correction_state, True),
        ):
            if made.action == "withdraw":
                mails[made.occasion] = EarlierMail(made.occasion, "skipped", (), number, corrects)
            elif made.action != "nothing":
                mails[made.occasion] = EarlierMail(made.occasion, state, made.warnings, number, corrects)
        assert not anew & {each.unit for each in correction.warnings}
        told_now = {each.unit for each in (*decision.warnings, *correction.warnings)}
        for unit in before:
            if unit not in told_now:  # nothing to tell: what was told last is true, or was told to be gone
                standing = now[unit]
                assert told[unit] == standing or told[unit].level == standing.level == "inget"
        for each in correction.warnings:
            assert (
                RANK[each.level] <= RANK[told[each.unit].level] or each.direction != told[each.unit].direction
            )
            assert told[each.unit] != now[each.unit]


ALL_CLEAR = {
    "all are in balance": (["unwarned", "unwarned"], [], [], Decision("queue", 1)),
    "no unit at all": ([], [], [], NOTHING),
    "one has a larm": (["unwarned", "larm"], [], [], NOTHING),
    "one is watched": (["unwarned", "bevaka"], [], [], NOTHING),
    "one couldn't be assessed": (["unwarned", "unknown"], [], [], NOTHING),
    "warned before": (["unwarned"], ["sent"], [], NOTHING),
    "perhaps warned before": (["unwarned"], ["uncertain"], [], NOTHING),
    "the warning was withdrawn": (["unwarned"], ["skipped"], [], Decision("queue", 1)),
    "told before": (["unwarned"], [], ["sent"], NOTHING),
    "perhaps told before": (["unwarned"], [], ["failed"], NOTHING),
    "waits to go out": (["unwarned"], [], ["queued"], Decision("replace", 1)),
    "withdrawn and true again": (["unwarned"], [], ["skipped"], Decision("replace", 1)),
    "waits, and one is warned of now": (["larm"], [], ["retrying"], Decision("withdraw", 1)),
    "withdrawn already": (["larm"], [], ["skipped"], NOTHING),
    "gone out, and one is warned of now": (["larm"], [], ["sent"], NOTHING),
}


@pytest.mark.parametrize(("units", "warnings", "earlier", "decision"), ALL_CLEAR.values(), ids=ALL_CLEAR)
def test_a_manager_is_told_once_that_nothing_is_wrong_and_never_after_a_warning(
    units, warnings, earlier, decision
):
    assert (
        decide_all_clear(units, [mail(1, each) for each in warnings], [mail(1, each) for each in earlier])
        == decision
    )
