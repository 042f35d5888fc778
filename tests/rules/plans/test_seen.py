"""A plan as a month sees it: its own moves, and nothing that later months did."""

from datetime import date
from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tasks.rules.plans.effect import Approved
from tasks.rules.plans.measures import Measure
from tasks.rules.plans.seen import Seen, followed_state, seen_alone
from tasks.rules.plans.state import PlanEvent, Reason

SEPTEMBER, DECEMBER = Period(2026, 9), Period(2026, 12)
OCTOBER = Period(2026, 10)


def happened(*actions):
    """Return what happened on the days of October, the first thing on the first; an action may tell why."""
    told = [(action, None) if isinstance(action, str) else action for action in actions]
    return [
        PlanEvent(action, date(2026, 10, day), reason=reason)
        for day, (action, reason) in enumerate(told, start=1)
    ]


CORRECTED_AWAY = ("lapse", Reason("corrected", SEPTEMBER))
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
    "taken over by a later demand": (
        ["demand", ("replace", Reason("taken_over", OCTOBER))],
        "required",
        None,
        None,
    ),
    "corrected away by its own month": (["demand", CORRECTED_AWAY], "lapsed", None, None),
    "covered in its own month": (["demand", ("lapse", Reason("covered", SEPTEMBER))], "lapsed", None, None),
    "covered in a later month": (["demand", ("lapse", Reason("covered", OCTOBER))], "required", None, None),
    "demanded anew": (["demand", CORRECTED_AWAY, "demand"], "required", None, None),
    "its larm ended later": (["demand", ("lapse", Reason("larm_ended", OCTOBER))], "required", None, None),
    "its unit ended later": (["demand", ("lapse", Reason("unit_ended", OCTOBER))], "required", None, None),
    "fell away for a reason that was not kept": (["demand", "lapse"], "required", None, None),
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
