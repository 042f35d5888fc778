from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.deliveries.completeness import (
    Completeness,
    CompletenessSettings,
    Coverage,
    absence_sentence,
    day_after,
    day_before,
    due_in_words,
    month_completeness,
    reminder_due,
    with_month,
)
from tasks.rules.periods import Period
from tasks.rules.thresholds import UnusableThresholdError

UNITS = [f"{number:02d}" for number in range(14)]
REQUIRED = CompletenessSettings(required_sources=("ekonomi", "sjukfranvaro"))
BOTH = {"ekonomi", "sjukfranvaro"}
TITLES = {"sjukfranvaro": "Sjukfrånvaro"}


def check(accepted, present, settings=REQUIRED, units=UNITS, **more):
    return month_completeness(accepted, present, units, settings, titles=TITLES, **more)


CASES = {
    "everything is there": (BOTH, {"ekonomi": UNITS, "sjukfranvaro": UNITS}, (), ""),
    "two of fourteen absent is below the share": (BOTH, {"sjukfranvaro": UNITS[2:]}, (), ""),
    "five of fourteen absent": (
        BOTH,
        {"ekonomi": UNITS, "sjukfranvaro": UNITS[5:]},
        (),
        "sjukfrånvaro saknas för 5 av 14 enheter",
    ),
    "a required source is missing": (
        {"ekonomi"},
        {"ekonomi": UNITS},
        ("sjukfranvaro",),
        "sjukfrånvaro saknas",
    ),
    "both are missing": ({"prognos"}, {}, ("ekonomi", "sjukfranvaro"), "ekonomi och sjukfrånvaro saknas"),
    "one is missing and one is thin": (
        {"ekonomi"},
        {"ekonomi": []},
        ("sjukfranvaro",),
        "sjukfrånvaro saknas; ekonomi saknas för 14 av 14 enheter",
    ),
    "a source that isn't required stops nothing": ({*BOTH, "prognos"}, {"prognos": []}, (), ""),
    "a source that isn't about units": ({*BOTH, "bistand"}, {}, (), ""),
}


@pytest.mark.parametrize(("accepted", "present", "missing", "reason"), CASES.values(), ids=CASES)
def test_a_month_stops_for_a_missing_source_or_too_many_absent_units(accepted, present, missing, reason):
    found = check(accepted, present)
    assert (found.missing_sources, found.reason) == (missing, reason)
    assert found.stops == bool(reason)


@pytest.mark.parametrize(("absent", "stops"), [(1, False), (2, False), (3, True)])
def test_exactly_the_allowed_share_may_be_absent(absent, stops):
    found = check(BOTH, {"ekonomi": UNITS[absent:10]}, units=UNITS[:10])
    assert found.stops is stops
    assert found.coverage[0].absent == tuple(UNITS[:absent])


def test_the_share_is_a_setting():
    settings = CompletenessSettings(("ekonomi",), Decimal(0))
    assert check(["ekonomi"], {"ekonomi": UNITS[1:]}, settings).stops


def test_a_source_may_be_about_some_units_only():
    found = check(BOTH, {"ekonomi": ["01", "99"]}, expected={"ekonomi": ["01", "02"]})
    assert found.coverage == (Coverage("ekonomi", ("02",), 2),)
    assert found.coverage[0].absent_percent == 50


def test_units_that_are_not_valid_this_month_are_not_counted():
    assert check(BOTH, {"ekonomi": [*UNITS, "closed"]}).coverage == (Coverage("ekonomi", (), 14),)


def test_without_a_register_no_unit_is_absent():
    found = check(BOTH, {"ekonomi": []}, units=[])
    assert (found.stops, found.coverage[0].absent_percent) == (False, 0)


def test_a_source_without_a_title_is_called_by_its_name():
    found = month_completeness([], {}, [], CompletenessSettings(("lokaler",)))
    assert found.reason == "lokaler saknas"


def test_a_source_that_is_held_is_missing_and_told_as_that():
    found = month_completeness(
        ["bistand"], {}, [], CompletenessSettings(("ekonomi", "bistand")), held=["ekonomi"]
    )
    assert (found.missing_sources, found.held, found.stops) == (("ekonomi",), ("ekonomi",), True)
    assert found.reason == "ekonomi hålls tills någon har sagt att siffrorna är rätt"
    assert Completeness.of_data(found.as_data()) == found


def test_what_is_held_stops_no_month_that_has_an_earlier_revision():
    found = month_completeness(
        ["ekonomi"], {}, [], CompletenessSettings(("ekonomi",)), held=["ekonomi", "prognos"]
    )
    assert (found.held, found.stops, found.reason) == (("ekonomi", "prognos"), False, "")


JUNE = {"sjukfranvaro": Period(2026, 6)}
LAGGING = {
    "its month counts": (BOTH, {"sjukfranvaro": UNITS}, (), ""),
    "its month is missing": ({"ekonomi"}, {}, (), "sjukfrånvaro (juni) saknas"),
    "its month is held": (
        {"ekonomi"},
        {},
        ("sjukfranvaro",),
        "sjukfrånvaro (juni) hålls tills någon har sagt att siffrorna är rätt",
    ),
    "its month lacks units": (
        BOTH,
        {"sjukfranvaro": UNITS[5:]},
        (),
        "sjukfrånvaro (juni) saknas för 5 av 14 enheter",
    ),
}


