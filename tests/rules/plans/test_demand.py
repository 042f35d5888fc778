"""Which plans a month demands, and what it means for those that are there already."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.assessment.deviation import Deviation, demands_plan
from tasks.rules.assessment.deviation_facts import DeviationFacts
from tasks.rules.periods import Period
from tasks.rules.plans.demand import Demands, Moved, PlanNow, month_demands
from tasks.rules.plans.state import STATES_IN_WORDS, UNDECIDED, Reason, may, move_plan

AUGUST, SEPTEMBER, OCTOBER = Period(2026, 8), Period(2026, 9), Period(2026, 10)


def larm(deviation, *, budget=10_000_000, required=True):
    """Return a larm that passed 150 000 kr and 2 % of the budget."""
    facts = DeviationFacts(
        period=SEPTEMBER,
        outcome=None,
        budget=None if budget is None else Decimal(budget),
        forecast=None,
        method="pattern",
    )
    return Deviation(
        facts=facts,
        deviation=None if deviation is None else Decimal(deviation),
        deviation_percent=None,
        signal="larm",
        floor_kr=Decimal(150_000),
        bar_percent=Decimal(2),
        regel="",
        mening="",
        plan_required=required,
    )


DEMANDED = {
    "nothing approved": (larm(-500_000), 0, True),
    "left just over the bar": (larm(-500_000), "299_999.99", True),
    "left exactly on the bar": (larm(-500_000), 300_000, False),
    "left just under the bar": (larm(-500_000), "300_000.01", False),
    "left just over the floor": (larm(-500_000, budget=5_000_000), "349_999.99", True),
    "left exactly on the floor": (larm(-500_000, budget=5_000_000), 350_000, False),
    "left just under the floor": (larm(-500_000, budget=5_000_000), "350_000.01", False),
    "all of it covered": (larm(-500_000), 500_000, False),
    "a budget of net income is as large": (larm(-500_000, budget=-10_000_000), 300_000, False),
    "no budget leaves the floor": (larm(-500_000, budget=None), "349_999.99", True),
    "no larm of underskott": (larm(-500_000, required=False), 0, False),
    "a surplus": (larm(500_000), 0, False),
    "on budget": (larm(0), 0, False),
    "not assessed": (larm(None), 0, False),
}


@pytest.mark.parametrize(("found", "effect", "demanded"), DEMANDED.values(), ids=DEMANDED)
def test_a_larm_demands_a_plan_while_what_is_left_is_over_its_limits(found, effect, demanded):
    assert demands_plan(found, Decimal(effect)) is demanded


KRONOR = st.decimals(min_value=0, max_value=10**7, places=2)


@given(KRONOR, KRONOR, KRONOR)
def test_more_measures_never_demand_a_plan_that_fewer_did_not(deficit, effect, more):
    if demands_plan(larm(-deficit), effect + more):
        assert demands_plan(larm(-deficit), effect)


def plan(state, period=SEPTEMBER, number=1, unit="101"):
    return PlanNow(number, unit, period, state)


REPLACED = Moved(1, "replace", Reason("taken_over", SEPTEMBER))
LARM_ENDED = Moved(1, "lapse", Reason("larm_ended", SEPTEMBER))
UNIT_ENDED = Moved(1, "lapse", Reason("unit_ended", SEPTEMBER))
CORRECTED = Moved(1, "lapse", Reason("corrected", SEPTEMBER))
FOLLOW, ACHIEVE, END = Moved(1, "follow"), Moved(1, "achieve"), Moved(1, "end")
NOTHING = Demands((), (), ())


def decided(plans, required=(), *, valid=("101",), realised=(), period=SEPTEMBER):
    return month_demands(period, required, valid, iter(plans), dict(realised))


REQUIRED = ("101",)
MONTHS = {
    "a first larm": ([], REQUIRED, Demands(("101",), (), ())),
    "no larm and no plan": ([], (), NOTHING),
    "its own plan stays": ([plan("required")], REQUIRED, Demands((), (), (1,))),
    "its own that is handed in stays": ([plan("submitted")], REQUIRED, Demands((), (), (1,))),
    "its own that is approved is enough": ([plan("approved")], REQUIRED, NOTHING),
    "its own that fell away is demanded anew": (
        [plan("lapsed")],
        REQUIRED,
        Demands((), (Moved(1, "demand"),), ()),
    ),
    "its own that was corrected away": ([plan("required")], (), Demands((), (CORRECTED,), (1,))),
    "its own that was handed in and corrected away waits": ([plan("submitted")], (), Demands((), (), (1,))),
    "its own that has fallen away stays so": ([plan("lapsed")], (), NOTHING),
    "an earlier that never came gives way": (
        [plan("required", AUGUST)],
        REQUIRED,
        Demands(("101",), (REPLACED,), ()),
    ),
    "an earlier that was returned gives way": (
        [plan("returned", AUGUST)],
        REQUIRED,
        Demands(("101",), (REPLACED,), ()),
    ),
    "an earlier that was taken back gives way": (
        [plan("withdrawn", AUGUST)],
        REQUIRED,
        Demands(("101",), (REPLACED,), ()),
    ),
    "an earlier that waits for its decision answers": ([plan("submitted", AUGUST)], REQUIRED, NOTHING),
    "an earlier whose larm has ended": ([plan("required", AUGUST)], (), Demands((), (LARM_ENDED,), ())),
    "an earlier that waits when the larm has ended": ([plan("submitted", AUGUST)], (), NOTHING),
    "an earlier that was approved is followed": ([plan("approved", AUGUST)], (), Demands((), (FOLLOW,), ())),
    "an earlier that doesn't reach is followed beside a new demand": (
        [plan("approved", AUGUST)],
        REQUIRED,
        Demands(("101",), (FOLLOW,), ()),
    ),
    "an earlier that is followed already": ([plan("following", AUGUST)], (), NOTHING),
    "a later demand has taken over": ([plan("required", OCTOBER)], REQUIRED, NOTHING),
    "a later demand leaves the month's own alone": (
        [plan("replaced"), plan("required", OCTOBER, number=2)],
        (),
        NOTHING,
    ),
    "another unit's plan answers nothing": (
        [plan("submitted", AUGUST, unit="102")],
        REQUIRED,
        Demands(("101",), (), ()),
    ),
}


@pytest.mark.parametrize(("plans", "required", "expected"), MONTHS.values(), ids=MONTHS)
def test_a_months_demands(plans, required, expected):
    assert decided(plans, required) == expected


@pytest.mark.parametrize("period", [AUGUST, SEPTEMBER])
def test_what_approved_measures_cover_by_now_is_owed_no_more(period):
    found = month_demands(SEPTEMBER, (), ("101",), [plan("required", period)], {}, alarmed=("101",))
    assert found.moved == (Moved(1, "lapse", Reason("covered", SEPTEMBER)),)


def test_a_month_behind_a_later_one_demands_nothing():
    plans = [plan("required", AUGUST), plan("required", SEPTEMBER, number=2, unit="102")]
    found = month_demands(SEPTEMBER, ("101",), ("101", "102"), plans, {}, is_newest=False)
    assert found == Demands((), (), (2,))


def test_a_unit_that_has_ended_owes_no_plan():
    assert decided([plan("required", AUGUST)], valid=()) == Demands((), (UNIT_ENDED,), ())


FOLLOWED = {
    "promise come at once": ("approved", SEPTEMBER, {1: True}, (FOLLOW, ACHIEVE)),
    "promise come": ("following", SEPTEMBER, {1: True}, (ACHIEVE,)),
    "promise not come": ("following", SEPTEMBER, {1: False}, ()),
    "the year has ended": ("following", Period(2026, 12), {1: False}, (END,)),
    "the year has ended at once": ("approved", Period(2026, 12), {1: False}, (FOLLOW, END)),
    "come as the year ended": ("following", Period(2026, 12), {1: True}, (ACHIEVE,)),
    "the next year": ("following", Period(2027, 1), {}, (END,)),
    "one that nobody approved": ("submitted", SEPTEMBER, {1: True}, ()),
    "one that has its end": ("achieved", SEPTEMBER, {1: True}, ()),
}


@pytest.mark.parametrize(("state", "period", "realised", "moved"), FOLLOWED.values(), ids=FOLLOWED)
def test_an_approved_plan_is_followed_until_its_promise_has_come_or_the_year_ended(
    state, period, realised, moved
):
    assert decided([plan(state, AUGUST)], realised=realised, period=period).moved == moved


def test_a_plan_isnt_followed_in_its_own_month():
    assert decided([plan("approved")], realised={1: True}) == NOTHING


def test_a_month_behind_a_later_one_demands_and_moves_nothing_and_keeps_its_undecided_plans():
    plans = [plan("required"), plan("approved", AUGUST, 2, "102"), plan("required", AUGUST, 3, "103")]
    found = month_demands(SEPTEMBER, ["101", "104"], ["101", "104"], plans, {}, is_newest=False)
    assert found == Demands((), (), (1,))


STATES = st.sampled_from(list(STATES_IN_WORDS))
PERIODS = (AUGUST, SEPTEMBER, OCTOBER)


@given(
    st.dictionaries(st.tuples(st.sampled_from(["101", "102"]), st.sampled_from(PERIODS)), STATES),
    st.sets(st.sampled_from(["101", "102"])),
    st.booleans(),
)
def test_a_unit_never_has_two_undecided_plans_and_every_move_is_allowed(states, required, came):
    plans = [PlanNow(at, unit, period, state) for at, ((unit, period), state) in enumerate(states.items())]
    newest = {each.unit: each.id for each in sorted(plans, key=lambda each: each.period)}
    # a demand is made only where nobody waits for an earlier plan, and takes the place of one that never came
    plans = [each for each in plans if each.state not in UNDECIDED or each.id == newest[each.unit]]
    found = month_demands(SEPTEMBER, required, ["101", "102"], plans, {each.id: came for each in plans})
    after = {each.id: each for each in plans}
    for moved in found.moved:
        before = after[moved.plan]
        assert may(before.state, moved.action)
        after[moved.plan] = replace(before, state=move_plan(before.state, moved.action))
    made = [PlanNow(-1, unit, SEPTEMBER, "required") for unit in found.new]
    for unit in ("101", "102"):
        own = [each for each in (*after.values(), *made) if each.unit == unit]
        assert sum(each.state in UNDECIDED for each in own) <= 1
        assert len({each.period for each in own}) == len(own)
