"""The words for what carries a difference."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tasks.rules.assessment.causes import DeviationCauses, GroupDifference
from tasks.rules.assessment.deviation_facts import DeviationFacts
from tasks.rules.assessment.deviation_sentences import causes_sentence
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP

MILLION = Decimal(1_000_000)
FACTS = DeviationFacts(
    period=Period(2026, 9),
    outcome=Decimal("9.4") * MILLION,
    budget=12 * MILLION,
    forecast=Decimal("12.6") * MILLION,
    method="pattern",
    expected=9 * MILLION,
)
SURPLUS = replace(FACTS, outcome=Decimal("8.6") * MILLION, forecast=Decimal("11.4") * MILLION)
EVEN = (400,) * 9
SINCE_JUNE = (0, 0, 0, 0, 0, 100, 100, 100, 100)
UNCLEAR = (100, -150, 200, 0, 100, 150, 0, -100, 100)
TWELFTHS = "Budgeten är lagd i raka tolftedelar; därför jämförs med {} och inte med budgetens månader."


def causes(*groups, months=UNCLEAR, twelfths=False):
    """Give groups (name, tkr, whether it is an income); the months are shares of their sum."""
    parts = tuple(GroupDifference(name, Decimal(tkr) * 1000, bool(income)) for name, tkr, *income in groups)
    whole = sum(part.difference for part in parts)
    shares = tuple(whole * month / sum(months) for month in months)
    return DeviationCauses(parts, Decimal(0), shares, twelfths)


PERSONAL, PURCHASES = ("Personal", 300), ("Köp av verksamhet", 100)
SENTENCES = {
    "two groups": (
        FACTS, causes(PERSONAL, PURCHASES),
        ("Skillnaden hittills, 0,4_mnkr, beror mest på Personal (0,3_mnkr mer än väntat) "
         "och Köp av verksamhet (0,1_mnkr mer)."),
    ),
    "less income": (
        FACTS, causes(PERSONAL, ("Intäkter", 100, True)),
        ("Skillnaden hittills, 0,4_mnkr, beror mest på Personal (0,3_mnkr mer än väntat) "
         "och Intäkter (0,1_mnkr mindre)."),
    ),
    "a surplus": (
        SURPLUS, causes(("Personal", -300), ("Intäkter", -100, True)),
        ("Skillnaden hittills, 0,4_mnkr, beror mest på Personal (0,3_mnkr mindre än väntat) "
         "och Intäkter (0,1_mnkr mer)."),
    ),
    "groups and when it began": (
        FACTS, causes(PERSONAL, PURCHASES, months=SINCE_JUNE),
        ("Skillnaden hittills, 0,4_mnkr, beror mest på Personal (0,3_mnkr mer än väntat) "
         "och Köp av verksamhet (0,1_mnkr mer). Den började i juni."),
    ),
    "groups, evenly": (
        FACTS, causes(PERSONAL, ("Lokaler", 0), months=EVEN),
        ("Skillnaden hittills, 0,3_mnkr, beror mest på Personal (0,3_mnkr mer än väntat). "
         "Den har byggts upp jämnt över månaderna."),
    ),
    "only months": (
        FACTS, causes(PERSONAL, months=(0, 0, 200, 0, 0, 100, 0, 0, 0)),
        "Skillnaden hittills, 0,3_mnkr, kom främst i mars och juni.",
    ),
    "only one month": (
        FACTS, causes(PERSONAL, months=(0, 0, 200, 0, 0, 0, 0, 0, 0)),
        "Skillnaden hittills, 0,3_mnkr, kom främst i mars.",
    ),
    "others go the other way": (
        FACTS, causes(("Personal", 500), ("Lokaler", -100)),
        ("Skillnaden hittills, 0,4_mnkr, beror mest på Personal (0,5_mnkr mer än väntat); "
         "övrigt drar åt andra hållet."),
    ),
    "of a surplus others go the other way": (
        SURPLUS, causes(("Personal", -500), ("Lokaler", 100)),
        ("Skillnaden hittills, 0,4_mnkr, beror mest på Personal (0,5_mnkr mindre än väntat); "
         "övrigt drar åt andra hållet."),
    ),
    "others go the other way by exactly as much as is overlooked": (
        FACTS, causes(("Personal", 412), ("Lokaler", -12)),
        "Skillnaden hittills, 0,4_mnkr, beror mest på Personal (0,4_mnkr mer än väntat).",
    ),
    "small amounts": (
        FACTS, causes(("Personal", 60), ("Material", 30)),
        ("Skillnaden hittills, 90_tkr, beror mest på Personal (60_tkr mer än väntat) "
         "och Material (30_tkr mer)."),
    ),
    "the year is over": (
        replace(FACTS, period=Period(2026, 12)), causes(PERSONAL, PURCHASES, twelfths=True),
        ("Skillnaden, 0,4_mnkr, beror mest på Personal (0,3_mnkr mer än väntat) "
         "och Köp av verksamhet (0,1_mnkr mer)."),
    ),
    "a straight twelfth": (
        FACTS, causes(PERSONAL, twelfths=True), TWELFTHS.format("enhetens vanliga mönster"),
    ),
    "a straight twelfth, by the type": (
        replace(FACTS, method="type"), causes(PERSONAL, twelfths=True),
        TWELFTHS.format("det vanliga mönstret för sådana enheter"),
    ),
    "a straight twelfth that is compared with": (
        replace(FACTS, method="budget"), causes(PERSONAL, twelfths=True), "",
    ),
    "everything at once": (
        FACTS, causes(PERSONAL, PURCHASES, months=SINCE_JUNE, twelfths=True),
        "Skillnaden hittills, 0,4_mnkr, beror mest på Personal (0,3_mnkr mer än väntat) "
        "och Köp av verksamhet (0,1_mnkr mer). Den började i juni. "
        + TWELFTHS.format("enhetens vanliga mönster"),
    ),
    "nothing clear": (FACTS, causes(PERSONAL), ""),
    "it goes the other way than the year": (
        replace(FACTS, forecast=11 * MILLION), causes(PERSONAL, PURCHASES, months=EVEN), "",
    ),
    "the year is as the budget": (
        replace(FACTS, forecast=FACTS.budget), causes(PERSONAL, PURCHASES, months=EVEN), "",
    ),
    "the year can't be held against a budget": (
        replace(FACTS, budget=None), causes(PERSONAL, PURCHASES, months=EVEN), "",
    ),
    "so small that it shows as 0,0 %": (
        replace(FACTS, outcome=Decimal(9_004_499)), causes(PERSONAL, PURCHASES, months=EVEN), "",
    ),
    "just so large that it shows": (
        replace(FACTS, outcome=Decimal(9_004_500)), causes(("Personal", 3), ("Köp", "1.5"), months=EVEN),
        ("Skillnaden hittills, 5_tkr, beror mest på Personal (3_tkr mer än väntat) och Köp (2_tkr mer). "
         "Den har byggts upp jämnt över månaderna."),
    ),
    "nothing was expected": (
        replace(FACTS, expected=None), causes(PERSONAL, PURCHASES, months=EVEN), "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "found", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_what_is_clear_is_said(facts, found, sentence):
    assert causes_sentence(facts, found) == sentence.replace("_", NBSP)
