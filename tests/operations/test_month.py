"""A month from files to mails, as the one who runs it sees it."""

import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests.worlds.small_administration import UNITS, economy, organisation, sick_leave
from tests.worlds.told_controllers import without_closing


def test_a_complete_month_is_done_and_warns_the_manager_of_the_unit_that_is_over(world):
    world.month()
    answer = world.run()
    assert answer.code == 0, answer.out + answer.err
    assert "September 2026: klar." in answer.out
    (mail,) = without_closing(world)
    assert mail["To"] == "anna@example.se"
    assert mail["Reply-To"] == "kontroll@example.se"
    assert "Förskolan Norr" in mail["Subject"]
    assert "14 oktober" in mail["Subject"]


@pytest.mark.usefixtures("done_month")
def test_the_second_run_from_unchanged_files_mails_nobody_and_changes_nothing(world):
    before, mails = world.contents(), world.mails()
    answer = world.run()
    assert answer.code == 0
    assert world.contents() == before
    assert len(world.mails()) == len(mails)


def test_the_published_month_comes_out_as_printed(world):
    answer = world.manad(
        "run", "2021-04", "--inbox", "tests/reference/2021-04", "--allow-missing", "--today", "2021-05-10"
    )
    assert answer.code == 0
    report = world.manad("report", "2021-04", "--format", "json").json
    expected = json.loads(Path("tests/reference/2021-04/expected.json").read_text("utf-8"))
    lines = {line["verksamhetsomrade"]: line for line in report["driftbudget"]}
    for area, figures in expected["driftbudget"].items():
        assert mnkr(lines[area]["avvikelse_efter"]) == figures["avvikelse"]
        before = figures.get("avvikelse_fore", figures["avvikelse"])
        assert mnkr(lines[area]["avvikelse_fore"]) == before
    for name, figure in expected["totalt"].items():
        assert mnkr(report["totalt"][name]) == figure
    for name, figure in expected["budgetfoljsamhet"].items():
        assert rounded(report["budgetfoljsamhet"][name], 1) == figure
    units = {unit["enhet"]: unit for unit in report["resultatenheter"]}
    units["summa"] = report["resultatenheter_summa"]
    for unit, figures in expected["resultatenheter"].items():
        for name, figure in figures.items():
            assert mnkr(units[unit][name]) == figure
    assert report["complete"] is False
    assert report["missing"] == ["ekonomi", "sjukfranvaro"]


def mnkr(kronor):
    return rounded(Decimal(str(kronor)) / 1_000_000, 1)


