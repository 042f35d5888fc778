"""The first screen of the month's page: four figures, what has changed in a month, and what is folded."""

import re
from decimal import Decimal

import pytest

from tasks.report.first_screen import changes
from tasks.rules.periods import Period
from tasks.rules.report.since_last_month import ChangedUnit, SinceLastMonth
from tests.worlds.read_page import page, rows
from tests.worlds.report_content import CONTENT, changed, result_unit
from tests.worlds.small_administration import economy, organisation

KR = Decimal(1_000_000)


def since(managers=(None, None), programme=(None, None), units=()):
    told = [None if kr is None else Decimal(str(kr)) * KR for kr in (*managers, *programme)]
    return SinceLastMonth(Period(2026, 8), *told, tuple(units))


def unit(name, before, now, levels=("larm", "larm")):
    deviations = [None if kr is None else Decimal(str(kr)) * KR for kr in (before, now)]
    return ChangedUnit(name.lower(), name, *levels, *deviations)


# since last month | corrected figures | sentences
SAID = {
    "a first month": (None, 3, []),
    "nothing has changed": (since((-2, -2), (-3, -3)), 0, [
        "Sedan augusti: verksamhetens prognos är oförändrad, programmets prognos är oförändrad.",
    ]),
    "a larger underskott": (since((-2, -3.5)), 0, [
        "Sedan augusti: verksamhetens underskott har ökat med 1,5 mnkr till 3,5 mnkr.",
    ]),
    "a smaller överskott": (since(programme=(2, 0.5)), 0, [
        "Sedan augusti: programmets överskott har minskat med 1,5 mnkr till 0,5 mnkr.",
    ]),
    "from one side to the other": (since((1, -1)), 0, [
        "Sedan augusti: verksamhetens prognos har gått från överskott 1,0 mnkr till underskott 1,0 mnkr.",
    ]),
    "into balance": (since((-1, 0)), 0, [
        "Sedan augusti: verksamhetens prognos har gått från underskott 1,0 mnkr till i balans.",
    ]),
    "units": (
        since(units=[
            unit("A", -1, -2),
            unit("B", -1, -0.5),
            unit("C", None, -3, (None, "larm")),
            unit("D", -1, None, ("bevaka", None)),
        ]),
        2,
        ["Nya varningar: C.", "Inte längre varnade: D.", "Mest försämrade: A (1,0 mnkr).",
         "2 tidigare uppgifter har rättats."],
    ),
    "many units": (
        since(units=[unit(f"E{number}", None, -1, (None, "larm")) for number in range(7)]),
        1,
        ["Nya varningar: E0, E1, E2 och 4 till.", "1 tidigare uppgift har rättats."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("told", "corrected", "said"), SAID.values(), ids=SAID)
def test_what_has_changed_is_said_with_what_it_comes_of(told, corrected, said):
    assert [" ".join(sentence.split()) for sentence in changes(told, corrected)] == said


def figures(content):
    found = re.search(r'<dl class="figures">(.*?)</dl>', page(content), re.DOTALL)[1]
    return [
        " ".join(re.sub("<[^>]+>", " ", part).split())
        for part in re.findall(r"<div>(.*?)</div>", found, re.DOTALL)
    ]


def test_four_figures_stand_first():
    own = {"program_prognos": 152_900_000, "program_avvikelse": -2_900_000}
    assert figures(changed(totalt=CONTENT["totalt"] | own)) == [
        "Budget 150,0 mnkr helår, efter begärda justeringar",
        "Verksamhetens prognos 150,5 mnkr underskott 0,5 mnkr",
        "Programmets prognos 152,9 mnkr underskott 2,9 mnkr",
        "Larm och bevakning 1 larm, 2 bevaka 1 plan väntas, 16 november",
    ]


def test_a_report_that_is_older_than_the_programmes_forecast_has_three():
    assert [each.split()[0] for each in figures(CONTENT)] == ["Budget", "Verksamhetens", "Larm"]


def test_every_section_is_in_the_contents_and_every_link_leads_to_one():
    told = page(CONTENT)
    links = dict(re.findall(r'<a href="#(del-\d+)">([^<]+)</a>', told))
    assert links == dict(re.findall(r'<h2 id="(del-\d+)">([^<]+)</h2>', told))
    assert len(links) > 10


def test_a_long_table_shows_its_first_rows_and_its_sum_and_folds_the_rest():
    many = [result_unit(f"Enhet {number:02}", 9_000_000, 0, 0, 0) for number in range(1, 31)]
    content = changed(resultatenheter=many)
    assert len(rows(content, "Resultatenheter")) == 31
    told = page(content)
    first, more = told.split('<details class="more">')
    assert "Visa 22 rader till" in more
    assert "Enhet 08" in first
    assert "Enhet 09" not in first
    assert "Enhet 09" in more
    assert re.search(r"Summa.*</table>\s*$", first[first.index("Enhet 01") :], re.DOTALL)


def test_the_budget_of_the_year_is_never_cut():
    areas = [{**CONTENT["driftbudget"][1], "verksamhetsomrade": f"Område {number}"} for number in range(40)]
    told = page(changed(driftbudget=areas))
    budget = told[told.index('id="del-3"') : told.index('id="del-4"')]
    assert "Område 39" in budget
    assert 'class="more"' not in budget


def test_the_second_month_says_what_has_changed_since_the_first(world):
    world.put("ekonomi_2026-08.csv", economy(closed=8, over=("102",)))
    world.put("organisation_2026-08.csv", organisation())
    words = ("run", "2026-08", "--allow-missing", "--no-mail", "--today", "2026-09-09")
    assert world.manad(*words).code == 0
    world.month()
    assert world.run().code == 0
    told = world.manad("report", "2026-09", "--format", "json").json["sedan_forra_manaden"]
    assert told["period"] == "2026-08"
    assert [(each["enhet"], each["niva_signal_fore"], each["niva_signal"]) for each in told["enheter"]] == [
        ("101", None, "larm"),
        ("102", "larm", None),
    ]
    shown = (world.home / "reports/2026-09/manadsrapport_2026-09.html").read_text("utf-8")
    assert "Nya varningar: Förskolan Norr. Inte längre varnade: Förskolan Söder." in shown


def test_a_month_that_assessed_nobody_makes_nobody_new(world):
    world.put("organisation_2026-08.csv", organisation())
    words = ("run", "2026-08", "--allow-missing", "--no-mail", "--today", "2026-09-09")
    assert world.manad(*words).code == 0
    world.month()
    assert world.run().code == 0
    assert "sedan_forra_manaden" not in world.manad("report", "2026-09", "--format", "json").json


def test_the_worst_units_years_stand_as_pictures_that_say_their_figures(done_month):
    told = (done_month.home / "reports/2026-09/manadsrapport_2026-09.html").read_text("utf-8")
    (curve,) = done_month.manad("report", "2026-09", "--format", "json").json["kurvor"]
    assert (curve["enhet"], curve["hittills"]) == ("101", [-100_000 * month for month in range(1, 10)])
    said = re.search(r'<svg role="img" aria-label="(Förskolan Norr[^"]+)" viewBox', told)[1]
    assert said.startswith("Förskolan Norr: underskott 0,9\u00a0mnkr till och med september, underskott 1,")
    assert said.count("underskott") == 4  # so far, at the year's end, and both ends of where it may be
    assert len(re.search(r'class="own" points="([^"]+)"', told)[1].split()) == 10
