from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.declaration import Volume
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP
from tasks.rules.thresholds import UnusableThresholdError
from tasks.rules.volumes.effects import counted_once, until_words, volume_effects
from tasks.rules.volumes.volumes import (
    EVEN,
    NOTHING,
    MeasuredVolume,
    VolumeSettings,
    filled_by_mean,
    planned_months,
    season,
    year_volume,
)

DEFAULT = VolumeSettings()
CHILDREN = Volume("Inskrivna barn", "niva", one="barn", many="barn")
HOURS = Volume("Hemtjänsttimmar", "flode", one="timme", many="timmar")
MILLION = Decimal(1_000_000)
SPRING = tuple(Decimal(share) for share in ("1.1",) * 6 + ("0.9",) * 6)
KRONOR = st.decimals(-(10**9), 10**9, places=2)
COUNTS = st.lists(st.none() | st.decimals(0, 500, places=1), min_size=12, max_size=12).map(tuple)


def year(*values):
    """Give a year's months; the ones that aren't given are missing."""
    figures = tuple(None if value is None else Decimal(value) for value in values)
    return figures + NOTHING[len(figures) :]


def children(outcome, planned=(80,) * 12, **changed):
    return replace(MeasuredVolume(CHILDREN.name, CHILDREN, year(*outcome), year(*planned)), **changed)


def hours(outcome, planned, **changed):
    return replace(MeasuredVolume(HOURS.name, HOURS, year(*outcome), year(*planned)), **changed)


