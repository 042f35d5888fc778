from decimal import Decimal

import pytest

from tasks.rules.signals.sick_leave_groups import (
    Place,
    SickHistory,
    SickLeaveSettings,
    full_time_posts,
    sick_leave_groups,
)
from tasks.rules.thresholds import UnusableThresholdError
from tests.rules.sick_leave_rows import LAST, hours, series

DEFAULT = SickLeaveSettings()
POST = 174
"""Hours of a full-time month."""
NORTH, SOUTH, ALL = Place("V1", "Norr"), Place("V2", "Söder"), Place("A1", "Förskola")


def groups(**posts):
    """Make groups of units by posts; the unit's name says where it lies: n1 in Norr, s1 in Söder."""
    rows = [hours(unit, LAST, 8, ordinary=Decimal(str(count)) * POST) for unit, count in posts.items()]
    area = {"n": (NORTH, ALL), "s": (SOUTH, ALL), "x": ()}
    places = {unit: (Place(unit, f"Enhet {unit}"), *area[unit[0]]) for unit in posts}
    return {group.code: group for group in sick_leave_groups(SickHistory.of(rows, LAST), places, DEFAULT)}


@pytest.mark.parametrize(("posts", "charted"), [("25.1", True), ("25", True), ("24.9", False), ("0", False)])
def test_a_unit_of_25_posts_has_a_chart_of_its_own(posts, charted):
    found = groups(n1=posts)["n1"]
    assert (found.is_charted, found.posts, found.units) == (charted, Decimal(posts), {"n1"})


def test_small_units_are_gathered_where_they_lie_and_large_ones_are_not_counted_twice():
    found = groups(n1=15, n2=10, n3=40, s1=30)
    assert set(found) == {"n1", "n2", "n3", "s1", "V1"}
    gathered = found["V1"]
    assert (gathered.units, gathered.posts, gathered.is_charted) == ({"n1", "n2"}, 25, True)
    assert gathered.name == "2 små enheter i Norr"
    assert (found["n1"].seen_in, found["n3"].seen_in, gathered.seen_in) == (
        "2 små enheter i Norr",
        None,
        None,
    )


def test_small_units_of_a_small_area_are_gathered_further_up():
    found = groups(n1=15, s1=12)
    assert set(found) == {"n1", "s1", "A1"}
    assert found["A1"].units == {"n1", "s1"}
    assert found["n1"].seen_in == found["s1"].seen_in == "2 små enheter i Förskola"


def test_what_is_gathered_below_is_not_gathered_again_above():
    found = groups(n1=15, n2=9, s1=12, s2=20)
    assert found["V2"].units == {"s1", "s2"}
    assert "A1" not in found  # the 24 posts of Norr are left alone
    assert found["n1"].seen_in is None


def test_small_units_that_come_to_too_little_are_in_no_group():
    found = groups(n1=10, s1=10, x1=5)
    assert set(found) == {"n1", "s1", "x1"}
    assert {group.seen_in for group in found.values()} == {None}


def test_no_units_are_no_groups():
    assert groups() == {}


def test_a_unit_without_known_hours_has_unknown_posts_and_is_small():
    rows = [hours("n1", LAST, None), hours("n2", LAST, 8, ordinary=30 * POST)]
    places = {unit: (Place(unit, unit), NORTH) for unit in ("n1", "n2")}
    found = {each.code: each for each in sick_leave_groups(SickHistory.of(rows, LAST), places, DEFAULT)}
    assert (found["n1"].posts, found["n1"].is_charted, found["n1"].seen_in) == (None, False, None)


def test_posts_are_the_mean_of_the_known_months_of_the_latest_year():
    rows = [
        *series("n1", [8] * 12, ordinary=POST * 30),
        *series("n1", [8], last=LAST.plus(-12), ordinary=POST * 900),  # too old
        *series("n1", [8] * 6, ordinary=POST * 2, sex="M"),  # women and men are added
        *series("n2", [8, None, 8], ordinary=POST * 10),
    ]
    posts = full_time_posts(SickHistory.of(rows, LAST), Decimal(POST))
    assert posts == {"n1": 31, "n2": 10}


@pytest.mark.parametrize(
    "settings",
    [
        {"fewest_posts": Decimal(-1)},
        {"full_time_month_hours": Decimal(0)},
        {"least_known_percent": Decimal(101)},
    ],
)
def test_settings_that_mean_nothing_are_refused(settings):
    with pytest.raises(UnusableThresholdError):
        SickLeaveSettings(**settings)
