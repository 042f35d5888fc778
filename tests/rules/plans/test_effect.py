from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tasks.rules.periods import Period, months_of
from tasks.rules.plans.effect import (
    Approved,
    CountedEffect,
    Realised,
    counted_effect,
    is_achieved,
    realised_effects,
)
from tasks.rules.plans.measures import Measure, months_after, promised

SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (Period(2026, month) for month in (9, 10, 11, 12))
YEAR = months_of(2026)


def measure(effect, first=OCTOBER):
    return Measure("Färre vikarier", "Bitr. rektor", first, Decimal(effect))


def plan(*measures, period=SEPTEMBER, forecast=24_300_000, ahead=None):
    """Return an approved plan whose forecast expected 2 mnkr of each month after it."""
    expected = dict.fromkeys(months_after(period), Decimal(2_000_000)) if ahead is None else ahead
    return Approved(period, Decimal(forecast), measures, expected)


# What is counted in the forecast

BUDGET = Decimal(23_500_000)
COUNTED = {
    "its own month: all of the months left": (plan(measure(100_000)), SEPTEMBER, 24_300_000, 300_000),
    "a month later, nothing shown": (plan(measure(100_000)), OCTOBER, 24_300_000, 200_000),
    "a month later, a month's effect shown": (plan(measure(100_000)), OCTOBER, 24_200_000, 200_000),
    "a month later, more shown than was due": (plan(measure(100_000)), OCTOBER, 24_150_000, 150_000),
    "all of it shown": (plan(measure(100_000)), OCTOBER, 24_000_000, 0),
    "more than all of it shown": (plan(measure(100_000)), OCTOBER, 23_900_000, 0),
    "the forecast rose since": (plan(measure(100_000)), OCTOBER, 24_900_000, 200_000),
    "in December nothing is left": (plan(measure(100_000)), DECEMBER, 24_300_000, 0),
    "more than the deficit": (plan(measure(400_000)), SEPTEMBER, 24_300_000, 800_000),
    "exactly the deficit": (plan(measure(400_000)), OCTOBER, 24_300_000, 800_000),
    "just under the deficit": (plan(measure(399_999)), OCTOBER, 24_300_000, 799_998),
    "no deficit any more": (plan(measure(100_000)), OCTOBER, 23_500_000, 0),
    "a surplus": (plan(measure(100_000)), OCTOBER, 23_000_000, 0),
    "two measures add up": (
        plan(measure(100_000), measure(50_000, DECEMBER)),
        SEPTEMBER,
        24_300_000,
        350_000,
    ),
    "one begins later": (plan(measure(100_000, DECEMBER)), OCTOBER, 24_300_000, 100_000),
    "all begin next year": (plan(measure(100_000, Period(2027, 1))), SEPTEMBER, 24_300_000, 0),
    "a December plan has no months left in its year": (
        plan(measure(100_000, Period(2027, 1)), period=DECEMBER),
        DECEMBER,
        24_300_000,
        0,
    ),
    "no measures": (plan(), SEPTEMBER, 24_300_000, 0),
}


@pytest.mark.parametrize(("approved", "period", "forecast", "kr"), COUNTED.values(), ids=COUNTED)
def test_a_plan_is_counted_by_what_remains(approved, period, forecast, kr):
    assert counted_effect(approved, period, Decimal(forecast), BUDGET).counted == kr


def test_what_is_counted_tells_what_it_was_made_of():
    approved = plan(measure(100_000), measure(50_000, DECEMBER))
    assert counted_effect(approved, OCTOBER, Decimal(24_250_000), BUDGET) == CountedEffect(
        remaining=Decimal(250_000), whole=Decimal(350_000), shown=Decimal(50_000), counted=Decimal(250_000)
    )


def test_a_unit_of_net_income_has_a_deficit_too():
    approved = plan(measure(100_000), forecast=-900_000)
    assert counted_effect(approved, SEPTEMBER, Decimal(-900_000), Decimal(-1_000_000)).counted == 100_000


