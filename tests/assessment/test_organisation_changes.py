"""Units that merge and change managers in the middle of a year, and months told otherwise later."""

import pytest

from tests.worlds.small_administration import (
    CONTROLLER,
    MANAGERS,
    UNITS,
    economy,
    organisation,
    sick_leave,
    volumes,
    write,
)
from tests.worlds.told_controllers import without_closing

MERGED = (
    f"101;Förskolan Norr;enhet;A1;forskola;Chef 101;anna@example.se;;{CONTROLLER};nej;;2019-01-01;2026-05-31",
    f"102;Förskolan Söder;enhet;A1;forskola;Chef 102;bo@example.se;;{CONTROLLER};nej;;2019-01-01;2026-05-31",
    f"201;Förskolan Två;enhet;A1;forskola;Nya;nya@example.se;;{CONTROLLER};nej;101,102;2026-06-01;",
)


def ledger(months, monthly, closed):
    """Return a ledger of (unit, first month, last month) spans, spending a tenth more than the budget."""
    lines = ["period;enhet;kontogrupp;budget;utfall"]
    for unit, first, last in months:
        for month in range(first, last + 1):
            outcome = round(monthly[unit] * 1.1) if month <= closed else ""
            lines.append(f"2026-{month:02d};{unit};Personal;{monthly[unit]};{outcome}")
    return "\n".join(lines) + "\n"


def test_a_merged_unit_has_the_whole_year_of_those_it_continues_and_their_budgets_once(world):
    whole_year = [("101", 1, 12), ("102", 1, 12), ("103", 1, 12)]
    each = {"101": 1_000_000, "102": 1_000_000, "103": 1_000_000, "201": 2_000_000}
    world.month(period="2026-03", **files("2026-03", ledger(whole_year, each, 3), UNITS, organisation()))
    assert world.manad("run", "2026-03", "--today", "2026-04-08").code == 0
    spans = [("101", 1, 5), ("102", 1, 5), ("201", 6, 12), ("103", 1, 12)]
    units = {"201": "Förskolan Två", "103": UNITS["103"]}
    register = organisation(names={"103": UNITS["103"]}, extra=MERGED)
    world.month(**files("2026-09", ledger(spans, each, 9), units, register))
    assert world.run().code == 0
    found = {one["enhet"]: one for one in world.manad("deviations", "2026-09", "--json").json}
    assert found["201"]["budget"] == 24_000_000
    assert found["201"]["prognos"] == pytest.approx(2 * found["103"]["prognos"], abs=1)
    mails = [mail for mail in without_closing(world) if "september" in mail["Subject"]]
    assert mails[-1]["To"] == "nya@example.se"


def test_a_merged_unit_takes_no_budget_of_the_old_ones_from_before_they_ended(world):
    whole_year = [("101", 1, 12), ("102", 1, 12), ("103", 1, 12)]
    each = {"101": 1_000_000, "102": 1_000_000, "103": 1_000_000, "201": 2_000_000}
    world.month(period="2026-03", **files("2026-03", ledger(whole_year, each, 3), UNITS, organisation()))
    spans = [("201", 6, 12), ("103", 6, 12)]
    units = {"201": "Förskolan Två", "103": UNITS["103"]}
    register = organisation(names={"103": UNITS["103"]}, extra=MERGED)
    texts = files("2026-09", ledger(spans, each, 9), units, register)
    world.month(**texts)
    world.put("ekonomi_2026-05.csv", ledger([("101", 1, 5), ("102", 1, 5), ("103", 1, 5)], each, 5))
    assert world.run().code == 0
    found = {one["enhet"]: one for one in world.manad("deviations", "2026-09", "--json").json}
    assert found["201"]["budget"] == 24_000_000
    assert found["201"]["prognos"] == pytest.approx(2 * found["103"]["prognos"], abs=1)


def files(period, ekonomi, units, register):
    """Return a month's texts for some units."""
    return {
        "organisation": register,
        "ekonomi": ekonomi,
        "prestationer": volumes(period, units),
        "sjukfranvaro": sick_leave(period, units),
    }


@pytest.mark.usefixtures("done_month")
def test_an_old_month_keeps_its_manager_when_a_new_register_names_another(world):
    later = organisation(managers=MANAGERS | {"101": "efter@example.se"})
    write(world.inbox / "organisation_2026-10.csv", later)
    world.run("--from", "queue_mails", "--mails", "changed")
    assert [mail["To"] for mail in world.mails()] == ["anna@example.se", "kontroll@example.se"]


@pytest.mark.usefixtures("done_month")
def test_earlier_months_told_otherwise_are_listed_and_change_no_earlier_assessment(world):
    before = world.rows(
        "select version, unit, outcome from assessment join unit_assessment on id = assessment_id"
    )
    told = economy(closed=10).replace(
        "2026-02;102;Personal;1000000;1000000", "2026-02;102;Personal;900000;1000000"
    )
    told = "\n".join(line for line in told.splitlines() if not line.startswith("2026-03;103;")) + "\n"
    world.month(
        period="2026-10",
        organisation=None,
        ekonomi=told,
        prestationer=volumes("2026-10"),
        sjukfranvaro=sick_leave("2026-10"),
    )
    assert world.manad("run", "2026-10", "--today", "2026-11-06").code == 0
    report = world.manad("report", "2026-10", "--format", "json").json
    changed = {(one["enhet"], one["period"]): one for one in report["andrat_sedan_forra"]}
    assert changed["102", "2026-02"]["budget_fore"] == 1_000_000
    assert changed["102", "2026-02"]["budget"] == 900_000
    assert changed["103", "2026-03"]["utfall_fore"] == 1_000_000
    assert changed["103", "2026-03"]["utfall"] is None
    assert len(changed) == 2
    world.run("--from", "assess_units")
    after = world.rows(
        "select unit, outcome from assessment join unit_assessment on id = assessment_id"
        " where period = '2026-09-01' and version = 2"
    )
    assert sorted(after) == sorted(row[1:] for row in before)
