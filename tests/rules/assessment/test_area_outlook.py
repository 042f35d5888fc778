"""The year of the places above the units, and when they are warned of."""

import math
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from tasks.rules.assessment.area_outlook import area_outlooks, area_sentence
from tasks.rules.assessment.deviation import assess_deviation
from tasks.rules.assessment.deviation_facts import Bar, DeviationFacts, DeviationSettings, Sure
from tasks.rules.assessment.deviation_sentences import compared_sentence
from tasks.rules.assessment.forecast import year_forecast
from tasks.rules.assessment.learning import WIDTH, Learnt
from tasks.rules.organisation import Register, UnitVersion, area_tree
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP
from tests.rules.year_cases import unit_years

SEPTEMBER, DECEMBER = Period(2026, 9), Period(2026, 12)
SETTINGS = DeviationSettings(
    floor_kr=Decimal(150_000),
    larm_bar=Bar(Decimal(2), Decimal(0)),
    larm_sure=Sure(Decimal(80), Decimal(90)),
    bevaka_bar=Bar(Decimal(1), Decimal(0)),
    bevaka_sure=Sure(Decimal(70), Decimal(80)),
    surplus_bar=Bar(Decimal(2), Decimal(0)),
    surplus_sure=Sure(Decimal(80), Decimal(90)),
)
ORGANISATION = (
    ("A1", "Barn", "avdelning"),
    ("V1", "Norr", "verksamhetsomrade", "A1"),
    ("V2", "Söder", "verksamhetsomrade", "A1"),
    ("1", "Ett", "enhet", "V1"),
    ("2", "Två", "enhet", "V1"),
    ("3", "Tre", "enhet", "V2"),
    ("4", "Fyra", "enhet", "V2"),
)
CODES = ("1", "2", "3", "4")
BUDGET = 12_000_000
FLAT = np.full(12, 1_000_000.0)
PLACES = area_tree(Register([(SEPTEMBER, [UnitVersion(*row) for row in ORGANISATION])]), SEPTEMBER)


