"""How far approved measures reach, how plans have come, and what came of what they promised."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.organisation import WHOLE, Place
from tasks.rules.plans.reach import (
    Outturn,
    PlanCounts,
    PlanStanding,
    Reach,
    ToldPlans,
    UnitYear,
    count_plans,
    month_reach,
    outturn,
    reach,
    reaches,
)
from tasks.rules.plans.state import STATES_IN_WORDS

NOTHING = Reach()


def unit(deviation, effect=0, *, larm=True):
    return UnitYear(None if deviation is None else Decimal(deviation), larm, Decimal(effect))


REACHES = {
    "one larm without measures": ([unit(-500)], (500, 0, 500, 0, 1)),
    "measures that take a part": ([unit(-500, 200)], (500, 200, 300, 0, 1)),
    "measures that take it all": ([unit(-500, 500)], (500, 500, 0, 0, 1)),
    "one unit's measures never take another's deficit": (
        [unit(-500, 500), unit(-300)],
        (800, 500, 300, 0, 2),
    ),
    "what a unit without larm is short of isn't feared": (
        [unit(-500, 200), unit(-100, 50, larm=False)],
        (500, 200, 300, 50, 1),
    ),
    "a surplus takes nothing": ([unit(-500), unit(400, larm=False)], (500, 0, 500, 0, 1)),
    "no larm is nothing to take": ([unit(-100, larm=False)], (0, 0, 0, 0, 0)),
    "a unit that wasn't assessed is left out": (
        [unit(-500, 200), unit(None, larm=False)],
        (500, 200, 300, 0, 1),
    ),
    "nobody assessed is missing and not zero": ([unit(None, larm=False)], NOTHING),
    "no units are missing and not zero": ([], NOTHING),
}


@pytest.mark.parametrize(("units", "expected"), REACHES.values(), ids=REACHES)
def test_how_far_measures_reach(units, expected):
    assert reach(units) == (
        expected if expected is NOTHING else Reach(expected[4], *map(Decimal, expected[:4]))
    )


AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1))
def test_what_is_taken_and_what_is_left_is_the_deficit_and_none_is_below_zero(amounts):
    found = reach([unit(-deficit, min(deficit, effect)) for deficit, effect in amounts])
    assert found.effect + found.left == found.deficit
    assert min(found.effect, found.left) >= 0


def test_each_place_has_the_reach_of_its_own_units():
    places = [
        Place(None, "Hela", WHOLE, ("101", "102", "103"), None),
        Place("A1", "Barn", "avdelning", ("101",), 0),
        Place("A2", "Äldre", "avdelning", ("102", "103"), 0),
    ]
    units = {"101": unit(-500, 200), "102": unit(-300)}  # 103 has no row
    assert [(each.deficit, each.effect, each.left) for each in reaches(places, units)] == [
        (800, 200, 600),
        (500, 200, 300),
        (300, 0, 300),
    ]


def test_a_month_tells_the_whole_and_each_place_by_code():
    places = [
        Place(None, "Hela", WHOLE, ("101",), None),
        Place("A1", "Barn", "avdelning", ("101",), 0),
        Place("V1", "Skola", "verksamhetsomrade", ("101",), 1),
    ]
    found = month_reach(places, {"101": unit(-500, 200)}, [standing("required")])
    assert [(each.code, each.parent) for each in found.places] == [(None, None), ("A1", None), ("V1", "A1")]
    assert found.whole == found.places[0].reach == Reach(1, *map(Decimal, (500, 200, 300, 0)))
    assert (found.plans.demanded, found.outturn.told) == (1, ToldPlans(0, 0))


def test_a_month_without_places_tells_nothing_of_the_whole():
    assert month_reach([], {}, []).whole == NOTHING


def standing(state, late=None, *, demanded=True, promised=0, realised=None):
    return PlanStanding(
        state, late, demanded, Decimal(promised), None if realised is None else Decimal(realised)
    )


COUNTS = {
    "none": ([], (0, 0, 0, 0, 0, 0)),
    "awaited": ([standing("required"), standing("returned"), standing("withdrawn")], (3, 0, 0, 0, 0, 0)),
    "handed in": ([standing("submitted")], (1, 1, 0, 0, 0, 0)),
    "approved": ([standing("approved")], (1, 1, 1, 0, 0, 0)),
    "reminded of": (
        [standing("required", "reminder_1"), standing("returned", "reminder_2")],
        (2, 0, 0, 2, 0, 0),
    ),
    "escalated is late too": ([standing("required", "escalation")], (1, 0, 0, 1, 1, 0)),
    "handed in after a reminder is late no more": ([standing("submitted", "reminder_1")], (1, 1, 0, 0, 0, 0)),
    "a demand that fell away": ([standing("lapsed", "escalation")], (0, 0, 0, 0, 0, 0)),
    "followed from an earlier month": ([standing("following", demanded=False)], (0, 0, 0, 0, 0, 1)),
}


@pytest.mark.parametrize(("plans", "expected"), COUNTS.values(), ids=COUNTS)
def test_plans_are_counted_by_how_far_they_have_come(plans, expected):
    assert count_plans(iter(plans)) == PlanCounts(*expected)


LATE = st.sampled_from([None, "reminder_1", "reminder_2", "escalation"])


@given(st.lists(st.builds(standing, st.sampled_from(list(STATES_IN_WORDS)), LATE, demanded=st.booleans())))
def test_each_count_holds_the_next(plans):
    found = count_plans(plans)
    assert found.demanded >= found.submitted >= found.approved
    assert found.demanded - found.submitted >= found.late >= found.escalated


FOLLOWED = {"state": "following", "demanded": False}
OUTTURNS = {
    "none": ([], (None, None, 0, 0)),
    "one that has begun": ([standing(**FOLLOWED, promised=100, realised=40)], (100, 40, 1, 1)),
    "one that became dearer": ([standing(**FOLLOWED, promised=100, realised=-40)], (100, -40, 1, 1)),
    "one that hasn't begun": ([standing(**FOLLOWED, promised=0)], (None, None, 0, 0)),
    "one that can't be told": ([standing(**FOLLOWED, promised=100)], (None, None, 0, 1)),
    "what can't be told is in neither sum": (
        [standing(**FOLLOWED, promised=100, realised=40), standing(**FOLLOWED, promised=70)],
        (100, 40, 1, 2),
    ),
    "one that isn't approved promises nothing": ([standing("submitted", promised=100)], (None, None, 0, 0)),
}


@pytest.mark.parametrize(("plans", "expected"), OUTTURNS.values(), ids=OUTTURNS)
def test_what_was_promised_is_held_against_what_came(plans, expected):
    promised, realised, count, of = expected
    assert outturn(iter(plans)) == Outturn(promised, realised, ToldPlans(count, of))
