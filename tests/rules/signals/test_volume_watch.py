"""Volumes and costs of places, as they are kept: signals, what is missing, and what is not shown."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tasks.rules.declaration import Volume
from tasks.rules.signals.volume_signal import VolumeSignalSettings
from tasks.rules.signals.volume_watch import CountingPlace, seen_volumes, unit_money, watch_volumes
from tasks.rules.volumes.rows import CountedVolume
from tasks.rules.volumes.unit_costs import UnitMoney
from tasks.rules.volumes.volumes import NOTHING, MeasuredVolume

DEFAULT = VolumeSignalSettings()
CHILDREN = Volume("Inskrivna barn", "niva", one="barn", many="barn")
YOUNG = replace(CHILDREN, name="Inskrivna barn 1-3 år", part_of=CHILDREN.name)
HOURS = Volume("Hemtjänsttimmar", "flode", one="timme", many="timmar")
EVEN = [Decimal(1) / 12] * 12
SUMMER = [Decimal(share) for share in ("0.08",) * 6 + ("0.12",) * 2 + ("0.07",) * 4]


def year(*values):
    figures = tuple(None if value is None else Decimal(value) for value in values)
    return figures + NOTHING[len(figures) :]


def counted(outcome, planned=(100,) * 12, declared=CHILDREN, last_year=(), tariff=None):
    measured = MeasuredVolume(
        declared.name, declared, year(*outcome), year(*planned), year(*last_year), tariff
    )
    return CountedVolume(measured, measured.outcome, ((7, 2, 2),))


def place(*volumes, money=None):
    return CountingPlace("101", "Norr", "enhet", volumes, money, money_rows=((8, 3, 4),))


def watch(*places, month=9, fewest=5):
    return {each.indicator: each for each in watch_volumes(places, month, DEFAULT, fewest)}


MORE = counted([105] * 9)
MONEY = UnitMoney(year(*[1_200_000] * 9), year(*[1_000_000] * 12))


def test_a_volume_off_its_plan_and_its_cost_are_something_to_watch():
    found = watch(place(MORE, money=MONEY))
    volume, cost = found["Inskrivna barn"], found["Kostnad per barn"]
    assert (volume.signal, volume.value, volume.compared, volume.measured_in) == ("bevaka", 105, 100, "antal")
    assert (volume.scope, volume.code, volume.name, volume.source) == ("enhet", "101", "Norr", "prestationer")
    assert (cost.signal, cost.compared, cost.measured_in) == ("bevaka", 10_000, "kr")
    assert (volume.rows, cost.rows) == (((7, 2, 2),), ((7, 2, 2), (8, 3, 4)))
    assert volume.figures == {
        "grans_procent": Decimal("2.75"),
        "skillnad_procent": 5,
        "planerat_helar": 100,
        "forra_aret": None,
        "till_och_med_manad": 9,
    }
    assert "bevaka" not in {each.signal for each in watch(place(counted([100] * 9))).values()}


def test_a_cost_is_told_of_a_place_that_counts_one_thing_and_whose_money_is_known():
    assert set(watch(place(MORE))) == {"Inskrivna barn"}
    both = place(MORE, counted([900] * 9, [900] * 9, HOURS), money=MONEY)
    assert set(watch(both)) == {"Inskrivna barn", "Hemtjänsttimmar"}


def test_a_whole_and_its_parts_are_told_once():
    of_which = counted([50] * 9, [50] * 12, YOUNG)
    assert set(watch(place(MORE, of_which, money=MONEY))) == {"Inskrivna barn", "Kostnad per barn"}
    with_tariff = counted([50] * 9, [50] * 12, YOUNG, tariff=Decimal(1))
    assert set(watch(place(MORE, with_tariff))) == {YOUNG.name}


# outcome, month; months that are lacking
LACKING = {
    "half of the months are enough": ([None, 105, 105, None, None, 105, None, 105, 105], 9, 0),
    "one too few": ([None, 105, 105, None, None, 105, None, None, 105], 9, 1),
    "nothing in September": ([], 9, 5),
    "nothing in February": ([], 2, 1),
    "half of eight": ([105] * 3, 8, 1),
}


@pytest.mark.parametrize(("outcome", "month", "lacking"), LACKING.values(), ids=LACKING)
def test_how_many_counted_months_are_lacking_is_told(outcome, month, lacking):
    found = watch(place(counted(outcome)), month=month)["Inskrivna barn"]
    assert found.months_lacking == lacking
    assert (found.value is None) == (lacking > 0)


def test_a_volume_without_a_plan_is_missing_and_lacks_no_months():
    found = watch(place(counted([105] * 9, [])))["Inskrivna barn"]
    assert (found.value, found.compared, found.signal, found.months_lacking) == (None, None, None, None)
    assert "uppgift saknas" in found.mening
    assert set(found.figures.values()) == {None}


# this year, last year, measure; whether it is hidden
FEW = {
    "five in every month": ([5] * 9, [5] * 12, CHILDREN, False),
    "four in one month": ([5] * 8 + [4], [5] * 12, CHILDREN, True),
    "four in one month last year": ([5] * 9, [5] * 11 + [4], CHILDREN, True),
    "nobody in a month": ([5] * 8 + [0], [], CHILDREN, False),
    "missing months": ([5, None, 5, 5, 5, 5, 5, 5, 5], [], CHILDREN, False),
    "four after the month": ([5] * 9 + [4] * 3, [], CHILDREN, False),
    "four hours": ([4] * 9, [4] * 12, HOURS, False),
}


@pytest.mark.parametrize(("outcome", "last_year", "declared", "is_hidden"), FEW.values(), ids=FEW)
def test_a_volume_of_few_persons_and_its_cost_are_not_shown(outcome, last_year, declared, is_hidden):
    few = counted(outcome, [5] * 12, declared, last_year)
    found = watch(place(few, money=MONEY))
    assert {each.is_hidden for each in found.values()} == {is_hidden}


def test_the_fewest_persons_are_a_setting():
    few = place(counted([105] * 9))
    assert not watch(few, fewest=105)["Inskrivna barn"].is_hidden
    assert watch(few, fewest=106)["Inskrivna barn"].is_hidden


def test_each_place_is_told_of_in_its_turn():
    south = CountingPlace("102", "Söder", "enhet", (MORE,))
    found = watch_volumes([place(MORE), south], 9, DEFAULT, 5)
    assert [each.name for each in found] == ["Norr", "Söder"]


def test_a_seen_volume_knows_its_readings_and_whether_it_is_alone():
    filled = replace(MORE, readings=year(None, 105))
    (alone,) = seen_volumes(place(filled), 9, 5)
    assert (alone.readings, alone.is_alone) == (year(None, 105), True)
    both = seen_volumes(place(filled, counted([9] * 9, [9] * 12, HOURS)), 9, 5)
    assert [each.is_alone for each in both] == [False, False]


@pytest.mark.parametrize(
    ("budget", "pattern", "june", "july"),
    [
        ([1000] * 12, SUMMER, 960, 1440),  # a straight twelfth is spread as the year usually is
        ([1000] * 12, EVEN, 1000, 1000),
        ([1200] * 6 + [800] * 6, SUMMER, 1200, 800),  # a budget with a shape of its own is kept
        ([1000] * 11 + [None], SUMMER, 1000, 1000),
    ],
)
def test_a_budget_in_straight_twelfths_is_spread_by_the_units_own_year(budget, pattern, june, july):
    money = unit_money(year(*[900] * 9), year(*budget), year(*[800] * 12), pattern)
    assert (money.budget[5], money.budget[6]) == (june, july)
    assert (money.outcome, money.last_year) == (year(*[900] * 9), year(*[800] * 12))
