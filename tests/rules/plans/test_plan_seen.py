"""A plan as a month sees it: its own moves, and nothing that later months did."""

from datetime import date
from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tasks.rules.plans.demand import CORRECTED, LARM_ENDED, TAKEN_OVER, UNIT_ENDED
from tasks.rules.plans.effect import Approved
from tasks.rules.plans.measures import Measure
from tasks.rules.plans.seen import (
    Happened,
    Seen,
    followed_state,
    is_late,
    late_words,
    plan_note,
    seen_alone,
)
from tasks.rules.plans.state import STATES_IN_WORDS
from tasks.rules.swedish import NBSP

SEPTEMBER, DECEMBER = Period(2026, 9), Period(2026, 12)
OCTOBER = Period(2026, 10)


def happened(*actions):
    """Return what happened on the days of October, the first thing on the first; an action may tell why."""
    told = [(action, "") if isinstance(action, str) else action for action in actions]
    return [Happened(action, date(2026, 10, day), why) for day, (action, why) in enumerate(told, start=1)]


CORRECTED_AWAY = ("lapse", CORRECTED.format(month="september 2026"))
SEEN = {
    "only demanded": (["demand"], "required", None, None),
    "a draft isn't handed in": (["demand", "draft", "acknowledge"], "required", None, None),
    "handed in": (["demand", "submit"], "submitted", 2, None),
    "handed in twice counts the last": (["demand", "submit", "return", "submit"], "submitted", 4, None),
    "returned was handed in": (["demand", "submit", "return"], "returned", 2, None),
    "taken back isn't handed in": (["demand", "submit", "withdraw"], "withdrawn", None, None),
    "approved": (["demand", "submit", "approve"], "approved", 2, 3),
    "followed by later months": (["demand", "submit", "approve", "follow", "achieve"], "approved", 2, 3),
    "ended by a later month": (["demand", "submit", "approve", "follow", "end"], "approved", 2, 3),
    "replaced by a later plan": (["demand", "submit", "approve", "follow", "replace"], "approved", 2, 3),
    "taken over by a later demand": (["demand", ("replace", TAKEN_OVER)], "required", None, None),
    "corrected away by its own month": (["demand", CORRECTED_AWAY], "lapsed", None, None),
    "demanded anew": (["demand", CORRECTED_AWAY, "demand"], "required", None, None),
    "its larm ended later": (
        ["demand", ("lapse", LARM_ENDED.format(month="oktober 2026"))],
        "required",
        None,
        None,
    ),
    "its unit ended later": (
        ["demand", ("lapse", UNIT_ENDED.format(month="oktober 2026"))],
        "required",
        None,
        None,
    ),
    "nothing kept": ([], "required", None, None),
}


@pytest.mark.parametrize(("actions", "state", "submitted", "approved"), SEEN.values(), ids=SEEN)
def test_a_plan_is_what_it_became_by_itself(actions, state, submitted, approved):
    days = [None if day is None else date(2026, 10, day) for day in (submitted, approved)]
    assert seen_alone(SEPTEMBER, happened(*actions)) == Seen(state, *days)


def plan(monthly=100):
    """Return a plan of September that promises so much a month from October: three times in the year."""
    measure = Measure("Vakanser", "chef", OCTOBER, Decimal(monthly))
    ahead = {Period(2026, month): Decimal(1_000) for month in (10, 11, 12)}
    return Approved(SEPTEMBER, Decimal(12_500), [measure], ahead)


def saved(*amounts):
    """Return outcomes that are so much below what was expected of October, November, December."""
    return {Period(2026, 10 + at): Decimal(1_000 - kr) for at, kr in enumerate(amounts)}


FOLLOWED = {
    "the first month of three": (10, saved(100), "following"),
    "all of the year's promise in the first": (10, saved(300), "achieved"),
    "exactly nine tenths": (11, saved(100, 170), "achieved"),
    "just under nine tenths": (11, saved(100, 169), "following"),
    "once achieved it stays so": (12, saved(300, -500, -500), "achieved"),
    "at the end of the year without": (12, saved(100, 100, 69), "ended"),
    "at the end of the year with": (12, saved(100, 100, 70), "achieved"),
    "an outcome that is missing": (11, saved(100), "following"),
}


@pytest.mark.parametrize(("month", "outcomes", "state"), FOLLOWED.values(), ids=FOLLOWED)
def test_an_approved_plan_is_followed_by_what_came(month, outcomes, state):
    assert followed_state(plan(), Period(2026, month), outcomes) == state


NOTES = {
    "demanded": ("required", None, 0, "senast 14 oktober"),
    "late": ("required", "försenad, påmind 1", 0, "försenad, påmind 1"),
    "returned": ("returned", None, 0, "ny senast 14 oktober"),
    "withdrawn": ("withdrawn", None, 0, "ny senast 14 oktober"),
    "returned and late": ("returned", "försenad, påmind 2", 0, "försenad, påmind 2"),
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
        late or STATES_IN_WORDS[state],
        late=late is not None,
        due=date(2026, 10, 14),
        submitted_on=None if state == "required" else date(2026, 10, 12),
        effect=Decimal(effect),
    )
    assert found == note


def test_a_plan_that_nobody_handed_in_and_nobody_waits_for_has_only_its_state():
    told = plan_note(
        "lapsed",
        STATES_IN_WORDS["lapsed"],
        late=False,
        due=date(2026, 10, 14),
        submitted_on=None,
        effect=Decimal(0),
    )
    assert told == "kravet har fallit bort"


@pytest.mark.parametrize(
    ("words", "late"),
    [*((words, False) for words in STATES_IN_WORDS.values()), ("försenad, eskalerad", True)],
)
def test_only_a_plan_that_was_reminded_of_is_late(words, late):
    assert is_late(words) is late


@pytest.mark.parametrize(("count", "said"), [(0, ""), (1, "; 1 är försenad"), (2, "; 2 är försenade")])
def test_how_many_are_late_is_said_where_any_is(count, said):
    assert late_words(count) == said
