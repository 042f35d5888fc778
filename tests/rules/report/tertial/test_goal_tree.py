"""The goals with what lies under each, in the order that they are printed."""

import pytest

from tasks.rules.delivered import Delivered
from tasks.rules.organisation import Register
from tasks.rules.report.goals.activities import activity_rows
from tasks.rules.report.goals.goals import goal_rows
from tasks.rules.report.goals.indicators import Indicators, indicator_rows
from tasks.rules.report.tertial.goal_tree import goal_tree
from tests.rules.delivered_files import SEPTEMBER
from tests.rules.report.goals.rows import delivered


def tree(goals=(), indicators="", activities=""):
    """Return the parts of a tree as `1.1>depth: indicators | activities`."""
    shown_indicators, shown_activities = (), ()
    if indicators:
        rows = delivered("indikatorer", f"indikator;mal;period\n{indicators}")
        shown_indicators = indicator_rows(Indicators(rows), Register([]))
    if activities:
        rows = delivered("aktiviteter", f"aktivitet;mal;startdatum;slutdatum\n{activities}")
        shown_activities = activity_rows(rows, SEPTEMBER)
    rows = [Delivered(SEPTEMBER, None, *row) for row in goals]
    parts = goal_tree(goal_rows(rows, (), ()), shown_indicators, shown_activities)
    return [
        (
            f"{part.goal.code if part.goal else '-'}>{part.depth}",
            [row.indicator for row in part.indicators],
            [row.activity for row in part.activities],
        )
        for part in parts
    ]


def goal(code, parent=None):
    return code, {"namn": "Trygghet", "overordnad": parent}


def names(goals):
    return [name for name, *_ in tree(goals)]


@pytest.mark.parametrize(
    ("goals", "order"),
    [
        ([goal("1"), goal("2"), goal("1.1", "1")], ["1>0", "1.1>1", "2>0"]),
        ([goal("1.1", "1"), goal("1")], ["1>0", "1.1>1"]),  # the file has the lower one first
        ([goal("1.1", "9")], ["1.1>0"]),  # what is above it isn't delivered
        ([goal("1", "2"), goal("2", "3"), goal("3", "1")], ["1>0", "3>1", "2>2"]),  # a ring
        ([goal("1", "1")], ["1>0"]),  # its own goal above
        ([goal("2", "3"), goal("3", "2"), goal("1")], ["1>0", "2>0", "3>1"]),  # a ring beside a tree
    ],
)
def test_each_goal_stands_once_below_the_one_above_it(goals, order):
    assert names(goals) == order


def test_indicators_and_activities_stand_right_under_their_goal_and_loose_ones_last():
    found = tree(
        [goal("1"), goal("1.1", "1")],
        "Nöjda;1.1;2026-09\nNöjda;1;2026-09\nTrygga;9;2026-09\nFriska;;2026-09",
        "Översyn;1;2026-01-01;2026-12-31\nArbete;1;2026-01-01;2026-12-31\nRutin;7;2026-01-01;2026-12-31",
    )
    assert found == [
        ("1>0", ["Nöjda"], ["Arbete", "Översyn"]),
        ("1.1>1", ["Nöjda"], []),
        ("->0", ["Trygga", "Friska"], ["Rutin"]),
    ]


def test_without_goals_everything_is_loose_and_nothing_is_nothing():
    assert tree(indicators="Nöjda;1.1;2026-09") == [("->0", ["Nöjda"], [])]
    assert tree() == []
