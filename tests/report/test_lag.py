"""A month that is told by older figures of some sources, from its files to report, mails and status."""

from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tests.worlds.bad_deliveries import quietly
from tests.worlds.read_page import rows, text
from tests.worlds.signal_history import assistance, months_before, sick_leave, volumes
from tests.worlds.small_administration import UNITS, economy, organisation

AUGUST, RUN_ON, NOT_FINISHED = "2026-08", "2026-09-07", 3
JUNE, JULY = Period(2026, 6), Period(2026, 7)
LAG = """
[sources.sjukfranvaro]
lag_months = 2
leverantor_epost = "hr@example.se"
[sources.prestationer]
lag_months = 1
[sources.bistand]
lag_months = 1
"""
LAGGING = {"bistand": "2026-07", "prestationer": "2026-07", "sjukfranvaro": "2026-06"}
MONTHS, FEW = 14, 2
"""Months of what lags: what twelve months tell needs the many, which file is asked for the few."""
COUNTED, PLANNED, BUDGET = 46, 40, 12_000_000


def ill(period, percent=8):
    return sick_leave(period, dict.fromkeys(UNITS, percent))


def put_sick_leave(world, until=JUNE, months=MONTHS):
    for month in months_before(months, until):
        world.put(f"sjukfranvaro_{month}.csv", ill(month, 6 if month == until else 8))


def put_others(world, months=MONTHS):
    world.put(f"organisation_{AUGUST}.csv", organisation())
    world.put(f"ekonomi_{AUGUST}.csv", economy(closed=8))
    for month in months_before(months, JULY):
        counts = dict.fromkeys(UNITS, COUNTED if month.year == JULY.year else PLANNED)
        world.put(f"prestationer_{month}.csv", volumes(month, counts, planned=PLANNED))
        world.put(f"bistand_{month}.csv", assistance(month, 800 + month.month, utbetalt=7_400_000))


def configure(world, settings=LAG):
    (world.home / "manad.toml").write_text(settings, encoding="utf-8")


def run(world, *words):
    return quietly(world.manad("run", AUGUST, "--today", RUN_ON, *words))


def report(world):
    return world.manad("report", AUGUST, "--format", "json").json


def run_with_lag(world):
    configure(world)
    put_others(world)
    put_sick_leave(world)
    answer = run(world)
    assert answer.code == 0, answer.out + answer.err


@pytest.fixture
def lagging(after, world):
    after(run_with_lag)
    configure(world)
    return world


def of_last_mail(world, kind):
    found = world.value("select body_text from mail where kind = %s order by id desc limit 1", kind)
    return " ".join(found.split())


def signal(told, source, series=None, scope="hela förvaltningen"):
    """Return the first series of a source in a report."""
    found = [each for each in told["signaler"] if each["kalla"] == source]
    (first, *_) = [each for each in found if each["serie"] == series and each["grupp"] == scope]
    return first | {"mening": " ".join(first["mening"].split())}


def test_a_month_is_complete_with_the_figures_that_it_needs_and_says_whose_they_are(lagging):
    told = report(lagging)
    assert (told["complete"], told["missing"], told["kallornas_manad"]) == (True, [], LAGGING)
    for source, month in LAGGING.items():
        assert {row["period"] for row in told[source]} == {month}
    (whole, *_) = told["sjukfranvaro"]
    assert (whole["ordinarie_timmar"], whole["franvarotimmar_1_14"]) == (18_000, 1080)
    assert told["bistand"][0]["hushall"] == 807


