"""The managers' own forecasts beside the rule's: shown, remembered, and measured against how years ended."""

from decimal import Decimal

import pytest

from tests.assessment.test_organisation_changes import MERGED, ledger
from tests.worlds.small_administration import (
    PERIOD,
    UNITS,
    economy,
    forecasts,
    organisation,
    sick_leave,
    volumes,
)

NOTHING_OWN = {
    "chefens_prognos": None,
    "chefens_prognos_forra": None,
    "chefens_prognos_period": None,
    "chefens_justerade_budget": None,
    "chefens_prognoser": [],
    "chefens_mening": None,
    "vagd_prognos": None,
    "vagd_prognos_skal": "Uppgift saknas: chefens prognos.",
}


def warning(world, unit="101", period=PERIOD):
    found = {one["enhet"]: one for one in world.manad("deviations", period, "--json").json}
    return found[unit]


def plain(text):
    return " ".join(text.split())


def report(world):
    return world.manad("report", PERIOD, "--format", "json").json


def mail_text(world):
    return plain(world.mails()[0].get_body(("plain",)).get_content())


def tell_twice(world):
    world.month(prognos=forecasts({"101": 12_600_000, "102": 12_000_000}))
    world.put("prognos_2026-08.csv", forecasts({"101": 12_600_000}, "2026-08"))
    assert world.run().code == 0


@pytest.fixture
def told_twice(after):
    """A month whose unit that spends too much has forecast 12,6 mnkr in August and again."""
    return after(tell_twice)


def test_a_units_own_forecast_is_told_with_its_versions(told_twice):
    found = warning(told_twice)
    sentences = [version.pop("mening") for version in found["chefens_prognoser"]]
    assert found["chefens_prognoser"] == [
        {"period": "2026-08", "prognos": 12_600_000, "andring": None},
        {"period": "2026-09", "prognos": 12_600_000, "andring": 0},
    ]
    assert [plain(sentence) for sentence in sentences] == [
        "Augusti 2026: 12,6 mnkr, den första prognosen.",
        "September 2026: 12,6 mnkr, oförändrat sedan augusti.",
    ]
    assert (found["chefens_prognos"], found["chefens_prognos_forra"]) == (12_600_000, 12_600_000)
    assert (found["chefens_prognos_period"], found["chefens_justerade_budget"]) == (PERIOD, 12_000_000)


OWN_LINE = "Enhetens egen prognos: 12,6 mnkr, oförändrad sedan augusti; regelns: 13,0 mnkr."


@pytest.mark.usefixtures("done_month")
def test_the_rules_forecast_is_never_moved_by_the_units_own(world):
    alone = warning(world)
    world.put("prognos_2026-09.csv", forecasts({"101": 12_600_000}))
    world.run()
    beside = warning(world)
    assert beside["chefens_prognos"] == 12_600_000
    for name in ("prognos", "nedre_80", "ovre_80", "avvikelse", "niva_signal", "mening", "regel"):
        assert beside[name] == alone[name]


def test_both_forecasts_stand_in_the_terminal_the_page_and_the_mail(told_twice):
    assert OWN_LINE in plain(told_twice.manad("deviations", PERIOD).out)
    (page,) = (told_twice.home / "reports").rglob("*.html")
    assert OWN_LINE in plain(page.read_text("utf-8"))
    assert "Din egen prognos är 12,6 mnkr." in mail_text(told_twice)


def test_what_is_shown_is_kept_with_the_rows_that_it_stands_on(told_twice):
    kept = told_twice.value("select evidence->'own_forecast' from unit_assessment where unit = '101'")
    assert plain(kept["sentence"]) == OWN_LINE
    values = [
        told_twice.value(
            "select value from figure where delivery_id = %s and row_no = %s"
            " and measure = 'prognos_fore_resultatoverforing'",
            where["delivery"],
            where["first"],
        )
        for version in kept["versions"]
        for where in version["rows"]
    ]
    assert values == [12_600_000, 12_600_000]


def test_nothing_that_is_delivered_for_a_later_month_changes_what_was_forecast(told_twice):
    before = told_twice.manad("deviations", PERIOD, "--json").json
    told_twice.put("prognos_2026-10.csv", forecasts({"101": 99_000_000}, "2026-10"))
    assert told_twice.run("--from", "assess_units").code == 0
    assert told_twice.value("select count(*) from delivery where period = '2026-10-01'") == 1
    assert told_twice.manad("deviations", PERIOD, "--json").json == before


