from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.deviation import Bar, DeviationFacts, DeviationSettings, assess_deviation, bar, signal
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP
from tasks.rules.thresholds import UnusableThresholdError

DEFAULT = DeviationSettings()
MILLION = Decimal(1_000_000)
KRONOR = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def facts(**changed):
    """Give a unit in September that costs 13,0 mnkr of 12,0, on its own pattern."""
    known = DeviationFacts(
        period=Period(2026, 9),
        outcome=Decimal(9_906_000),
        budget=12 * MILLION,
        forecast=13 * MILLION,
        method="pattern",
        share_of_year=Decimal("76.2"),
    )
    return replace(known, **changed)


def assess(**changed):
    return assess_deviation(facts(**changed), DEFAULT)


@pytest.mark.parametrize(
    ("month", "level", "percent"),
    [
        (1, "larm", "4.25"),
        (6, "larm", "3"),
        (10, "larm", "2"),
        (12, "larm", "1.5"),
        (6, "bevaka", "2.5"),
        (12, "bevaka", "1.5"),
    ],
)
def test_the_bar_comes_down_through_the_year(month, level, percent):
    assert bar(month, level, DEFAULT) == Decimal(percent)


SIGNALS = {
    "just over the bar of larm": (10_000_000, 10_300_001, 6, "larm"),
    "exactly on the bar of larm": (10_000_000, 10_300_000, 6, "bevaka"),
    "just over the bar of bevaka": (10_000_000, 10_250_001, 6, "bevaka"),
    "exactly on the bar of bevaka": (10_000_000, 10_250_000, 6, None),
    "the same forecast warns later in the year": (10_000_000, 10_250_000, 10, "larm"),
    "a large per cent just over the floor": (1_000_000, 1_150_001, 6, "larm"),
    "a large per cent exactly on the floor": (1_000_000, 1_150_000, 6, None),
    "a large amount but a small per cent": (100_000_000, 101_000_000, 6, None),
    "on budget": (10_000_000, 10_000_000, 6, None),
    "net income that fails to come in": (-10_000_000, -9_000_000, 6, "larm"),
    "a large amount but a small per cent of net income": (-100_000_000, -99_000_000, 6, None),
    "more net income than planned": (-10_000_000, -11_000_000, 6, "bevaka"),
    "a large surplus is never more than bevaka": (10_000_000, 2_000_000, 6, "bevaka"),
    "a surplus exactly on its bar": (10_000_000, 9_700_000, 6, None),
    "a surplus just over its bar": (10_000_000, 9_699_999, 6, "bevaka"),
    "a surplus exactly on its floor": (1_000_000, 850_000, 6, None),
    "no budget, over the floor": (0, 5_000_000, 6, "bevaka"),
    "no budget, on the floor": (0, 150_000, 6, None),
    "no budget, net income": (0, -150_001, 6, "bevaka"),
    "budget missing": (None, 10_000_000, 6, None),
    "forecast missing": (10_000_000, None, 6, None),
}


@pytest.mark.parametrize(("budget", "forecast", "month", "level"), SIGNALS.values(), ids=SIGNALS)
def test_a_deviation_signals_over_the_floor_and_over_the_bar(budget, forecast, month, level):
    kr = [None if value is None else Decimal(value) for value in (budget, forecast)]
    assert signal(*kr, month, DEFAULT) == level


COST = "Till och med september har enheten kostat 9,9_mnkr."
PATTERN = "Enligt enhetens mönster från tidigare år brukar 76,2_% av årets {} ha kommit då."
OWN = f"{COST} {PATTERN.format('kostnad')} Helårsprognosen är därför"

