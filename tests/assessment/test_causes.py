"""Why a unit deviates, from the files to the mail: account groups, months, volumes, the budget of the day."""

import json
from decimal import Decimal

import pytest

from tests.worlds.small_administration import PERIOD, UNITS, economy, organisation, volumes
from tests.worlds.told_controllers import without_closing

SUMMER = (1, 1, 1, 1, 1, 1, 0.7, 0.8, 1, 1.1, 1.1, 1.3)
HEAD = "period;enhet;kontogrupp;budget;utfall"
COST = {"Personal": 800_000, "Material": 300_000, "Intäkter": -100_000}


def ledger(year, closed, *, by_month=SUMMER, over=None, groups=COST, straight=False):
    """Return a ledger of three units whose groups cost their budgets; over: kr by (unit, group, month)."""
    lines = [HEAD]
    for month in range(1, 13):
        for unit in UNITS:
            for group, kr in groups.items():
                due = round(kr * by_month[month - 1])
                more = (over or {}).get((unit, group, month), 0)
                budget = round(kr * sum(by_month) / 12) if straight else due
                lines.append(
                    f"{year}-{month:02d};{unit};{group};{budget};{due + more if month <= closed else ''}"
                )
    return "\n".join(lines) + "\n"


def past(world, **others):
    for year in (2023, 2024, 2025):
        world.put(f"ekonomi_{year}-12.csv", ledger(year, 12, **others))