@pytest.mark.parametrize(("accepted", "present", "held", "reason"), LAGGING.values(), ids=LAGGING)
def test_a_source_that_lags_is_told_with_the_month_that_it_lags_to(accepted, present, held, reason):
    found = check(accepted, present, held=held, months=JUNE)
    assert (found.reason, found.months) == (reason, JUNE)
    assert found.called("sjukfranvaro", "Sjukfrånvaro") == "Sjukfrånvaro (juni)"
    assert found.called("ekonomi", "Ekonomi") == "Ekonomi"
    assert Completeness.of_data(found.as_data()) == found


def test_a_month_without_lag_is_kept_as_it_always_was():
    assert "months" not in check(BOTH, {}).as_data()


def test_a_source_is_named_with_its_month_only_where_that_is_another():
    assert with_month("bistånd", None) == "bistånd"
    assert with_month("bistånd", Period(2025, 12)) == "bistånd (december)"


def test_some_are_held_and_some_are_not_there():
    settings = CompletenessSettings(("ekonomi", "bistand"))
    found = month_completeness([], {}, [], settings, held=["ekonomi"])
    assert found.reason == "bistand saknas; ekonomi hålls tills någon har sagt att siffrorna är rätt"


def test_a_month_that_was_checked_before_anything_was_held_is_read():
    kept = {"missing": [], "complete": True, "reason": "", "coverage": []}
    assert Completeness.of_data(kept).held == ()


def test_absence_is_told_in_a_sentence():
    assert absence_sentence(Coverage("x", ("a",), 14), "ekonomi") == "ekonomi saknas för 1 av 14 enheter"


def test_the_contracts_sources_are_required_by_default():
    assert CompletenessSettings().required_sources == ("ekonomi", "prestationer", "bistand", "sjukfranvaro")
    assert CompletenessSettings().max_absent_percent == 20


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_share_out_of_range_is_refused(percent):
    with pytest.raises(UnusableThresholdError):
        CompletenessSettings(max_absent_percent=Decimal(percent))


@given(st.sets(st.sampled_from(UNITS)), st.sets(st.sampled_from([*UNITS, "other"])))
def test_every_expected_unit_is_either_present_or_absent(valid, present):
    coverage = check(BOTH, {"ekonomi": present}, units=valid).coverage[0]
    assert set(coverage.absent) | (valid & present) == valid
    assert not set(coverage.absent) & present


FREE = frozenset({date(2026, 1, 6), *(date(2026, 7, day) for day in range(1, 32))})
"""Trettondagen, and a mute July."""
WEDNESDAY = date(2026, 10, 7)
FRIDAY = date(2026, 11, 6)
AFTER_EPIPHANY = date(2026, 1, 7)
REMINDERS = {
    "long before": (date(2026, 10, 1), WEDNESDAY, None),
    "two days before": (date(2026, 10, 5), WEDNESDAY, None),
    "the day before": (date(2026, 10, 6), WEDNESDAY, "before"),
    "made up for on the day itself": (WEDNESDAY, WEDNESDAY, "before"),
    "the day after": (date(2026, 10, 8), WEDNESDAY, "after"),
    "made up for later": (date(2026, 10, 20), WEDNESDAY, "after"),
    "Saturday after a Friday": (date(2026, 11, 7), FRIDAY, None),
    "Sunday after a Friday": (date(2026, 11, 8), FRIDAY, None),
    "Monday after a Friday": (date(2026, 11, 9), FRIDAY, "after"),
    "a holiday before": (date(2026, 1, 6), AFTER_EPIPHANY, None),
    "the working day before the holiday": (date(2026, 1, 5), AFTER_EPIPHANY, "before"),
    "the Sunday before that": (date(2026, 1, 4), AFTER_EPIPHANY, None),
    "in July nothing is sent": (date(2026, 7, 8), date(2026, 7, 7), None),
    "after July": (date(2026, 8, 3), date(2026, 7, 7), "after"),
}


@pytest.mark.parametrize(("today", "deadline", "due"), REMINDERS.values(), ids=REMINDERS)
def test_a_reminder_comes_the_working_day_before_a_deadline_and_the_one_after(today, deadline, due):
    assert reminder_due(today, deadline, free_days=FREE) == due


def test_the_days_around_a_deadline_are_working_days():
    assert day_before(date(2026, 11, 9), free_days=FREE) == FRIDAY
    assert day_after(FRIDAY, free_days=FREE) == date(2026, 11, 9)


WORDS = {
    "passed": (date(2026, 10, 8), WEDNESDAY, ""),
    "today": (WEDNESDAY, WEDNESDAY, "i dag"),
    "tomorrow": (date(2026, 10, 6), WEDNESDAY, "i morgon"),
    "over a weekend": (FRIDAY, date(2026, 11, 9), "på måndag"),
    "six days": (date(2026, 10, 1), WEDNESDAY, "på onsdag"),
    "a week": (date(2026, 9, 30), WEDNESDAY, ""),
}


@pytest.mark.parametrize(("today", "deadline", "words"), WORDS.values(), ids=WORDS)
def test_how_near_a_deadline_is_is_said_in_words(today, deadline, words):
    assert due_in_words(today, deadline) == words