def years(over=(0, 0, 0, 0), wobble=0.01, past=3):
    """Give the four units' years: twelve flat millions, and so many kr over this year.

    In past years the last three months were dearer or cheaper by the wobble, in two units when not in others.
    """
    units = []
    for unit, kr in enumerate(over):
        before = [FLAT.copy() for _ in range(past)]
        for year, months in enumerate(before):
            months[9:] *= 1 + wobble * (-1) ** (year + unit // 2)
        now = FLAT + kr / 12
        now[9:] = np.nan
        units.append([*before, now])
    return unit_years(*units, budgets=[[float(BUDGET)] * (past + 1)] * len(over))


def found(over, signals="....", codes=CODES, missing=()):
    """Give units' deviations: kr over the budget, and L, B or nothing for each."""
    levels = {"L": "larm", "B": "bevaka", ".": None}
    deviations = {}
    for code, kr, sign in zip(codes, over, signals, strict=True):
        facts = DeviationFacts(
            period=SEPTEMBER,
            outcome=None if code in missing else Decimal(9_000_000) + kr,
            budget=Decimal(BUDGET),
            forecast=None if code in missing else Decimal(BUDGET) + kr,
            method="pattern",
        )
        deviations[code] = replace(assess_deviation(facts, SETTINGS), signal=levels[sign])
    return deviations


def look(over, signals="....", settings=SETTINGS, units=None, **others):
    outlooks = area_outlooks(
        PLACES, years(over) if units is None else units, found(over, signals, **others), SEPTEMBER, settings
    )
    return {outlook.place.code: outlook for outlook in outlooks}


def test_a_place_is_the_sum_of_its_units():
    facts = look([100_000, 200_000, -50_000, 0])["A1"].facts
    assert (facts.budget, facts.forecast, facts.outcome) == (48_000_000, 48_250_000, 36_250_000)
    assert facts.forecast - facts.lower == facts.upper - facts.forecast > 0


def test_only_assessed_units_count():
    area = look([100_000, 200_000, 0, 0], missing=["2"])["V1"]
    assert (area.facts.budget, area.facts.forecast) == (12_000_000, 12_100_000)
    assert area.assessed == ("1",)
    assert area.mening.startswith(f"1 av 2{NBSP}enheter är bedömd. Dess helårsprognos är 12,1")


def test_a_place_without_assessed_units_has_no_figures():
    area = look([0, 0, 0, 0], missing=["1", "2"])["V1"]
    assert (area.facts.budget, area.facts.forecast, area.facts.lower, area.signal) == (None,) * 4
    assert area.mening == "Uppgift saknas: ingen enhet har kunnat bedömas."


def half_widths(units, settings=SETTINGS, **others):
    """Return half the width of each place's interval, in % of its forecast."""
    facts = {
        area.place.code: area.facts
        for area in area_outlooks(PLACES, units, found([0] * 4), SEPTEMBER, settings, **others)
    }
    return {code: float((each.upper - each.forecast) / each.forecast * 100) for code, each in facts.items()}


def test_the_interval_follows_what_the_sum_missed_the_year_before():
    """V2's years miss as V1's do the other way round, so together they miss nothing."""
    units = years(wobble=0.1)
    missed = abs(units.outcome[0, -2].sum() / year_forecast(units.years_before(1), 9).forecast[0] - 1) * 100
    in_all = missed * 2 / 4  # of the four places two miss
    of_areas = (2 * missed + 6 * in_all) / (2 + 6)
    of_others = 6 * in_all / (1 + 6)
    expected = {
        "V1": (2 * of_areas + missed) / 3,
        "V2": (2 * of_areas + missed) / 3,
        "A1": 2 * of_others / 3,
        None: 2 * of_others / 3,
    }
    widths = half_widths(units)
    assert widths == pytest.approx({code: WIDTH * miss for code, miss in expected.items()}, rel=0.02)


def test_a_unit_that_was_not_whole_the_year_before_leaves_it_to_the_others():
    units = years(wobble=0.1)
    units.outcome[0, -2, 3] = np.nan
    assert half_widths(units)["V1"] == pytest.approx(half_widths(years(wobble=0.1))["V1"], rel=0.2)


@pytest.mark.parametrize("past", [0, 1])
def test_without_a_year_to_replay_the_units_miss_as_usual_and_alike(past):
    learnt = Learnt(misses={"": (0.05,) * 11}, widths={"": (2.0,) * 11})
    widths = half_widths(years(past=past), learnt=learnt)
    assert widths == pytest.approx(dict.fromkeys((None, "A1", "V1", "V2"), 10), rel=0.001)


def test_two_past_years_are_enough_to_replay_one():
    wide = Learnt(misses={"": (0.5,) * 11})
    assert half_widths(years(past=2), learnt=wide)["V1"] < 10 < half_widths(years(past=1), learnt=wide)["V1"]


def test_the_probability_is_of_the_forecast_over_the_budget_in_its_interval():
    over = [100_000, 100_000, 0, 0]
    facts = look(over, units=years(over, wobble=0.15))["V1"].facts
    deviations = (facts.forecast - facts.budget) / (facts.upper - facts.forecast) * Decimal("1.2816")
    expected = 50 * (1 + math.erf(float(deviations) / math.sqrt(2)))
    assert float(facts.probability) == pytest.approx(expected, abs=2)
    assert 55 < facts.probability < 95


def test_a_place_that_is_new_misses_as_the_others():
    units = years(wobble=0.1)
    units.outcome[2:, :-1] = np.nan
    widths = half_widths(units)
    assert widths["V2"] == pytest.approx(widths["V1"], rel=0.05)


# over (kr) and signals of the units, by place: whole, department, V1, V2
SIGNALS = {
    "nothing is the matter": ([0, 0, 0, 0], "....", "...."),
    "many small ones make a large one": ([260_000, 260_000, 0, 0], "....", "..L."),
    "exactly on the bar of larm": ([240_000, 240_000, 0, 0], "....", "..B."),
    "exactly on the bar of bevaka": ([120_000, 120_000, 0, 0], "....", "...."),
    "the area is already told by a unit": ([600_000, 0, 0, 0], "L...", "...."),
    "what is left is over the bar": ([600_000, 500_000, 0, 0], "L...", "..L."),
    "what is left is exactly on the bar of larm": ([600_000, 480_000, 0, 0], "L...", "..B."),
    "what is left is under the bar": ([900_000, 100_000, 0, 0], "L...", "...."),
    "the department says what its areas don't": (
        [230_000, 230_000, 230_000, 230_000], "....", "..BB",
    ),
    "two areas that are told leave nothing for the department": (
        [260_000, 260_000, 260_000, 260_000], "....", "..LL",
    ),
    "a surplus that is told and a deficit that isn't": ([-2_000_000, 500_000, 0, 0], "B...", "...."),
    "a small surplus beside a deficit that is told": ([1_000_000, -300_000, 0, 0], "L...", "...."),
    "a surplus": ([-300_000, -300_000, 0, 0], "....", "..B."),
}  # fmt: skip


@pytest.mark.parametrize(("over", "signals", "expected"), SIGNALS.values(), ids=SIGNALS)
def test_a_place_is_warned_only_of_what_its_children_dont_say(over, signals, expected):
    areas = look(over, signals, settings=SETTINGS)
    marks = {None: ".", "larm": "L", "bevaka": "B"}
    assert "".join(marks[areas[code].signal] for code in (None, "A1", "V1", "V2")) == expected


def test_areas_below_the_floor_can_be_a_department_above_it():
    over, settings = [125_000] * 4, replace(SETTINGS, floor_kr=Decimal(300_000))
    signals = {code: area.signal for code, area in look(over, settings=settings).items()}
    assert signals == {None: None, "A1": "bevaka", "V1": None, "V2": None}


def test_a_warning_says_what_is_left_and_how_many_units_have_their_own():
    area = look([600_000, 500_000, 0, 0], "L...")["V1"]
    assert (area.unsaid, area.warned) == (-500_000, ("1",))
    told = "Utöver det som redan är varnat finns ett befarat underskott på 0,5_mnkr.".replace("_", NBSP)
    assert area.mening.endswith(f"1{NBSP}enhet har egna varningar. {told}")


def test_an_unsure_forecast_is_no_warning():
    over = [260_000, 260_000, 0, 0]
    assert look(over, units=years(over, wobble=0.5))["V1"].signal is None


def test_the_month_before_counts_when_a_probability_is_high_enough_only_twice():
    over = [160_000, 160_000, 0, 0]
    units = years(over, wobble=0.15)
    facts = look(over, units=units)["V1"].facts
    assert 50 < facts.probability_before < facts.probability < 100

    def at(twice):
        sure = Sure(twice, Decimal(100))
        settings = replace(SETTINGS, larm_sure=sure, bevaka_sure=sure)
        return look(over, units=units, settings=settings)["V1"].signal

    assert at(facts.probability_before) == "bevaka"
    assert at(facts.probability_before + Decimal("0.01")) is None


def test_in_january_there_is_no_month_before():
    deviations = found([0] * 4)
    (whole, *_) = area_outlooks(PLACES, years(), deviations, Period(2026, 1), SETTINGS)
    assert whole.facts.probability_before is None
    assert whole.facts.probability is not None


@pytest.mark.parametrize("past", [0, 3])
def test_when_the_year_is_over_there_is_nothing_to_miss(past):
    units = years(past=past)
    units.outcome[:, -1, 9:] = 1e6
    deviations = found([100_000] * 4)
    december = [replace(each, facts=replace(each.facts, period=DECEMBER)) for each in deviations.values()]
    areas = area_outlooks(PLACES, units, dict(zip(CODES, december, strict=True)), DECEMBER, SETTINGS)
    facts = areas[0].facts
    assert facts.lower == facts.forecast == facts.upper == 48_400_000


def test_sums_of_nothing_have_no_interval():
    over = [0, 0, 0, 0]
    turned = years()
    for part in (turned.outcome, turned.budget, turned.in_force):
        part[1] = -part[0]
    deviations = found(over)
    deviations["2"] = replace(
        deviations["2"],
        facts=replace(deviations["2"].facts, budget=Decimal(-BUDGET), forecast=Decimal(-BUDGET)),
    )
    areas = {area.place.code: area for area in area_outlooks(PLACES, turned, deviations, SEPTEMBER, SETTINGS)}
    assert (areas["V1"].facts.forecast, areas["V1"].facts.lower, areas["V1"].facts.upper) == (0, None, None)
    assert areas["V1"].signal is None


def test_nothing_dated_after_the_month_changes_a_places_year():
    units, later = years([100_000] * 4), years([100_000] * 4)
    later.outcome[:, -1, 9:] = 5e6
    deviations = found([100_000] * 4)
    now = area_outlooks(PLACES, units, deviations, SEPTEMBER, SETTINGS)
    then = area_outlooks(PLACES, later, deviations, SEPTEMBER, SETTINGS)
    assert now == then


def test_without_places_there_is_nothing():
    assert area_outlooks([], years(), found([0] * 4), SEPTEMBER, SETTINGS) == []


MILLION = Decimal(1_000_000)
FACTS = DeviationFacts(
    period=Period(2026, 9),
    outcome=150 * MILLION,
    budget=200 * MILLION,
    forecast=204 * MILLION,
    method="pattern",
    lower=203 * MILLION,
    upper=205 * MILLION,
)
RESULT = "204,0_mnkr mot budget 200,0_mnkr: ett befarat underskott på 4,0_mnkr (2,0_%)."
INTERVAL = "Utfallet hamnar troligen mellan 203,0_mnkr och 205,0_mnkr."
NOBODY = "Uppgift saknas: ingen enhet har kunnat bedömas."
TOGETHER = f"Enheternas helårsprognoser är tillsammans {RESULT} {INTERVAL}"

# facts, assessed, of, warned, unsaid
SENTENCES = {
    "nothing to warn of": ((FACTS, 14, 14, 0, None), TOGETHER),
    "some could not be assessed": (
        (FACTS, 12, 14, 0, None),
        f"12 av 14_enheter är bedömda. Deras helårsprognoser är tillsammans {RESULT} {INTERVAL}",
    ),
    "one of some": (
        (FACTS, 1, 14, 0, None), f"1 av 14_enheter är bedömd. Dess helårsprognos är {RESULT} {INTERVAL}",
    ),
    "a single unit": ((FACTS, 1, 1, 0, None), f"Enhetens helårsprognos är {RESULT} {INTERVAL}"),
    "units with warnings": ((FACTS, 14, 14, 3, None), f"{TOGETHER} 3_enheter har egna varningar."),
    "one with a warning": ((FACTS, 14, 14, 1, None), f"{TOGETHER} 1_enhet har egna varningar."),
    "more than their warnings say": (
        (FACTS, 14, 14, 3, -3 * MILLION),
        (f"{TOGETHER} 3_enheter har egna varningar. "
         "Utöver det som redan är varnat finns ett befarat underskott på 3,0_mnkr."),
    ),
    "a surplus": (
        (replace(FACTS, forecast=190 * MILLION, lower=None, upper=None), 14, 14, 1, 3 * MILLION),
        ("Enheternas helårsprognoser är tillsammans 190,0_mnkr mot budget 200,0_mnkr: "
         "ett väntat överskott på 10,0_mnkr (5,0_%). 1_enhet har egna varningar. "
         "Utöver det som redan är varnat finns ett väntat överskott på 3,0_mnkr."),
    ),
    "no unit has a warning": (
        (FACTS, 14, 14, 0, -4 * MILLION),
        f"{TOGETHER} Ingen enskild enhet har en varning, men tillsammans är avvikelsen över gränsen.",
    ),
    "the year is over": (
        (replace(FACTS, period=Period(2026, 12)), 14, 14, 3, -3 * MILLION),
        ("Enheternas utfall är tillsammans 204,0_mnkr mot budget 200,0_mnkr: "
         "ett underskott på 4,0_mnkr (2,0_%). 3_enheter har egna varningar. "
         "Utöver det som redan är varnat finns ett underskott på 3,0_mnkr."),
    ),
    "no budget": ((replace(FACTS, budget=None), 14, 14, 0, None), NOBODY),
    "no forecast": ((replace(FACTS, forecast=None), 14, 14, 0, None), NOBODY),
    "nobody could be assessed": (
        (replace(FACTS, budget=None, forecast=None), 0, 14, 0, None),
        NOBODY,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_a_places_year_is_told(given, sentence):
    assert area_sentence(*given) == sentence.replace("_", NBSP)


@pytest.mark.parametrize("lacking", ["budget", "forecast"])
def test_a_forecast_that_cannot_be_compared_is_refused(lacking):
    with pytest.raises(ValueError, match="nothing to compare"):
        compared_sentence(replace(FACTS, **{lacking: None}), "Prognosen är")


def test_a_place_of_units_without_nets_may_miss_as_their_costs_do():
    """Their sums are next to nothing: a share of them would make every krona of difference sure."""
    plain, units = years(), years()
    bare = unit_years(
        *(units.outcome - 1_000_000), budgets=units.budget - BUDGET, gross=np.full(4, float(BUDGET))
    )
    wide = area_outlooks(PLACES, bare, found([0] * 4), SEPTEMBER, SETTINGS)
    ordinary = area_outlooks(PLACES, plain, found([0] * 4), SEPTEMBER, SETTINGS)
    for one, other in zip(wide, ordinary, strict=True):
        half, usual = (float(each.facts.upper - each.facts.forecast) for each in (one, other))
        assert half == pytest.approx(usual, rel=0.2)


def test_a_place_whose_net_is_near_0_is_held_to_the_costs_in_it():
    units = {
        code: replace(unit, facts=replace(unit.facts, budget=Decimal(0), gross=Decimal(BUDGET)))
        for code, unit in found([0] * 4).items()
    }
    (board, *_) = area_outlooks(PLACES, years(), units, SEPTEMBER, SETTINGS)
    assert board.facts.gross == 4 * BUDGET
    assert board.facts.is_near_zero
