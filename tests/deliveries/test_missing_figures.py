"""Figures that are missing stay missing: in the assessment, in the report, and in what is said of both."""

import pytest

from tests.worlds.small_administration import UNITS, economy, organisation, sick_leave, volumes

NOTHING_BOOKED = "2026-09;101;Lokaler;20000;\n"
NO_BUDGET = "2026-09;101;Lokaler;;20000\n"
INDICATORS = "period;indikator;utfall;prognos_helar;arsmal;kf_arsmal\n"
INDICATORS += "2026-09;Frånvaro;6,6;6,1 %;6,0 %;minska\n2026-09;Nöjda;;;;\n2026-09;Trygga;1;öka;7;\n"


def report(world):
    return world.manad("report", "2026-09", "--format", "json").json


def page(world):
    (path,) = (world.home / "reports").rglob("*.html")
    return path.read_text("utf-8").replace("\u00a0", " ")


@pytest.mark.parametrize(("row", "what"), [(NOTHING_BOOKED, "outcome"), (NO_BUDGET, "budget")])
def test_a_month_that_lacks_an_amount_in_one_account_group_lacks_its_sum(world, row, what):
    world.month(ekonomi=economy() + row)
    world.run("--allow-missing")
    months = (
        "select period::text, budget, outcome from ledger_month where unit = '101' and period >= '2026-09-01'"
    )
    budget, outcome = next(found[1:] for found in sorted(world.rows(months)))
    assert {"budget": budget, "outcome": outcome} == {"budget": 1_020_000, "outcome": 1_120_000} | {
        what: None
    }
    (warned,) = world.rows("select receipt->'warnings' from delivery where source = 'ekonomi'")[0]
    assert "1\u00a0enhetsmånad (först 101 2026-09)" in warned[0]["rule"]
    assert "Skriv 0 där beloppet är noll" in warned[0]["remedy"]
    assert report(world)["enheter"] == {"bedomda": 2, "av": 3}


def test_a_zero_that_is_written_out_is_a_zero(world):
    world.month(ekonomi=economy() + "2026-09;101;Lokaler;0;0\n")
    assert world.run().code == 0
    assert world.value("select warning_count from delivery where source = 'ekonomi'") == 0
    assert report(world)["enheter"] == {"bedomda": 3, "av": 3}


def test_hours_absent_of_some_units_are_not_divided_by_the_hours_of_all(world):
    without = sick_leave().replace("2026-09;103;K;12;1900;40,5;", "2026-09;103;K;12;1900;;")
    world.month(sjukfranvaro=without)
    world.run()
    found, *parts = report(world)["sjukfranvaro"]
    assert (found["ordinarie_timmar"], found["franvarotimmar_1_14"], found["anstallda"]) == (7600, 162, 48)
    assert (found["antal"], found["av"]) == (2, 3)
    lacking = next(each for each in parts if each["enhet"] == "103")
    assert (lacking["ordinarie_timmar"], lacking["antal"], lacking["av"]) == (None, 0, 1)
    assert "Timmarna gäller 2 av 3 enheter" in page(world)


@pytest.fixture
def six_units(world):
    """A month of six units, of which the ledger lacks one: less than a fifth."""
    units = UNITS | {"104": "Fyran", "105": "Femman", "106": "Sexan"}
    known = {code: name for code, name in units.items() if code != "106"}
    world.month(
        organisation=organisation(names=units),
        ekonomi=economy(units=known, over=()),
        prestationer=volumes(units=units),
        sjukfranvaro=sick_leave(units=units),
    )
    return world


def test_a_unit_that_the_ledger_lacks_is_named_in_the_report(six_units):
    assert six_units.run().code == 0
    content = report(six_units)
    assert content["complete"] is True
    assert content["enheter"] == {"bedomda": 5, "av": 6}
    assert content["saknade_enheter"] == [
        {"kalla": "ekonomi", "antal": 1, "av": 6, "enheter": ["106"], "namn": ["Sexan"]}
    ]
    assert "Ekonomi saknas för 1 av 6 enheter: Sexan." in page(six_units)
    assert "KOMPLETT" not in page(six_units)
    assert "5 av 6 enheter bedömda." in page(six_units)


