from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.assessment.deviation import assess_deviation, demands_plan, is_sure, signal
from tasks.rules.assessment.deviation_facts import Bar, DeviationFacts, DeviationSettings, Sure
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP
from tasks.rules.thresholds import UnusableThresholdError

DEFAULT = DeviationSettings()
MILLION = Decimal(1_000_000)
KRONOR = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
PERCENT = st.decimals(min_value=0, max_value=100, places=2)
SURE = {"probability": Decimal(97), "probability_before": Decimal(92)}
SURE_OF_LESS = {"probability": Decimal(3), "probability_before": Decimal(8)}


def facts(**changed):
    """Give a unit in September that costs 13,0 mnkr of 12,0, and 6,4 % more than expected so far."""
    known = DeviationFacts(
        period=Period(2026, 9),
        outcome=Decimal(9_906_000),
        budget=12 * MILLION,
        forecast=13 * MILLION,
        method="pattern",
        expected=Decimal(9_310_000),
        to_come=Decimal("4.3"),
        **SURE,
    )
    return replace(known, **changed)


def assess(**changed):
    return assess_deviation(facts(**changed), DEFAULT)


@pytest.mark.parametrize(
    ("month", "level", "percent"),
    [
        (1, "larm", "2.283333333333333333333333333"),
        (6, "larm", "2.2"),
        (12, "larm", "2.1"),
        (6, "bevaka", "1.7"),
        (12, "bevaka", "1.6"),
    ],
)
def test_the_bar_comes_down_through_the_year(month, level, percent):
    assert DEFAULT.bar(level).at(month) == Decimal(percent)


SIGNALS = {
    "just over the bar of larm": (10_000_000, 10_220_001, 6, "larm"),
    "exactly on the bar of larm": (10_000_000, 10_220_000, 6, "bevaka"),
    "just over the bar of bevaka": (10_000_000, 10_170_001, 6, "bevaka"),
    "exactly on the bar of bevaka": (10_000_000, 10_170_000, 6, None),
    "the same forecast warns later in the year": (10_000_000, 10_220_000, 7, "larm"),
    "a large per cent just over the floor": (1_000_000, 1_150_001, 6, "larm"),
    "a large per cent exactly on the floor": (1_000_000, 1_150_000, 6, None),
    "a large amount but a small per cent": (100_000_000, 101_000_000, 6, None),
    "on budget": (10_000_000, 10_000_000, 6, None),
    "net income that fails to come in": (-10_000_000, -9_000_000, 6, "larm"),
    "a large amount but a small per cent of net income": (-100_000_000, -99_000_000, 6, None),
    "no budget, over the floor": (0, 5_000_000, 6, "bevaka"),
    "no budget, on the floor": (0, 150_000, 6, None),
    "budget missing": (None, 10_000_000, 6, None),
    "forecast missing": (10_000_000, None, 6, None),
}


@pytest.mark.parametrize(("budget", "forecast", "month", "level"), SIGNALS.values(), ids=SIGNALS)
def test_a_sure_deficit_signals_over_the_floor_and_over_the_bar(budget, forecast, month, level):
    kr = [None if value is None else Decimal(value) for value in (budget, forecast)]
    known = facts(period=Period(2026, month), budget=kr[0], forecast=kr[1])
    assert signal(known, DEFAULT) == level


GROSS = {
    "a net of nothing, just over the bar of its costs": (0, 440_001, "larm"),
    "a net of nothing, exactly on the bar": (0, 440_000, "bevaka"),
    "a net of nothing, exactly on the bar of bevaka": (0, 340_000, None),
    "a net just below a tenth of the costs": (1_999_999, 1_999_999 + 440_001, "larm"),
    "a net just below a tenth, under the costs' bar": (1_999_999, 1_999_999 + 300_000, None),
    "a net of a tenth is held to itself": (2_000_000, 2_000_000 + 300_000, "larm"),
    "a net income near 0": (-1_000_000, -500_000, "larm"),
    "a surplus just over the bar of the costs": (0, -600_001, None),
}


