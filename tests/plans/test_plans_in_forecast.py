"""Action plans in the forecast as people see them: promised against realised, before and after measures."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest

from tasks.clock import Clock
from tasks.installation import open_installation
from tasks.plans.action_plans import PlanDesk
from tasks.rules.periods import Period
from tasks.rules.plans.measures import Measure
from tasks.settings import read_settings
from tests.worlds.small_administration import PERIOD, UNITS, economy, write_month

OCTOBER, NOVEMBER = "2026-10", "2026-11"
PLAN_KEYS = (
    "id", "enhet", "namn", "avdelning", "period", "lage", "lage_kod", "forsenad", "plan_senast", "inlamnad",
    "beslutad", "underskott", "atgarder", "lovad_helar", "lovad_hittills", "realiserad_hittills",
    "prognos_fore", "beraknad_effekt", "prognos_efter",
)  # fmt: skip


@pytest.fixture
def september(done_month):
    """A September in which 101 has a larm that demands a plan."""
    return done_month


@contextmanager
def desk(day=date(2026, 10, 12)):
    """Open the place where plans are changed, as somebody on a day."""
    with open_installation(read_settings(), Clock()) as installation:
        yield PlanDesk(installation, day, "chef@example.se")


def measure(month, kr, what="Färre vikarier"):
    return Measure(what, "enhetschef", Period.parse(month), Decimal(kr), "Sjukdom")


def number(world, period=PERIOD, unit="101"):
    """Return a plan's number."""
    return world.value("select id from plan where unit = %s and period = %s", unit, f"{period}-01")


def submit(world, *measures, period=PERIOD):
    with desk() as at:
        at.submit(number(world, period), None, measures)


def approve(world, *measures, period=PERIOD):
    with desk() as at:
        at.submit(number(world, period), None, measures)
        at.approve(number(world, period), None)


def ledger(closed, period, spent):
    """Return a ledger in which 101 spends so much in a month; empty: missing."""
    rows = [line.split(";") for line in economy(closed=closed).splitlines()]
    for row in rows:
        if row[:2] == [period, "101"]:
            row[4] = str(spent)
    return "\n".join(map(";".join, rows)) + "\n"


def run_next(world, period=OCTOBER, *, spent=1_100_000, day="2026-11-06"):
    """Run a month in which 101 spends so much; it spent a tenth too much in the months before."""
    write_month(world.inbox, period, ekonomi=ledger(int(period[-2:]), period, spent))
    ran = world.manad("run", period, "--today", day)
    assert ran.code == 0
    return ran


def report(world, period=PERIOD):
    return world.manad("report", period, "--format", "json").json


def warning(world, period=PERIOD, unit="101"):
    return {one["enhet"]: one for one in world.manad("deviations", period, "--json").json}[unit]


def plain(text):
    return " ".join(text.split())


# What a month tells of the plans that it demands


def test_a_demanded_plan_is_told_with_everything_that_is_missing_as_missing(september):
    (told,) = report(september)["atgardsplaner"]
    assert tuple(told) == PLAN_KEYS
    deficit = -warning(september)["avvikelse"]
    forecast = warning(september)["prognos"]
    assert told == {
        "id": number(september),
        "enhet": "101",
        "namn": UNITS["101"],
        "avdelning": "A1",
        "period": PERIOD,
        "lage": "krävs",
        "lage_kod": "required",
        "forsenad": None,
        "plan_senast": "2026-10-14",
        "inlamnad": None,
        "beslutad": None,
        "underskott": deficit,
        "atgarder": [],
        "lovad_helar": None,
        "lovad_hittills": None,
        "realiserad_hittills": None,
        "prognos_fore": forecast,
        "beraknad_effekt": 0,
        "prognos_efter": forecast,
    }


def test_a_warning_tells_the_forecast_after_measures_and_where_its_plan_stands(september):
    found = warning(september)
    standing = ("plan_lage", "plan_lage_kod", "plan_forsenad", "planmening", "plan_vantas_senast")
    assert {name: found[name] for name in standing} == {
        "plan_lage": "krävs",
        "plan_lage_kod": "required",
        "plan_forsenad": None,
        "planmening": "senast 14 oktober",
        "plan_vantas_senast": "2026-10-14",
    }
    assert found["beraknad_effekt"] == 0
    assert found["prognos_efter_atgarder"] == found["prognos"]
    assert found["avvikelse_efter_atgarder"] == found["avvikelse"]
    assert report(september)["avvikelser"] == [found]


