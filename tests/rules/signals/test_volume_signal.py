from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.assessment.deviation_facts import Bar
from tasks.rules.declaration import Volume
from tasks.rules.signals.volume_signal import (
    Reading,
    VolumeSignalSettings,
    persists,
    unit_cost_signal,
    volume_signal,
)
from tasks.rules.swedish import NBSP
from tasks.rules.thresholds import UnusableThresholdError
from tasks.rules.volumes.unit_costs import UnitMoney
from tasks.rules.volumes.volumes import NOTHING, MeasuredVolume

DEFAULT = VolumeSignalSettings()
CHILDREN = Volume("Inskrivna barn", "niva", one="barn", many="barn")
PLACES = Volume("Helmånadsplatser", "niva", one="plats", many="platser", are_places=True)
HOURS = Volume("Hemtjänsttimmar", "flode", one="timme", many="timmar")
SPRING = tuple(Decimal(share) for share in ("1.1",) * 6 + ("0.9",) * 6)
COUNTS = st.lists(st.none() | st.decimals(0, 500, places=1), min_size=12, max_size=12).map(tuple)


def year(*values):
    figures = tuple(None if value is None else Decimal(value) for value in values)
    return figures + NOTHING[len(figures) :]


def volume(outcome, planned=(100,) * 12, declared=CHILDREN, **changed):
    return replace(MeasuredVolume(declared.name, declared, year(*outcome), year(*planned)), **changed)


def reading(month, figure, planned=100):
    return Reading(month, Decimal(figure), Decimal(planned), None)


BAR = Bar(Decimal(2), Decimal(3))  # 2.75 % in September, 3 % in August, 3.5 % in June
PERSISTS = {
    "just over the bar both months": ([reading(8, "103.01"), reading(9, "102.76")], True),
    "exactly on the bar in the latest": ([reading(8, "103.01"), reading(9, "102.75")], False),
    "exactly on the higher bar of the month before": ([reading(8, "103"), reading(9, "104")], False),
    "under the plan both months": ([reading(8, "96"), reading(9, "97.24")], True),
    "exactly on the bar under the plan": ([reading(8, "96"), reading(9, "97.25")], False),
    "over one month, under the next": ([reading(8, "104"), reading(9, "96")], False),
    "one month alone": ([reading(9, "110")], False),
    "on the plan": ([reading(8, "100"), reading(9, "100")], False),
    "nothing": ([], False),
}


@pytest.mark.parametrize(("readings", "found"), PERSISTS.values(), ids=PERSISTS)
def test_a_difference_signals_when_it_is_over_the_bar_twice_in_a_row(readings, found):
    assert persists(readings, BAR, Decimal(0)) == found


@pytest.mark.parametrize(
    ("figure", "found"), [("10.5", False), ("10.51", True), ("9.5", False), ("9.49", True)]
)
def test_a_few_whole_ones_must_be_further_off_than_rounding(figure, found):
    readings = [reading(8, figure, 10), reading(9, figure, 10)]
    assert persists(readings, BAR, Decimal("0.5")) == found


# volume, month: signal, month of the reading, figure, planned
SIGNALS = {
    "more children than planned": (volume([105] * 9), 9, "bevaka", 9, 105, 100),
    "fewer": (volume([95] * 9), 9, "bevaka", 9, 95, 100),
    "within the bar": (volume([102] * 9), 9, None, 9, 102, 100),
    "one month is no trend": (volume([105]), 1, None, 1, 105, 100),
    "two are": (volume([106, 106]), 2, "bevaka", 2, 106, 100),
    "the plan follows the season": (volume([110] * 6, season=SPRING), 6, None, 6, 110, 110),
    "months that aren't counted": (volume([105] * 5), 7, "bevaka", 5, 105, 100),
    "exactly five are enough": (volume([7] * 9, [5] * 9), 9, "bevaka", 9, 7, 5),
    "less than five are too few": (volume([7] * 9, ["4.9"] * 9), 9, None, 9, 7, "4.9"),
    "half a child is rounding": (volume(["10.5"] * 9, [10] * 9), 9, None, 9, "10.5", 10),
    "hours add up": (volume([105] * 9, declared=HOURS), 9, "bevaka", 9, 945, 900),
    "few hours are hours all the same": (
        volume(["0.5"] * 9, ["0.4"] * 9, declared=HOURS), 9, "bevaka", 9, "4.5", "3.6",
    ),
    "later months are not looked at": (volume([100] * 9 + [500] * 3), 9, None, 9, 100, 100),
}  # fmt: skip


