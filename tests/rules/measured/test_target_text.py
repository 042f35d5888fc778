from decimal import Decimal

import pytest

from tasks.rules.measured.quantity_text import Quantity
from tasks.rules.measured.target_text import Target, TargetKind, moved, read_target

# the target as published: its kind, number and unit
READ = {
    "2,15 %": (TargetKind.NUMBER, "2.15", "%"),
    "1 275 st": (TargetKind.NUMBER, "1275", "st"),
    "1945 GWh": (TargetKind.NUMBER, "1945", "GWh"),
    "1,80 kg CO2 per kg livsmedel": (TargetKind.NUMBER, "1.80", "kg CO2 per kg livsmedel"),
    "Max 10 personer": (TargetKind.AT_MOST, "10", "personer"),
    "högst 5 %": (TargetKind.AT_MOST, "5", "%"),
    "≤ 5 %": (TargetKind.AT_MOST, "5", "%"),
    "Minst 80 %": (TargetKind.AT_LEAST, "80", "%"),
    ">= 80": (TargetKind.AT_LEAST, "80", ""),
    "+/- 1 %": (TargetKind.WITHIN, "1", "%"),
    "+/-1 %": (TargetKind.WITHIN, "1", "%"),
    "± 1": (TargetKind.WITHIN, "1", ""),
    "+ / \u2212 1 %": (TargetKind.WITHIN, "1", "%"),
    "öka": (TargetKind.INCREASE, None, None),
    "Öka med 2 procentenheter": (TargetKind.INCREASE, "2", "procentenheter"),
    "minska 5 %": (TargetKind.DECREASE, "5", "%"),
    "Minska jämfört med 2024 års nivå": (TargetKind.UNKNOWN, None, None),
    "Minska jämfört med förra året": (TargetKind.DECREASE, None, None),
    "oförändrad": (TargetKind.UNCHANGED, None, None),
    "fastställs 2012": (TargetKind.NOT_SET, None, None),
    "Fastställs t1": (TargetKind.NOT_SET, None, None),
    "Tas fram av nämnd/styrelse": (TargetKind.NOT_SET, None, None),
    "tas fram av nämnden/ styrelsen": (TargetKind.NOT_SET, None, None),
    "Tas fram till T1:an": (TargetKind.NOT_SET, None, None),
    "": (TargetKind.NONE, None, None),
    "-": (TargetKind.NONE, None, None),
    "\u2013": (TargetKind.NONE, None, None),
    "blå": (TargetKind.UNKNOWN, None, None),
    "Max några": (TargetKind.UNKNOWN, None, None),
    "***": (TargetKind.UNKNOWN, None, None),
}


@pytest.mark.parametrize("text", READ)
def test_every_kind_of_target_that_was_published_is_read(text):
    kind, number, unit = READ[text]
    by = None if number is None else Quantity(Decimal(number), unit)
    assert (read_target(text).kind, read_target(text).by) == (kind, by)


def test_a_missing_target_is_none():
    assert read_target(None) == Target(TargetKind.NONE)


@pytest.mark.parametrize(
    ("text", "meant"), [("minksa", "minska"), ("Minskka 2 %", "minska"), ("Hogst 5", "högst"), ("blå", None)]
)
def test_a_misspelt_target_tells_what_it_is_nearest_to(text, meant):
    assert read_target(text) == Target(TargetKind.UNKNOWN, meant=meant)


def test_some_targets_are_held_against_the_year_before():
    assert [read_target(text).is_of_the_year_before for text in ("öka", "minska", "oförändrad", "5 %")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("target", "unit", "wanted"),
    [
        ("öka", "%", "50"),
        ("öka med 2 procentenheter", "%", "52"),
        ("minska med 2 procentenheter", "%", "48"),
        ("öka 10 %", "st", "55"),
        ("minska 10 %", "", "45"),
        ("minska med 3 st", "st", "47"),
    ],
)
def test_a_change_is_a_share_of_what_is_counted_and_points_of_what_is_per_cent(target, unit, wanted):
    assert moved(Decimal(50), read_target(target), unit) == Decimal(wanted)


def test_per_cent_of_per_cent_may_be_either():
    with pytest.raises(ValueError, match="per cent of per cent"):
        moved(Decimal(50), read_target("öka 2 %"), "%")
