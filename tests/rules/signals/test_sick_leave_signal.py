from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.periods import Period
from tasks.rules.signals.chart_signal import DEFAULT_CHART
from tasks.rules.signals.sick_leave_groups import (
    SickGroup,
    SickHistory,
    SickHours,
    SickLeaveSettings,
    sick_levels,
)
from tasks.rules.signals.sick_leave_signal import season_factors, sick_leave_change, sick_leave_signals
from tasks.rules.swedish import NBSP
from tests.rules.sick_leave_rows import LAST, SEASON, hours, seasonal, series

DEFAULT = SickLeaveSettings()
NORTH = SickGroup("101", "Förskolan Norr", frozenset({"101"}), Decimal(30))
WOBBLE = [7.5, 8.5] * 18
"""Three years of 8 % that goes up and down by half a per cent, before the season."""
EVERYBODY = series("rest", seasonal([8] * 36), ordinary=1_000_000)
"""The rest of the administration: the season and nothing else."""


def assess(rows, group=NORTH, settings=DEFAULT, target=None, last=LAST, everybody=EVERYBODY):
    history = SickHistory.of([*rows, *everybody], last)
    return sick_leave_signals(history, [group], settings, target)[0]


def unit(percents):
    return series("101", seasonal(percents))


def plain(text):
    return text.replace(NBSP, " ")


# --- levels


def test_twelve_months_are_hours_over_hours_and_never_a_mean_of_per_cents():
    rows = [
        *series("101", [10] * 6, ordinary=9000, last=LAST.plus(-6)),
        *series("101", [4] * 6, ordinary=1000),
    ]
    assert assess(rows).facts.rolling.total == Decimal("9.4")  # (6 · 900 + 6 · 40) / 60 000, not 7
    assert assess(rows).facts.month.total == 4


def test_women_and_men_are_told_apart_and_together_over_their_own_hours():
    rows = [hours("101", LAST, 9, ordinary=3000), hours("101", LAST, 6, ordinary=1000, sex="M")]
    found = assess(rows).facts.month
    assert (found.women, found.men, found.total) == (9, 6, Decimal("8.25"))


def test_a_group_without_men_has_none_and_not_zero():
    found = assess([hours("101", LAST, 9)]).facts.month
    assert (found.women, found.men) == (9, None)


HOURS = st.decimals(0, 100_000, places=1)


@given(
    st.lists(
        st.builds(
            SickHours,
            st.just("1"),
            st.just(LAST),
            st.sampled_from("KM"),
            HOURS,
            st.tuples(HOURS, HOURS, HOURS),
        )
    )
)
def test_the_spans_share_a_denominator_and_add_up_to_the_total(rows):
    found = sick_levels(rows)
    if sum(row.ordinary for row in rows) == 0:
        assert set(vars(found).values()) == {None}
    else:
        assert abs(found.days_1_14 + found.days_15_90 + found.days_91 - found.total) < Decimal("1e-6")


MISSING = {
    "ordinary hours": {"ordinary": None},
    "hours of one span": {"absent": (Decimal(1), None, Decimal(1))},
    "no number": {"ordinary": Decimal("NaN")},
    "an infinite one": {"absent": (Decimal(1), Decimal("Infinity"), Decimal(1))},
}


@pytest.mark.parametrize("lacking", MISSING.values(), ids=MISSING)
@pytest.mark.parametrize("sex", ["K", "M"])
def test_a_missing_hour_makes_the_units_month_missing_and_never_smaller(sex, lacking):
    whole = [hours("101", LAST, 8, sex=each) for each in "KM" if each != sex]
    found = assess([*whole, replace(hours("101", LAST, 8, sex=sex), **lacking)]).facts
    assert (found.month.total, found.counted, found.of) == (None, 0, 1)


def test_zero_hours_absent_is_zero_and_no_ordinary_hours_is_missing():
    assert assess([hours("101", LAST, 0)]).facts.month.total == 0
    assert assess([hours("101", LAST, 0, ordinary=0)]).facts.month.total is None


