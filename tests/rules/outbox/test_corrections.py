import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.outbox.corrections import LastWord, Standing, last_words, to_correct
from tasks.rules.outbox.occasions import RANK, EarlierMail, UnitWarning, decide_mail, place

LARM = Standing("larm", "underskott", ("23,5", "24,3", "underskott 0,8"))
LARGER = Standing("larm", "underskott", ("23,5", "24,4", "underskott 0,9"))
BEVAKA = Standing("bevaka", "underskott", ("23,5", "23,8", "underskott 0,3"))
SURPLUS = Standing("bevaka", "överskott", ("23,5", "22,9", "överskott 0,6"))
FINE = Standing("inget", "underskott", ("23,5", "23,5", "i balans"))
FINE_TOO = Standing("inget", "överskott", ("23,5", "23,4", "överskott 0,1"))
UNKNOWN = Standing("inget", "överskott", ("uppgift saknas", "uppgift saknas", "uppgift saknas"))

# (told, now, whether a new warning tells of it, what is corrected)
CASES = {
    "nothing has changed": (LARM, LARM, False, None),
    "the level is lower": (LARM, BEVAKA, False, ("bevaka", "underskott")),
    "the warning is gone": (LARM, FINE, False, ("inget", "underskott")),
    "the figures are gone": (LARM, UNKNOWN, False, ("inget", "överskott")),
    "the figures are others": (LARM, LARGER, False, ("larm", "underskott")),
    "the direction is another": (SURPLUS, BEVAKA, False, ("bevaka", "underskott")),
    "worse, and a new mail says so": (BEVAKA, LARM, True, None),
    "turned, and a new mail says so": (LARM, SURPLUS, True, None),
    "told to be gone, and gone": (FINE, FINE, False, None),
    "told to be gone, with other figures": (FINE, FINE_TOO, False, None),
    "told to be gone, and back in a new mail": (FINE, LARM, True, None),
    "back, and no mail says so": (FINE, LARM, False, None),
}


@pytest.mark.parametrize(("told", "now", "is_told_anew", "corrected"), CASES.values(), ids=CASES)
def test_what_was_told_wrong_is_corrected_where_no_new_warning_says_it(told, now, is_told_anew, corrected):
    found = to_correct({"A": told}, {"A": now}, {"A"} if is_told_anew else set())
    assert found == (() if corrected is None else (UnitWarning("A", *corrected),))


def test_a_unit_that_nobody_was_told_of_is_not_corrected():
    assert to_correct({"A": LARM}, {"A": LARM, "B": BEVAKA}, set()) == ()


def test_units_are_corrected_in_the_order_of_the_assessment():
    found = to_correct({"A": LARM, "B": LARM}, {"B": FINE, "A": BEVAKA}, set())
    assert [each.unit for each in found] == ["B", "A"]


WARNING = UnitWarning("A", "larm", "underskott")
GONE = UnitWarning("A", "inget", "underskott")


def test_the_last_word_is_that_of_the_latest_assessment_among_mails_that_may_have_gone_out():
    mails = [
        EarlierMail(1, "sent", (GONE,), 2, corrects=True),
        EarlierMail(1, "failed", (WARNING,), 1),
        EarlierMail(2, "queued", (WARNING,), 3),
        EarlierMail(3, "skipped", (WARNING,), 4),
    ]
    assert last_words(mails) == {"A": LastWord(GONE, 2)}
    assert last_words([]) == {}


UNITS = "AB"
STANDINGS = st.builds(
    Standing,
    st.sampled_from(["inget", "bevaka", "larm"]),
    st.sampled_from(["underskott", "överskott"]),
    st.tuples(st.sampled_from("12")),
)
ASSESSMENTS = st.lists(
    st.tuples(
        st.fixed_dictionaries(dict.fromkeys(UNITS, STANDINGS)),
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
        warnings = [UnitWarning(u, s.level, s.direction) for u, s in now.items() if s.level != "inget"]
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
