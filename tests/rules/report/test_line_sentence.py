"""The sentence of a line of the operating budget."""

from decimal import Decimal

import pytest

from tasks.rules.report.driftbudget import ForecastRow, driftbudget
from tasks.rules.report.line_sentence import line_sentence
from tasks.rules.report.signals import SignalRow

MNKR = Decimal(1_000_000)


def line(area, part_of=None, reason=None):
    (made,) = driftbudget(
        [ForecastRow(area, 10 * MNKR, 12 * MNKR, 12 * MNKR, part_of=part_of, reason=reason)]
    ).lines
    return made


def signal(source="bistand", series="helar", **parts):
    return SignalRow(source, "", "", None, "", "kr", None, MNKR, MNKR, None, "", None, parts, series)


EFFECTS = (
    signal("prestationer", volymeffekt=5 * MNKR),
    signal(series="hushall", volymeffekt=7 * MNKR),
    signal(volymeffekt=3 * MNKR, priseffekt=-MNKR),
)
DEFICIT = "Ekonomiskt bistånd prognostiserar ett underskott om 2,0 mnkr."
EXPLAINED = "I programmets prognos ökar volymen kostnaden med 3,0 mnkr och minskar priset den med 1,0 mnkr."
SENTENCES = {
    "volume and price of social assistance": (line("ekonomiskt  Bistånd"), EFFECTS, f"{DEFICIT} {EXPLAINED}"),
    "no forecast of it": (line("Ekonomiskt bistånd"), (), DEFICIT),
    "hidden effects": (
        line("Ekonomiskt bistånd"), (signal(volymeffekt="doldt", priseffekt="doldt"),), DEFICIT,
    ),
    "a part of another area": (line("Ekonomiskt bistånd", "Omsorg"), EFFECTS, DEFICIT),
    "another area": (line("Omsorg"), EFFECTS, DEFICIT.replace("Ekonomiskt bistånd", "Omsorg")),
    "what somebody wrote": (line("Ekonomiskt bistånd", reason="Fler söker."), EFFECTS, "Fler söker."),
}  # fmt: skip


@pytest.mark.parametrize(("of", "signals", "words"), SENTENCES.values(), ids=SENTENCES)
def test_a_lines_sentence(of, signals, words):
    said = line_sentence(of, signals, is_whole_year=False).replace("\u00a0", " ")
    assert said.casefold() == words.casefold().replace("ekonomiskt bistånd", of.area.casefold(), 1)


def test_of_a_year_that_is_over_it_is_what_it_came_to():
    assert "redovisar" in line_sentence(line("Omsorg"), (), is_whole_year=True)