def test_the_terminal_says_how_many_plans_are_to_come(world):
    world.month(ekonomi=economy(over=("101", "102")))
    said = world.run().out
    assert "2 åtgärdsplaner krävs senast 14 oktober." in plain(said)
    shown = world.manad("deviations", PERIOD).out
    assert "Åtgärdsplan" in shown.splitlines()[2]
    assert shown.count("senast 14 oktober") == 2
    assert max(map(len, said.splitlines()[:-3])) <= 100  # but for the paths
    assert max(map(len, shown.splitlines())) <= 100


def test_a_draft_or_one_that_waits_for_its_decision_never_counts(september):
    before = report(september)
    with desk() as at:
        at.save_draft(number(september), None, [measure(OCTOBER, 100_000, "Hemligt utkast")])
    assert september.run().code == 0
    assert report(september) == before
    submit(september, measure(OCTOBER, 100_000))
    assert september.run().code == 0
    (told,) = report(september)["atgardsplaner"]
    assert (told["lage"], told["inlamnad"], told["beslutad"]) == ("inlämnad", "2026-10-12", None)
    assert (told["lovad_helar"], told["lovad_hittills"], told["realiserad_hittills"]) == (300_000, 0, None)
    assert (told["beraknad_effekt"], told["prognos_efter"]) == (0, told["prognos_fore"])
    found = warning(september)
    assert (found["beraknad_effekt"], found["krav_pa_plan"]) == (0, True)
    assert (found["planmening"], found["plan_vantas_senast"]) == ("inlämnad 12 oktober", None)
    assert "krävs senast" not in september.run().out
    assert report(september)["atgarder_racker"]["effekt"] == 0


def test_a_plan_that_was_taken_back_shows_nothing_of_its_measures(september):
    submit(september, measure(OCTOBER, 100_000))
    with desk() as at:
        at.withdraw(number(september), None)
    september.run()
    (told,) = report(september)["atgardsplaner"]
    assert (told["lage"], told["inlamnad"], told["atgarder"]) == ("återtagen", None, [])
    assert warning(september)["planmening"] == "ny senast 14 oktober"


def test_a_plan_that_was_reminded_of_is_told_as_late(september):
    assert september.manad("chase", "--today", "2026-10-15").code == 0
    assert "version 2" in september.run().out
    content = report(september)
    told = content["atgardsplaner"][0]
    assert (told["lage"], told["lage_kod"], told["forsenad"]) == (
        "försenad, påmind 1",
        "required",
        "reminder_1",
    )
    assert content["atgarder_racker"]["planer"]["sena"] == 1
    found = warning(september)
    assert (found["plan_lage"], found["planmening"]) == ("försenad, påmind 1", "försenad, påmind 1")
    assert (found["plan_lage_kod"], found["plan_forsenad"]) == ("required", "reminder_1")
    assert "1 åtgärdsplan krävs senast 14 oktober; 1 är försenad." in plain(september.run().out)
    submit(september, measure(OCTOBER, 60_000))
    september.run()
    assert report(september)["atgardsplaner"][0]["lage"] == "inlämnad"


# What an approved plan means for the month


