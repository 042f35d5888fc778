from datetime import date
from itertools import chain
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.rules.plans.ladder import RUNGS, Awaited, NextStep, StepMail, highest_rung, next_step
from tasks.rules.plans.state import AWAITED, PlanState
from tests.rules.plan_world import LADDER, World
from tests.worlds.examples import examples

DUE = date(2026, 11, 16)  # a Monday


def nov(day):
    return date(2026, 11, day)


def sent(day):
    return StepMail("sent", nov(day))


def awaited(steps=(), state="required", first="sent", due=DUE, first_sent_on=None):
    return Awaited(state, due, first, dict(zip(RUNGS, steps, strict=False)), first_sent_on)


# The days of the ladder


@pytest.mark.parametrize(
    ("due", "days"),
    [
        (date(2026, 11, 16), [(11, 17), (11, 19), (11, 23)]),  # over a weekend
        (date(2026, 11, 14), [(11, 16), (11, 18), (11, 20)]),  # due on a Saturday
        (date(2026, 4, 1), [(4, 2), (4, 8), (4, 10)]),  # over Easter
        (date(2026, 6, 29), [(6, 30), (8, 4), (8, 6)]),  # over a mute July
        (date(2026, 7, 10), [(8, 3), (8, 5), (8, 7)]),  # due in it
        (date(2026, 12, 30), [(1, 1), (1, 5), (1, 7)]),  # over the end of a year that the calendar ends with
    ],
)
def test_a_rung_has_its_working_day_after_the_due_day(due, days):
    assert [LADDER.day(rung, due) for rung in RUNGS] == [
        date(due.year + (month < due.month), month, day) for month, day in days
    ]


def test_by_the_contract_the_rungs_come_one_three_and_five_working_days_after():
    assert [(LADDER.day(rung, date(2026, 11, 9)) - date(2026, 11, 9)).days for rung in RUNGS] == [1, 3, 7]


# What comes next

# A plan, today, and of what comes next: its rung, whether it is due, and its day
NEXT = {
    "before the due day": (awaited(), nov(10), "reminder_1", False, nov(17)),
    "on the due day": (awaited(), DUE, "reminder_1", False, nov(17)),
    "the day after": (awaited(), nov(17), "reminder_1", True, nov(17)),
    "weeks after": (awaited(), date(2026, 12, 7), "reminder_1", True, nov(17)),
    "after a weekend begins, due since Tuesday": (awaited(), nov(21), "reminder_1", False, nov(23)),
    "on a holiday, due since before it": (
        awaited(due=date(2026, 12, 21)),
        date(2026, 12, 25),
        "reminder_1",
        False,
        date(2026, 12, 28),
    ),
    "in a mute July, due since June": (
        awaited(due=date(2026, 6, 26)),
        date(2026, 7, 14),
        "reminder_1",
        False,
        date(2026, 8, 3),
    ),
    "the day before the second": (awaited([sent(17)]), nov(18), "reminder_2", False, nov(19)),
    "the day of the second": (awaited([sent(17)]), nov(19), "reminder_2", True, nov(19)),
    "the second after a late first": (
        awaited([sent(30)]),
        date(2026, 12, 1),
        "reminder_2",
        False,
        date(2026, 12, 2),
    ),
    "the day before the escalation": (awaited([sent(17), sent(19)]), nov(20), "escalation", False, nov(23)),
    "the day of the escalation": (awaited([sent(17), sent(19)]), nov(23), "escalation", True, nov(23)),
    "the escalation after a late second": (
        awaited([sent(17), sent(20)]),
        nov(23),
        "escalation",
        False,
        nov(24),
    ),
    "settled as sent counts as sent": (
        awaited([StepMail("settled", nov(17))]),
        nov(19),
        "reminder_2",
        True,
        nov(19),
    ),
    "a returned plan": (awaited(state="returned"), nov(17), "reminder_1", True, nov(17)),
    "a plan taken back": (awaited([sent(17)], state="withdrawn"), nov(19), "reminder_2", True, nov(19)),
    "the first mail went out in good time": (
        awaited(first_sent_on=nov(9)),
        nov(17),
        "reminder_1",
        True,
        nov(17),
    ),
    "the first mail went out on the same day": (
        awaited(first_sent_on=nov(20)),
        nov(20),
        "reminder_1",
        False,
        nov(23),
    ),
    "a day after the first mail went out late": (
        awaited(first_sent_on=nov(20)),
        nov(23),
        "reminder_1",
        True,
        nov(23),
    ),
    "the first mail failed for good": (awaited(first="failed"), nov(17), "reminder_1", True, nov(17)),
    "a withdrawn reminder is mailed as if it had never been": (
        awaited([StepMail("skipped")]),
        nov(18),
        "reminder_1",
        True,
        nov(17),
    ),
}


