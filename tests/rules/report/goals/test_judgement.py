from decimal import Decimal

import pytest

from tasks.rules.measured.quantity_text import Quantity, parse_quantity
from tasks.rules.report.goals.judgement import Judgement, Measured, is_of_the_city, judge


def measured(target, outcome=None, forecast=None, before=None, told=None, city=None):
    figures = {
        name: None if text is None else parse_quantity(text)
        for name, text in {"outcome": outcome, "forecast": forecast, "before": before}.items()
    }
    return Measured(target, told=told, city=city, **figures)


# what is measured: the verdict, on what, and the direction
JUDGED = {
    "the forecast reaches though the outcome doesn't": (
        measured("2,15 %", "2,18 %", "2,15 %", told="lagre"),
        ("nas", "prognos", "lagre"),
    ),
    "the outcome where there is no forecast": (
        measured("0", "2", told="lagre"),
        ("nas_inte", "utfall", "lagre"),
    ),
    "just under": (measured("80 %", "79,9 %", told="hogre"), ("nas_inte", "utfall", "hogre")),
    "exactly": (measured("80 %", "80 %", told="hogre"), ("nas", "utfall", "hogre")),
    "just over": (measured("80 %", "80,1 %", told="lagre"), ("nas_inte", "utfall", "lagre")),
    "max": (measured("Max 10 personer", "10,6"), ("nas_inte", "utfall", "lagre")),
    "the target's words stand before the column": (
        measured("minst 10", "12", told="lagre"),
        ("nas", "utfall", "hogre"),
    ),
    "the city council's words where nothing else tells": (
        measured("93 %", "94 %", city="öka"),
        ("nas", "utfall", "hogre"),
    ),
    "more than the year before": (measured("öka", "5", before="4"), ("nas", "utfall", "hogre")),
    "as much as the year before is no increase": (
        measured("öka", "4", before="4"),
        ("nas_inte", "utfall", "hogre"),
    ),
    "as much as the year before is no decrease": (
        measured("minska", "4", before="4"),
        ("nas_inte", "utfall", "lagre"),
    ),
    "less than the year before": (measured("minska", "3,9", before="4"), ("nas", "utfall", "lagre")),
    "an increase in points": (
        measured("öka med 2 procentenheter", "52 %", before="50 %"),
        ("nas", "utfall", "hogre"),
    ),
    "an increase in per cent of what is counted": (
        measured("öka 10 %", "54 st", before="50 st"),
        ("nas_inte", "utfall", "hogre"),
    ),
    "unchanged as it is printed": (measured("oförändrad", "15,9", before="16"), ("nas", "utfall", "lika")),
    "changed": (measured("oförändrad", "15,4", before="16"), ("nas_inte", "utfall", "lika")),
    "equal": (measured("5 st", "5 st", told="lika"), ("nas", "utfall", "lika")),
    "within below": (measured("+/- 1 %", "-1 %"), ("nas", "utfall", "inom")),
    "within above": (measured("+/- 1 %", "1,01 %"), ("nas_inte", "utfall", "inom")),
    "within by the column": (measured("1 %", "-0,5 %", told="inom"), ("nas", "utfall", "inom")),
    "another unit of the forecast than of the outcome": (
        measured("16", "13,1 barn/avd.", "16 st", told="lagre"),
        ("nas", "prognos", "lagre"),
    ),
    "neither forecast nor outcome": (measured("80 %", told="hogre"), ("ej_matt", None, "hogre")),
    "neither forecast nor outcome nor target": (measured(None), ("ej_matt", None, None)),
}


@pytest.mark.parametrize(("found", "wanted"), JUDGED.values(), ids=JUDGED)
def test_an_indicator_is_judged_on_its_forecast_else_its_outcome(found, wanted):
    judgement = judge(found)
    assert (judgement.verdict, judgement.judged_on, judgement.direction) == wanted
    assert judgement.reason == ""


# what is measured: why it isn't judged
UNJUDGED = {
    "no target": (measured(None, "5"), "inget årsmål är lämnat"),
    "a target that isn't set": (measured("fastställs 2026", "5"), "årsmålet är inte fastställt"),
    "a misspelt target": (measured("minksa", "5"), "årsmålet ”minksa” går inte att förstå (menas minska?)"),
    "a colour": (measured("blå", "5"), "årsmålet ”blå” går inte att förstå"),
    "no direction": (measured("5", "5"), "det är inte känt om ett högre eller lägre utfall är bättre"),
    "no year before": (measured("öka", "5"), "målet hålls mot förra årets utfall, som saknas"),
    "another unit the year before": (
        measured("öka", "5 st", before="4 %"),
        "förra årets utfall är i % men årets i st",
    ),
    "per cent or points": (
        measured("öka 2 %", "5 %", before="4 %"),
        "målet kan vara procent eller procentenheter",
    ),
    "another unit": (measured("76 kWh", "70 kwh/kvm", told="lagre"), "målet är i kWh men utfallet i kwh/kvm"),
    "a share against a deviation": (
        measured("+/- 1 %", "99,5 %"),
        "målet är en avvikelse men 99,5 är en andel",
    ),
}


@pytest.mark.parametrize(("found", "reason"), UNJUDGED.values(), ids=UNJUDGED)
def test_what_can_not_be_judged_says_why(found, reason):
    judgement = judge(found)
    assert (judgement.verdict, judgement.judged_on, judgement.reason) == ("ej_bedomd", None, reason)


def test_a_judgement_of_nothing_names_no_direction():
    assert judge(measured("5", "5")) == Judgement("ej_bedomd", None, None, UNJUDGED["no direction"][1])


# the city council's target, the board's own: whether it is the whole city's
CITY = {
    "as large as ours": ("84", ("82", "81"), False),
    "many times as many": ("800 st", ("25 st", "28 st"), True),
    "nearly ten times as many": ("9 000 st", ("950 st",), True),
    "of another sort": ("1945 GWh", ("1,6 MWh",), True),
    "much more of the same sort": ("1945 GWh", ("1,6 GWh",), True),
    "a share is of the same size": ("35 %", ("3 %",), False),
    "a cost of each is of the same size": ("76 kwh/kvm", ("7 kwh/kvm",), False),
    "words": ("Tas fram av nämnd", ("5",), False),
    "nothing of our own": ("47 st", (None,), False),
    "nothing of our own but zero": ("47 st", ("0 st",), False),
    "our unit isn't said": ("84 st", ("82",), False),
    "just under five times": ("49 st", ("10 st",), False),
    "five times": ("50 st", ("10 st",), True),
}


@pytest.mark.parametrize(("city", "own", "is_so"), CITY.values(), ids=CITY)
def test_a_city_councils_target_of_another_sort_or_size_is_the_whole_citys(city, own, is_so):
    known = tuple(None if text is None else parse_quantity(text) for text in own)
    assert is_of_the_city(city, known) is is_so


def test_a_target_is_held_against_unrounded_figures():
    found = Measured("2,15 %", Quantity(Decimal("2.1500001"), "%"), told="lagre")
    assert judge(found).verdict == "nas_inte"