def rounded(value, decimals):
    return float(Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def test_a_missing_required_source_stops_the_month_and_tells_the_operator(world):
    world.month(sjukfranvaro=None)
    answer = world.run()
    assert answer.code == 3
    (mail,) = world.mails()
    assert mail["To"] == "drift@example.se"
    assert "jukfrånvaro saknas" in mail["Subject"]
    assert world.value("select count(*) from assessment") == 0


def test_the_month_goes_on_when_the_missing_file_comes(world):
    world.month(sjukfranvaro=None)
    world.run()
    world.month()
    assert world.run().code == 0
    assert [mail["To"] for mail in without_closing(world)] == ["anna@example.se", "drift@example.se"]


@pytest.mark.usefixtures("done_month")
def test_a_revision_after_sending_warns_only_of_what_is_new_or_worse(world):
    world.put("ekonomi_2026-09_rattad.csv", economy(over=("101", "102")))
    assert world.run("--mails", "changed").code == 0
    warned, corrected, new = without_closing(world)
    assert [warned["To"], corrected["To"], new["To"]] == ["anna@example.se"] * 2 + ["bo@example.se"]
    assert corrected["Subject"].startswith("Rättad uppgift september 2026: ")
    assert corrected["Subject"].endswith("Inget nytt larm")


@pytest.mark.usefixtures("done_month")
def test_a_done_month_mails_nothing_new_by_itself(world):
    world.put("ekonomi_2026-09_rattad.csv", economy(over=("101", "102")))
    assert world.run().code == 0
    assert [mail["To"] for mail in without_closing(world)] == ["anna@example.se"]


def test_no_mail_queues_nothing_and_the_next_run_queues(world):
    world.month()
    assert world.run("--no-mail").code == 0
    assert world.mails() == []
    assert world.value("select count(*) from mail") == 0
    assert world.run().code == 0
    assert len(without_closing(world)) == 1


def test_a_dry_run_leaves_no_trace(world):
    world.month()
    before = world.contents()
    answer = world.run("--dry-run")
    assert answer.code == 0
    assert "Provkörning" in answer.out
    assert world.contents() == before
    assert not (world.home / "mails").exists()
    assert not (world.home / "raw").exists()
    assert not (world.home / "reports").exists()


def test_a_manager_of_several_units_gets_one_mail_with_a_part_for_each(world):
    same = dict.fromkeys(("101", "102", "103"), "anna@example.se")
    world.month(organisation=organisation(managers=same), ekonomi=economy(over=("101", "103")))
    world.run()
    (mail,) = without_closing(world)
    text = mail.get_body(("plain",)).get_content()
    assert "Förskolan Norr" in text
    assert "Hemtjänsten Öst" in text
    assert "Förskolan Söder" not in text
    assert world.value("select count(*) from mail_warning") == 2


def test_a_unit_without_an_address_goes_to_its_controller(world):
    world.month(organisation=organisation(managers={}))
    world.run()
    (mail,) = without_closing(world)
    assert mail["To"] == "kontroll@example.se"


def test_a_redirected_mail_says_whom_it_was_meant_for(world, monkeypatch):
    world.month()
    monkeypatch.setenv("MANAD_MAIL_REDIRECT", "prov@example.se")
    world.run()
    mails = world.mails()
    assert [mail["To"] for mail in mails] == ["prov@example.se"] * 2
    for mail, address in zip(mails, ("anna@example.se", "kontroll@example.se"), strict=True):
        assert address in mail.get_body(("plain",)).get_content()


@pytest.mark.usefixtures("done_month")
def test_every_figure_of_an_assessment_leads_to_delivery_and_row(world):
    evidence = world.value("select evidence from unit_assessment where unit = '101'")
    found = [
        row
        for where in evidence["rows"]
        for row in world.rows(
            "select unit, outcome from ledger_row where delivery_id = %s and row_no between %s and %s",
            where["delivery"],
            where["first"],
            where["last"],
        )
    ]
    assert found == [("101", Decimal(1_100_000))] * 9 + [("101", None)] * 3
    (mail,) = without_closing(world)
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "ekonomi_2026-09.csv, rad 2, 5, 8 och 9 ställen till" in text


@pytest.mark.usefixtures("done_month")
def test_the_plan_is_due_five_working_days_after_the_first_assessment_however_often_it_runs(world):
    world.put("ekonomi_2026-09_rattad.csv", economy(by=0.2))
    (world.home / "manad.toml").write_text("[plan]\ndue_working_days = 9\n", encoding="utf-8")
    world.manad("run", "2026-09", "--today", "2026-10-20")
    (warning,) = world.manad("deviations", "2026-09", "--json").json
    assert warning["plan_senast"] == "2026-10-14"
    assert warning["niva_signal"] == "larm"
    assert warning["budget"] == 12_000_000


def test_no_plan_is_due_in_a_mute_time_even_when_it_is_asked_for_in_it(world):
    world.month()
    (world.home / "manad.toml").write_text('[ladder]\nmute = ["10-01--10-31"]\n', encoding="utf-8")
    world.run()
    (warning,) = world.manad("deviations", "2026-09", "--json").json
    assert warning["plan_senast"] == "2026-11-06"


def test_a_trial_does_not_stop_the_real_mails_of_the_same_month(world, monkeypatch):
    world.month()
    monkeypatch.setenv("MANAD_MAIL_REDIRECT", "prov@example.se")
    world.run()
    monkeypatch.delenv("MANAD_MAIL_REDIRECT")
    assert world.run().code == 0
    assert [mail["To"] for mail in without_closing(world)] == ["anna@example.se"] + ["prov@example.se"] * 2


def test_units_that_came_by_name_before_there_was_a_register_find_their_codes_when_it_comes(world):
    by_name = economy(units=UNITS.values(), over=("Förskolan Norr",))
    hours = sick_leave(units=UNITS.values())
    world.month(organisation=None, ekonomi=by_name, sjukfranvaro=hours)
    assert world.run().code == 0
    assert [mail["To"] for mail in world.mails()] == ["drift@example.se"]
    world.put("organisation_2026-09.csv", organisation())
    assert world.run().code == 0
    assert [mail["To"] for mail in without_closing(world)] == ["anna@example.se", "drift@example.se"]


def test_a_refused_file_of_another_month_says_nothing_about_this_one_the_next_time(world):
    world.month()
    world.put("ekonomi_2026-08.csv", "period;enhet\n")
    assert [world.run().code, world.run().code] == [1, 0]


def test_a_mistyped_inbox_is_told_before_anything_is_touched(world):
    answer = world.run("--inbox", "finns/inte")
    assert answer.code == 2
    assert "finns inte" in answer.err
    assert world.value("select count(*) from month") == 0
