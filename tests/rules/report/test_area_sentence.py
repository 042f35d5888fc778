"""What is said of an area's year in one sentence."""

from decimal import Decimal

import pytest

from tasks.rules.report.area_sentence import Effects, area_sentence

MNKR = Decimal(1_000_000)
BOTH = "I programmets prognos ökar volymen kostnaden med 2,0 mnkr och minskar priset den med 1,0 mnkr."


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (-11.5, -11.5, "Omsorgen prognostiserar ett underskott om 11,5 mnkr."),
        (None, 0.04, "Omsorgen prognostiserar ett överskott om 40 tkr."),
        (0, 0.0004, "Omsorgen prognostiserar en budget i balans."),  # rounds to nothing
        (
            -1.6,
            0,
            (
                "Omsorgen prognostiserar ett underskott om 1,6 mnkr före och en budget i balans efter "
                "resultatöverföring."
            ),
        ),
        (3.501, 3.5, "Omsorgen prognostiserar ett överskott om 3,5 mnkr."),  # alike as they are read
        (5, None, ""),  # missing is not balanced
    ],
)
def test_an_areas_year_is_said_in_one_sentence(before, after, words):
    kr = [None if each is None else Decimal(str(each)) * MNKR for each in (before, after)]
    assert area_sentence("Omsorgen", *kr).replace("\u00a0", " ") == words


def test_a_delivered_sentence_stands_as_it_is():
    assert area_sentence("Omsorgen", -MNKR, -MNKR, reason="Fler barn.") == "Fler barn."


def test_a_closed_year_forecasts_nothing():
    said = area_sentence("Omsorgen", MNKR, MNKR, is_whole_year=True)
    assert said.startswith("Omsorgen redovisar ett överskott")


@pytest.mark.parametrize(
    ("effects", "words"),
    [
        (Effects(2 * MNKR, -MNKR), BOTH),
        (Effects(None, MNKR), "I programmets prognos ökar priset kostnaden med 1,0 mnkr."),
        (Effects(Decimal(0), None), ""),
    ],
)  # fmt: skip
def test_volume_and_price_are_told_where_they_are_known(effects, words):
    said = area_sentence("Omsorgen", -MNKR, -MNKR, effects=effects).replace("\u00a0", " ")
    assert said == f"Omsorgen prognostiserar ett underskott om 1,0 mnkr. {words}".strip()