@pytest.mark.parametrize(("budget", "forecast", "level"), GROSS.values(), ids=GROSS)
def test_a_bar_is_a_share_of_the_costs_where_the_net_is_near_0(budget, forecast, level):
    known = facts(
        period=Period(2026, 6), budget=Decimal(budget), forecast=Decimal(forecast), gross=20 * MILLION
    )
    assert signal(known, DEFAULT) == level


def test_a_surplus_beside_a_net_near_0_must_be_sure_and_over_the_bar_of_the_costs():
    known = facts(period=Period(2026, 6), budget=Decimal(0), gross=20 * MILLION, **SURE_OF_LESS)
    assert signal(replace(known, forecast=Decimal(-600_001)), DEFAULT) == "bevaka"
    assert signal(replace(known, forecast=Decimal(-600_000)), DEFAULT) is None
    assert signal(replace(known, forecast=Decimal(-600_001), probability=Decimal(25)), DEFAULT) is None


@pytest.mark.parametrize(("effect", "demanded"), [(0, True), (279_999, True), (280_000, False)])
def test_a_plan_of_a_net_near_0_is_demanded_until_what_is_left_is_within_the_bar_of_the_costs(
    effect, demanded
):
    told = assess(period=Period(2026, 6), budget=Decimal(0), forecast=Decimal(720_000), gross=20 * MILLION)
    assert told.deviation_percent is None
    assert demands_plan(told, Decimal(effect)) is demanded


SURPLUSES = {
    "a large surplus is never more than bevaka": (10_000_000, 2_000_000, SURE_OF_LESS, "bevaka"),
    "more net income than planned": (-10_000_000, -11_000_000, SURE_OF_LESS, "bevaka"),
    "exactly on its bar": (10_000_000, 9_700_000, SURE_OF_LESS, None),
    "just over its bar": (10_000_000, 9_699_999, SURE_OF_LESS, "bevaka"),
    "exactly on its floor": (1_000_000, 850_000, SURE_OF_LESS, None),
    "no budget, net income": (0, -150_001, SURE_OF_LESS, "bevaka"),
    "not sure": (10_000_000, 9_000_000, {"probability": Decimal(25), "probability_before": None}, None),
    "sure twice": (
        10_000_000,
        9_000_000,
        {"probability": Decimal(20), "probability_before": Decimal(20)},
        "bevaka",
    ),
    "sure once": (10_000_000, 9_000_000, {"probability": Decimal(5), "probability_before": None}, "bevaka"),
    "sure once, not the month before": (
        10_000_000,
        9_000_000,
        {"probability": Decimal("5.01"), "probability_before": Decimal("20.01")},
        None,
    ),
}


@pytest.mark.parametrize(("budget", "forecast", "sure", "level"), SURPLUSES.values(), ids=SURPLUSES)
def test_a_surplus_is_signalled_quieter(budget, forecast, sure, level):
    known = facts(period=Period(2026, 6), budget=Decimal(budget), forecast=Decimal(forecast), **sure)
    assert signal(known, DEFAULT) == level


PERSISTENCE = {
    "once enough": ("98", None, True),
    "once just below, alone": ("97.99", None, False),
    "twice enough": ("80", "80", True),
    "twice, just below now": ("79.99", "98", False),
    "twice, just below before": ("97.99", "79.99", False),
    "unknown": (None, "99", False),
}


@pytest.mark.parametrize(("now", "before", "sure"), PERSISTENCE.values(), ids=PERSISTENCE)
def test_a_deviation_must_last_or_be_very_clear(now, before, sure):
    probabilities = [None if value is None else Decimal(value) for value in (now, before)]
    assert is_sure(*probabilities, Sure(Decimal(80), Decimal(98))) is sure