@pytest.mark.parametrize(("lacking", "month"), [(2, 8), (3, None)])  # 80 % and 70 % of ten units are known
def test_a_group_is_counted_over_its_known_units_while_enough_of_them_are(lacking, month):
    units = [str(number) for number in range(10)]
    rows = [hours(name, LAST, None if place < lacking else 8) for place, name in enumerate(units)]
    found = assess(rows, SickGroup("V1", "Norr", frozenset(units))).facts
    assert (found.month.total, found.counted, found.of) == (month, 10 - lacking, 10)


def test_twelve_months_with_a_missing_one_are_missing():
    percents = [8] * 12
    assert assess(series("101", percents)).facts.rolling.total == 8
    percents[3] = None
    assert assess(series("101", percents)).facts.rolling.total is None
    assert assess(series("101", percents[-11:])).facts.rolling.total is None


TARGETS = {"above": ("7.2", "0.8"), "below": ("8.5", "-0.5"), "on it": ("8", "0"), "no target": (None, None)}


@pytest.mark.parametrize(("target", "difference"), TARGETS.values(), ids=TARGETS)
def test_twelve_months_are_held_against_the_target_in_percentage_points(target, difference):
    found = assess(series("101", [8] * 12), target=target and Decimal(target)).facts
    assert found.against_target == (difference and Decimal(difference))
    assert assess([], target=Decimal(8)).facts.against_target is None


# --- season


def test_the_season_is_each_month_in_relation_to_its_year():
    percents = [Decimal(str(factor)) * 8 for factor in SEASON]
    factors = season_factors(percents, Period(2025, 12))
    assert [factors[month] for month in (2, 7)] == [Decimal("1.2"), Decimal("0.7")]
    assert sum(factors.values()) == 12


def test_a_higher_year_has_the_same_season_and_two_years_have_their_mean():
    lower, higher = [Decimal(4)] * 6 + [Decimal(8)] * 6, [Decimal(12)] * 12
    assert season_factors([*lower, *higher], Period(2025, 12))[1] == (Decimal(4) / 6 + 1) / 2


@pytest.mark.parametrize(
    "percents",
    [
        [Decimal(8)] * 11,
        [Decimal(8)] * 5 + [None] + [Decimal(8)] * 6,
        [Decimal(8)] * 11 + [Decimal(0)],
        [],
    ],
    ids=["eleven months", "one is missing", "nobody was ill in one", "none"],
)
def test_without_a_whole_year_there_is_no_season(percents):
    assert season_factors(percents, LAST) is None


def test_years_are_counted_back_from_the_latest_month():
    percents = [Decimal(each) for each in (1, 99, *[8] * 12)]
    assert season_factors(percents, LAST) == dict.fromkeys(range(1, 13), 1)


def test_a_year_with_a_gap_is_left_out_of_the_season():
    gap = [Decimal(1), None] + [Decimal(99)] * 10
    assert season_factors([*gap, *[Decimal(8)] * 12], LAST) == dict.fromkeys(range(1, 13), 1)


# --- change


def change(percents, season=SEASON):
    factors = {month: Decimal(str(factor)) for month, factor in enumerate(season, start=1)}
    months = [None if each is None else Decimal(str(each)) for each in percents]
    return sick_leave_change(months, factors, LAST, DEFAULT_CHART)


def test_what_follows_the_season_does_not_vary():
    found = change(seasonal([8] * 24))
    assert (found.usual, found.limits, found.side) == (8, None, 0)


def test_only_the_mean_of_three_months_signals():
    assert change(seasonal([*WOBBLE, 13])).side == 0  # a single month far outside
    assert change(seasonal([*WOBBLE, 10.4, 10.4, 10.4])).side == 1
    assert change(seasonal([*WOBBLE, 5.6, 5.6, 5.6])).side == -1
    assert change(seasonal([*WOBBLE, 10, 10, 10])).side == 0


