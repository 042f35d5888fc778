"""What is of so few that nothing is said of it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tasks.rules.declaration import Volume
from tasks.rules.volumes.effects import is_of_few, volume_effects
from tasks.rules.volumes.volumes import MeasuredVolume, VolumeSettings

PLACEMENTS = Volume("Placeringar", "niva", one="placering", many="placeringar")
HOURS = Volume("Hemtjänsttimmar", "flode", one="timme", many="timmar")


def measure(outcome, planned, declared=PLACEMENTS, tariff=None):
    months = tuple(None if one is None else Decimal(one) for one in outcome)
    return MeasuredVolume(
        declared.name,
        declared,
        months + (None,) * (12 - len(months)),
        (Decimal(planned),) * 12,
        tariff=tariff,
    )


def effects(*measures, month=4):
    return volume_effects(measures, Decimal(9_000_000), Decimal(9_900_000), month, VolumeSettings())


FEW = {
    "five and more": ([measure([5, 6, 7, 6], 5)], False),
    "four are planned": ([measure([6, 6, 6, 6], 4)], True),
    "four were there in a month": ([measure([6, 4, 6, 6], 6)], True),
    "nobody was there in a month": ([measure([6, 0, 6, 6], 6)], False),
    "fewer than five are expected": ([measure([0, 0, 0, 0], 6)], True),
    "a month is missing": ([measure([6, None, 6, 6], 6)], False),
    "hours are nobody": ([measure([3, 3, 3, 3], 3, HOURS)], False),
    "one of two has no price and is not spoken of": (
        [measure([3] * 4, 3), measure([900] * 4, 900, HOURS, tariff=Decimal(500))],
        False,
    ),
    "a priced one without figures": ([measure([None] * 4, 3, tariff=Decimal(500))], False),
    "no volumes": ([], False),
}


@pytest.mark.parametrize(("measures", "few"), FEW.values(), ids=FEW)
def test_a_volume_of_one_to_four_in_any_figure_is_of_few(measures, few):
    assert is_of_few(effects(*measures)) == few


def test_how_few_is_a_setting():
    assert is_of_few(effects(measure([9] * 4, 9)), fewest=10)


def test_four_a_year_ago_hide_the_counts_and_so_the_effects():
    last_year = (Decimal(4), *(Decimal(9),) * 11)
    assert is_of_few(effects(replace(measure([9] * 4, 9), last_year=last_year)))


def test_months_to_come_are_not_looked_at():
    assert not is_of_few(effects(measure([6, 6, 6, 6, 3], 6)))


def test_what_would_tell_of_too_few_in_some_month_is_of_few_however_many_it_is_of():
    many = replace(measure([60] * 4, 60), is_hidden=True)
    assert is_of_few(effects(many))
    assert not is_of_few(effects(replace(many, is_hidden=False)))