def test_the_page_names_the_month_wherever_the_figures_stand(lagging):
    told = report(lagging)
    said = text(told)
    assert "KOMPLETT." in said
    for words in (
        "Sjukfrånvaro gäller juni 2026.",
        "Prestationer gäller juli 2026.",
        "Juni 2026, hela förvaltningen",
        "Juni 2026, andel av ordinarie tid per avdelning och område",
        "Sjukfrånvaro de senaste tolv månaderna till och med juni 2026, andel av ordinarie tid",
        "Juli 2026, antal",
        "Snitt jan–jul 2026",
        "Ekonomiskt bistånd, helår 2026, mnkr, räknat till och med juli 2026",
        "Snitt jan–jul 2025",
        "Ekonomiskt bistånd mot samma månader förra året",
        "Utbetalt bistånd mot hushåll gånger medelbidrag till och med juli 2026",
    ):
        assert words in said
    assert "Augusti 2026, hela förvaltningen" not in said
    assert "Augusti 2026, antal" not in said
    assert "Snitt hittills i år" not in said
    assert ["Hushåll", "807", "uppgift saknas", "uppgift saknas"] in rows(told, "Ekonomiskt bistånd")
    watched = [cells[0] for cells in rows(told, "Tidiga signaler") if cells[0].startswith("BEVAKA")]
    assert f"BEVAKA {UNITS['101']} Inskrivna barn till och med juli" in watched


def test_twelve_months_and_means_end_with_the_month_that_is_told(lagging):
    twelve = signal(report(lagging), "sjukfranvaro")
    assert "I juni 2026 var den 6,0 %" in twelve["mening"]
    assert twelve["varde"] == pytest.approx((11 * 8 + 6) / 12)
    assert signal(report(lagging), "bistand", "helar")["mening"].startswith(
        "Till och med juli har ekonomiskt"
    )
    households = signal(report(lagging), "bistand", "forandring")
    assert "807 hushåll fick ekonomiskt bistånd i juli 2026" in households["mening"]
    volume = signal(report(lagging), "prestationer", scope="enhet")
    assert "i snitt 46,0 till och med juli" in volume["mening"]


def test_what_volumes_cost_is_reckoned_with_the_months_that_are_known_and_none_as_nothing(lagging):
    (warning,) = report(lagging)["avvikelser"]
    level = 1 + Decimal(7) / 11 * (Decimal(COUNTED) / PLANNED - 1)
    expected = (7 * COUNTED + 5 * PLANNED * level) / 12
    effect = (expected - PLANNED) * BUDGET / PLANNED
    assert warning["volymeffekt"] == pytest.approx(float(effect), abs=0.01)
    assert warning["volymer_till_och_med"] == "2026-07"
    said = "Volymerna är räknade till och med juli."
    assert said in warning["mening"]
    assert said in of_last_mail(lagging, "avvikelse")
    assert said in lagging.manad("deviations", AUGUST, "--json").json[0]["mening"]


def test_key_figures_are_of_the_months_that_both_volumes_and_money_are_known_in(lagging):
    whole, area, grant = report(lagging)["nyckeltal"]
    assert (whole["kod"], area["kod"], area["verksamhetsomrade"]) == (None, "A1", "Barn och äldre")
    assert whole["kostnad_per"] == pytest.approx(
        3_100_000 / (3 * COUNTED)
    )  # July's month is like those before
    assert (whole["plan"], whole["foregaende_ar"]) == (BUDGET / 12 / PLANNED, None)
    assert (whole["snitt_hittills"], whole["planerat"], whole["enheter"]) == (3 * COUNTED, 3 * PLANNED, 3)
    assert (grant["matt"], grant["sort"]) == ("Medelbidrag, ekonomiskt bistånd", "hushåll")
    said = text(report(lagging))
    assert "Kostnad per barn, plats, insats, timme och hushåll, jan–jul 2026, kronor netto" in said


def test_a_units_cost_is_the_same_among_the_signals_and_in_the_key_figures(lagging):
    signals = [row for row in report(lagging)["signaler"] if row["indikator"] == "Kostnad per barn"]
    assert len(signals) == len(UNITS)
    whole = report(lagging)["nyckeltal"][0]
    assert whole["kostnad_per"] == pytest.approx(sum(row["varde"] for row in signals) / len(UNITS))
    assert {row["jamforelse"] for row in signals} == {whole["plan"]}