@pytest.mark.parametrize("command", [("run", "2026-09", "--today", "2026-10-07"), ("status", "2026-09")])
def test_a_unit_that_the_ledger_lacks_is_told_in_the_terminal(six_units, command):
    six_units.run()
    said = six_units.manad(*command).out.replace("\u00a0", " ")
    assert "5 av 6 enheter bedömda." in said
    assert "Uppgift saknas: ekonomi för 1 av 6 enheter (106)." in said


def test_no_warnings_stands_only_beside_how_many_units_were_assessed(six_units):
    said = six_units.run().out.replace("\u00a0", " ")
    assert "Inga varningar för september 2026. 5 av 6 enheter bedömda." in said
    assert "räcker, men ekonomi saknas för 1 av 6 enheter" in said
    assert "komplett" not in said


def test_units_of_which_none_can_be_assessed_are_not_said_to_be_without_warnings(world):
    world.month(
        ekonomi="period;enhet;kontogrupp;budget;utfall\n"
        + "".join(
            f"2026-09;{code};Personal;100000;100000\n2026-09;{code};Lokaler;;100000\n" for code in UNITS
        )
    )
    said = world.run().out.replace("\u00a0", " ")
    assert "Inga enheter har kunnat bedömas: uppgifter saknas för 3 enheter" in said
    assert "Inga enheter har larm" not in page(world)
    assert "Inga enheter har kunnat bedömas" in page(world)


def test_every_declared_column_is_a_key_and_rows_without_figures_stay(world):
    world.month(
        prestationer=volumes() + "2026-09;101;Besök;;\n",
        bistand="period;hushall;medelbidrag\n2026-09;900;\n",
        indikatorer=INDICATORS,
    )
    world.run()
    content = report(world)
    (visits,) = [row for row in content["prestationer"] if row["matt"] == "Besök"]
    assert visits == {
        "period": "2026-09",
        "enhet": "101",
        "verksamhetsomrade": None,
        "matt": "Besök",
        "utfall": None,
        "planerat": None,
        "snitt_hittills": None,
        "snitt_foregaende_ar": None,
    }
    (assistance,) = content["bistand"]
    assert assistance["hushall"] == 900
    for column in ("medelbidrag", "utbetalt", "vuxna", "barn", "unga_18_24"):
        assert assistance[column] is None
    empty = {row["indikator"]: row for row in content["indikatorer"]}["Nöjda"]
    columns = (
        "utfall utfall_man utfall_kvinnor utfall_foregaende_ar prognos_helar arsmal kf_arsmal periodicitet"
    )
    assert empty["period"] == "2026-09"
    assert all(empty[column] is None for column in columns.split())
    assert empty["bedomning"] == "ej_matt"


def test_a_forecast_of_an_indicator_is_a_number_and_its_targets_are_as_published(world):
    world.month(indikatorer=INDICATORS)
    world.run()
    rows = {row["indikator"]: row for row in report(world)["indikatorer"]}
    told = {
        name: [row[key] for key in ("prognos_helar", "arsmal", "kf_arsmal")] for name, row in rows.items()
    }
    assert told["Frånvaro"] == [6.1, 6, "minska"]
    assert told["Trygga"] == ["öka", 7, None]


def test_few_households_hide_figures_and_not_that_figures_are_missing(world):
    world.month(bistand="period;hushall;medelbidrag;vuxna\n2026-09;3;9 153;\n")
    world.run()
    (row,) = report(world)["bistand"]
    assert (row["hushall"], row["medelbidrag"], row["vuxna"]) == ("doldt", "doldt", None)


def test_the_operator_is_told_of_a_month_without_any_register_once(world):
    world.month(organisation=None)
    assert world.run().code == 0
    world.run("--from", "assess_units")
    (mail,) = world.mails()
    assert mail["To"] == "drift@example.se"
    assert "organisationsregister saknas: inga enheter har bedömts" in mail["Subject"].replace("\n", "")
    assert "Inga enheter har bedömts: organisationsregister saknas." in page(world)


def test_the_operator_is_told_both_what_is_missing_and_that_nobody_was_assessed(world):
    world.month(organisation=None, bistand=None)
    world.run("--allow-missing")
    (mail,) = world.mails()
    body = mail.get_body(("plain",)).get_content()
    assert "istånd saknas; organisationsregister saknas: inga enheter har bedömts" in " ".join(body.split())
