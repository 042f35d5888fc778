"""A database, a disk or a mail server that fails: one line, nothing half stored, and the next run works."""

import os
import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.mails import smtp_servers
from tests.mails.smtp_servers import Sink, free_port, misbehaving, serving
from tests.worlds.bad_deliveries import (
    MANAGER,
    OPERATOR,
    has_nothing_half,
    has_only,
    one_line,
    quietly,
    sees_done,
    tells,
)
from tests.worlds.small_administration import CONTROLLER, economy
from tests.worlds.world import TODAY, Answer

FAILED, USAGE, NOT_FINISHED = 4, 2, 3
ROOT = Path(__file__).parents[2]
FULL = "Databasens disk är full: frigör utrymme och kör igen. Inget har sparats halvt."


# The database


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        ("postgresql://manad@127.0.0.1:{port}/manad", FAILED, "Databasen svarar inte"),
        ("mysql://manad@127.0.0.1/manad", USAGE, "MANAD_DATABASE_URL ska börja med postgresql://"),
    ],
)
def test_a_database_that_is_down_gives_one_line_and_leaves_the_inbox_for_the_next_run(
    world, monkeypatch, url, code, said
):
    world.month()
    before = world.contents()
    with monkeypatch.context() as down:
        down.setenv("MANAD_DATABASE_URL", url.format(port=free_port()))
        for words in (
            ("run", "2026-09"),
            ("status", "2026-09"),
            ("deliver", world.inbox / "ekonomi_2026-09.csv"),
        ):
            answer = world.manad(*words)
            assert answer.code == code
            tells(one_line(answer), said)
    assert world.contents() == before
    assert not (world.home / "raw").exists()
    sees_done(world)


@contextmanager
def trouble(world, table, statement):
    """Let a statement run before every row that is stored in a table."""
    world.execute(
        f"""create function trouble() returns trigger language plpgsql
        as $$ begin {statement}; return new; end $$;
        create trigger trouble before insert on {table} for each row execute function trouble()"""
    )
    yield
    world.execute("drop function trouble cascade")


def stops(world):
    """Run, and see the run stopped: nobody but the operator is mailed."""
    answer = quietly(world.run())
    assert answer.code == FAILED
    assert {mail["To"] for mail in world.mails()} <= {OPERATOR}
    has_nothing_half(world)
    return answer


TABLES = ("delivery", "ledger_row", "unit_version", "unit_assessment", "mail", "month_report")


@pytest.mark.parametrize("table", TABLES)
def test_a_database_whose_disk_is_full_stops_the_run_and_stores_nothing_half_in(world, table):
    world.month()
    with trouble(world, table, "raise sqlstate '53100' using message = 'No space left on device'"):
        answer = stops(world)
    tells(answer.out + answer.err, FULL)
    assert world.value(f"select count(*) from {table} where not {is_notice(table)}") == 0
    loaded = "select count(*) from delivery where source = 'ekonomi'"
    assert world.value(loaded) * 36 == world.value("select count(*) from ledger_row")
    sees_done(world)


def is_notice(table):
    return "kind = 'korning_stoppad'" if table == "mail" else "false"


@pytest.mark.parametrize("table", ["ledger_row", "unit_assessment", "mail"])
def test_a_connection_that_is_cut_stops_the_run_and_stores_nothing_half_in(world, table):
    world.month()
    with trouble(world, table, "perform pg_terminate_backend(pg_backend_pid())"):
        answer = stops(world)
    tells(answer.out + answer.err, "Databasen svarar inte", "kör igen")
    assert world.value(f"select count(*) from {table} where not {is_notice(table)}") == 0
    sees_done(world)


@contextmanager
def small_disk(world, size):
    """Lend a tablespace on a disk of so many bytes, where the system lets us mount one."""
    data = Path(world.value("show data_directory"))
    folder = data.parent / "small"
    folder.mkdir()
    options = f"size={size},mode=700,uid={data.stat().st_uid}"
    mount = ["mount", "-t", "tmpfs", "-o", options, "none", folder]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("no right to mount")
    try:
        world.execute(f"create tablespace small location '{folder}'")
        yield
        world.execute("drop tablespace small")
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()


LONG = economy() + "".join(
    f"2026-{month:02d};101;{group:05d};0;0\n" for month in range(1, 10) for group in range(6_000)
)
"""A ledger of 1.4 megabytes, and of some four in the database."""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
@pytest.mark.usefixtures("done_month")
def test_a_real_disk_that_is_full_under_the_database_keeps_what_was_stored_before(world):
    with small_disk(world, 2_000_000):
        world.execute("alter table ledger_row set tablespace small")
        before = world.contents() | {"month": []}
        path = world.put("ekonomi_2026-09_rattad.csv", LONG)
        answer = quietly(world.run())
        world.execute("alter table ledger_row set tablespace pg_default")
        assert answer.code == FAILED
        tells(answer.out, FULL)
        has_only(before, world.contents() | {"month": []}, mail=1)
    sees_done(world)
    assert (
        world.value("select row_count from current_delivery where file_name = %s", path.name) == 36 + 54_000
    )


# The disk