def test_a_large_deficit_that_is_not_sure_is_no_larm_but_may_be_watched():
    unsure = {"probability": Decimal(64), "probability_before": Decimal(62)}
    assert signal(facts(**unsure), DEFAULT) == "bevaka"
    assert signal(facts(probability=Decimal(59), probability_before=Decimal(90)), DEFAULT) is None


SO_FAR = "Till och med september har enheten kostat 6,4_% mer än budgeten enligt enhetens vanliga mönster."
STAYS = (
    "Resten av året väntas kosta 4,3_% mer än budgeten, ungefär två tredjedelar av skillnaden hittills. "
    "Helårsprognosen är därför"
)
OVER = "13,0_mnkr mot budget 12,0_mnkr: ett befarat underskott på 1,0_mnkr (8,3_%)."
INCOME = {
    "outcome": Decimal(-8_100_000),
    "expected": -9 * MILLION,
    "budget": -12 * MILLION,
    "forecast": Decimal("-10.5") * MILLION,
    "to_come": Decimal(20),
}
MORE_INCOME = INCOME | {
    "outcome": Decimal(-9_900_000),
    "forecast": Decimal("-13.5") * MILLION,
    "to_come": Decimal(-20),
}

NET = {
    "method": "gross",
    "outcome": Decimal(540_000),
    "expected": Decimal(0),
    "to_come": Decimal(6),
    "budget": Decimal(0),
    "forecast": Decimal(720_000),
    "gross": 12 * MILLION,
}