@pytest.mark.parametrize(
    ("counted", "month", "signal", "latest", "figure", "planned"), SIGNALS.values(), ids=SIGNALS
)
def test_a_volume_is_held_against_the_plan_of_its_months(counted, month, signal, latest, figure, planned):
    found = volume_signal(counted, month, DEFAULT)
    assert found.signal == signal
    assert (found.reading.month, found.reading.figure) == (latest, Decimal(figure))
    assert found.reading.planned == Decimal(planned)
    assert found.bar_percent == DEFAULT.volume_bar.at(latest)


def test_a_plan_of_five_is_five_whatever_its_season_leaves_in_the_last_digits():
    rising = tuple(Decimal(share) * 12 / sum(range(35, 47)) for share in range(35, 47))
    assert sum(5 * share for share in rising) / 12 < 5
    found = volume_signal(volume([7] * 9, [5] * 9, season=rising), 9, DEFAULT)
    assert (found.signal, found.reading.year_plan) == ("bevaka", 5)


MISSING = {
    "unknown measure": (MeasuredVolume("X", None, year(*[105] * 9), year(*[100] * 9)), 9),
    "no plan": (volume([105] * 9, []), 9),
    "plan 0": (volume([105] * 9, [0] * 9), 9),
    "nothing counted": (volume([]), 9),
    "less than half of the months": (volume([105] * 4), 9),
    "nothing planned in the latest months": (volume([5, None], [0, 5], declared=HOURS), 2),
}


@pytest.mark.parametrize(("counted", "month"), MISSING.values(), ids=MISSING)
def test_a_missing_figure_gives_no_signal_and_says_so(counted, month):
    found = volume_signal(counted, month, DEFAULT)
    assert (found.reading, found.bar_percent, found.signal) == (None, None, None)
    assert found.mening == f"{counted.name}: uppgift saknas."
    assert found.regel == "Ingen bedömning har gjorts: uppgift saknas."


def test_a_month_before_that_cannot_be_read_is_none():
    found = volume_signal(volume([0, 8], [0, 8], declared=HOURS), 2, DEFAULT)
    assert (found.signal, found.reading.figure) == (None, 8)


