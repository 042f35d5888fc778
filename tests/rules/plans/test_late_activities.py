from dataclasses import replace
from datetime import date

import pytest

from tasks.rules.outbox.recipients import Reach
from tasks.rules.plans.late_activities import (
    Activity,
    ToldActivity,
    is_done,
    is_told,
    late_activities,
    may_be_written_to,
)

TODAY = date(2026, 10, 15)


def activity(name="Rutin", end=date(2026, 10, 14), comment="Avvikelse", state=""):
    return Activity(name, "anna@example.se", date(2026, 1, 1), end, comment, 2, state)


CASES = {
    "ended yesterday": (activity(), True),
    "ends today": (activity(end=TODAY), False),
    "ends tomorrow": (activity(end=date(2026, 10, 16)), False),
    "ended long ago": (activity(end=date(2025, 1, 1)), True),
    "ended as planned, since no deviation is told": (activity(comment=" "), False),
    "ended, and is told to have no deviation": (activity(comment="Ingen avvikelse."), False),
    "ended with a deviation, but its state is done": (activity(state="Avslutad"), False),
    "ended with a deviation, and its state is another": (activity(state="Pågår"), True),
    "ended, and is told to be done": (activity(comment="Klar 2026-10-10"), False),
    "ended, and is told to be late": (activity(comment="Försenad: väntar på besked"), True),
}


@pytest.mark.parametrize(("found", "is_late"), CASES.values(), ids=CASES)
def test_an_activity_is_late_from_the_day_after_its_last_one_unless_it_is_done(found, is_late):
    assert late_activities([found], TODAY) == ([found] if is_late else [])


def test_the_oldest_late_activity_comes_first():
    new, old, same = activity("B"), activity("C", end=date(2026, 1, 1)), activity("A")
    assert late_activities([new, old, same], TODAY) == [old, same, new]


def test_an_activity_under_two_goals_is_late_once():
    first, second = activity(), replace(activity(), row=3)
    assert late_activities([first, second], TODAY) == [first]


COMMENTS = {
    "": False,
    "Klar": True,
    "klart.": True,
    "Klara": True,
    "Är klar": True,
    " Genomförd, utvärderas i vår ": True,
    "Genomfört: alla har gått utbildningen": True,
    "Avslutad 2026-08-30": True,
    "Avslutade den 2026-08-30.\nTvå rader": True,
    "Avbruten: beställaren ändrade sig": True,
    "Slutförda": True,
    "Klar i december": False,
    "Klart till hälften": False,
    "Klarar inte tiden": False,
    "Inte klar": False,
    "Två av fem hemtagningar är klara": False,
    "Genomförs i november": False,
    "Försenad": False,
}


@pytest.mark.parametrize(("comment", "done"), COMMENTS.items())
def test_a_comment_says_that_an_activity_is_done_where_it_begins_so(comment, done):
    assert is_done(comment) is done


KNOWN = frozenset({"anna@example.se"})
ADDRESSES = {
    "in the register": ("Anna@example.se", Reach(), True),
    "not in the register": ("bo@example.se", Reach(), False),
    "not in the register, in an allowed domain": ("bo@example.se", Reach(domains=("example.se",)), True),
    "in another domain": ("bo@annan.se", Reach(domains=("example.se",)), False),
    "in the register, in another domain": ("anna@example.se", Reach(domains=("stad.se",)), False),
    "in the register, and refused": ("anna@example.se", Reach(frozenset({"anna@example.se"})), False),
    "none": ("", Reach(domains=("example.se",)), False),
    "no address": ("anna", Reach(domains=("example.se",)), False),
    "a line break": ("anna@example.se\nbcc: x@example.se", Reach(domains=("example.se",)), False),
}


@pytest.mark.parametrize(("address", "reach", "may"), ADDRESSES.values(), ids=ADDRESSES)
def test_a_responsible_person_is_written_to_only_where_the_administration_vouches_for_the_address(
    address, reach, may
):
    assert may_be_written_to(address, KNOWN, reach) is may


def told(name="Rutin", end=date(2026, 10, 14), address="anna@example.se", failed=False):
    return ToldActivity(name, end, address, failed)


TOLD = {
    "nothing": ([], False),
    "the same": ([told()], True),
    "the same, to somebody else": ([told(address="bo@example.se")], True),
    "another activity": ([told(name="Annan")], False),
    "another last day": ([told(end=date(2026, 8, 31))], False),
    "to the same, and it failed": ([told(failed=True)], True),
    "to somebody else, and it failed": ([told(address="bo@example.se", failed=True)], False),
    "failed to one, went out to the other": (
        [told(address="bo@example.se", failed=True), told()],
        True,
    ),
}


@pytest.mark.parametrize(("earlier", "is_so"), TOLD.values(), ids=TOLD)
def test_an_activity_is_told_of_once_for_its_last_day(earlier, is_so):
    assert is_told(activity(), "Anna@example.se", earlier) is is_so