AMOUNTS = st.decimals(-(10**9), 10**9, places=2)
EFFECTS = st.decimals(Decimal("0.01"), 10**7, places=2)
PERIODS = st.builds(Period, st.just(2026), st.integers(1, 12))
MEASURES = st.lists(
    st.builds(
        Measure,
        st.just("a"),
        st.just("b"),
        st.builds(Period, st.integers(2026, 2027), st.integers(1, 12)),
        EFFECTS,
    ),
    max_size=4,
)


@given(PERIODS, PERIODS, AMOUNTS, AMOUNTS, AMOUNTS, MEASURES)
def test_what_is_counted_is_never_negative_nor_more_than_the_deficit_or_what_remains(
    made, period, before, forecast, budget, measures
):
    assume(made <= period)
    effect = counted_effect(plan(*measures, period=made, forecast=before), period, forecast, budget)
    assert effect.counted >= 0
    assert effect.counted <= max(0, forecast - budget)
    assert effect.counted <= promised(measures, [month for month in YEAR if month > period])
    assert forecast - effect.counted >= min(forecast, budget)
    assert effect.shown >= 0
    assert effect.counted + effect.shown <= max(effect.whole, effect.shown)


@given(PERIODS, AMOUNTS, AMOUNTS, MEASURES, st.integers(0, 10**7), st.integers(0, 10**7))
def test_the_more_the_outcome_shows_the_less_is_counted(made, before, budget, measures, shown, more):
    approved = plan(*measures, period=made, forecast=before)
    counted = [
        counted_effect(approved, made, before - fallen, budget).counted for fallen in (shown, shown + more)
    ]
    assert counted[0] >= counted[1]


# What came of it


def outcomes(*kr, first=OCTOBER):
    """Return outcomes (kr) of months from one on."""
    return {first.plus(n): Decimal(amount) for n, amount in enumerate(kr)}


REALISED = {
    "all that was promised came": (
        plan(measure(100_000)),
        NOVEMBER,
        outcomes(1_900_000, 1_900_000),
        [200_000],
    ),
    "half of it came": (plan(measure(100_000)), NOVEMBER, outcomes(1_950_000, 1_950_000), [100_000]),
    "nothing came": (plan(measure(100_000)), OCTOBER, outcomes(2_000_000), [0]),
    "it grew worse": (plan(measure(100_000)), OCTOBER, outcomes(2_030_000), [-30_000]),
    "only closed months": (plan(measure(100_000)), OCTOBER, outcomes(1_900_000, 1_000_000), [100_000]),
    "two share by what they promised": (
        plan(measure(100_000), measure(300_000)),
        OCTOBER,
        outcomes(1_800_000),
        [50_000, 150_000],
    ),
    "what came before a measure began is not its own": (
        plan(measure(100_000), measure(100_000, NOVEMBER)),
        NOVEMBER,
        outcomes(1_900_000, 1_800_000),
        [200_000, 100_000],
    ),
    "a measure that hasn't begun": (
        plan(measure(100_000), measure(100_000, DECEMBER)),
        NOVEMBER,
        outcomes(1_900_000, 1_900_000),
        [200_000, 0],
    ),
    "none has begun, whatever the outcome is": (
        plan(measure(100_000, DECEMBER)),
        OCTOBER,
        outcomes(1_000_000),
        [0],
    ),
    "none has begun, and the outcome is missing": (plan(measure(100_000, DECEMBER)), OCTOBER, {}, [0]),
    "an outcome is missing": (plan(measure(100_000)), NOVEMBER, outcomes(1_900_000), [None]),
    "the outcome of a month before it began is missing": (
        plan(measure(100_000, NOVEMBER)),
        NOVEMBER,
        outcomes(1_900_000, first=NOVEMBER),
        [100_000],
    ),
    "missing for one that had begun, known for one that began later": (
        plan(measure(100_000), measure(100_000, NOVEMBER)),
        NOVEMBER,
        outcomes(1_800_000, first=NOVEMBER),
        [None, 100_000],
    ),
    "what was expected wasn't kept": (plan(measure(100_000), ahead={}), OCTOBER, outcomes(1_900_000), [None]),
    "an outcome of nothing is an outcome": (plan(measure(100_000)), OCTOBER, outcomes(0), [2_000_000]),
    "its own month: nothing is closed yet": (plan(measure(100_000)), SEPTEMBER, {}, [0]),
    "a December plan": (plan(measure(100_000, Period(2027, 1)), period=DECEMBER), DECEMBER, {}, [0]),
    "the year after: its own year counts": (
        plan(measure(100_000)),
        Period(2027, 2),
        outcomes(1_900_000, 1_900_000, 1_900_000, 0, 0),
        [300_000],
    ),
    "öre are rounded": (
        plan(measure(1), measure(1), measure(1)),
        OCTOBER,
        outcomes(1_999_999),
        [Decimal("0.33")] * 3,
    ),
    "no measures": (plan(), OCTOBER, outcomes(1_900_000), []),
}