def test_status_shows_the_months_and_their_deliveries(lagging):
    status = lagging.manad("status", AUGUST, "--json").json
    assert status["lagging"] == LAGGING
    listed = {(one["source"], one["period"], one["state"]) for one in status["deliveries"]}
    assert listed >= {(source, month, "accepted") for source, month in LAGGING.items()}
    said = " ".join(lagging.manad("status", AUGUST).out.split())
    assert "bistand gäller juli 2026, prestationer gäller juli 2026 och sjukfranvaro gäller juni 2026" in said
    assert "sjukfranvaro (juni)" in said


def test_a_newer_month_that_is_there_is_used(lagging):
    lagging.put("sjukfranvaro_2026-07.csv", ill(JULY, 7))
    assert run(lagging).code == 0
    told = report(lagging)
    assert told["kallornas_manad"]["sjukfranvaro"] == "2026-07"
    assert {row["period"] for row in told["sjukfranvaro"]} == {"2026-07"}
    assert "I juli 2026 var den 7,0 %" in signal(report(lagging), "sjukfranvaro")["mening"]
    lagging.put("sjukfranvaro_2026-08.csv", ill(AUGUST, 9))
    assert run(lagging).code == 0
    told = report(lagging)
    assert "sjukfranvaro" not in told["kallornas_manad"]
    assert "Augusti 2026, hela förvaltningen" in text(told)


def test_an_older_month_is_not_enough_and_the_stop_names_the_file_that_is(world):
    configure(world)
    put_others(world, FEW)
    put_sick_leave(world, until=Period(2026, 5), months=FEW)
    answer = run(world)
    assert answer.code == NOT_FINISHED
    assert "sjukfrånvaro (juni) saknas" in answer.out
    said = of_last_mail(world, "korning_stoppad")
    assert "Sjukfrånvaro (juni): filen ska heta sjukfranvaro_2026-06" in said
    run(world, "--allow-missing")
    told = report(world)
    assert (told["missing"], told["kallornas_manad"]["sjukfranvaro"]) == (["sjukfranvaro"], "2026-06")
    assert "Det saknas leverans av sjukfrånvaro (juni)." in text(told)
    assert "Sjukfrånvaro gäller" not in text(told)


def test_the_reminder_asks_for_the_month_that_is_owed_by_the_deadline_of_the_month_that_needs_it(world):
    configure(world)
    world.month_files("2026-07", closed=7)
    (world.inbox / "sjukfranvaro_2026-07.csv").unlink()
    world.put("sjukfranvaro_2026-05.csv", ill(Period(2026, 5)))
    quietly(world.manad("run", "2026-07", "--today", "2026-08-07"))
    put_others(world, FEW)
    world.put("sjukfranvaro_2026_06.csv", ill(JUNE))
    run(world)
    named = "sjukfranvaro_2026_06.csv ligger i inkorgen och ska heta sjukfranvaro_2026-06"
    assert named in of_last_mail(world, "korning_stoppad")
    chased = quietly(world.manad("chase", "--today", "2026-09-08")).out
    assert "Leverans saknas: sjukfrånvaro (juni), till hr@example.se" in chased
    said = of_last_mail(world, "leverans_paminnelse")
    assert "sjukfrånvaro (juni): sjukfranvaro_2026-06.csv" in said
    assert "Augusti bedöms med juni 2026." in said
    assert "Det skulle ha kommit den 7 september." in said