def since_june(kr=150_000):
    """Let a unit's personnel cost so much more from June to September, and its material a fifth of that."""
    return {
        ("101", group, month): share
        for month in range(6, 10)
        for group, share in (("Personal", kr), ("Material", kr // 5))
    }


def said(world, unit="101"):
    """Return a unit's warning."""
    found = {one["enhet"]: one for one in world.manad("deviations", PERIOD, "--json").json}
    return found[unit]


def plain(text):
    return " ".join(text.split())


def test_the_groups_and_the_month_it_began_in_are_told_to_the_manager_and_kept(world):
    past(world)
    world.month(ekonomi=ledger(2026, 9, over=since_june()))
    assert world.run().code == 0
    told = (
        "Skillnaden hittills, 0,7 mnkr, beror mest på Personal (0,6 mnkr mer än väntat). Den började i juni."
    )
    assert plain(said(world)["mening"]).endswith(told)
    (mail,) = without_closing(world)
    assert told in plain(mail.get_body(("plain",)).get_content())
    evidence = world.value("select evidence from unit_assessment where unit = '101'")
    causes = evidence["causes"]
    groups = {each["group"]: Decimal(each["difference"]) for each in causes["groups"]}
    assert groups["Personal"] == pytest.approx(600_000, abs=1000)
    assert groups["Material"] == pytest.approx(120_000, abs=1000)
    difference = sum(Decimal(kr) for kr in causes["months"])
    assert sum(groups.values()) + Decimal(causes["rest"]) == difference
    assert sum(Decimal(kr) for kr in causes["expected_months"]) == Decimal(evidence["expected"])
    outcome = world.value("select outcome from unit_assessment where unit = '101'")
    assert difference == outcome - Decimal(evidence["expected"])
    others = world.value("select evidence -> 'causes' from unit_assessment where unit = '102'")
    assert others is None


def test_a_month_that_carries_it_is_told(world):
    past(world)
    over = {("101", "Material", 3): 900_000}
    world.month(ekonomi=ledger(2026, 9, over=over))
    world.run()
    assert plain(said(world)["mening"]).endswith(
        "Skillnaden hittills, 0,9 mnkr, beror mest på Material (0,9 mnkr mer än väntat). "
        "Den kom främst i mars."
    )


def test_a_straight_twelfth_is_pointed_out(world):
    past(world)
    world.month(ekonomi=ledger(2026, 9, over=since_june(), straight=True))
    world.run()
    assert plain(said(world)["mening"]).endswith(
        "Budgeten är lagd i raka tolftedelar; därför jämförs med enhetens vanliga mönster "
        "och inte med budgetens månader."
    )


def test_income_that_fails_to_come_is_a_cause(world):
    past(world)
    over = {("101", "Intäkter", month): 90_000 for month in range(1, 10)}
    world.month(ekonomi=ledger(2026, 9, over=over))
    world.run()
    assert "beror mest på Intäkter (0,8 mnkr mindre än väntat). Den har byggts upp jämnt" in plain(
        said(world)["mening"]
    )


def test_a_group_without_rows_in_some_months_cost_nothing_then(world):
    def sparse(text):
        rows = [
            row for row in text.splitlines() if "Material" not in row or row[5:7] in {"03", "06", "09", "12"}
        ]
        return "\n".join(rows) + "\n"

    for year in (2023, 2024, 2025):
        world.put(f"ekonomi_{year}-12.csv", sparse(ledger(year, 12, by_month=(1,) * 12)))
    over = {("101", "Material", 9): 900_000}
    world.month(ekonomi=sparse(ledger(2026, 9, by_month=(1,) * 12, over=over)))
    world.run()
    causes = world.value("select evidence -> 'causes' from unit_assessment where unit = '101'")
    groups = {each["group"]: Decimal(each["difference"]) for each in causes["groups"]}
    assert groups["Material"] == pytest.approx(900_000, abs=1)
    assert groups["Personal"] == pytest.approx(0, abs=1)


def test_a_merged_units_groups_are_those_of_the_units_it_continues(world):
    past(world)
    ended = [
        line.replace("2019-01-01;", "2019-01-01;2026-05-31")
        for line in organisation(names={code: UNITS[code] for code in ("101", "102")}).splitlines()[2:]
    ]
    new = "201;Förskolan Två;enhet;A1;forskola;Nya;nya@example.se;;;nej;101,102;2026-06-01;"
    register = organisation(names={"103": UNITS["103"]}, extra=(*ended, new))
    rows = []
    for row in ledger(2026, 9, over=since_june()).splitlines():
        month, unit, *rest = row.split(";")
        moved = unit in {"101", "102"} and month >= "2026-06"
        rows.append(";".join([month, f"20{unit[-1]}" if moved else unit, *rest]))
    text = "\n".join(rows).replace(";202;", ";201;")
    summed = {}
    for row in text.splitlines()[1:]:
        month, unit, group, budget, outcome = row.split(";")
        key, old = (month, unit, group), summed.get((month, unit, group), (0, 0))
        summed[key] = (old[0] + int(budget), old[1] + int(outcome or 0))
    lines = [HEAD] + [
        f"{month};{unit};{group};{budget};{outcome if month <= '2026-09' else ''}"
        for (month, unit, group), (budget, outcome) in summed.items()
    ]
    units = {"201": "Förskolan Två", "103": UNITS["103"]}
    world.month(
        organisation=register,
        ekonomi="\n".join(lines) + "\n",
        prestationer=volumes(units=units),
        sjukfranvaro=None,
    )
    assert world.run("--allow-missing").code == 0
    assert plain(said(world, "201")["mening"]).endswith(
        "Skillnaden hittills, 0,7 mnkr, beror mest på Personal (0,6 mnkr mer än väntat). Den började i juni."
    )


def test_volumes_divide_the_deviation_and_are_told(world):
    world.month(prestationer=children(planned=40, outcome=41))
    world.run()
    warning = said(world)
    assert warning["volymeffekt"] > 0
    assert warning["volymeffekt"] + warning["priseffekt"] == pytest.approx(-warning["avvikelse"], abs=0.001)
    assert "Fler barn än planerat förklarar" in warning["mening"]
    rows = world.rows(
        "select unit, volume_effect + price_effect + deviation from unit_assessment order by unit"
    )
    assert rows == [(code, 0) for code in UNITS]
    (measure,) = world.value("select evidence -> 'volumes' from unit_assessment where unit = '101'")
    assert (measure["measure"], measure["planned"]) == ("Inskrivna barn", "40.0000")


def test_a_tariff_is_the_price(world):
    (world.home / "manad.toml").write_text(
        '[measures."Inskrivna barn"]\ntariff_kr = 1000\n', encoding="utf-8"
    )
    world.month(prestationer=children(planned=40, outcome=44))
    world.run()
    (measure,) = world.value("select evidence -> 'volumes' from unit_assessment where unit = '101'")
    assert Decimal(measure["price"]) == 1000


def test_a_measure_of_ones_own_is_known_by_the_settings(world):
    text = children(planned=40, outcome=44).replace("Inskrivna barn", "Elevplatser")
    (world.home / "manad.toml").write_text('[measures.Elevplatser]\nkind = "niva"\n', encoding="utf-8")
    world.month(prestationer=text)
    assert world.run().code == 0
    receipt = world.value("select receipt from delivery where source = 'prestationer'")
    assert receipt["warnings"] == []
    (measure,) = world.value("select evidence -> 'volumes' from unit_assessment where unit = '101'")
    assert (measure["measure"], measure["planned"]) == ("Elevplatser", "40.0000")


def test_effects_of_fewer_than_five_are_counted_and_leave_nowhere(world):
    world.month(prestationer=children(planned=5, outcome=4))
    world.run()
    warning = said(world)
    assert (warning["volymeffekt"], warning["priseffekt"]) == ("doldt", "doldt")
    assert "barn" not in warning["mening"]
    (reported,) = world.manad("report", PERIOD, "--format", "json").json["avvikelser"]
    assert (reported["volymeffekt"], reported["priseffekt"]) == ("doldt", "doldt")
    counted = world.value("select volume_effect from unit_assessment where unit = '101'")
    assert counted < 0


def test_a_revision_of_the_volumes_makes_the_assessment_anew(world):
    world.month(prestationer=children(planned=40, outcome=44))
    world.run()
    before = said(world)["volymeffekt"]
    world.put(f"prestationer_{PERIOD}_rattad.csv", children(planned=40, outcome=48))
    world.run()
    assert said(world)["volymeffekt"] > before


def children(planned, outcome):
    """Return volumes whose mean so far fills the months before."""
    rows = [f"{PERIOD};{code};Inskrivna barn;{planned};{outcome};{outcome},05" for code in UNITS]
    return "\n".join(["period;enhet;matt;planerat;utfall;snitt_hittills", *rows]) + "\n"


def adjusted(monthly, closed, changed_from, more):
    """Return a ledger whose budget and cost are higher from a month on, with outcome to the closed month."""
    lines = [HEAD]
    for month in range(1, 13):
        for unit in UNITS:
            kr = monthly + (more if month >= changed_from else 0)
            lines.append(f"2026-{month:02d};{unit};Personal;{kr};{kr if month <= closed else ''}")
    return "\n".join(lines) + "\n"


def expected(world, unit="101"):
    return Decimal(world.value(f"select evidence ->> 'expected' from unit_assessment where unit = '{unit}'"))


def test_a_budget_that_is_adjusted_counts_from_its_month_on(world):
    world.put("ekonomi_2025-12.csv", economy(2025, 12, over=()))
    world.put("ekonomi_2026-03.csv", economy(2026, 3, over=()))
    world.month(ekonomi=adjusted(1_000_000, 9, 7, 200_000))
    world.run()
    # twelve millions a year were known to March; April to September are those of September's 13,2
    assert expected(world) == 3 * 1_000_000 + 6 * 1_100_000


def test_without_earlier_ledgers_todays_budget_counts_for_the_whole_year(world):
    world.put("ekonomi_2025-12.csv", economy(2025, 12, over=()))
    world.month(ekonomi=adjusted(1_000_000, 9, 7, 200_000))
    world.run()
    assert expected(world) == 9 * 1_100_000


def test_a_revised_earlier_ledger_is_the_one_that_counts(world):
    world.put("ekonomi_2025-12.csv", economy(2025, 12, over=()))
    world.put("ekonomi_2026-03.csv", economy(2026, 3, over=(), monthly=900_000))
    world.run()
    world.put("ekonomi_2026-03_rattad.csv", economy(2026, 3, over=()))
    world.month(ekonomi=adjusted(1_000_000, 9, 7, 200_000))
    world.run()
    assert expected(world) == 3 * 1_000_000 + 6 * 1_100_000


def test_a_budget_that_only_the_forecasts_tell_is_that_of_its_day(world):
    def without_budget(text):
        rows = [row.split(";") for row in text.splitlines()]
        return (
            "\n".join(";".join([*row[:3], "" if row[3] != "budget" else row[3], row[4]]) for row in rows)
            + "\n"
        )

    def forecast(period, kr):
        rows = [f"{period};{code};{kr};{kr}" for code in UNITS]
        return "\n".join(["period;enhet;budget;prognos_fore_resultatoverforing", *rows]) + "\n"

    world.put("ekonomi_2025-12.csv", economy(2025, 12, over=()))
    world.put("prognos_2026-03.csv", forecast("2026-03", 12_000_000))
    world.month(ekonomi=without_budget(economy(over=())), prognos=forecast(PERIOD, 13_200_000))
    world.run("--allow-missing")
    assert expected(world) == 3 * 1_000_000 + 6 * 1_100_000


def test_nothing_delivered_for_a_later_month_changes_what_is_said_of_this_one(world):
    past(world)
    world.month(ekonomi=ledger(2026, 9, over=since_june()), prestationer=children(planned=40, outcome=41))
    world.run()
    kept = "select unit, forecast, lower_80, signal, sentence, volume_effect, evidence from unit_assessment"
    places = "select name, forecast, lower_80, signal, sentence, evidence from area_assessment"
    before, above = world.rows(f"{kept} order by unit"), world.rows(f"{places} order by place")
    later = {("101", "Personal", 2): -900_000, ("102", "Material", 10): 900_000}
    world.put("ekonomi_2026-10.csv", ledger(2026, 10, over=later, by_month=(2,) * 12))
    world.put("prestationer_2026-10.csv", children(planned=90, outcome=90).replace(PERIOD, "2026-10"))
    world.run("--from", "assess_units")
    of_version_2 = "join assessment on id = assessment_id where version = 2"
    assert world.rows(f"{kept} {of_version_2} order by unit") == before
    assert world.rows(f"{places} {of_version_2} order by place") == above


@pytest.mark.usefixtures("done_month")
def test_units_of_a_type_can_have_limits_of_their_own(world):
    assert said(world)["niva_signal"] == "larm"
    (world.home / "manad.toml").write_text(
        "[deviation_by_type.forskola]\nfloor_kr = 50_000_000\n", encoding="utf-8"
    )
    world.run()
    assert world.manad("deviations", PERIOD, "--json").json == []
    settings = world.value("select settings from assessment order by version desc limit 1")
    assert settings["deviation_by_type"]["forskola"]["floor_kr"] == "50000000"
    assert settings["deviation"]["floor_kr"] == "150000"
    assert json.dumps(settings)
