"""What the command line answers when it is used as people use it."""

import os
import subprocess
import sys

import pytest

import flows.month
from flows.cli.exit_codes import FAILED
from flows.cli.words import command_parser
from sql.errors import DatabaseError
from tasks.deliveries import incoming_file, take_in_delivery
from tests.worlds.small_administration import economy, write


def test_a_month_is_done_although_nobody_reads_the_terminal_to_its_end(world):
    world.month()
    command = [sys.executable, "-m", "flows.cli.main", "run", "2026-09", "--today", "2026-10-07"]
    environment = dict(os.environ) | world.environment  # noqa: TID251
    reader = subprocess.Popen(["head", "-1"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    run = subprocess.run(
        command, stdout=reader.stdin, stderr=subprocess.PIPE, env=environment, timeout=60, check=False
    )
    reader.stdin.close()
    reader.wait(timeout=10)
    assert (run.returncode, run.stderr) == (0, b"")
    assert world.value("select state from month") == "done"
    assert [mail["To"] for mail in world.mails()] == ["anna@example.se", "kontroll@example.se"]


def test_status_shows_what_has_been_delivered_before_the_month_is_run(world):
    world.month()
    assert world.manad("deliver", world.inbox / "organisation_2026-09.csv").code == 0
    answer = world.manad("status", "--json")
    assert answer.code == 0
    assert answer.json["state"] == "waiting"
    assert [one["source"] for one in answer.json["deliveries"]] == ["organisation"]
    assert answer.json["mails"]["queued"] == 0


def test_status_of_a_month_that_nothing_is_known_of_says_how_to_run_it(world):
    answer = world.manad("status", "2026-01")
    assert answer.code == 1
    assert "manad run 2026-01" in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run",), "det här saknas"),
        (("run", "2026-13"), "är ingen månad"),
        (("run", "2026-09", "--today", "igår"), "är inget datum"),
        (("run", "2026-09", "--from", "hoppet"), "välj bland"),
        (("report", "2026-09", "--format", "pdf"), "välj bland"),
        (("status", "2026-09", "--nej"), "förstår inte"),
        (("mail", "list", "--state", "borta"), "Läget borta finns inte"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(words, said, world):
    answer = world.manad(*words)
    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1


def test_every_command_has_a_help_with_an_example():
    (subcommands,) = (
        action for action in command_parser()._actions if hasattr(action, "choices") and action.choices
    )
    for name, parser in subcommands.choices.items():
        assert f"Exempel: manad {name}" in parser.format_help()


def test_a_database_address_with_two_ats_is_told_without_its_password(world, monkeypatch):
    monkeypatch.setenv("MANAD_DATABASE_URL", "postgresql://manad:hemligt@x@127.0.0.1/manad")
    answer = world.manad("status")
    assert answer.code == 2
    assert "%40" in answer.err
    assert "hemligt" not in answer.err


def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_run(world, monkeypatch):
    world.month()
    path = world.inbox / "ekonomi_2026-09.csv"
    reading = take_in_delivery.read_table

    def read_and_change(found, **limits):
        raw = reading(found, **limits)
        if found == path:
            write(path, economy(over=("102",)))
            os.utime(path, (1_700_000_001, 1_700_000_001))
        return raw

    monkeypatch.setattr(take_in_delivery, "read_table", read_and_change)
    assert world.run().code == 3
    monkeypatch.undo()
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    assert world.run().code == 0
    assert "bo@example.se" in {mail["To"] for mail in world.mails()}


def test_bytes_are_never_kept_under_another_hash_than_their_own(world, monkeypatch):
    world.month()
    path = world.inbox / "ekonomi_2026-09.csv"
    hashing = incoming_file.sha256_of

    def hash_and_change(found):
        digest = hashing(found)
        if found == path:
            write(path, economy(over=("102",)))
        return digest

    monkeypatch.setattr(incoming_file, "sha256_of", hash_and_change)
    answer = world.run()
    assert answer.code == 3
    assert "skrivs fortfarande" in answer.out
    kept = [file for file in (world.home / "raw").rglob("*") if file.is_file()]
    assert kept
    assert {file.name for file in kept} == {hashing(file) for file in kept}
    monkeypatch.setattr(incoming_file, "sha256_of", hashing)
    assert world.run().code == 0


def test_a_preview_writes_the_mails_and_the_report_and_changes_nothing(world, tmp_path):
    world.month()
    before = world.contents()
    (tmp_path / "granska").mkdir()
    (tmp_path / "granska" / "mejl_0007_avvikelse.html").write_text("från en tidigare förhandsvisning")
    answer = world.manad("preview", "2026-09", "--out", tmp_path / "granska", "--today", "2026-10-07")
    assert answer.code == 0
    assert world.contents() == before
    names = sorted(path.name for path in (tmp_path / "granska").iterdir())
    assert [name.split("_")[0] for name in names] == ["index.html", *["mejl"] * 4, "rapport.html"]
    index = (tmp_path / "granska" / "index.html").read_text("utf-8")
    assert "anna@example.se" in index
    assert "kontroll@example.se" in index
    assert not (world.home / "mails").exists()


def test_a_preview_of_a_month_that_would_stop_says_why_and_is_no_success(world, tmp_path, monkeypatch):
    def assess_units(_):
        raise DatabaseError("Databasen svarar inte.")

    world.month()
    before = world.contents()
    monkeypatch.setattr(flows.month, "assess_units", assess_units)
    answer = world.manad("preview", "2026-09", "--out", tmp_path, "--today", "2026-10-07")
    assert answer.code == FAILED
    assert "En körning skulle stanna: Databasen svarar inte." in answer.out
    assert world.contents() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[mail]\nlist_id = 'månad'\n", "mail.list_id"),
        ("[deviation]\nfloor = 1\n", "floor är okänt"),
        ("[deviation]\nfloor_kr = 'mycket'\n", "floor_kr ska vara ett tal"),
        ("[deviation]\nfloor_kr = -1\n", "floor_kr är -1"),
        ("[deviation.larm_bar]\npercent = 1\n", "ange även early"),
        ("[plan\n", "går inte att läsa"),
        ("[completeness]\nrequired_sources = 'ekonomi'\n", "en lista med texter"),
        ("[sources.ekonomi]\nlag_months = 1\n", "Bara bistand, prestationer och sjukfranvaro får komma"),
        ("[sources.prognos]\nlag_months = 1\n", "sources.prognos: lag_months går inte att använda här"),
        ("[sources.bistand]\nlag_months = 12\n", "mellan 0 och 11"),
        ("[sources.bistand]\nlag_months = -1\n", "mellan 0 och 11"),
        ("[sources.bistand]\nlag_months = 1.5\n", "ett heltal"),
        ("[risk]\nconcerns = ['förskola']\n", "risk: concerns ska vara ett avsnitt"),
        ("[measures.Barn]\ntariff_kr = 'dyrt'\n", "tariff_kr ska vara ett tal"),
        ("[measures.Barn]\nkind = 'antal'\n", "kind är antal"),
        ("[measures.Barn]\nreading_months = ['mars']\n", "reading_months ska vara en lista med heltal"),
        ("[measures.Barn]\nreading_months = [8, 3]\n", "reading_months är [8, 3]"),
        ("[measures.Barn]\nreading_months = [true]\n", "reading_months ska vara en lista med heltal"),
        ("[sick_leave.chart]\nfewest_months = 2\n", "fewest_months är 2"),
        ("[small_groups]\nfewest_persons = 0\n", "fewest_persons är 0"),
        ("[risk.concerns]\n\"Lärare\" = 'förskola'\n", "concerns.Lärare ska vara en lista med texter"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_told_by_its_key(text, said, world):
    (world.home / "manad.toml").write_text(text, encoding="utf-8")
    answer = world.run()
    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1


def test_the_outbox_shows_who_settled_a_mail(world):
    world.month()
    world.run("--no-mail")
    world.execute(
        "insert into mail (period, kind, recipient_role, address, step, occasion, mode, sent_to, message_id,"
        " subject, body_text, body_html, required) values ('2026-09-01', 'avvikelse', 'chef', 'a@example.se',"
        " '', 1, 'live', 'a@example.se', '<1@example.se>', 'Ämne', '', '', true)"
    )
    number = world.value("select id from mail")
    assert world.manad("mail", "settle", number, "--dropped").code == 0
    assert "skickas inte" in world.manad("mail", "list", "--state", "settled").out
    assert world.manad("mail", "resend", number).code == 1