def test_an_approved_plan_gives_the_three_rows(september):
    approve(september, measure(OCTOBER, 100_000), measure(NOVEMBER, 20_000, "Inköpsstopp"))
    assert "version 2" in september.run().out
    found = warning(september)
    assert found["beraknad_effekt"] == 340_000
    assert found["prognos_efter_atgarder"] == found["prognos"] - 340_000
    assert found["avvikelse_efter_atgarder"] == found["avvikelse"] + 340_000
    assert plain(found["planmening"]) == "godkänd: 0,3 mnkr"
    content = report(september)
    (told,) = content["atgardsplaner"]
    assert (told["lage"], told["beslutad"]) == ("godkänd", "2026-10-12")
    assert (told["lovad_hittills"], told["realiserad_hittills"]) == (0, None)  # nothing has begun
    assert told["prognos_fore"] - told["beraknad_effekt"] == told["prognos_efter"]
    reached = content["atgarder_racker"]
    assert reached["underskott"] == -found["avvikelse"]
    assert (reached["effekt"], reached["rest"]) == (340_000, reached["underskott"] - 340_000)
    assert [place["kod"] for place in reached["omraden"]] == [None, "A1"]
    assert all(place["effekt"] == 340_000 for place in reached["omraden"])
    assert reached["planer"] == {
        "kravda": 1, "inlamnade": 1, "godkanda": 1, "sena": 0, "eskalerade": 0, "foljs_upp": 0,
    }  # fmt: skip
    shown = plain(september.manad("deviations", PERIOD).out)
    assert "Beräknad effekt av åtgärder: 0,3 mnkr. Efter åtgärder: 12,7 mnkr, underskott 0,7 mnkr." in shown
    page = (september.home / f"reports/{PERIOD}/manadsrapport_{PERIOD}.html").read_text(encoding="utf-8")
    assert "efter åtgärder 12,7" in page
    assert "Godkända åtgärder räcker till 0,3 av 1,0" in page.replace("\u00a0", " ")


def limit(world):
    """Return how much (kr) of the deficit may be left before a plan is demanded."""
    bar, floor, budget = world.rows(
        "select evidence ->> 'bar_percent', evidence ->> 'floor_kr', budget from unit_assessment "
        "where unit = '101' and signal = 'larm'"
    )[0]
    return max(Decimal(floor), Decimal(bar) * budget / 100)


@pytest.mark.parametrize(
    ("more", "demanded"),
    [("0.01", True), ("0", False), ("-0.01", False)],
    ids=["just over the limit is left", "exactly the limit is left", "just under the limit is left"],
)
def test_no_plan_is_demanded_where_an_approved_one_reaches(september, more, demanded):
    deficit = -Decimal(str(warning(september)["avvikelse"]))
    approve(september, measure("2026-12", deficit - limit(september) - Decimal(more)))
    september.run()
    found = warning(september)
    assert found["krav_pa_plan"] is demanded
    assert (found["plan_senast"] is not None) is demanded
    assert found["plan_lage"] == "godkänd"


def test_the_effect_is_never_more_than_the_deficit(september):
    approve(september, measure(OCTOBER, 900_000))
    september.run()
    found, reached = warning(september), report(september)["atgarder_racker"]
    assert found["beraknad_effekt"] == -found["avvikelse"]
    assert (found["avvikelse_efter_atgarder"], reached["rest"]) == (0, 0)
    assert found["prognos_efter_atgarder"] == found["budget"]


# The month after


def test_the_next_month_holds_what_was_promised_against_what_came(september):
    approve(september, measure(OCTOBER, 60_000), measure(NOVEMBER, 20_000, "Inköpsstopp"))
    september.run()
    expected = Decimal(
        september.value(
            "select evidence -> 'year' -> 'ahead' ->> 0 from unit_assessment where unit = '101' "
            "order by assessment_id desc limit 1"
        )
    )
    run_next(september, spent=1_000_000)
    content = report(september, OCTOBER)
    own, told = content["atgardsplaner"]
    assert (own["period"], own["lage"], told["period"], told["lage"]) == (
        OCTOBER,
        "krävs",
        PERIOD,
        "följs upp",
    )
    came = pytest.approx(float(expected - 1_000_000), abs=0.01)
    assert told["atgarder"] == [
        {
            "vad": "Färre vikarier",
            "vem": "enhetschef",
            "fran": OCTOBER,
            "effekt_per_manad": 60_000,
            "risk": "Sjukdom",
            "lovad_hittills": 60_000,
            "realiserad_hittills": came,
        },
        {
            "vad": "Inköpsstopp",
            "vem": "enhetschef",
            "fran": NOVEMBER,
            "effekt_per_manad": 20_000,
            "risk": "Sjukdom",
            "lovad_hittills": 0,
            "realiserad_hittills": None,
        },
    ]
    assert (told["lovad_helar"], told["lovad_hittills"], told["realiserad_hittills"]) == (
        220_000,
        60_000,
        came,
    )
    found = warning(september, OCTOBER)
    assert told["beraknad_effekt"] == found["beraknad_effekt"] > 0
    assert told["prognos_fore"] == found["prognos"]
    assert own["beraknad_effekt"] == 0
    reached = content["atgarder_racker"]
    assert (reached["lovad_hittills"], reached["realiserad_hittills"]) == (60_000, came)
    assert (reached["planer"]["kravda"], reached["planer"]["foljs_upp"]) == (1, 1)