def test_a_forecast_of_an_earlier_month_stands_with_its_month_and_is_never_weighed(world):
    world.month()
    world.put("prognos_2026-07.csv", forecasts({"101": 12_600_000}, "2026-07"))
    world.run()
    found = warning(world)
    assert (found["chefens_prognos"], found["chefens_prognos_period"]) == (12_600_000, "2026-07")
    assert plain(found["chefens_mening"]).startswith("Enhetens egen prognos från juli: 12,6 mnkr;")
    assert found["vagd_prognos_skal"] == "Uppgift saknas: chefens prognos."
    assert "Din egen prognos från juli är 12,6 mnkr." in mail_text(world)


def test_an_empty_forecast_takes_nothing_back_and_is_never_zero(world):
    world.month(prognos=forecasts({"101": ""}))
    world.put("prognos_2026-08.csv", forecasts({"101": 12_600_000}, "2026-08"))
    world.run()
    found = warning(world)
    assert (found["chefens_prognos"], found["chefens_prognos_period"]) == (12_600_000, "2026-08")
    assert found["chefens_prognoser"][-1]["prognos"] is None


@pytest.mark.parametrize(("nearer", "told"), [("-150000", False), ("-150000.01", True), ("0", False)])
def test_a_manager_is_reminded_only_of_a_forecast_further_from_the_rules_than_the_floor(world, nearer, told):
    world.month()
    world.run("--no-mail")
    own = world.value("select forecast from unit_assessment where unit = '101'") + Decimal(nearer)
    world.put("prognos_2026-09.csv", forecasts({"101": str(own).replace(".", ",")}))
    world.run()
    assert ("Din egen prognos" in mail_text(world)) is told
    assert warning(world)["chefens_prognos"] == float(own)


def test_the_budget_that_a_forecast_is_held_against_is_told_where_it_is_another(world):
    world.month(prognos=forecasts({"101": 12_600_000}, requested=400_000))
    world.run()
    found = warning(world)
    assert (found["budget"], found["chefens_justerade_budget"]) == (12_000_000, 12_400_000)
    assert "12,6 mnkr mot justerad budget 12,4 mnkr; regelns:" in plain(found["chefens_mening"])


def test_a_controller_who_stands_in_is_not_told_that_the_forecast_is_theirs(world):
    world.month(organisation=organisation(managers={}), prognos=forecasts({"101": 12_600_000}))
    world.run()
    assert "Enhetens egen prognos är 12,6 mnkr." in mail_text(world)


@pytest.mark.usefixtures("done_month")
def test_without_any_forecast_everything_of_it_is_missing_and_nothing_is_said(world):
    found = warning(world)
    assert {name: found[name] for name in NOTHING_OWN} == NOTHING_OWN
    assert "egen prognos" not in world.manad("deviations", PERIOD).out
    assert "egen prognos" not in mail_text(world)


@pytest.mark.parametrize(("south", "summed"), [(12_000_000, 24_600_000), ("", None)])
def test_a_merged_units_forecast_is_the_sum_of_what_its_parts_forecast(world, south, summed):
    units = {"201": "Förskolan Två", "103": UNITS["103"]}
    spans = [("101", 1, 5), ("102", 1, 5), ("201", 6, 12), ("103", 1, 12)]
    monthly = {"101": 1_000_000, "102": 1_000_000, "103": 1_000_000, "201": 2_000_000}
    world.month(
        organisation=organisation(names={"103": UNITS["103"]}, extra=MERGED),
        ekonomi=ledger(spans, monthly, 9),
        prestationer=volumes(PERIOD, units),
        sjukfranvaro=sick_leave(PERIOD, units),
        prognos=forecasts({"201": 25_000_000}),
    )
    world.put("organisation_2026-03.csv", organisation())
    world.put("prognos_2026-04.csv", forecasts({"101": 12_600_000, "102": south}, "2026-04"))
    assert world.run().code == 0
    told = warning(world, "201")["chefens_prognoser"]
    assert [version["prognos"] for version in told] == [summed, 25_000_000]


# The record


def closed_year(year, late=None, units=UNITS):
    """Return a whole year's ledger: a million a month, but from September what `late` says (kr)."""
    lines = ["period;enhet;kontogrupp;budget;utfall"]
    for month in range(1, 13):
        for code in units:
            outcome = (late or {}).get(code, 1_000_000) if month > 8 else 1_000_000
            lines.append(f"{year}-{month:02d};{code};Personal;1000000;{outcome}")
    return "\n".join(lines) + "\n"


def record(world, year=2025):
    """Return the record of a year by code; the board is None."""
    return {row["kod"]: row for row in report(world)["prognossakerhet"] if row["ar"] == year}


@pytest.fixture
def past_years(world):
    """Two closed years; in the last one 101 cost 13 mnkr, of which 1 mnkr came after August."""
    world.month()
    world.put("ekonomi_2024-12.csv", closed_year(2024))
    world.put("ekonomi_2025-12.csv", closed_year(2025, late={"101": 1_250_000}))
    return world


def errors(row):
    return [None if row[who] is None else round(row[who], 3) for who in ("regeln", "chefen", "takt")]