def test_a_rise_is_to_be_watched_and_a_fall_is_told_without_a_warning():
    risen, fallen, same = (assess(unit([*WOBBLE, *[each] * 3])) for each in (11, 5, 8))
    assert [found.signal for found in (risen, fallen, same)] == ["bevaka", None, None]
    assert [found.facts.change.side for found in (risen, fallen, same)] == [1, -1, 0]


def test_three_known_months_in_a_row_are_needed():
    assert assess(unit([*WOBBLE, 11, 11, None, 11])).signal is None
    assert assess(unit([*WOBBLE, 11, None, 11, 11, 11])).signal == "bevaka"


def test_a_small_group_has_levels_but_no_signal():
    small = replace(NORTH, is_charted=False)
    found = assess(unit([*WOBBLE, 11, 11, 11]), small)
    assert (found.signal, found.facts.change, found.facts.month.total) == (None, None, 11)


def test_without_a_season_nothing_is_signalled():
    unknown = series("rest", [None] * 36)  # half of the units are, so the administration is
    found = assess(unit([*WOBBLE, 11, 11, 11]), everybody=unknown)
    assert (found.signal, found.facts.change) == (None, None)


def test_nothing_dated_after_the_month_changes_it():
    before = assess(unit([*WOBBLE, 11, 11, 11]))
    later = [hours(name, LAST.plus(1), 30) for name in ("101", "rest")]
    assert assess([*unit([*WOBBLE, 11, 11, 11]), *later]) == before
    assert assess([*unit([*WOBBLE, 11, 11, 11]), *later], last=LAST.plus(1)) != before


def test_a_history_has_nothing_later_than_its_last_month():
    history = SickHistory.of([hours("1", LAST, 8), hours("2", LAST.plus(1), 8)], LAST)
    assert (set(history.months), history.units) == ({LAST}, {"1"})


def test_a_short_chart_still_tells_twelve_months():
    settings = replace(DEFAULT, chart=replace(DEFAULT_CHART, fewest_months=3, most_months=6))
    assert assess(series("101", [20] * 6 + [8] * 6), settings=settings).facts.rolling.total == 14


# --- sentences

LEVEL = "Sjukfrånvaron i Förskolan Norr var 8,0 % av ordinarie arbetstid"
YEAR = f"{LEVEL} de senaste tolv månaderna"
MONTH = "I september 2026 var den 8,0 %."
NONE = "Sjukfrånvaron i Förskolan Norr: uppgift saknas för september 2026 (0 av 1 enhet)."
LEVELS = {
    "above the target": ([8] * 12, "7.2", f"{YEAR}, 0,8 procentenheter över årsmålet 7,2 %. {MONTH}"),
    "below the target": ([8] * 12, "8.5", f"{YEAR}, 0,5 procentenheter under årsmålet 8,5 %. {MONTH}"),
    "on the target as shown": ([8] * 12, "7.96", f"{YEAR}, i nivå med årsmålet 7,96 %. {MONTH}"),
    "a target with two decimals": (
        [8] * 12,
        "7.25",
        f"{YEAR}, 0,8 procentenheter över årsmålet 7,25 %. {MONTH}",
    ),
    "no target": ([8] * 12, None, f"{YEAR}. {MONTH}"),
    "not a year yet": ([8] * 2, "7", f"{LEVEL} i september 2026. För tolv månader saknas uppgift."),
    "missing": ([None], "7", NONE),
}


@pytest.mark.parametrize(("percents", "target", "sentence"), LEVELS.values(), ids=LEVELS)
def test_the_level_is_told_with_what_it_is_compared_with(percents, target, sentence):
    found = assess(series("101", percents), target=target and Decimal(target))
    assert plain(found.mening) == sentence


def test_a_closed_month_is_missing_in_a_known_year():
    closed = hours("101", LAST, 0, ordinary=0)
    found = assess([*series("101", [8] * 11, last=LAST.plus(-1)), closed])
    assert plain(found.mening) == f"{YEAR}. För september 2026 saknas uppgift."