def test_what_came_is_shared_among_the_measures_by_what_each_promised(september):
    """The forecast expected as much of each month that was left; three quarters were promised by one."""
    approve(september, measure(OCTOBER, 60_000), measure(OCTOBER, 20_000, "Inköpsstopp"))
    expected = (warning(september)["prognos"] - 9 * 1_100_000) / 3
    run_next(september, spent=1_000_000)
    (told,) = [plan for plan in report(september, OCTOBER)["atgardsplaner"] if plan["period"] == PERIOD]
    came = expected - 1_000_000
    assert [(each["lovad_hittills"], each["realiserad_hittills"]) for each in told["atgarder"]] == [
        (60_000, pytest.approx(came * 3 / 4, abs=0.02)),
        (20_000, pytest.approx(came / 4, abs=0.02)),
    ]
    assert (told["lovad_hittills"], told["realiserad_hittills"]) == (80_000, pytest.approx(came, abs=0.02))


def test_what_did_not_come_is_on_the_page_and_in_the_terminal_within_its_width(september):
    approve(september, measure(OCTOBER, 60_000))
    ran = run_next(september)
    (told,) = [plan for plan in report(september, OCTOBER)["atgardsplaner"] if plan["period"] == PERIOD]
    dearer = round(-told["realiserad_hittills"])
    assert 60_000 < dearer < 61_000
    page = (september.home / f"reports/{OCTOBER}/manadsrapport_{OCTOBER}.html").read_text(encoding="utf-8")
    page = plain(page.replace("\u00a0", " "))
    assert f"Lovade 60 000 kronor hittills, blev {dearer // 1000} {dearer % 1000} kronor dyrare." in page
    assert "planen för september 2026" in page
    assert "Godkända planer lovade 60 tkr hittills; i stället blev det 60 tkr dyrare." in page
    shown = september.manad("deviations", OCTOBER).out
    assert "Beräknad effekt av åtgärder: 0,1 mnkr." in plain(shown)
    assert max(map(len, [*shown.splitlines(), *ran.out.splitlines()[:-3]])) <= 100


def test_a_measure_of_a_month_without_an_outcome_cannot_be_told_and_one_that_began_later_can(september):
    approve(september, measure(OCTOBER, 60_000), measure(NOVEMBER, 20_000, "Inköpsstopp"))
    run_next(september)
    write_month(september.inbox, NOVEMBER, ekonomi=ledger(11, OCTOBER, ""))
    assert september.manad("run", NOVEMBER, "--today", "2026-12-07").code == 0
    (told,) = report(september, NOVEMBER)["atgardsplaner"]
    first, second = told["atgarder"]
    assert (first["lovad_hittills"], first["realiserad_hittills"]) == (120_000, None)
    assert second["lovad_hittills"] == 20_000
    assert second["realiserad_hittills"] is not None
    assert (told["lovad_hittills"], told["realiserad_hittills"]) == (140_000, None)
    assert (told["prognos_fore"], told["beraknad_effekt"], told["prognos_efter"]) == (None, None, None)
    assert report(september, NOVEMBER)["atgarder_racker"]["matta_planer"] == {"antal": 0, "av": 1}


def test_what_cannot_be_told_is_missing_and_never_zero(september):
    september.execute(
        "update unit_assessment set evidence = jsonb_set(evidence, '{year,ahead}', '[]') where unit = '101'"
    )
    approve(september, measure(OCTOBER, 60_000))
    run_next(september)
    content = report(september, OCTOBER)
    (told,) = [plan for plan in content["atgardsplaner"] if plan["period"] == PERIOD]
    assert (told["lovad_hittills"], told["realiserad_hittills"]) == (60_000, None)
    assert told["atgarder"][0]["realiserad_hittills"] is None
    reached = content["atgarder_racker"]
    assert (reached["lovad_hittills"], reached["realiserad_hittills"]) == (None, None)
    assert reached["matta_planer"] == {"antal": 0, "av": 1}