SENTENCES = {
    "own pattern": ({}, f"{SO_FAR} {STAYS} {OVER}"),
    "a type's pattern, a surplus": (
        {
            "method": "type",
            "outcome": Decimal(9_030_700),
            "to_come": Decimal(-3),
            "forecast": Decimal("11.5") * MILLION,
        },
        (
            "Till och med september har enheten kostat 3,0_% mindre än budgeten enligt det vanliga mönstret "
            "för "
            "sådana enheter. Resten av året väntas kosta 3,0_% mindre än budgeten, ungefär hela av "
            "skillnaden "
            "hittills. Helårsprognosen är därför 11,5_mnkr mot budget 12,0_mnkr: ett väntat överskott på "
            "0,5_mnkr "
            "(4,2_%)."
        ),
    ),
    "the budget's months": (
        {"method": "budget", "to_come": Decimal("3.2")},
        (
            "Till och med september har enheten kostat 6,4_% mer än budgeten enligt budgetens månader. "
            "Resten av "
            "året väntas kosta 3,2_% mer än budgeten, ungefär hälften av skillnaden hittills. "
            "Helårsprognosen är "
            f"därför {OVER}"
        ),
    ),
    "no usable budget: the year before": (
        {"method": "trend", "budget": 5 * MILLION},
        (
            "Till och med september har enheten kostat 6,4_% mer än förra året enligt enhetens vanliga "
            "mönster, för "
            "budgeten går inte att jämföra månader med. Resten av året väntas kosta 4,3_% mer än förra året, "
            "ungefär "
            "två tredjedelar av skillnaden hittills. Helårsprognosen är därför 13,0_mnkr mot budget "
            "5,0_mnkr: ett "
            "befarat underskott på 8,0_mnkr (160,0_%)."
        ),
    ),
    "the newest months point further": (
        {"to_come": Decimal(9)},
        (
            f"{SO_FAR} Resten av året väntas kosta 9,0_% mer än budgeten, för de senaste månaderna väger "
            "tyngst. "
            f"Helårsprognosen är därför {OVER}"
        ),
    ),
    "the newest months point the other way": (
        {"to_come": Decimal("-2.5")},
        (
            f"{SO_FAR} Resten av året väntas kosta 2,5_% mindre än budgeten, för de senaste månaderna väger "
            "tyngst. "
            f"Helårsprognosen är därför {OVER}"
        ),
    ),
    "little stays": (
        {"to_come": Decimal("0.5")},
        (
            f"{SO_FAR} Resten av året väntas kosta 0,5_% mer än budgeten, bara en liten del av skillnaden "
            "hittills. "
            f"Helårsprognosen är därför {OVER}"
        ),
    ),
    "nothing stays": (
        {"to_come": Decimal("0.04"), "forecast": Decimal("12.6") * MILLION},
        (
            f"{SO_FAR} Resten av året väntas följa budgeten. Helårsprognosen är därför 12,6_mnkr mot budget "
            "12,0_mnkr: ett befarat underskott på 0,6_mnkr (5,0_%)."
        ),
    ),
    "as expected so far": (
        {"outcome": Decimal(9_310_000), "to_come": Decimal("0.5"), "forecast": Decimal(12_013_000)},
        (
            "Till och med september har enheten följt budgeten enligt enhetens vanliga mönster. Resten av "
            "året "
            "väntas kosta 0,5_% mer än budgeten. Helårsprognosen är därför "
            "12_013_tkr mot budget 12_000_tkr: ett befarat underskott på 13_tkr (0,1_%)."
        ),
    ),
    "nothing to extrapolate from, no budget for the year": (
        {
            "method": "budget",
            "expected": None,
            "to_come": None,
            "budget": Decimal(0),
            "forecast": Decimal(99_000),
        },
        (
            "Till och med september har enheten kostat 9,9_mnkr. Det går inte att räkna upp från. "
            "Helårsprognosen är utfallet hittills plus resten av årets budget: "
            "99_tkr mot budget 0_tkr: ett befarat underskott på 99_tkr."
        ),
    ),
    "net income": (
        INCOME,
        (
            "Till och med september har enhetens nettointäkt varit 10,0_% lägre än budgeten enligt enhetens "
            "vanliga "
            "mönster. Resten av året väntas ge 20,0_% mindre än budgeten, för de senaste månaderna väger "
            "tyngst. "
            "Helårsprognosen är därför 10,5_mnkr i nettointäkt mot budget 12,0_mnkr i nettointäkt: "
            "ett befarat underskott på 1,5_mnkr (12,5_%)."
        ),
    ),
    "net income with an interval": (
        INCOME | {"lower": Decimal("-10.8") * MILLION, "upper": Decimal("-10.2") * MILLION},
        (
            "Till och med september har enhetens nettointäkt varit 10,0_% lägre än budgeten enligt enhetens "
            "vanliga "
            "mönster. Resten av året väntas ge 20,0_% mindre än budgeten, för de senaste månaderna väger "
            "tyngst. "
            "Helårsprognosen är därför 10,5_mnkr i nettointäkt mot budget 12,0_mnkr i nettointäkt: "
            "ett befarat underskott på 1,5_mnkr (12,5_%). Nettointäkten hamnar troligen mellan 10,2_mnkr och "
            "10,8_mnkr."
        ),
    ),
    "more net income, and more to come": (
        MORE_INCOME,
        (
            "Till och med september har enhetens nettointäkt varit 10,0_% högre än budgeten enligt enhetens "
            "vanliga "
            "mönster. Resten av året väntas ge 20,0_% mer än budgeten, för de senaste månaderna väger "
            "tyngst. "
            "Helårsprognosen är därför 13,5_mnkr i nettointäkt mot budget 12,0_mnkr i nettointäkt: "
            "ett väntat överskott på 1,5_mnkr (12,5_%)."
        ),
    ),
    "net income without anything to extrapolate from": (
        {
            "outcome": -9 * MILLION,
            "expected": None,
            "to_come": None,
            "budget": -12 * MILLION,
            "forecast": -12 * MILLION,
        },
        (
            "Till och med september har enheten haft en nettointäkt på 9,0_mnkr. Det går inte att räkna upp "
            "från. "
            "Helårsprognosen är utfallet hittills plus resten av årets budget: 12,0_mnkr i nettointäkt mot "
            "budget "
            "12,0_mnkr i nettointäkt: i balans."
        ),
    ),
    "with an interval": (
        {"forecast": 12 * MILLION, "lower": Decimal("11.8") * MILLION, "upper": Decimal("12.2") * MILLION},
        (
            f"{SO_FAR} {STAYS} 12,0_mnkr mot budget 12,0_mnkr: i balans. "
            "Utfallet hamnar troligen mellan 11,8_mnkr och 12,2_mnkr."
        ),
    ),
    "a net near 0, and the pace goes on": (
        NET,
        (
            "Till och med september har enhetens netto blivit 540_tkr sämre än budgeten. Resten av året "
            "väntas det bli 180_tkr sämre, i samma takt. Helårsprognosen är därför 0,72_mnkr mot budget "
            "0,00_mnkr: ett befarat underskott på 0,72_mnkr (6,0_% av bruttobudgeten)."
        ),
    ),
    "a net near 0 that is better, and will be worse": (
        NET | {"outcome": Decimal(-540_000), "forecast": Decimal(-240_000)},
        (
            "Till och med september har enhetens netto blivit 540_tkr bättre än budgeten. Resten av året "
            "väntas det bli 300_tkr sämre. Helårsprognosen är därför 0,24_mnkr i nettointäkt mot budget "
            "0,00_mnkr: ett väntat överskott på 0,24_mnkr (2,0_% av bruttobudgeten)."
        ),
    ),
    "a net near 0 that is kept": (
        NET | {"outcome": Decimal(400), "forecast": Decimal(0)},
        (
            "Till och med september har enhetens netto följt budgeten. Resten av året väntas följa budgeten. "
            "Helårsprognosen är därför 0_tkr mot budget 0_tkr: i balans."
        ),
    ),
    "half an interval is none": (
        {"forecast": 12 * MILLION, "lower": MILLION},
        f"{SO_FAR} {STAYS} 12,0_mnkr mot budget 12,0_mnkr: i balans.",
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
        "Uppgift saknas: enheten har varken tidigare år eller en budget att räkna en helårsprognos från.",
    ),
    "budget missing": (
        {"budget": None},
        "Uppgift saknas: enheten har ingen årsbudget att jämföra helårsprognosen 13,0_mnkr med.",
    ),
}