def test_the_figures_of_another_year_explain_no_money_of_this_one(world):
    configure(world, LAG.replace("lag_months = 1", "lag_months = 2"))
    world.put("organisation_2026-01.csv", organisation())
    world.put("ekonomi_2026-01.csv", economy(closed=1))
    november = Period(2025, 11)
    for month in months_before(MONTHS, november):
        world.put(f"sjukfranvaro_{month}.csv", ill(month))
        world.put(f"prestationer_{month}.csv", volumes(month, dict.fromkeys(UNITS, COUNTED), planned=PLANNED))
        world.put(f"bistand_{month}.csv", assistance(month))
    answer = quietly(world.manad("run", "2026-01", "--today", "2026-02-06"))
    assert answer.code == 0, answer.out + answer.err
    assert {each for (each,) in world.rows("select volume_effect from unit_assessment")} == {None}
    told = world.manad("report", "2026-01", "--format", "json").json
    said = text(told)
    assert "Sjukfrånvaro gäller november 2025." in said
    assert "Ekonomiskt bistånd, helår 2025" in said
    assert "Snitt jan–nov 2024" in said
    assert "i snitt 46,0 till och med november" in signal(told, "prestationer", scope="enhet")["mening"]


def test_managers_are_asked_to_meet_about_the_twelve_months_that_are_told(world):
    configure(world, f"{LAG}[sick_leave]\nmeeting_months = [8]\n")
    put_others(world)
    put_sick_leave(world)
    world.put(f"indikatorer_{AUGUST}.csv", f"period;indikator;arsmal\n{AUGUST};Sjukfrånvaro;4,0 %\n")
    assert run(world).code == 0
    said = of_last_mail(world, "sjukfranvaro_mote")
    assert "Sjukfrånvaro, de senaste tolv månaderna till och med juni 2026" in said
    assert f"{UNITS['103']}: 7,8 %" in said
    assert "sjukfranvaro_2026-06.csv" in said
    assert "Nästa underlag, om juni 2027, kommer omkring den" in said


def test_a_held_file_says_which_month_waits_for_it_and_its_month_says_which_file(world):
    configure(world)
    put_others(world)
    put_sick_leave(world, until=Period(2026, 5))
    world.put("sjukfranvaro_2026-06.csv", ill(JUNE, 0))
    assert run(world).code == NOT_FINISHED
    said = of_last_mail(world, "leverans_hallen")
    assert "Till dess väntar augusti 2026: filen räknas som saknad" in said
    status = world.manad("status", AUGUST)
    assert "sjukfrånvaro (juni) hålls tills någon har sagt" in " ".join(status.out.split())
    assert "sjukfranvaro (juni)" in status.out
    world.put("sjukfranvaro_2026-07.csv", ill(JULY))
    assert run(world).code == 0
    assert report(world)["kallornas_manad"]["sjukfranvaro"] == "2026-07"


def test_a_supplier_is_told_of_the_next_file_by_the_month_that_needs_it(lagging):
    said = of_last_mail(lagging, "kvitto_mottagen")
    assert "Nästa leverans är juli 2026, senast den 7 oktober." in said


def test_a_unit_that_is_doubted_in_the_month_that_is_told_is_not_mailed_of(lagging):
    doubted = ill(JUNE, 6).replace("101;K;40;6000;", "101;K;40;6,0;").replace(";360,00;", ";0,36;", 1)
    lagging.put("sjukfranvaro_2026-06.csv", doubted)
    run(lagging, "--mails", "changed")
    assert lagging.value("select count(*) from delivery where state = 'held'") == 0
    said = of_last_mail(lagging, "manad_klar")
    assert f"{UNITS['101']}" in said
    assert "Ingen är mejlad." in said


def test_without_a_lag_the_same_files_stop_the_month(world):
    put_others(world, FEW)
    put_sick_leave(world, months=FEW)
    answer = run(world)
    assert answer.code == NOT_FINISHED
    assert "prestationer, ekonomiskt bistånd och sjukfrånvaro saknas" in " ".join(answer.out.split())
    status = world.manad("status", AUGUST, "--json").json
    assert status["lagging"] == {}
    assert {one["period"] for one in status["deliveries"]} == {AUGUST}