def test_a_plan_whose_promise_has_come_is_achieved(september):
    approve(september, measure(OCTOBER, 30_000))
    run_next(september, spent=900_000)
    (told,) = [plan for plan in report(september, OCTOBER)["atgardsplaner"] if plan["period"] == PERIOD]
    assert told["lage"] == "åtgärdad"
    assert september.value("select state from plan where id = %s", told["id"]) == "achieved"
    assert told["realiserad_hittills"] > 90_000


def test_an_earlier_plan_that_waits_for_its_decision_answers_the_new_larm(september):
    submit(september, measure(OCTOBER, 60_000))
    september.run()
    before = report(september)
    run_next(september)
    assert "oförändrad" in september.run().out
    assert report(september) == before
    (told,) = report(september, OCTOBER)["atgardsplaner"]
    assert (told["period"], told["lage"], told["beraknad_effekt"]) == (PERIOD, "inlämnad", 0)
    found = warning(september, OCTOBER)
    assert (found["krav_pa_plan"], found["planmening"]) == (True, "inlämnad 12 oktober")
    assert report(september, OCTOBER)["atgarder_racker"]["planer"]["kravda"] == 1


# A report is what it was


def test_a_changed_plan_makes_a_new_version_and_the_earlier_stay(september):
    submit(september, measure(OCTOBER, 60_000))
    assert "version 2" in september.run().out
    assert "oförändrad" in september.run().out
    kept = september.rows(
        "select version, content -> 'atgardsplaner' -> 0 ->> 'lage' from month_report order by 1"
    )
    assert kept == [(1, "krävs"), (2, "inlämnad")]


@pytest.mark.parametrize("decided", [False, True], ids=["demanded", "approved"])
def test_what_later_months_do_changes_nothing_in_a_months_report(september, decided):
    approve(september, measure(OCTOBER, 60_000))
    september.run()
    before = report(september)
    run_next(september)
    if decided:
        approve(september, measure(NOVEMBER, 200_000), period=OCTOBER)
        run_next(september)
    state = september.value("select state from plan where id = %s", number(september))
    assert state == ("replaced" if decided else "following")
    assert "oförändrad" in september.run().out
    assert report(september) == before
    assert september.manad("deviations", PERIOD, "--json").json == before["avvikelser"]


def test_a_demand_that_a_later_month_took_over_is_told_as_the_month_saw_it(september):
    before = report(september)
    run_next(september)
    assert september.value("select state from plan where id = %s", number(september)) == "replaced"
    assert "oförändrad" in september.run().out
    assert report(september) == before


def test_the_newest_approved_plan_is_the_only_one_that_counts(september):
    approve(september, measure(OCTOBER, 60_000))
    run_next(september)
    approve(september, measure(NOVEMBER, 200_000), period=OCTOBER)
    run_next(september)
    (told,) = report(september, OCTOBER)["atgardsplaner"]
    assert (told["period"], told["lage"], told["beraknad_effekt"]) == (OCTOBER, "godkänd", 400_000)


# The record of forecasts


def test_a_unit_that_missed_its_forecast_with_a_plan_counts_as_remedied(world):
    def year(closed, after):
        rows = [line.split(";") for line in economy(2025, closed).splitlines()]
        for row in rows[1:]:
            if row[1] == "101" and row[0] > "2025-08" and row[4]:
                row[4] = str(after)
        return "\n".join(map(";".join, rows)) + "\n"

    world.put("ekonomi_2024-12.csv", economy(2024, 12, over=()))
    write_month(world.inbox, "2025-08", ekonomi=economy(2025, 8))
    assert world.manad("run", "2025-08", "--today", "2025-09-05").code == 0
    approve(world, measure("2025-09", 100_000), period="2025-08")
    world.put("ekonomi_2025-12.csv", year(12, 900_000))
    world.month()
    world.run()
    record = {each["kod"]: each for each in report(world)["prognossakerhet"] if each["ar"] == 2025}
    assert (record["101"]["atgardad"]["regeln"], record["102"]["atgardad"]["regeln"]) == (1, 0)
    assert record[None]["atgardad"]["regeln"] == 1