def test_a_whole_that_its_units_are_charted_in_has_levels_only():
    group = SickGroup("F", "förvaltningen", frozenset({"101", "102"}), is_charted=False)
    found = assess(unit(WOBBLE), group)
    assert plain(found.regel) == "En förändring bedöms för de enheter som ingår, inte för helheten."
    assert found.facts.rolling.total is not None


def test_a_level_says_how_many_units_it_is_of_when_it_is_not_all():
    units = frozenset("12345")
    rows = [row for name in "1234" for row in series(name, [8] * 12)]
    found = assess([*rows, hours("5", LAST, None)], SickGroup("V1", "5 små enheter i Norr", units))
    assert plain(found.mening).endswith("I september 2026 var den 8,0 % (4 av 5 enheter).")


SEEN = "Med årstiden borträknad var den i snitt {} de tre senaste månaderna, mot {} i snitt under 36 månader."
CHANCE = "Det är inom vad slumpen brukar ge"
CANNOT = "Det går inte att säga om den har förändrats"
CHANGES = {
    "risen": (
        [*WOBBLE, 11, 11, 11],
        f"{SEEN.format('11,0 %', '8,3 %')} En så stor ökning är sällan en slump: gränsen går vid 10,2 %.",
    ),
    "fallen": (
        [*WOBBLE, 5, 5, 5],
        f"{SEEN.format('5,0 %', '7,8 %')} En så stor minskning är sällan en slump: gränsen går vid 5,9 %.",
    ),
    "the same": ([*WOBBLE, 8, 8, 8], f"{SEEN.format('8,0 %', '8,0 %')} {CHANCE} (6,2–9,8 %)."),
    "just under the limit": (
        [*WOBBLE, 10.06, 10.06, 10.06],
        f"{SEEN.format('10,06 %', '8,2 %')} {CHANCE} (6,29–10,08 %).",
    ),
    "just over the limit": (
        [*WOBBLE, 10.1, 10.1, 10.1],
        f"{SEEN.format('10,10 %', '8,2 %')} En så stor ökning är sällan en slump: gränsen går vid 10,08 %.",
    ),
    "a limit below nobody": ([0.2, 8.5] * 18, f"{SEEN.format('5,7 %', '4,3 %')} {CHANCE} (0,0–20,7 %)."),
    "not all three known": ([*WOBBLE, None, 8], f"{CANNOT}: de tre senaste månaderna är inte alla kända."),
    "too short": (WOBBLE[:11], f"{CANNOT}: 11 månader är kända, och 12 behövs."),
    "one month": (WOBBLE[:1], f"{CANNOT}: 1 månad är känd, och 12 behövs."),
    "even": ([8] * 36, f"{CANNOT}: den har inte varierat."),
}


@pytest.mark.parametrize(("percents", "sentence"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_told_with_what_it_is_compared_with_and_its_limit(percents, sentence):
    assert plain(assess(unit(percents)).regel) == sentence


def test_without_a_season_it_is_said_what_is_needed():
    found = assess(unit(WOBBLE[:11]), everybody=())
    assert plain(found.regel) == (
        f"{CANNOT}: tolv månader i rad för hela förvaltningen behövs för att räkna bort årstiden."
    )


OWN = "Med färre än 25 är det mest slumpen som syns från månad till månad"
TOGETHER = "så en förändring bedöms för 9 små enheter i Norr tillsammans"
SMALL = {
    "seen in a group": (
        Decimal("18.44"),
        "9 små enheter i Norr",
        f"Enheten har 18,4 heltidstjänster. {OWN}, {TOGETHER}.",
    ),
    "in no group": (Decimal("18.44"), None, f"Enheten har 18,4 heltidstjänster. {OWN}."),
    "without hours": (None, None, f"Enheten har för få kända timmar. {OWN}."),
}


@pytest.mark.parametrize(("posts", "seen_in", "sentence"), SMALL.values(), ids=SMALL)
def test_a_small_unit_is_told_why_nothing_is_said_of_a_change(posts, seen_in, sentence):
    group = replace(NORTH, posts=posts, seen_in=seen_in, is_charted=False)
    assert plain(assess(unit(WOBBLE), group).regel) == sentence