@pytest.mark.parametrize(("plan", "today", "rung", "is_due", "day"), NEXT.values(), ids=NEXT)
def test_the_next_rung_is_due_or_comes_on_a_day(plan, today, rung, is_due, day):
    assert next_step(plan, today, LADDER) == NextStep(rung, is_due, day)


@pytest.mark.parametrize(
    ("steps", "rung"),
    [
        ([StepMail("failed")], "reminder_1"),
        ([sent(17), StepMail("failed")], "reminder_2"),
        ([sent(17), sent(19), StepMail("failed")], "escalation"),
    ],
)
def test_a_rung_whose_mail_failed_is_mailed_again_to_the_next_one(steps, rung):
    step = next_step(awaited(steps), date(2026, 12, 1), LADDER)
    assert (step.rung, step.is_due, step.again) == (rung, True, True)


def test_it_is_not_mailed_again_on_a_day_when_nothing_is_sent():
    step = next_step(awaited([StepMail("failed")]), nov(21), LADDER)
    assert step == NextStep("reminder_1", is_due=False, day=nov(23), again=True)


HELD_UP = {
    "no mail asked for the plan": (
        awaited(first=None),
        "reminder_1",
        "mejlet som ber om planen är inte köat",
    ),
    "the mail that asks for it waits": (
        awaited(first="queued"),
        "reminder_1",
        "mejlet som ber om planen väntar på att skickas",
    ),
    "it is tried again": (awaited(first="retrying"), "reminder_1", "mejlet som ber om planen försöks igen"),
    "it was withdrawn": (awaited(first="skipped"), "reminder_1", "mejlet som ber om planen är återtaget"),
    "it is uncertain": (
        awaited(first="uncertain"),
        "reminder_1",
        "mejlet som ber om planen är osäkert: avgör det med manad mail settle",
    ),
    "the first reminder waits": (
        awaited([StepMail("queued")]),
        "reminder_1",
        "mejlet med påminnelse 1 väntar på att skickas",
    ),
    "the second reminder is tried again": (
        awaited([sent(17), StepMail("retrying")]),
        "reminder_2",
        "mejlet med påminnelse 2 försöks igen",
    ),
    "the escalation is uncertain": (
        awaited([sent(17), sent(19), StepMail("uncertain")]),
        "escalation",
        "mejlet med eskalering är osäkert: avgör det med manad mail settle",
    ),
    "an operator stopped a reminder": (
        awaited([StepMail("settled", stopped=True)]),
        "reminder_1",
        "påminnelse 1 stoppades av driften",
    ),
    "nobody knows when it was sent": (
        awaited([StepMail("sent")]),
        "reminder_1",
        "mejlet med påminnelse 1 är skickat, men dagen är okänd",
    ),
    "nobody knows when what was settled was sent": (
        awaited([StepMail("settled")]),
        "reminder_1",
        "mejlet med påminnelse 1 är avgjort, men dagen är okänd",
    ),
}


@pytest.mark.parametrize(("plan", "rung", "why"), HELD_UP.values(), ids=HELD_UP)
def test_while_a_mail_is_not_over_nothing_more_goes_out_and_the_reason_is_told(plan, rung, why):
    assert next_step(plan, date(2026, 12, 1), LADDER) == NextStep(rung, is_due=False, held_up=why)