def test_the_record_of_last_years_forecasts_of_august_by_hand(past_years):
    past_years.put("prognos_2025-08.csv", forecasts({"101": 12_900_000, "102": 12_000_000}, "2025-08"))
    past_years.put("prognos_2025-09.csv", forecasts({"101": 13_000_000, "103": 13_000_000}, "2025-09"))
    past_years.run()
    found = record(past_years)
    assert list(found) == [None, "A1", "101", "102", "103"]
    assert errors(found["101"]) == [7.692, 0.769, 7.692]  # 12 of 13 and 12,9 of 13 mnkr
    assert errors(found["102"]) == [0, 0, 0]
    assert errors(found["103"]) == [0, None, 0]
    assert errors(found["A1"]) == errors(found[None]) == [2.703, 0.4, 2.703]  # 36 of 37 and 24,9 of 25 mnkr
    assert found[None] == found["A1"] | {"niva": "namnd", "kod": None, "namn": "Nämnden"}
    assert (found["A1"]["niva"], found["A1"]["namn"]) == ("avdelning", "Barn och äldre")
    assert (found["101"]["niva"], found["101"]["namn"]) == ("enhet", "Förskolan Norr")
    assert found[None]["inom_1_procent"] == {"regeln": False, "chefen": True, "takt": False}
    assert found[None]["atgardad"] == {"regeln": 0, "chefen": 0, "takt": 0}
    assert (found[None]["antal"], found[None]["av"]) == ({"regeln": 3, "chefen": 2, "takt": 3}, 3)


def test_without_old_forecasts_the_rule_and_the_run_rate_stand_alone(past_years):
    past_years.run()
    assert errors(record(past_years)[None]) == [2.703, None, 2.703]
    assert errors(record(past_years, 2024)[None]) == [0, None, 0]
    (page,) = (past_years.home / "reports").rglob("*.html")
    words = plain(page.read_text("utf-8"))
    assert "Prognossäkerhet, tertialrapport 2 2025" in words
    assert "Prognossäkerhet, tertialrapport 2 2024" not in words


def test_a_year_that_lacks_a_month_has_no_outturn_and_no_record(past_years):
    whole = closed_year(2025)
    past_years.put(
        "ekonomi_2025-12.csv", "".join(row for row in whole.splitlines(True) if "2025-12;" not in row)
    )
    past_years.run()
    assert record(past_years) == {}
    assert list(record(past_years, 2024)) == [None, "A1", "101", "102", "103"]


@pytest.mark.usefixtures("done_month")
def test_a_month_without_earlier_years_says_that_nothing_is_measured(world):
    assert report(world)["prognossakerhet"] == []
    (page,) = (world.home / "reports").rglob("*.html")
    assert "Inget tidigare år har helt utfall att mäta prognoser mot." in page.read_text("utf-8")


def test_the_two_are_not_weighed_before_the_managers_record_is_measured(past_years):
    past_years.put("prognos_2025-08.csv", forecasts({"101": 12_900_000, "102": 12_000_000}, "2025-08"))
    past_years.put("prognos_2026-09.csv", forecasts({"101": 12_600_000}))
    past_years.run()
    found = warning(past_years)
    assert [version["period"] for version in found["chefens_prognoser"]] == [PERIOD]  # this year's alone
    assert found["vagd_prognos"] is None
    assert "mätt på 2 av minst 20 enhetsår" in found["vagd_prognos_skal"]
    assert "Vägd prognos" not in past_years.manad("deviations", PERIOD).out


def test_the_two_are_weighed_half_and_half_once_the_record_is_good(world):
    units = {str(code): f"Förskolan {code}" for code in range(101, 111)}
    world.month(
        organisation=organisation(names=units),
        ekonomi=economy(units=units),
        prestationer=volumes(units=units),
        sjukfranvaro=sick_leave(units=units),
        prognos=forecasts({"101": 12_600_000}),
    )
    for year in (2024, 2025):
        world.put(f"ekonomi_{year}-12.csv", closed_year(year, dict.fromkeys(units, 1_250_000), units))
        world.put(f"prognos_{year}-08.csv", forecasts(dict.fromkeys(units, 13_000_000), f"{year}-08"))
    assert world.run().code == 0
    found = warning(world)
    assert found["vagd_prognos"] == pytest.approx((found["prognos"] + 12_600_000) / 2, abs=0.006)  # öre
    assert found["vagd_prognos_skal"].startswith("Hälften är regelns och hälften chefens prognos")
    shown = plain(world.manad("deviations", PERIOD).out)
    assert "Vägd prognos (regelns och enhetens egen): " in shown
    (page,) = (world.home / "reports").rglob("*.html")
    assert "Vägd prognos (regelns och enhetens egen): " in plain(page.read_text("utf-8"))