SENTENCES = {
    "own pattern": (
        {},
        f"{OWN} 13,0_mnkr mot budget 12,0_mnkr: ett befarat underskott på 1,0_mnkr (8,3_%).",
    ),
    "the budget's months, a surplus": (
        {"method": "budget", "share_of_year": Decimal(75), "forecast": Decimal("11.5") * MILLION},
        (
            f"{COST} Tidigare år går inte att jämföra med; "
            "enligt budgeten ska 75,0_% av årets kostnad ha kommit då. "
            "Helårsprognosen är därför 11,5_mnkr mot budget 12,0_mnkr: "
            "ett väntat överskott på 0,5_mnkr (4,2_%)."
        ),
    ),
    "rest of the budget, no budget for the year": (
        {"method": "budget", "share_of_year": None, "budget": Decimal(0), "forecast": Decimal(99_000)},
        (
            f"{COST} Varken tidigare år eller budgetens fördelning går att räkna upp från. "
            "Helårsprognosen är därför utfallet hittills plus resten av årets budget: "
            "99_tkr mot budget 0_tkr: ett befarat underskott på 99_tkr."
        ),
    ),
    "net income": (
        {"outcome": -9 * MILLION, "budget": -12 * MILLION, "forecast": -11 * MILLION},
        (
            "Till och med september har enheten haft en nettointäkt på 9,0_mnkr. "
            f"{PATTERN.format('nettointäkt')} Helårsprognosen är därför 11,0_mnkr i nettointäkt "
            "mot budget 12,0_mnkr i nettointäkt: ett befarat underskott på 1,0_mnkr (8,3_%)."
        ),
    ),
    "with an interval": (
        {"forecast": 12 * MILLION, "lower": Decimal("11.8") * MILLION, "upper": Decimal("12.2") * MILLION},
        (
            f"{OWN} 12,0_mnkr mot budget 12,0_mnkr: i balans. "
            "Utfallet hamnar troligen mellan 11,8_mnkr och 12,2_mnkr."
        ),
    ),
    "half an interval is none": (
        {"forecast": 12 * MILLION, "lower": MILLION},
        f"{OWN} 12,0_mnkr mot budget 12,0_mnkr: i balans.",
    ),
    "the year is over, deficit": (
        {"period": Period(2026, 12), "outcome": 13 * MILLION},
        "Hela 2026 har enheten kostat 13,0_mnkr mot budget 12,0_mnkr: ett underskott på 1,0_mnkr (8,3_%).",
    ),
    "the year is over, surplus": (
        {"period": Period(2026, 12), "outcome": 11 * MILLION, "forecast": 11 * MILLION},
        "Hela 2026 har enheten kostat 11,0_mnkr mot budget 12,0_mnkr: ett överskott på 1,0_mnkr (8,3_%).",
    ),
    "outcome missing": (
        {"outcome": None, "forecast": None, "method": "missing"},
        (
            "Uppgift saknas: utfallet är inte komplett till och med september, "
            "så ingen helårsprognos kan räknas."
        ),
    ),
    "forecast missing": (
        {"forecast": None, "method": "missing"},
        (
            "Uppgift saknas: enheten har varken tidigare år eller en budget per månad "
            "att räkna en helårsprognos från."
        ),
    ),
    "budget missing": (
        {"budget": None},
        "Uppgift saknas: enheten har ingen årsbudget att jämföra helårsprognosen 13,0_mnkr med.",
    ),
}


