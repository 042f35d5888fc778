from dataclasses import replace
from decimal import Decimal

import pytest

from tasks.errors import UsageError
from tasks.rules.periods import Period
from tasks.rules.signals.sick_leave_groups import SickLeaveSettings
from tasks.rules.signals.sick_leave_meeting import (
    UnitLeave,
    for_meeting,
    is_meeting_month,
    next_meeting_month,
    quarter_words,
)
from tasks.rules.thresholds import UnusableThresholdError

NBSP = "\u00a0"
UNIT = UnitLeave("101", "Förskolan Norr", Decimal("8.4"), Decimal("7.0"))
CASES = {
    "above the target": (UNIT, True),
    "just above it, as read": (replace(UNIT, rolling=Decimal("7.05")), True),
    "above it by less than is read": (replace(UNIT, rolling=Decimal("7.04")), False),
    "at the target": (replace(UNIT, rolling=Decimal("7.0")), False),
    "below it": (replace(UNIT, rolling=Decimal("6.9")), False),
    "below it and raised": (replace(UNIT, rolling=Decimal("6.9"), is_raised=True), True),
    "without a target": (replace(UNIT, target=None), False),
    "without a target and raised": (replace(UNIT, target=None, is_raised=True), True),
    "missing": (replace(UNIT, rolling=None), False),
    "missing and raised": (replace(UNIT, rolling=None, is_raised=True), False),
    "hidden": (replace(UNIT, is_hidden=True, is_raised=True), False),
    "nobody was ill": (replace(UNIT, rolling=Decimal(0)), False),
}


@pytest.mark.parametrize(("unit", "calls"), CASES.values(), ids=CASES)
def test_a_unit_calls_for_a_meeting_above_its_target_or_its_usual_level(unit, calls):
    assert unit.calls_for_meeting is calls
    assert for_meeting([unit]) == ([unit] if calls else [])


def test_a_manager_meets_about_all_units_the_highest_first_and_hidden_ones_last():
    low, hidden = replace(UNIT, name="B", rolling=Decimal(3)), replace(UNIT, name="A", is_hidden=True)
    unknown = replace(UNIT, name="C", rolling=None)
    assert for_meeting([hidden, unknown, low, UNIT]) == [UNIT, low, unknown, hidden]


WORDS = {
    "above the target": (UNIT, f"1,4{NBSP}procentenheter över årsmålet 7,0{NBSP}%", ""),
    "below the target": (
        replace(UNIT, rolling=Decimal(6)),
        f"1,0{NBSP}procentenheter under årsmålet 7,0{NBSP}%",
        "",
    ),
    "at the target": (replace(UNIT, rolling=Decimal(7)), f"i nivå med årsmålet 7,0{NBSP}%", ""),
    "higher than a year ago": (
        replace(UNIT, before=Decimal("7.8"), is_raised=True),
        f"0,6{NBSP}procentenheter högre än för ett år sedan",
        "Högre än den brukar vara.",
    ),
    "lower than a year ago": (
        replace(UNIT, before=Decimal("9.4")),
        f"1,0{NBSP}procentenheter lägre än för ett år sedan",
        "",
    ),
    "as a year ago": (replace(UNIT, before=Decimal("8.41")), "lika högt som för ett år sedan", ""),
    "nothing to hold it against": (replace(UNIT, target=None), "", ""),
    "missing": (replace(UNIT, rolling=None), "", ""),
    "hidden": (replace(UNIT, is_hidden=True, is_raised=True), "", ""),
}


@pytest.mark.parametrize(("unit", "change", "signal"), WORDS.values(), ids=WORDS)
def test_sick_leave_is_held_against_a_year_ago_or_the_target(unit, change, signal):
    assert (unit.change, unit.signal) == (change, signal)


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        (UNIT, f"8,4{NBSP}%"),
        (replace(UNIT, rolling=None), "uppgift saknas"),
        (replace(UNIT, is_hidden=True), "visas inte"),
    ],
)
def test_twelve_months_are_shown_where_they_may_be(unit, shown):
    assert unit.shown == shown


QUARTERLY = (3, 6, 9, 12)


@pytest.mark.parametrize(
    ("month", "is_one", "following"),
    [(9, True, Period(2026, 12)), (10, False, Period(2026, 12)), (12, True, Period(2027, 3))],
)
def test_meetings_follow_on_the_months_that_are_set(month, is_one, following):
    assert is_meeting_month(Period(2026, month), QUARTERLY) is is_one
    assert next_meeting_month(Period(2026, month), QUARTERLY) == following


def test_without_any_month_there_is_no_meeting():
    assert not is_meeting_month(Period(2026, 9), ())
    with pytest.raises(ValueError, match=r"\(\)"):
        next_meeting_month(Period(2026, 9), ())


@pytest.mark.parametrize(
    ("month", "words"),
    [(1, "första"), (3, "första"), (4, "andra"), (9, "tredje"), (10, "fjärde"), (12, "fjärde")],
)
def test_quarters_have_names(month, words):
    assert quarter_words(Period(2026, month)) == f"{words} kvartalet 2026"


@pytest.mark.parametrize("months", [(0,), (13,), (3, -1)])
def test_a_month_that_there_is_none_of_is_refused(months):
    with pytest.raises(UnusableThresholdError):
        SickLeaveSettings(meeting_months=months)


def test_an_address_that_cant_be_used_is_refused():
    with pytest.raises(UsageError, match="hr_email"):
        SickLeaveSettings(hr_email="hr")
    assert SickLeaveSettings(hr_email="hr@example.se").hr_title == "HR-konsult"