@pytest.mark.parametrize("state", sorted(set(get_args(PlanState)) - AWAITED))
@pytest.mark.parametrize("steps", [[], [StepMail("failed")], [sent(17), sent(19)]])
def test_a_plan_that_is_not_awaited_has_no_next_rung(state, steps):
    assert next_step(awaited(steps, state), date(2026, 12, 1), LADDER) is None


def test_nothing_comes_after_an_escalation():
    assert next_step(awaited([sent(17), sent(19), sent(23)]), date(2026, 12, 1), LADDER) is None


def test_nothing_comes_after_an_escalation_even_where_the_first_mail_is_sent_once_more():
    escalated = awaited([sent(17), sent(19), sent(23)], first="queued")
    assert next_step(escalated, date(2026, 12, 1), LADDER) is None


LATE = {
    "nothing was mailed": ([], None),
    "the first waits": ([StepMail("queued")], None),
    "the first failed": ([StepMail("failed")], None),
    "the first was sent": ([sent(17)], "reminder_1"),
    "the second waits": ([sent(17), StepMail("retrying")], "reminder_1"),
    "both were sent": ([sent(17), sent(19)], "reminder_2"),
    "escalated": ([sent(17), sent(19), sent(23)], "escalation"),
}


@pytest.mark.parametrize(("steps", "rung"), LATE.values(), ids=LATE)
def test_a_late_plan_is_called_by_the_last_rung_that_went_out(steps, rung):
    assert highest_rung(awaited(steps).steps) == rung


# A world in which anything happens in any order

FIRST_DAYS = st.dates(date(2026, 3, 20), date(2026, 12, 20))
DAYS = [("days_go_by", days) for days in (0, 1, 1, 2, 2, 3, 7, 30)]
CHASES = [("chase", crash) for crash in ("none", "none", "before", "after")]
MOVES = [None] * 12 + [
    ("decide", *each)
    for each in [("submit", True), ("submit", False), ("withdraw", True), ("return", True), ("approve", True)]
]
SENDINGS = [None] + [("send", each) for each in ["sent"] * 6 + ["failed", "retrying", "uncertain"]]
HANDS = [None] * 12 + [("operate", each) for each in ("sent", "dropped", "resend", "resend")]
# What happens between two looks at the clock. Most of it goes well, so that lives become long enough.
TURNS = st.tuples(*map(st.sampled_from, (DAYS, CHASES, MOVES, SENDINGS, HANDS)))


@settings(max_examples=examples(300))
@given(FIRST_DAYS, st.lists(TURNS, min_size=5, max_size=40))
def test_whatever_happens_no_rung_is_mailed_twice_too_early_or_skipped_silently(first_day, turns):
    world = World(first_day)
    world.check()
    world.ask()
    for name, *how in filter(None, chain.from_iterable(turns)):
        getattr(world, name)(*how)
        world.check()


@given(FIRST_DAYS, st.lists(st.integers(0, 9), min_size=60, max_size=60))
def test_a_plan_that_never_comes_is_escalated_whenever_somebody_looks(first_day, gaps):
    """A chase on some days only, each mail sent at once: three mails, in their order, and then silence."""
    world = World(first_day, first="sent", first_sent_on=first_day)
    for days in gaps:
        world.days_go_by(days)
        world.chase("none")
        world.send("sent")
        world.check()
    assert world.escalations <= 1
    if sum(gaps) > 120:
        assert list(world.gone) == list(RUNGS)
        assert world.next() is None


@given(FIRST_DAYS)
def test_one_who_looks_every_day_climbs_each_rung_on_its_very_day(first_day):
    world = World(first_day, first="sent", first_sent_on=first_day)
    for _ in range(90):
        world.days_go_by(1)
        world.chase("none")
        world.send("sent")
    assert world.gone == {rung: LADDER.day(rung, world.due) for rung in RUNGS}
