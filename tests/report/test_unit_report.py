"""`manad report PERIOD --unit CODE`: one unit's or area's month on a page, of what the whole report says."""

import re
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.worlds.small_administration import economy, organisation, sick_leave

AREA = "V1;Förskolor;verksamhetsomrade;A1;;Vera;vera@example.se;;;nej;;2019-01-01;"


def run_two_months(world):
    """Run August and September, with an area between the department and two of the units."""
    register = organisation(extra=[AREA])
    for code in ("101", "102"):
        register = re.sub(rf"(?m)^({code};[^;]*;enhet);A1;", r"\1;V1;", register)
    activities = (
        "aktivitet;mal;startdatum;slutdatum;ansvarig_epost;avvikelse\n"
        "Färre vikarier;;2026-02-01;2026-12-31;anna@example.se;\n"
        "Nya lokaler;;2026-02-01;2026-12-31;bo@example.se;\n"
    )
    world.put("ekonomi_2025-12.csv", economy(year=2025, closed=12, over=()))
    world.month(organisation=register, aktiviteter=activities)
    world.put("organisation_2026-08.csv", register)
    world.put("ekonomi_2026-08.csv", economy(closed=8))
    assert world.manad("run", "2026-08", "--allow-missing", "--no-mail", "--today", "2026-09-09").code == 0
    assert world.run().code == 0


@pytest.fixture
def told(after):
    return after(run_two_months)


def of(world, code, *words):
    answer = world.manad("report", "2026-09", "--unit", code, *words)
    assert answer.code == 0, answer.err
    return answer


def test_the_json_of_a_unit_has_the_rows_of_the_whole_report_its_months_and_what_was_told(told):
    whole, own = (
        told.manad("report", "2026-09", "--format", "json").json,
        of(told, "101", "--format", "json").json,
    )
    assert own["enhet"]["namn"] == "Förskolan Norr"
    assert own["enhet"]["ingar_i"] == ["Förskolor", "Barn och äldre"]
    for name in ("avvikelser", "atgardsplaner", "prestationer", "signaler", "sjukfranvaro"):
        assert own[name] == [row for row in whole[name] if row["enhet"] == "101"], name
    assert [row["aktivitet"] for row in own["aktiviteter"]] == ["Färre vikarier"]
    assert [month["utfall"] for month in own["manader"]] == [1_100_000] * 9 + [None] * 3
    assert [month["utfall_foregaende_ar"] for month in own["manader"]] == [1_000_000] * 12
    assert own["manader"][8]["skillnad_hittills"] == -900_000
    assert [(month["period"], month["niva_signal"]) for month in own["sagt"]] == [
        ("2026-08", "larm"),
        ("2026-09", "larm"),
    ]
    assert own["sagt"][1]["prognos"] == own["avvikelser"][0]["prognos"]


def test_an_area_has_all_its_units_and_the_sums_of_their_months(told):
    own = of(told, "V1", "--format", "json").json
    assert own["enhet"]["enheter"] == ["101", "102"]
    assert [(unit["enhet"], unit["niva_signal"]) for unit in own["enheternas_ar"]] == [
        ("101", "larm"),
        ("102", None),
    ]
    assert own["manader"][0]["utfall"] == 2_100_000
    assert own["sagt"][-1]["budget"] == 24_000_000
    (area,) = [row for row in own["omraden"] if row["kod"] == "V1"]
    assert own["mening"] == area["mening"]


def test_no_page_of_a_unit_names_another(told):
    for form in ("html", "json"):
        answer = of(told, "101", "--format", form)
        shown = answer.out if form == "json" else Path(answer.out.strip()).read_text("utf-8")
        assert "Förskolan Norr" in shown
        assert "Förskolan Söder" not in shown
        assert "Hemtjänsten Öst" not in shown
        assert "Nya lokaler" not in shown


def test_the_page_says_where_the_year_ends_and_why(told):
    path = Path(of(told, "101").out.strip())
    assert path.name == "enhet_101_2026-09.html"
    page = path.read_text("utf-8")
    (headline,) = re.findall("<h1>([^<]+)</h1>", page)
    assert headline.startswith("Förskolan Norr: befarat underskott 1,")
    assert "Ingår i Förskolor och Barn och äldre." in page
    assert re.findall(r"<h2[^>]*>([^<]+)", page) == [
        "Året 2026, månad för månad",
        "Det som sagts varje månad",
        "Åtgärdsplaner",
        "Prestationer",
        "Tidiga signaler",
        "Sjukfrånvaro",
        "Prognossäkerhet, tertialrapport 2",
        "Aktiviteter",
    ]
    assert "<svg" in page


def test_the_same_stands_in_excel_and_word_and_is_the_same_bytes_again(told):
    paths = [Path(of(told, "V1", "--format", form).out.strip()) for form in ("xlsx", "docx")]
    before = [path.read_bytes() for path in paths]
    book = openpyxl.load_workbook(paths[0])
    names = {row[1].value for row in book["Enheterna"].iter_rows(min_row=6)}
    assert names >= {"Förskolan Norr", "Förskolan Söder"}
    assert docx.Document(paths[1]).core_properties.title == "Förskolor"
    assert docx.Document(paths[1]).core_properties.created.date() == date(2026, 9, 30)
    again = [Path(of(told, "V1", "--format", form).out.strip()).read_bytes() for form in ("xlsx", "docx")]
    assert again == before


def test_a_small_group_is_hidden_on_the_units_page_as_in_the_report(world):
    head, *_ = sick_leave().splitlines()
    staff = {"101": 3, "102": 12, "103": 30}
    rows = [f"2026-09;{code};K;{count};{count * 150};7,5;0;0" for code, count in staff.items()]
    world.month(sjukfranvaro="\n".join([head, *rows]) + "\n")
    assert world.run().code == 0
    own = of(world, "101", "--format", "json").json
    assert {row["anstallda"] for row in own["sjukfranvaro"]} == {"doldt"}
    page = Path(of(world, "101").out.strip()).read_text("utf-8")
    assert "visas inte" in page
    assert "7,5" not in page


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--unit", "999"), 1, "999 är ingen enhet och inget område i september 2026"),
        (("--unit", "../101"), 1, "är ingen enhet"),
        (("--unit", "101", "--tertial"), 2, "--unit är månadens rapport för en enhet"),
        (("--unit", "101", "--format", "ilsweb"), 2, "--unit är månadens rapport för en enhet"),
    ],
)
@pytest.mark.usefixtures("done_month")
def test_what_cannot_be_asked_for_is_told(world, words, code, said):
    answer = world.manad("report", "2026-09", *words)
    assert (answer.code, said in answer.err) == (code, True), answer.err