def run_with_largest_file(world, largest):
    """Run the month in a process that may write no file of more than so many bytes."""
    # Compiled modules are files too: one that is cut off would break every later import.
    done = subprocess.run(
        [sys.executable, "-B", "-m", "flows.cli.main", "run", "2026-09", "--today", TODAY],
        env=world.environment | {"PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return quietly(Answer(done.returncode, done.stdout, done.stderr))


def test_a_delivery_whose_bytes_have_no_room_stops_the_run_and_leaves_no_half_file(world):
    world.month(ekonomi=LONG)
    answer = run_with_largest_file(world, 200_000)
    assert answer.code == FAILED
    tells(answer.out, "filen är större än vad som får skrivas.", "Åtgärda det och kör igen;")
    has_nothing_half(world)
    assert world.value("select count(*) from delivery where source = 'ekonomi'") == 0
    assert world.value("select count(*) from ledger_row") == 0
    sees_done(world)


def test_a_report_that_cannot_be_written_stops_the_run_and_is_made_by_the_next(world):
    world.month()
    in_the_way = world.home / "reports"
    in_the_way.write_text("")
    answer = stops(world)
    tells(answer.out, "Stopp i write_report: Det går inte att spara i", "en del av sökvägen är en fil")
    assert world.value("select count(*) from month_report") == 0
    in_the_way.unlink()
    sees_done(world)
    assert (in_the_way / "2026-09/manadsrapport_2026-09.html").exists()


# The mail server


def sees_mailed_once(world, by_smtp, *words):
    """Run with a server that works: the month is done, and manager and controller have one mail from it."""
    world.execute("update mail set next_attempt_at = now() - interval '1 day' where state = 'retrying'")
    sink = Sink()
    with serving(sink) as port:
        by_smtp(port)
        for _ in range(2):
            assert quietly(world.run(*words)).code == 0
    assert [to for _, to, _ in sink.mails] == [MANAGER, CONTROLLER]
    assert world.rows("select distinct state from mail") == [("sent",)]


say = smtp_servers.say
AWAY = {
    "hangs up at once": {"CONNECT": smtp_servers.hang_up},
    "says nothing": {"CONNECT": smtp_servers.hang},
    "is busy": {"CONNECT": say(b"421 upptagen\r\n")},
    "wants the receiver later": {"RCPT": say(b"450 senare\r\n")},
    "is full after the mail": {"END": say(b"452 fullt\r\n")},
}


@pytest.mark.parametrize("acts", AWAY.values(), ids=AWAY)
def test_the_month_waits_with_its_mail_for_a_server_that(world, by_smtp, acts):
    world.month()
    with misbehaving(**acts) as (port, _):
        by_smtp(port)
        answer = quietly(world.run())
    assert answer.code == NOT_FINISHED
    tells(answer.out, "September 2026: rapporten är skriven, mejl återstår.")
    status = world.manad("status", "2026-09", "--json").json
    assert (status["state"], status["mails"]["queued"] + status["mails"]["retrying"]) == ("reported", 1)
    sees_mailed_once(world, by_smtp)


def test_the_month_waits_with_its_mail_for_a_server_that_is_down(world, by_smtp):
    world.month()
    by_smtp(free_port())
    assert quietly(world.run()).code == NOT_FINISHED
    listed = world.manad("mail", "list")
    tells(
        listed.out, MANAGER, "Mejlservern 127.0.0.1 tar inte emot förbindelser. Kontrollera server och port."
    )
    sees_mailed_once(world, by_smtp)


def test_a_mail_that_the_server_refuses_for_good_is_told_and_sent_when_the_operator_says_so(world, by_smtp):
    world.month()
    with misbehaving(RCPT=say(b"550 okand\r\n")) as (port, _):
        by_smtp(port)
        answer = quietly(world.run())
    assert answer.code == 0
    tells(answer.out, "Mejl: 2 MISSLYCKADE.", "manad mail resend --failed")
    tells(world.manad("status", "2026-09").out, f"till {MANAGER} (", f"Rätta adressen {MANAGER}.")
    tells(world.manad("mail", "list").out, f"svarade 550 okand. Rätta adressen {MANAGER}.")
    sees_mailed_once(world, by_smtp, "--mails", "failed")


@pytest.mark.parametrize("act", [smtp_servers.hang_up, smtp_servers.hang])
def test_a_mail_that_may_have_gone_out_is_never_sent_again_by_itself(world, by_smtp, act):
    world.month()
    with misbehaving(END=act) as (port, _):
        by_smtp(port)
        answer = quietly(world.run())
    assert answer.code == NOT_FINISHED
    tells(answer.out, "Avgör osäkra mejl: manad mail settle NR --sent eller --dropped")
    tells(world.manad("status", "2026-09").out, f"till {MANAGER} (", "OSÄKERT")
    sink = Sink()
    with serving(sink) as port:
        by_smtp(port)
        assert quietly(world.run()).code == NOT_FINISHED
        settled = world.manad("mail", "settle", world.value("select id from mail"), "--sent")
        assert settled.code == 0
        assert quietly(world.run()).code == 0
    assert [to for _, to, _ in sink.mails] == [CONTROLLER]  # told once the month was done
    assert world.value("select state from month where period = '2026-09-01'") == "done"


def test_without_a_sender_nothing_is_tried(world, monkeypatch):
    world.month()
    monkeypatch.setenv("MANAD_MAIL_URL", f"smtp://127.0.0.1:{free_port()}")
    answer = world.run()
    assert answer.code == USAGE
    tells(one_line(answer), "MANAD_MAIL_FROM saknas: ange adressen innan mejl skickas med SMTP.")
    assert not any(world.counts().values())


def test_a_fault_of_the_program_itself_is_one_line_and_its_traceback_is_in_a_file(world, monkeypatch):
    monkeypatch.setattr("flows.cli.month_commands.month_status", lambda *_: 1 / 0)
    answer = world.manad("status", "2026-09")
    assert answer.code == FAILED
    (kept,) = (world.home / "errors").iterdir()
    tells(one_line(answer), "oväntat fel i programmet (ZeroDivisionError)", kept)
    assert "Traceback" in kept.read_text(encoding="utf-8")