# volume, month: expected, planned, known months
YEARS = {
    "as planned": (children([80] * 4), 4, 80, 80, 4),
    "half of a deviation stays after four months": (children([88] * 4), 4, "85.333", 80, 4),
    "a third after two": (children([88] * 2), 2, "83.556", 80, 2),
    "the year is over": (children([88] * 12), 12, 88, 80, 12),
    "recent months weigh more": (children([80, 88]), 2, "81.974", 80, 2),
    "a whole year's plan follows the season": (
        children([88] * 6, season=SPRING), 6, 80, 80, 6,
    ),
    "without a season spring's children look like too many": (children([88] * 6), 6, "86.4", 80, 6),
    "the plan that was revised is the year's": (children([80] * 4, [75, 75, 80, 80]), 4, 80, 80, 4),
    "a plan that is missing now is the latest": (children([80] * 4, [80, None, 80, None]), 4, 80, 80, 4),
    "half of the months are known": (children([None, 80, None, 80]), 4, 80, 80, 2),
    "a missing month is expected like a coming one": (children([88, None, None, 88]), 4, "83.556", 80, 2),
    "later months are not looked at": (children([80] * 4 + [500] * 8, [80] * 4 + [500] * 8), 4, 80, 80, 4),
    "nobody came": (children([0] * 4), 4, "26.667", 80, 4),
    "hours are a sum": (hours([100] * 4, [100] * 4), 4, 1200, 1200, 4),
    "hours over their plan": (hours([110] * 4, [100] * 4), 4, 1280, 1200, 4),
    "hours whose plan is even follow the season": (
        hours([110] * 6, [100] * 6, season=SPRING), 6, 1200, 1200, 6,
    ),
    "hours whose plan has a season keep it": (
        hours([110, 121], [110, 121], season=SPRING), 2, "1260", "1260", 2,
    ),
    "one month's hours follow the season from their own plan": (
        hours([110], [110], season=SPRING), 1, 1200, 1200, 1,
    ),
    "half of the plans of hours are enough": (
        hours([100] * 4, [100, None, None, 100]), 4, 1200, 1200, 4,
    ),
    "half of the plans of hours with a season": (
        hours([100, 100, 100, 120], [100, None, None, 120]), 4, "1281.641", 1320, 4,
    ),
    "a missing plan of hours follows from the others": (
        hours([100, 90, 120], [100, None, 120]), 3, "1275.854", 1320, 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("volume", "month", "expected", "planned", "known"), YEARS.values(), ids=YEARS)
def test_a_years_volume_is_expected_from_the_months_so_far(volume, month, expected, planned, known):
    found = year_volume(volume, month, DEFAULT)
    assert float(found.expected) == pytest.approx(float(expected), abs=5e-4)
    assert float(found.planned) == pytest.approx(float(planned), abs=5e-4)
    assert (found.known, found.of) == (known, month)


NO_YEARS = {
    "less than half of the months are known": (children([80, None, None, 80, None]), 5),
    "nothing is known": (children([]), 1),
    "only later months are known": (children([None, None, 80]), 2),
    "no plan": (children([80] * 4, []), 4),
    "plan 0": (children([3] * 4, [0] * 4), 4),
    "the plan was revised to 0": (children([3] * 4, [3, 3, 3, 0]), 4),
    "less than half of the plans of hours": (hours([100] * 3, [100, None, None]), 3),
    "plan of hours 0": (hours([100] * 3, [0, 0, 0]), 3),
    "nothing planned in the months that are known": (hours([None, 100], [100, 0]), 2),
    "nothing happens in the planned months": (
        hours([100], [100], season=(Decimal(0), *(Decimal("1.2"),) * 10, Decimal(0))), 1,
    ),
    "unknown measure": (children([80] * 4, declared=None), 4),
}  # fmt: skip


@pytest.mark.parametrize(("volume", "month"), NO_YEARS.values(), ids=NO_YEARS)
def test_a_volume_without_enough_figures_has_no_year(volume, month):
    assert year_volume(volume, month, DEFAULT) is None


def test_hours_planned_in_some_months_keep_the_ones_that_are_given():
    plan = planned_months(hours([], [100, None, 120], season=SPRING), 3)
    assert plan[:3] == (100, Decimal(110), 120)
    assert plan[6] == 90


def test_a_longer_memory_weighs_the_months_alike():
    even = VolumeSettings(memory=Decimal(1), half_stays=Decimal(0))
    assert year_volume(children([80, 88]), 2, even).expected == 84


# volumes, budget, forecast, month: volymeffekt
EFFECTS = {
    "more children at the budget's price": ([children([88] * 12)], 16, 18, 12, "1600000"),
    "fewer children": ([children([72] * 12)], 16, 15, 12, "-1600000"),
    "as planned": ([children([80] * 12)], 16, 17, 12, "0"),
    "a tariff is the price": (
        [children([88] * 12, tariff=Decimal(150_000))], 16, 18, 12, "1200000",
    ),
    "hours": ([hours([110] * 12, [100] * 12)], 12, 13, 12, "1200000"),
    "two measures with tariffs add up": (
        [
            children([88] * 12, tariff=Decimal(100_000)),
            hours([90] * 12, [100] * 12, tariff=Decimal(1000)),
        ],
        16, 18, 12, "680000",
    ),
    "of two measures the one with a tariff counts": (
        [children([88] * 12, tariff=Decimal(100_000)), hours([90] * 12, [100] * 12)], 16, 18, 12, "800000",
    ),
    "two measures without tariffs have no price": (
        [children([88] * 12), hours([90] * 12, [100] * 12)], 16, 18, 12, None,
    ),
    "one of two priced measures lacks its volumes": (
        [children([88] * 12, tariff=Decimal(1)), hours([], [100] * 12, tariff=Decimal(1))], 16, 18, 12, None,
    ),
    "an unknown measure beside a known one with a tariff": (
        [children([88] * 12, tariff=Decimal(100_000)), children([5], declared=None, name="X")],
        16, 18, 12, "800000",
    ),
    "an unknown measure is no price even with a tariff": (
        [children([88] * 12, declared=None, tariff=Decimal(100_000))], 16, 18, 12, None,
    ),
    "an unknown measure beside a known one without": (
        [children([88] * 12), children([5], declared=None, name="X")], 16, 18, 12, None,
    ),
    "no volumes": ([], 16, 18, 12, None),
    "volumes are missing": ([children([])], 16, 18, 12, None),
    "plan 0": ([children([5] * 12, [0] * 12)], 16, 18, 12, None),
    "budget 0": ([children([88] * 12)], 0, 1, 12, None),
    "net income": ([children([88] * 12)], -16, -15, 12, None),
    "net income, with a tariff": ([children([88] * 12, tariff=Decimal(1))], -16, -15, 12, None),
    "budget missing": ([children([88] * 12)], None, 18, 12, None),
    "forecast missing": ([children([88] * 12)], 16, None, 12, None),
}  # fmt: skip


@pytest.mark.parametrize(("volumes", "budget", "forecast", "month", "effect"), EFFECTS.values(), ids=EFFECTS)
def test_a_deviation_is_divided_into_volume_and_price(volumes, budget, forecast, month, effect):
    budget, forecast = (None if mnkr is None else mnkr * MILLION for mnkr in (budget, forecast))
    found = volume_effects(volumes, budget, forecast, month, DEFAULT)
    if effect is None:
        assert (found.volume_effect, found.price_effect, found.sentence) == (None, None, "")
    else:
        assert found.volume_effect == Decimal(effect)
        assert found.price_effect == forecast - budget - Decimal(effect)


def test_a_measures_effect_keeps_the_figures_that_it_is_made_of():
    (found,) = volume_effects([children([88] * 4)], 16 * MILLION, 18 * MILLION, 4, DEFAULT).measures
    assert (found.price, found.effect) == (200_000, Decimal("1066666.67"))
    assert (found.year.known, found.year.of, found.note) == (4, 4, "")


@pytest.mark.parametrize("budget", [None, Decimal(0), Decimal(-1)])
def test_without_a_budget_there_is_no_price(budget):
    (found,) = volume_effects([children([88] * 4)], budget, MILLION, 4, DEFAULT).measures
    assert (found.price, found.effect) == (None, None)
    assert found.note == (
        "Inskrivna barn visas utan effekt i kronor: det finns ingen budget att räkna pris av."
    )


PARTS = Volume("Inskrivna barn 1-3 år", "niva", part_of=CHILDREN.name)
PART = children([40] * 12, [40] * 12, name=PARTS.name, declared=PARTS)
WHOLE = children([88] * 12)
TARIFF = Decimal(1000)
ONCE = {
    "a part beside its whole": ([PART, WHOLE], [WHOLE]),
    "a part without its whole": ([PART], [PART]),
    "the parts have the tariffs": (
        [replace(PART, tariff=TARIFF), WHOLE], [replace(PART, tariff=TARIFF)],
    ),
    "both have tariffs": (
        [replace(PART, tariff=TARIFF), replace(WHOLE, tariff=TARIFF)], [replace(WHOLE, tariff=TARIFF)],
    ),
    "an unknown measure": ([replace(WHOLE, declared=None)], [replace(WHOLE, declared=None)]),
}  # fmt: skip


@pytest.mark.parametrize(("volumes", "counted"), ONCE.values(), ids=ONCE)
def test_nothing_is_counted_twice(volumes, counted):
    assert counted_once(volumes) == tuple(counted)


NOTES = {
    "unknown": (
        [children([88] * 12, declared=None)],
        "Måttet Inskrivna barn är okänt och visas utan effekt i kronor.",
    ),
    "missing": (
        [children([])],
        "Inskrivna barn: uppgift saknas om utfall eller plan, så ingen volymeffekt kan räknas.",
    ),
    "no price": (
        [children([88] * 12), hours([90] * 12, [100] * 12, tariff=TARIFF)],
        "Inskrivna barn visas utan effekt i kronor: enheten har flera mått, och detta saknar pris.",
    ),
}


@pytest.mark.parametrize(("volumes", "note"), NOTES.values(), ids=NOTES)
def test_a_measure_without_effect_says_why(volumes, note):
    found = volume_effects(volumes, MILLION, MILLION, 12, DEFAULT).measures[0]
    assert (found.effect, found.note) == (None, note)


TWO = [children([88] * 12, tariff=Decimal(25_000)), hours([100] * 12, [100] * 12, tariff=TARIFF)]
# volumes, forecast (mnkr) against a budget of 16: sentence
SENTENCES = {
    "both cost more": (
        [children([81] * 12)], "16.8",
        "Fler barn än planerat förklarar 0,2_mnkr och högre kostnad per barn 0,6_mnkr.",
    ),
    "both cost less": (
        [children([79] * 12)], "15.2",
        "Färre barn än planerat förklarar 0,2_mnkr och lägre kostnad per barn 0,6_mnkr.",
    ),
    "fewer children don't make up for the price": (
        [children([79] * 12)], "16.8",
        (
            "Högre kostnad per barn ökar kostnaden med 1,0_mnkr, "
            "medan färre barn än planerat minskar den med 0,2_mnkr."
        ),
    ),
    "more children than the price makes up for": (
        [children([88] * 12)], "17",
        (
            "Fler barn än planerat ökar kostnaden med 1,6_mnkr, "
            "medan lägre kostnad per barn minskar den med 0,6_mnkr."
        ),
    ),
    "fewer children than the price takes back": (
        [children([72] * 12)], "15",
        (
            "Färre barn än planerat minskar kostnaden med 1,6_mnkr, "
            "medan högre kostnad per barn ökar den med 0,6_mnkr."
        ),
    ),
    "only the price": (
        [children([80] * 12)], "17", "Högre kostnad per barn förklarar i stort sett hela skillnaden.",
    ),
    "only the volume": (
        [children([88] * 12)], "17.6", "Fler barn än planerat förklarar i stort sett hela skillnaden.",
    ),
    "a part of exactly a twentieth is said": (
        [children([88] * 12)], "17.68",
        "Fler barn än planerat förklarar 1,6_mnkr och högre kostnad per barn 80_tkr.",
    ),
    "a smaller part is not": (
        [children([88] * 12)], "17.6799",
        "Fler barn än planerat förklarar i stort sett hela skillnaden.",
    ),
    "nothing": ([children([80] * 12)], "16", ""),
    "several measures": (
        TWO, "16.8",
        "Fler prestationer än planerat förklarar 0,2_mnkr och högre kostnad per prestation 0,6_mnkr.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("volumes", "forecast", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_the_effects_are_said_in_words(volumes, forecast, sentence):
    found = volume_effects(volumes, 16 * MILLION, Decimal(forecast) * MILLION, 12, DEFAULT)
    assert found.sentence == sentence.replace("_", NBSP)


def test_volumes_that_end_before_the_money_say_with_which_month():
    said = "Fler barn än planerat förklarar i stort sett hela skillnaden."
    assert until_words(said, None) == said
    assert until_words(said, Period(2026, 6)) == f"{said} Volymerna är räknade till och med juni."
    assert until_words("", Period(2026, 6)) == ""


def test_a_season_is_that_of_all_who_count():
    found = season([year(*[110] * 6 + [90] * 6), year(*[11] * 6 + [9] * 6)])
    assert found == SPRING


SEASONS = {
    "no years": ([], None),
    "too few months": ([year(*[10] * 8)], None),
    "nobody was ever there": ([year(*[0] * 12)], None),
    "just within chance": ([year(*["102"] * 6 + ["98"] * 6)], EVEN),
}


@pytest.mark.parametrize(("years", "found"), SEASONS.values(), ids=SEASONS)
def test_years_that_say_nothing_make_no_season(years, found):
    assert season(years) == found


def test_nine_months_are_enough_of_a_year():
    assert season([year(*[12] * 3, *[8] * 6)])[0] > 1


def test_one_low_month_is_a_season():
    assert season([year(*[100] * 11, 90)])[11] < Decimal("0.91")


def test_a_season_just_outside_chance_is_one():
    assert season([year(*["102.1"] * 6 + ["97.9"] * 6)])[0] == Decimal("1.021")


def test_months_that_nobody_counts_are_mean_months():
    found = season([year(*[110] * 5, None, None, *[90] * 5)])
    assert found[5] == found[6] == 1
    assert len(found) == 12


# months so far, mean, month: filled
FILLED = {
    "the mean leaves the rest for the missing months": ([None, None, 86], 82, 3, [80, 80, 86]),
    "a mean with decimals is exact enough for few": ([None, "6.8"], "6.4", 2, [6, "6.8"]),
    "a whole mean of fifty is": ([None, 50], 50, 2, [50, 50]),
    "a whole mean of forty-nine is not": ([None, 49], 49, 2, [None, 49]),
    "trailing zeros are no decimals": ([None, 49], "49.00", 2, [None, 49]),
    "nothing is missing": ([80, 86], 100, 2, [80, 86]),
    "no mean": ([None, 86], None, 2, [None, 86]),
    "a mean of 0": ([None, 86], 0, 2, [None, 86]),
    "the known months contradict the mean": ([None, 300], 100, 2, [None, 300]),
    "the known months leave nothing": ([None, 200], 100, 2, [0, 200]),
    "later months stay as they are": ([None, 86, 300], 83, 2, [80, 86, 300]),
}


@pytest.mark.parametrize(("months", "mean", "month", "filled"), FILLED.values(), ids=FILLED)
def test_missing_months_follow_from_the_delivered_mean(months, mean, month, filled):
    mean = None if mean is None else Decimal(mean)
    assert filled_by_mean(year(*months), month, mean) == year(*filled)


@pytest.mark.parametrize("changed", [{"memory": "0"}, {"memory": "1.1"}, {"half_stays": "-1"}])
def test_settings_that_make_no_sense_are_refused(changed):
    with pytest.raises(UnusableThresholdError):
        VolumeSettings(**{name: Decimal(value) for name, value in changed.items()})


@given(COUNTS, COUNTS, st.none() | KRONOR, st.none() | KRONOR, st.integers(1, 12), st.booleans())
def test_the_effects_add_up_to_the_deviation_to_the_ore(outcome, planned, budget, forecast, month, is_level):
    declared = CHILDREN if is_level else HOURS
    volume = MeasuredVolume(declared.name, declared, outcome, planned)
    found = volume_effects([volume], budget, forecast, month, DEFAULT)
    assert (found.volume_effect is None) == (found.price_effect is None)
    if found.volume_effect is not None:
        assert found.volume_effect + found.price_effect == forecast - budget
        assert found.volume_effect.is_finite()


@given(COUNTS, COUNTS, COUNTS, COUNTS, st.integers(1, 12), st.booleans())
def test_nothing_dated_after_the_month_changes_its_result(
    outcome, planned, later, later_plan, month, is_level
):
    declared = CHILDREN if is_level else HOURS
    now = MeasuredVolume(declared.name, declared, outcome, planned, season=SPRING)
    then = replace(now, outcome=outcome[:month] + later[month:], planned=planned[:month] + later_plan[month:])
    assert year_volume(now, month, DEFAULT) == year_volume(then, month, DEFAULT)


@given(st.lists(COUNTS, max_size=4))
def test_a_seasons_mean_month_is_one(years):
    found = season(years)
    if found is not None:
        assert len(found) == 12
        assert float(sum(found)) == pytest.approx(12)
