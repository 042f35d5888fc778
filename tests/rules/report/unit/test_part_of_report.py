"""A unit's or an area's report holds its own rows of the whole report, as they stand there, and no others."""

from decimal import Decimal

import pytest

from tasks.rules.json_keys import of_json, to_json
from tasks.rules.periods import Period
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.unit.part_of_report import PlaceOfReport, part_of_report, reported_months
from tests.worlds.report_content import CONTENT, changed

UNIT = PlaceOfReport("bilan", "Bilan", "enhet", ("Norra", "Förskola"), ("bilan",))
AREA = PlaceOfReport("norra", "Norra", "verksamhetsomrade", ("Förskola",), ("bilan", "cedern"), ("under",))
WHO = {
    "driftbudget": "enhet",
    "resultatenheter": "enhet",
    "prestationer": "enhet",
    "sjukfranvaro": "enhet",
    "indikatorer": "enhet",
    "avvikelser": "enhet",
    "signaler": "enhet",
    "atgardsplaner": "enhet",
    "prognossakerhet": "kod",
    "omraden": "kod",
    "andrat_sedan_forra": "enhet",
}
"""The lists of the report whose rows are of places, and the key that says which."""
OF_THE_WHOLE = {
    "bistand", "mal", "driftbudget_slag", "investeringar", "omslutning", "budgetjusteringar", "avstamningar",
}  # fmt: skip


def part(place, managers=(), content=CONTENT):
    return to_json(part_of_report(of_json(MonthReport, content), place, managers))


@pytest.mark.parametrize("place", [UNIT, AREA], ids=["unit", "area"])
def test_every_row_is_one_of_the_wholes_and_of_the_place(place):
    whole, found = to_json(of_json(MonthReport, CONTENT)), part(place)
    own = {place.code, *place.units, *place.places}
    for name, key in WHO.items():
        assert found[name] == [row for row in whole[name] if row.get(key) in own], name
    assert found["prestationer"]
    assert not any(found[name] for name in OF_THE_WHOLE)


def test_an_area_that_counts_itself_has_its_own_count():
    care = PlaceOfReport("aldre", "Äldreomsorg", "avdelning", (), ("x",))
    assert [row["matt"] for row in part(care)["prestationer"]] == ["Besök"]


def test_units_that_a_source_lacks_are_named_where_they_are_of_the_place():
    lacking = [
        {"kalla": "ekonomi", "antal": 2, "av": 9, "enheter": ["alen", "bilan"], "namn": ["Alen", "Bilan"]},
        {"kalla": "sjukfranvaro", "antal": 1, "av": 9, "enheter": ["alen"], "namn": ["Alen"]},
    ]
    found = part(UNIT, content=changed(saknade_enheter=lacking))["saknade_enheter"]
    assert found == [{"kalla": "ekonomi", "antal": 1, "av": 9, "enheter": ["bilan"], "namn": ["Bilan"]}]


def activity(name, who):
    return {"aktivitet": name, "mal": None, "ansvarig_epost": who, "startdatum": None, "slutdatum": None,
            "avvikelse": None, "lage": None, "analys": None, "tillstand": "ongoing"}  # fmt: skip


def test_activities_are_those_that_the_units_managers_answer_for_whatever_the_case():
    rows = [activity("Egen", "Bo@Example.se"), activity("Annans", "eva@example.se"), activity("Ingens", None)]
    found = part(UNIT, ["bo@example.se"], changed(aktiviteter=rows))["aktiviteter"]
    assert [row["aktivitet"] for row in found] == ["Egen"]


def risk(name, unit=None, warned=()):
    return {"indikator": "Prognos", "risk": name, "omrade": None, "enhet": unit, "enhetstyp": None,
            "sannolikhet": 3, "konsekvens": 4, "varde": 12, "atgard": None, "arsmal": None, "kf_arsmal": None,
            "bevakas": None, "avvikelser": list(warned)}  # fmt: skip


def test_risks_are_those_of_the_unit_and_those_that_its_warning_touches():
    rows = [
        risk("Egen", "bilan"),
        risk("Berör", None, ["bilan", "cedern"]),
        risk("Annans", "cedern", ["cedern"]),
    ]
    found = part(UNIT, content=changed(risker=rows))["risker"]
    assert [(row["risk"], row["avvikelser"]) for row in found] == [("Egen", []), ("Berör", ["bilan"])]


MONTHS = [Period(2026, month) for month in (1, 2, 3)]


@pytest.mark.parametrize(
    ("budgets", "outcomes", "to_date"),
    [
        ((10, 10, 10), (8, 13, None), (2, -1, None)),
        ((10, None, 10), (8, 13, 9), (2, None, None)),  # a sum that lacks a month is none
        ((-10, -10, -10), (-12, -10, -5), (2, 2, -3)),  # more income than budgeted is an överskott
    ],
)
def test_what_the_months_come_to_so_far_is_budget_less_outcome(budgets, outcomes, to_date):
    year = [
        (month, _kr(budget), _kr(outcome))
        for month, budget, outcome in zip(MONTHS, budgets, outcomes, strict=True)
    ]
    found = reported_months(year, [Decimal(1), None, Decimal(3)])
    assert [month.to_date for month in found] == [_kr(kr) for kr in to_date]
    assert [month.last_year for month in found] == [1, None, 3]
    assert [month.outcome for month in found] == [_kr(kr) for kr in outcomes]


def _kr(value):
    return None if value is None else Decimal(value)
