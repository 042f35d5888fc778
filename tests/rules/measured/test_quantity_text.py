from decimal import Decimal

import pytest

from tasks.rules.measured.quantity_text import Quantity, number_part, parse_quantity, same_unit, unit_part

# the cell as printed: number, unit
READ = {
    "28 st": ("28", "st"),
    "9,8 %": ("9.8", "%"),
    "90%": ("90", "%"),
    "67  %": ("67", "%"),
    "13,1 barn/avd.": ("13.1", "barn/avd."),
    "1,19 GWh": ("1.19", "GWh"),
    "1,5 kg CO2 per kg livsmedel": ("1.5", "kg CO2 per kg livsmedel"),
    "10,6 personer per 14 dagar": ("10.6", "personer per 14 dagar"),
    "76 kwh/kvm": ("76", "kwh/kvm"),
    "9\u00a0000 st": ("9000", "st"),
    "1 275\u202fst": ("1275", "st"),
    "\u22121 %": ("-1", "%"),
    "28st": ("28", "st"),
    "81": ("81", ""),
    "12 m2": ("12", "m2"),
}


@pytest.mark.parametrize("text", READ)
def test_a_number_and_its_unit_are_kept_apart(text):
    number, unit = READ[text]
    assert parse_quantity(text) == Quantity(Decimal(number), unit)
    assert unit_part(text) == unit


@pytest.mark.parametrize(
    "text",
    [
        "",
        "öka",
        "28 av 30",
        "10 till 12",
        "2-3 st",
        "1e5",
        "1.234 st",
        "12 3 st",
        "Max 10 personer",
        "..",
        "5 st 7 st",
    ],
)
def test_what_is_no_number_or_may_be_two_is_none(text):
    assert parse_quantity(text) is None


def test_a_text_that_has_no_unit_stays_as_it_is():
    assert number_part("28 av 30") == "28 av 30"
    assert unit_part(None) == unit_part("öka") == ""


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("st", "", True),
        ("", "%", True),
        ("kWh", "kwh", True),
        ("kwh/kvm", "kWh", False),
        ("%", "st", False),
        ("personer", "st", True),
        ("st", "kWh", False),
        ("st", "barn/avd.", False),
        ("barn", "personer", False),
    ],
)
def test_units_are_the_same_whatever_their_case_and_where_one_is_not_said(one, other, are_same):
    assert same_unit(one, other) is are_same
