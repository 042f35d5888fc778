from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.deliveries.completeness import (
    CompletenessSettings,
    Coverage,
    absence_sentence,
    month_completeness,
)
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