@pytest.mark.parametrize(("changed", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_the_manager_is_told_what_the_figure_is_compared_with(changed, sentence):
    assert assess(**changed).mening == sentence.replace("_", NBSP)


RULES = {
    "larm": (
        {"period": Period(2026, 10)},
        "Underskottet är större än både 150_tkr och 2_% av budgeten (gränsen för larm i oktober).",
    ),
    "bevaka": (
        {"forecast": Decimal("12.25") * MILLION},
        "Underskottet är större än både 150_tkr och 2_% av budgeten (gränsen för bevakning i september).",
    ),
    "surplus": (
        {"forecast": Decimal(11) * MILLION},
        "Överskottet är större än både 150_tkr och 2,25_% av budgeten (gränsen för bevakning i september).",
    ),
    "not passed": (
        {"forecast": Decimal("12.2") * MILLION},
        (
            "Underskottet är inte större än både 150_tkr och 2_% av budgeten "
            "(gränsen för bevakning i september)."
        ),
    ),
    "nothing deviates": (
        {"forecast": Decimal(12) * MILLION},
        (
            "Avvikelsen är inte större än både 150_tkr och 2_% av budgeten "
            "(gränsen för bevakning i september)."
        ),
    ),
    "budget 0": (
        {"budget": Decimal(0)},
        "Underskottet är större än 150_tkr; med budgeten 0 kronor jämförs inget i procent.",
    ),
    "missing": ({"budget": None}, "Ingen bedömning har gjorts: uppgift saknas."),
}


@pytest.mark.parametrize(("changed", "sentence"), RULES.values(), ids=RULES)
def test_the_rule_is_said_with_its_limits(changed, sentence):
    assert assess(**changed).regel == sentence.replace("_", NBSP)


def test_an_assessment_carries_its_evidence():
    found = assess()
    assert found.facts == facts()
    assert (found.deviation, found.signal, found.plan_required) == (-MILLION, "larm", True)
    assert found.deviation_percent == Decimal(-100) / 12
    assert (found.floor_kr, found.bar_percent) == (Decimal(150_000), Decimal("2.25"))


def test_a_surplus_is_held_against_its_own_limits_and_demands_no_plan():
    settings = replace(DEFAULT, surplus_floor_kr=MILLION, surplus_bar=Bar(Decimal(5), Decimal(0)))
    found = assess_deviation(facts(forecast=9 * MILLION), settings)
    assert (found.signal, found.plan_required) == ("bevaka", False)
    assert (found.floor_kr, found.bar_percent) == (MILLION, Decimal(5))


def test_a_unit_without_budget_has_no_per_cent_and_demands_no_plan():
    found = assess(budget=Decimal(0))
    assert (found.deviation, found.deviation_percent) == (-13 * MILLION, None)
    assert (found.signal, found.plan_required) == ("bevaka", False)


@pytest.mark.parametrize("missing", ["outcome", "budget", "forecast"])
def test_a_missing_figure_silences_the_rule(missing):
    found = assess(**{missing: None})
    assert (found.deviation, found.deviation_percent, found.signal) == (None, None, None)
    assert not found.plan_required


@pytest.mark.parametrize(
    "changed",
    [
        {"floor_kr": Decimal(-1)},
        {"surplus_floor_kr": Decimal("NaN")},
        {"larm_bar": Bar(Decimal(101), Decimal(3))},
        {"surplus_bar": Bar(Decimal(1), Decimal(-1))},
        {"larm_bar": Bar(Decimal(1), Decimal(9))},  # below bevaka at the end of the year
        {"larm_bar": Bar(Decimal(2), Decimal(0))},  # below bevaka at its beginning
    ],
)
def test_limits_that_make_no_sense_are_refused(changed):
    with pytest.raises(UnusableThresholdError):
        replace(DEFAULT, **changed)


@given(budget=KRONOR, forecast=KRONOR, month=st.integers(1, 12))
def test_only_a_deficit_is_a_larm_and_it_would_also_be_bevaka(budget, forecast, month):
    level = signal(budget, forecast, month, DEFAULT)
    if level == "larm":
        assert forecast > budget
        assert abs(budget - forecast) > DEFAULT.floor_kr
    milder = replace(DEFAULT, larm_bar=Bar(Decimal(100), Decimal(100)))
    assert (signal(budget, forecast, month, milder) is None) == (level is None)


@given(budget=KRONOR, forecast=KRONOR, more=st.decimals(0, 10**8, places=2), month=st.integers(1, 12))
def test_a_worse_forecast_never_gets_a_milder_warning(budget, forecast, more, month):
    rank = {None: 0, "bevaka": 1, "larm": 2}
    forecast = max(budget, forecast)
    now, worse = (signal(budget, value, month, DEFAULT) for value in (forecast, forecast + more))
    assert rank[worse] >= rank[now]
