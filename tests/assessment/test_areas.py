"""The year of the whole administration, its departments and areas, from the files to report and terminal."""

from decimal import Decimal

import pytest

from tests.worlds.small_administration import PERIOD, UNITS, economy, organisation
from tests.worlds.told_controllers import without_closing

AREAS = (
    "V1;Förskola;verksamhetsomrade;A1;;;;;;nej;;2019-01-01;",
    "V2;Hemtjänst;verksamhetsomrade;A1;;;;;;nej;;2019-01-01;",
)
IN_AREAS = {"101": "V1", "102": "V1", "103": "V2"}


def in_areas():
    """Return the register with a department of two areas."""
    lines = []
    for line in organisation(extra=AREAS).splitlines():
        code, name, level, above, *rest = line.split(";")
        lines.append(";".join([code, name, level, IN_AREAS.get(code, above), *rest]))
    return "\n".join(lines) + "\n"


def areas(world):
    return world.manad("report", PERIOD, "--format", "json").json["omraden"]


def test_the_report_has_every_place_with_the_sum_of_its_units(world):
    world.month(organisation=in_areas())
    assert world.run().code == 0
    found = areas(world)
    places = [(area["niva"], area["kod"], area["namn"], area["overordnad"]) for area in found]
    assert places == [
        ("forvaltning", None, "Hela förvaltningen", None),
        ("avdelning", "A1", "Barn och äldre", None),
        ("verksamhetsomrade", "V1", "Förskola", "A1"),
        ("verksamhetsomrade", "V2", "Hemtjänst", "A1"),
    ]
    forecast = dict(world.rows("select unit, forecast from unit_assessment"))
    whole, department, preschools, homecare = found
    assert whole["budget"] == department["budget"] == 36_000_000
    assert Decimal(str(whole["prognos"])) == sum(forecast.values())
    assert Decimal(str(preschools["prognos"])) == forecast["101"] + forecast["102"]
    assert Decimal(str(homecare["prognos"])) == forecast["103"]
    for area in found:
        assert area["nedre_80"] < area["prognos"] < area["ovre_80"]
        assert area["avvikelse"] == pytest.approx(area["budget"] - area["prognos"])
        assert area["enheter"]["bedomda"] == area["enheter"]["av"]
    assert preschools["mening"].startswith("Enheternas helårsprognoser är tillsammans")
    assert [area["niva_signal"] for area in found] == [None] * 4  # the unit's own warning says it all


def test_units_that_lack_figures_are_counted_out(world):
    lacking = economy().replace("2026-03;102;Personal;1000000;1000000", "2026-03;102;Personal;1000000;")
    world.month(organisation=in_areas(), ekonomi=lacking)
    assert world.run().code == 0
    preschools = areas(world)[2]
    assert preschools["enheter"] == {"bedomda": 1, "av": 2}
    assert preschools["budget"] == 12_000_000
    assert preschools["mening"].replace("\u00a0", " ").startswith("1 av 2 enheter är bedömd.")
    text = world.manad("deviations", PERIOD).out
    assert "Förvaltningen och dess områden. Helår i mnkr." in text
    (line,) = [line for line in text.splitlines() if "Förskola " in line]
    assert "1 av 2" in line


def test_an_area_none_of_whose_units_could_be_assessed_is_missing(world):
    lacking = economy().replace("2026-03;103;Personal;1000000;1000000", "2026-03;103;Personal;1000000;")
    world.month(organisation=in_areas(), ekonomi=lacking)
    world.run()
    homecare = areas(world)[3]
    assert (homecare["budget"], homecare["prognos"], homecare["avvikelse_procent"]) == (None, None, None)
    assert homecare["mening"] == "Uppgift saknas: ingen enhet har kunnat bedömas."
    (line,) = [line for line in world.manad("deviations", PERIOD).out.splitlines() if "Hemtjänst " in line]
    assert line.split()[-2:] == ["uppgift", "saknas"]


def test_units_that_are_too_small_to_be_warned_can_be_a_department_that_is(world):
    """Three times 144 tkr: below the floor each, and 3 % over together."""
    world.month(ekonomi=economy(over=UNITS, by=0.03, monthly=400_000))
    world.run()
    assert world.manad("deviations", PERIOD, "--json").json == []
    assert without_closing(world) == []
    whole, department = areas(world)
    assert (whole["niva_signal"], department["niva_signal"]) == (None, "larm")
    text = " ".join(world.manad("deviations", PERIOD).out.split())
    assert "LARM Barn och äldre" in text
    assert "Ingen enskild enhet har en varning, men tillsammans är avvikelsen över gränsen." in text
    page = (world.home / "reports" / PERIOD / f"manadsrapport_{PERIOD}.html").read_text("utf-8")
    assert "Förvaltningen och dess områden" in page


def test_a_month_without_a_register_has_no_places(world):
    world.month(organisation=None)
    assert world.run("--allow-missing").code == 0
    assert areas(world) == []
    assert "Förvaltningen och dess områden" not in world.manad("deviations", PERIOD).out


def test_a_month_that_was_not_run_is_told(world):
    answer = world.manad("deviations", PERIOD)
    assert answer.code == 1
    assert "har inte körts än" in answer.err


def test_what_an_areas_words_rest_on_is_kept(world):
    world.month(ekonomi=economy(over=UNITS, by=0.03, monthly=400_000))
    world.run()
    (kept,) = world.rows("select evidence, deviation from area_assessment where code = 'A1'")
    evidence, deviation = kept
    assert evidence["units"] == list(UNITS)
    assert evidence["warned"] == []
    assert Decimal(evidence["unsaid"]) == deviation
    assert Decimal(evidence["probability"]) > 90
