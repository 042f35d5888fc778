"""The figures of a report that a planning system may ask for."""

from dataclasses import replace
from decimal import Decimal

from tasks.rules.json_keys import of_json
from tasks.rules.report.ilsweb.measures import measures
from tasks.rules.report.month_report import MonthReport
from tests.worlds.report_content import CONTENT, changed

SIDE = {"slag": "kostnader", "budget": 10, "begarda_budgetjusteringar": 1, "prestationsforandringar": 2,
        "prognos": 12, "avvikelse": 1}  # fmt: skip
INVESTMENT = {"investering": "Parker", "budget": 4, "begarda_budgetjusteringar": None, "prognos": 3,
              "utfall": 1, "avvikelse": 1}  # fmt: skip


def told(content):
    return list(measures(of_json(MonthReport, {**content, "avvikelser": []})))


def test_indicators_come_first_then_areas_and_never_units():
    kinds = [(each.kind, each.name) for each in told(CONTENT)]
    areas = ["Norra", "Förskola", "Ekonomiskt bistånd", "Äldreomsorg", "Lekparker"]
    assert kinds == [("indicators", "Sjukfrånvaro"), *(("areas", name) for name in areas)]


def test_figures_stand_by_the_contracts_names():
    sick, *others = told(changed(driftbudget_slag=[SIDE], investeringar=[INVESTMENT]))
    assert (sick.figures["utfall_kvinnor"], sick.figures["prognos_helar"], sick.is_money) == (
        Decimal("8.1"),
        None,
        False,
    )
    side, investment = others[-2:]
    assert dict(side.figures) == {name: figure for name, figure in SIDE.items() if name != "slag"}
    assert dict(investment.figures) == {
        name: figure for name, figure in INVESTMENT.items() if name != "investering"
    }
    assert all(each.is_money for each in others)
    assert others[1].figures["prognos_efter"] == Decimal(101_500_000)


def test_own_figures_are_as_they_are_shown_and_delivered_ones_as_delivered():
    row = {**CONTENT["indikatorer"][0], "utfall": 7.6449, "utfall_man": "doldt", "egen_uppgift": 7.6449}
    figures = told(changed(indikatorer=[row]))[0].figures
    assert (figures["utfall"], figures["utfall_man"], figures["utfall_foregaende_ar"]) == (
        Decimal("7.6"),
        "doldt",
        Decimal("7.6"),
    )
    delivered = {**CONTENT["indikatorer"][0], "utfall": 7.6449}
    assert told(changed(indikatorer=[delivered]))[0].figures["utfall"] == Decimal("7.6449")


def test_a_goals_code_tells_two_of_one_name_apart():
    sick = told(CONTENT)[0]
    assert (sick.full_name, replace(sick, goal="3.2").full_name) == ("Sjukfrånvaro", "3.2 Sjukfrånvaro")