@pytest.mark.parametrize(("changed", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_the_manager_is_told_what_the_figure_is_compared_with(changed, sentence):
    assert assess(**changed).mening == sentence.replace("_", NBSP)


STAYING = {
    "0.95": "ungefär hela",
    "1.1": "ungefär hela",
    "0.94": "ungefär nio tiondelar",
    "0.84": "ungefär tre fjärdedelar",
    "0.70": "ungefär två tredjedelar",
    "0.57": "ungefär hälften",
    "0.41": "ungefär en tredjedel",
    "0.28": "ungefär en fjärdedel",
    "0.15": "ungefär en fjärdedel",
    "0.14": "bara en liten del",
}


@pytest.mark.parametrize(("part", "words"), STAYING.items())
def test_the_part_that_stays_is_said_in_words(part, words):
    outcome, expected = Decimal(110), Decimal(100)
    told = assess(outcome=outcome, expected=expected, to_come=10 * Decimal(part)).mening
    assert f", {words} av skillnaden hittills. " in told


@pytest.mark.parametrize("part", ["1.11", "-0.01"])
def test_more_than_all_or_the_other_way_is_what_the_newest_months_say(part):
    told = assess(outcome=Decimal(110), expected=Decimal(100), to_come=10 * Decimal(part)).mening
    assert "av skillnaden" not in told
    assert "för de senaste månaderna väger tyngst" in told


UNDER = "Underskottet är större än både 150_tkr och"
RULES = {
    "a net near 0 is held to its costs": (
        NET,
        (
            f"{UNDER} 2,15_% av bruttobudgeten 12,0_mnkr (gränsen för larm i september; nettobudgeten är "
            "nära 0), och sannolikheten för underskott är 97_% (gränsen är 90_%)."
        ),
    ),
    "larm, sure once": (
        {"period": Period(2026, 12 - 2)},
        (
            f"{UNDER} 2,13_% av budgeten (gränsen för larm i oktober), och sannolikheten för underskott är "
            "97_% "
            "(gränsen är 90_%)."
        ),
    ),
    "surplus, sure twice": (
        {"forecast": Decimal(11) * MILLION, "probability": Decimal(19), "probability_before": Decimal(20)},
        (
            "Överskottet är större än både 150_tkr och 2,25_% av budgeten (gränsen för bevakning i "
            "september), "
            "och sannolikheten för överskott är 81_% och var 80_% månaden före (gränsen är 80_% två månader "
            "i "
            "rad)."
        ),
    ),
    "larm, sure twice": (
        {"probability": Decimal(78), "probability_before": Decimal("71.4")},
        (
            f"{UNDER} 2,15_% av budgeten (gränsen för larm i september), och sannolikheten för underskott är "
            "78_% "
            "och var 71_% månaden före (gränsen är 65_% två månader i rad)."
        ),
    ),
    "more than can be said": (
        {"probability": Decimal("99.95")},
        (
            f"{UNDER} 2,15_% av budgeten (gränsen för larm i september), och sannolikheten för underskott är "
            "mer än "
            "99_% (gränsen är 90_%)."
        ),
    ),
    "bevaka": (
        {"forecast": Decimal("12.22") * MILLION},
        (
            f"{UNDER} 1,65_% av budgeten (gränsen för bevakning i september), och sannolikheten för "
            "underskott är "
            "97_% (gränsen är 85_%)."
        ),
    ),
    "large enough, but not sure": (
        {"probability": Decimal(55), "probability_before": Decimal(70)},
        (
            f"{UNDER} 1,65_% av budgeten (gränsen för bevakning i september), men sannolikheten för "
            "underskott är "
            "55_% och var 70_% månaden före; det krävs 60_% två månader i rad eller 85_% en gång."
        ),
    ),
    "large enough, not sure, and no month before": (
        {"probability": Decimal("84.99"), "probability_before": None},
        (
            f"{UNDER} 1,65_% av budgeten (gränsen för bevakning i september), men sannolikheten för "
            "underskott är "
            "84_%; det krävs 60_% två månader i rad eller 85_% en gång."
        ),
    ),
    "surplus": (
        {"forecast": Decimal(11) * MILLION, **SURE_OF_LESS},
        (
            "Överskottet är större än både 150_tkr och 2,25_% av budgeten (gränsen för bevakning i "
            "september), och "
            "sannolikheten för överskott är 97_% (gränsen är 95_%)."
        ),
    ),
    "the year is over": (
        {"period": Period(2026, 12), "outcome": 13 * MILLION, "probability": Decimal(100)},
        f"{UNDER} 2,1_% av budgeten (gränsen för larm i december).",
    ),
    "not passed": (
        {"forecast": Decimal("12.19") * MILLION},
        (
            "Underskottet är inte större än både 150_tkr och 1,65_% av budgeten "
            "(gränsen för bevakning i september)."
        ),
    ),
    "nothing deviates": (
        {"forecast": Decimal(12) * MILLION},
        (
            "Avvikelsen är inte större än både 150_tkr och 1,65_% av budgeten "
            "(gränsen för bevakning i september)."
        ),
    ),
    "budget 0": (
        {"budget": Decimal(0)},
        "Underskottet är större än 150_tkr; med budgeten 0 kronor jämförs inget i procent.",
    ),
    "budget 0, on the floor": (
        {"budget": Decimal(0), "forecast": Decimal(150_000)},
        "Underskottet är inte större än 150_tkr; med budgeten 0 kronor jämförs inget i procent.",
    ),
    "large enough, no probability known": (
        {"probability": None},
        f"{UNDER} 1,65_% av budgeten (gränsen för bevakning i september).",
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
    assert (found.floor_kr, found.bar_percent) == (Decimal(150_000), Decimal("2.15"))


def test_a_surplus_is_held_against_its_own_limits_and_demands_no_plan():
    settings = replace(DEFAULT, surplus_floor_kr=MILLION, surplus_bar=Bar(Decimal(5), Decimal(0)))
    found = assess_deviation(facts(forecast=9 * MILLION, **SURE_OF_LESS), settings)
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


def test_nothing_stays_of_a_difference_that_is_none_or_unknown():
    assert facts(outcome=Decimal(9_310_000)).stays is None
    assert facts(expected=None).stays is None
    assert facts(to_come=None).stays is None
    assert facts(outcome=None).above is None


@pytest.mark.parametrize(
    "changed",
    [
        {"floor_kr": Decimal(-1)},
        {"surplus_floor_kr": Decimal("NaN")},
        {"larm_bar": Bar(Decimal(101), Decimal(3))},
        {"surplus_bar": Bar(Decimal(1), Decimal(-1))},
        {"larm_bar": Bar(Decimal(1), Decimal(9))},  # below bevaka at the end of the year
        {"larm_bar": Bar(Decimal("1.7"), Decimal(0))},  # below bevaka at its beginning
        {"larm_sure": Sure(Decimal(59), Decimal(90))},  # less sure than bevaka
        {"larm_sure": Sure(Decimal(65), Decimal(84))},
        {"bevaka_sure": Sure(Decimal(49), Decimal(85))},
        {"surplus_sure": Sure(Decimal(80), Decimal(101))},
    ],
)
def test_limits_that_make_no_sense_are_refused(changed):
    with pytest.raises(UnusableThresholdError):
        replace(DEFAULT, **changed)


@given(budget=KRONOR, forecast=KRONOR, month=st.integers(1, 12), now=PERCENT, before=PERCENT)
def test_only_a_deficit_is_a_larm_and_it_would_also_be_bevaka(budget, forecast, month, now, before):
    known = facts(
        period=Period(2026, month),
        budget=budget,
        forecast=forecast,
        probability=now,
        probability_before=before,
    )
    level = signal(known, DEFAULT)
    if level == "larm":
        assert forecast > budget
        assert abs(budget - forecast) > DEFAULT.floor_kr
    milder = replace(DEFAULT, larm_bar=Bar(Decimal(100), Decimal(100)))
    assert (signal(known, milder) is None) == (level is None)


@given(budget=KRONOR, forecast=KRONOR, more=st.decimals(0, 10**8, places=2), month=st.integers(1, 12))
def test_a_worse_forecast_never_gets_a_milder_warning(budget, forecast, more, month):
    rank = {None: 0, "bevaka": 1, "larm": 2}
    forecast = max(budget, forecast)
    period = Period(2026, month)
    now, worse = (
        signal(facts(period=period, budget=budget, forecast=value), DEFAULT)
        for value in (forecast, forecast + more)
    )
    assert rank[worse] >= rank[now]


ABOVE = {
    "a share of the expected": ({}, "6.4"),
    "a net near 0: a share of the costs": (NET, "6"),
    "a net near 0 without known costs": (NET | {"gross": None}, None),
    "nothing was expected": ({"expected": Decimal(0)}, None),
    "unknown": ({"expected": None}, None),
    "no outcome": ({"outcome": None}, None),
}


@pytest.mark.parametrize(("changed", "above"), ABOVE.values(), ids=ABOVE)
def test_how_far_the_outcome_is_from_the_expected(changed, above):
    found = facts(**changed).above
    assert found is None if above is None else round(found, 1) == Decimal(above)