SENTENCES = {
    "more": (
        volume([105] * 9), 9,
        ("Inskrivna barn: i snitt 105,0 till och med september mot planerade 100,0. "
        "Det är 5,0_% fler barn än planerat."),
    ),
    "fewer than the year before": (
        volume([95] * 9, last_year=year(*[98] * 12)), 9,
        ("Inskrivna barn: i snitt 95,0 till och med september mot planerade 100,0. "
        "Det är 5,0_% färre barn än planerat. Samma månader förra året: 98,0."),
    ),
    "the season is said by the year's plan": (
        volume([121] * 6, season=SPRING), 6,
        ("Inskrivna barn: i snitt 121,0 till och med juni mot planerade 110,0 (100,0 för hela året). "
        "Det är 10,0_% fler barn än planerat."),
    ),
    "a year before that lacks a month": (
        volume([100] * 9, last_year=year(*[98] * 8)), 9,
        "Inskrivna barn: i snitt 100,0 till och med september mot planerade 100,0. Det är som planerat.",
    ),
    "empty places": (
        volume([95] * 9, declared=PLACES), 9,
        ("Helmånadsplatser: i snitt 95,0 till och med september mot planerade 100,0. "
        "Det är 5,0 tomma platser (5,0_%)."),
    ),
    "more places than planned": (
        volume([105] * 9, declared=PLACES), 9,
        ("Helmånadsplatser: i snitt 105,0 till och med september mot planerade 100,0. "
        "Det är 5,0_% fler platser än planerat."),
    ),
    "hours": (
        volume([1050] * 9, [1000] * 9, declared=HOURS, last_year=year(*[1010] * 12)), 9,
        ("Hemtjänsttimmar: 9_450 till och med september mot planerade 9_000. "
        "Det är 5,0_% fler timmar än planerat. Samma månader förra året: 9_090."),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("counted", "month", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_a_volume_is_said_with_what_it_is_compared_with(counted, month, sentence):
    assert volume_signal(counted, month, DEFAULT).mening == sentence.replace("_", NBSP)


RULES = {
    "found": (
        volume([105] * 9),
        (
            "Skillnaden är större än både 0,5 barn och 2,75_% av planen (gränsen i september), "
            "och var över gränsen även i augusti."
        ),
    ),
    "not found": (
        volume([101] * 9),
        (
            "Skillnaden har inte två gånger i rad varit större än både 0,5 barn och 2,75_% av planen "
            "(gränsen i september)."
        ),
    ),
    "hours": (
        volume([105] * 9, declared=HOURS),
        (
            "Skillnaden är större än 2,75_% av planen (gränsen i september), "
            "och var över gränsen även i augusti."
        ),
    ),
    "too few": (
        volume([7] * 9, [4] * 9),
        "Färre än 5 planerade barn ger ingen signal: en enda är för stor del av dem.",
    ),
}


@pytest.mark.parametrize(("counted", "sentence"), RULES.values(), ids=RULES)
def test_the_rule_is_said_with_its_limits(counted, sentence):
    assert volume_signal(counted, 9, DEFAULT).regel == sentence.replace("_", NBSP)


def money(outcome, budget, last_year=()):
    return UnitMoney(year(*outcome), year(*budget), year(*last_year))


EVEN = volume([100] * 9)
# volume, money: signal, kr for each, budgeted
COSTS = {
    "dearer": (EVEN, money([105_000] * 9, [100_000] * 9), "bevaka", 1050, 1000),
    "cheaper": (EVEN, money([95_000] * 9, [100_000] * 9), "bevaka", 950, 1000),
    "exactly on the bar of August": (EVEN, money([104_000] * 9, [100_000] * 9), None, 1040, 1000),
    "just over it": (EVEN, money([104_001] * 9, [100_000] * 9), "bevaka", "1040.01", 1000),
    "fewer children at the same cost": (
        volume([80] * 9), money([100_000] * 9, [100_000] * 9), "bevaka", 1250, 1000,
    ),
    "months without money are left out of both": (
        EVEN, money([None, *[105_000] * 8], [100_000] * 9), "bevaka", 1050, 1000,
    ),
    "months without a budget too": (
        EVEN, money([105_000] * 9, [None, *[100_000] * 8]), "bevaka", 1050, 1000,
    ),
    "less than five planned": (
        volume([4] * 9, [4] * 9), money([105_000] * 9, [100_000] * 9), None, 26250, 25000,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("counted", "kr", "signal", "figure", "planned"), COSTS.values(), ids=COSTS)
def test_the_cost_of_each_is_held_against_budget_over_plan(counted, kr, signal, figure, planned):
    found = unit_cost_signal(counted, kr, 9, DEFAULT)
    assert (found.indicator, found.signal) == ("Kostnad per barn", signal)
    assert (found.reading.figure, found.reading.planned) == (Decimal(figure), Decimal(planned))
    assert (found.reading.year_plan, found.bar_percent) == (None, Decimal("3.75"))


def test_money_of_half_of_the_months_is_enough():
    found = unit_cost_signal(volume([100] * 8), money([105_000] * 4, [100_000] * 8), 8, DEFAULT)
    assert (found.reading.month, found.reading.figure) == (4, 1050)


NO_COSTS = {
    "less than half of the months have money": (EVEN, money([1000] * 4, [1000] * 9)),
    "no outcome": (EVEN, money([], [1000] * 9)),
    "net income": (EVEN, money([-1000] * 9, [-1000] * 9)),
    "budget 0": (EVEN, money([1000] * 9, [0] * 9)),
    "nobody came": (volume([0] * 9), money([1000] * 9, [1000] * 9)),
}


@pytest.mark.parametrize(("counted", "kr"), NO_COSTS.values(), ids=NO_COSTS)
def test_a_cost_that_cannot_be_had_is_missing(counted, kr):
    found = unit_cost_signal(counted, kr, 9, DEFAULT)
    assert (found.signal, found.mening) == (None, "Kostnad per barn: uppgift saknas.")


@pytest.mark.parametrize(
    ("counted", "indicator"),
    [
        (volume([100] * 9, []), "Kostnad per barn"),
        (MeasuredVolume("X", None, year(*[100] * 9), year(*[100] * 9)), "Kostnad per prestation"),
    ],
)
def test_a_cost_without_plan_or_known_measure_is_missing(counted, indicator):
    found = unit_cost_signal(counted, money([1000] * 9, [1000] * 9), 9, DEFAULT)
    assert (found.reading, found.mening) == (None, f"{indicator}: uppgift saknas.")


COST_SENTENCES = {
    "higher, with the year before": (
        volume([100] * 9, last_year=year(*[100] * 12)),
        money([105_000] * 9, [100_000] * 9, [98_000] * 12),
        (
            "Kostnad per barn: 1_050_kronor i månaden till och med september mot budgeterade 1_000_kronor. "
            "Det är 5,0_% högre. Samma månader förra året: 980_kronor."
        ),
    ),
    "lower, of hours": (
        volume([100] * 9, declared=HOURS),
        money([40_000] * 9, [50_000] * 9),
        (
            "Kostnad per timme: 400_kronor till och med september mot budgeterade 500_kronor. "
            "Det är 20,0_% lägre."
        ),
    ),
    "as budgeted": (
        volume([100] * 9, declared=HOURS),
        money([50_010] * 9, [50_000] * 9),
        (
            "Kostnad per timme: 500_kronor till och med september mot budgeterade 500_kronor. "
            "Det är som budgeterat."
        ),
    ),
}


@pytest.mark.parametrize(("counted", "kr", "sentence"), COST_SENTENCES.values(), ids=COST_SENTENCES)
def test_a_cost_is_said_with_what_it_is_compared_with(counted, kr, sentence):
    assert unit_cost_signal(counted, kr, 9, DEFAULT).mening == sentence.replace("_", NBSP)


@pytest.mark.parametrize(
    "changed",
    [
        {"volume_bar": Bar(Decimal(-1), Decimal(3))},
        {"cost_bar": Bar(Decimal(2), Decimal(101))},
        {"least_planned": Decimal(-1)},
        {"least_difference": Decimal("NaN")},
    ],
)
def test_settings_that_make_no_sense_are_refused(changed):
    with pytest.raises(UnusableThresholdError):
        replace(DEFAULT, **changed)


@given(COUNTS, COUNTS, COUNTS, st.integers(1, 12), st.sampled_from([CHILDREN, HOURS]))
def test_nothing_dated_after_the_month_changes_its_signal(outcome, planned, later, month, declared):
    now = MeasuredVolume(declared.name, declared, outcome, planned)
    then = replace(now, outcome=outcome[:month] + later[month:], planned=planned[:month] + later[month:])
    assert volume_signal(now, month, DEFAULT) == volume_signal(then, month, DEFAULT)
    kr = UnitMoney(outcome, planned)
    changed = UnitMoney(outcome[:month] + later[month:], planned[:month] + later[month:])
    assert unit_cost_signal(now, kr, month, DEFAULT) == unit_cost_signal(then, changed, month, DEFAULT)