@pytest.mark.parametrize(("approved", "period", "known", "came"), REALISED.values(), ids=REALISED)
def test_what_came_is_shared_by_what_was_promised(approved, period, known, came):
    assert [each.realised for each in realised_effects(approved, period, known)] == came


def test_what_was_promised_stands_beside_what_came_even_where_that_is_missing():
    first, second = measure(100_000), measure(50_000, NOVEMBER)
    assert realised_effects(plan(first, second), NOVEMBER, {}) == (
        Realised(first, Decimal(200_000), None),
        Realised(second, Decimal(50_000), None),
    )


@given(
    st.lists(EFFECTS, min_size=1, max_size=6),
    st.integers(1, 11),
    st.lists(AMOUNTS, min_size=24, max_size=24),
)
def test_when_all_measures_run_their_shares_add_up_to_the_units_whole_difference(effects, made, kr):
    period = Period(2026, made)
    months = months_after(period)
    ahead, known = dict(zip(months, kr, strict=False)), dict(zip(months, kr[12:], strict=False))
    approved = plan(*(measure(each, period.plus(1)) for each in effects), period=period, ahead=ahead)
    shares = [each.realised for each in realised_effects(approved, DECEMBER, known)]
    whole = sum(ahead[month] - known[month] for month in months)
    assert abs(sum(shares) - whole) <= len(shares) * Decimal("0.005")  # half an öre each


@given(MEASURES, PERIODS, PERIODS, st.sets(st.sampled_from(YEAR)), st.sets(st.sampled_from(YEAR)))
def test_a_missing_month_is_never_taken_for_zero(measures, made, period, known, expected):
    approved = plan(*measures, period=made, ahead=dict.fromkeys(expected, Decimal(5)))
    for each in realised_effects(approved, period, dict.fromkeys(known, Decimal(3))):
        runs = {month for month in YEAR if max(made.plus(1), each.measure.from_month) <= month <= period}
        assert (each.realised is None) == (not runs <= known & expected)
        assert each.promised == each.measure.monthly_effect * len(runs)


# Whether it is achieved


def came(*kr):
    return [Realised(measure(1), Decimal(1), None if one is None else Decimal(one)) for one in kr]


ACHIEVED = {
    "all of it": (came(300_000), 300_000, True),
    "more": (came(400_000), 300_000, True),
    "exactly nine tenths": (came(200_000, 70_000), 300_000, True),
    "just under": (came(200_000, "69999.99"), 300_000, False),
    "one fell short, another made up for it": (came(-50_000, 350_000), 300_000, True),
    "one can't be told": (came(300_000, None), 300_000, False),
    "nothing came": (came(0), 300_000, False),
    "it grew worse": (came(-1), 300_000, False),
    "nothing was promised in its year": (came(0), 0, False),
    "no measures": ([], 0, False),
}


@pytest.mark.parametrize(("effects", "whole", "achieved"), ACHIEVED.values(), ids=ACHIEVED)
def test_a_plan_is_achieved_when_nearly_all_of_its_promise_came(effects, whole, achieved):
    assert is_achieved(effects, Decimal(whole)) is achieved
