"""The whole product as an operator has it: server, worker and events, from files in the inbox to mails."""

import json
import os
import shutil
import signal
import tempfile
from datetime import date
from pathlib import Path

import pytest

from tasks.rules.periods import Period
from tests.notifications.smtp_servers import Sink, serving
from tests.served.installation import STOP_SECONDS, Serving
from tests.small_administration import (
    CONTROLLER,
    MANAGERS,
    assistance,
    economy,
    organisation,
    sick_leave,
    volumes,
    write,
)

pytestmark = pytest.mark.timeout(600)

MONTH = Period.of(date.today()).plus(-1)  # noqa: DTZ011, TID251 - what is run unasked is recent
FIRST = {
    "organisation": organisation(),
    "ekonomi": economy(MONTH.year, MONTH.month),
    "prestationer": volumes(MONTH),
    "bistand": assistance(MONTH),
    "sjukfranvaro": sick_leave(MONTH),
}
STATES = "select source, state, revision from delivery order by source, id"


@pytest.fixture(scope="module")
def served():
    home = Path(tempfile.mkdtemp(prefix="manad-serve-"))
    home.chmod(0o755)
    sink = Sink()
    with serving(sink) as port:
        manad = Serving(home, f"smtp://127.0.0.1:{port}")
        manad.sink = sink
        try:
            manad.start()
            yield manad
        finally:
            if manad.process.poll() is None:
                manad.stop()
            print("\n".join(["", *manad.timeline]))  # noqa: T201
    shutil.rmtree(home, ignore_errors=True)


def drop(served, source, text, addition=""):
    path = served.home / "inbox" / f"{source}_{MONTH}{addition}.csv"
    write(path, text)
    os.utime(path, (0, 0))  # it has lain there for long


def look(served):
    served.run_flow("watch_inbox")


def test_files_in_the_inbox_become_a_month_with_mails_by_events_alone(served):
    for source, text in FIRST.items():
        drop(served, source, text)
    served.note("fem filer i inkorgen")
    look(served)
    served.until("inkorgen är sedd", lambda: served.states("watch_inbox") == ["Completed"])
    served.until("månaden är komplett", lambda: served.events("manad.month.complete"))
    served.until("månaden är klar", lambda: served.states("follow_up_month") == ["Completed"])
    served.until("… och det har sagts", lambda: served.events("manad.month.done"))
    assert served.rows(STATES) == [(source, "accepted", 1) for source in sorted(FIRST)]
    assert served.rows("select period, state from month") == [(MONTH.first_day, "done")]
    assert sorted(to for _, to, _ in served.sink.mails) == [MANAGERS["101"], CONTROLLER]
    assert len(served.events("manad.delivery.accepted")) == len(FIRST)
    assert [each["unit"] for each in served.events("manad.deviation.found")] == ["101"]
    assert [each["unit"] for each in served.events("manad.plan.required")] == ["101"]
    page = served.artifacts()[f"manad-{MONTH}"]["data"]
    assert "1 larm" in page
    assert "Förskolan Norr" in page
    assert "anna@" not in page
    (run,) = served.runs("follow_up_month")
    assert run["name"] == f"{MONTH} uppföljning"
    tasks = served.post("/task_runs/filter", task_runs={"flow_run_id": {"any_": [run["id"]]}})
    assert len(tasks) <= 8, [task["name"] for task in tasks]


def test_a_corrected_file_makes_anew_what_it_changes_and_mails_nobody_again(served):
    drop(served, "ekonomi", economy(MONTH.year, MONTH.month, over=("101", "102")), "_rattad")
    served.note("en rättad fil i inkorgen")
    look(served)
    served.until("den rättade månaden är klar", lambda: len(served.states("follow_up_month")) == 2)
    served.until("… och körningen slut", lambda: served.states("follow_up_month") == ["Completed"] * 2)
    assert served.rows("select revision from delivery where source = 'ekonomi' order by id") == [(1,), (2,)]
    assert served.rows("select max(version) from assessment") == [(2,)]
    assert served.rows("select count(*) from delivery") == [(len(FIRST) + 1,)]
    assert len(served.sink.mails) == 2
    assert served.runs("follow_up_month")[-1]["name"] == f"{MONTH} uppföljning (omkörning 1)"


def test_a_bad_file_is_told_to_the_operator_and_runs_nothing(served):
    drop(served, "ekonomi", "period;enhet\n2026-99;x\n", "_trasig")
    look(served)
    served.until("kvittot på en nekad fil är mejlat", lambda: len(served.sink.mails) == 3)
    assert served.sink.mails[-1][1] == "drift@example.se"
    served.until("… och det har sagts", lambda: served.events("manad.delivery.refused"))
    assert [each["source"] for each in served.events("manad.delivery.refused")] == ["ekonomi"]
    assert len(served.states("follow_up_month")) == 2
    (served.home / "inbox" / f"ekonomi_{MONTH}_trasig.csv").unlink()


def test_a_worker_that_is_killed_alone_leaves_a_run_that_doubles_nothing(served):
    before = len(served.sink.mails)
    drop(served, "ekonomi", economy(MONTH.year, MONTH.month, over=("101", "102", "103")), "_tredje")
    served.run_flow("follow_up_month", period=str(MONTH), mails="changed")
    served.until("en körning håller månaden", lambda: held(served))
    os.kill(worker_of(served), signal.SIGKILL)
    served.note("kill -9 av arbetaren ensam")
    served.until("körningen är slut", lambda: ended(served, 3))
    served.run_flow("follow_up_month", period=str(MONTH), mails="changed")
    served.until("omkörningen är klar", lambda: ended(served, 4))
    assert served.states("follow_up_month")[-1] == "Completed"
    nobody_got_two(served, before)


def test_a_worker_and_its_run_that_are_killed_are_marked_crashed_and_the_next_run_ends_the_month(served):
    before = len(served.sink.mails)
    drop(served, "ekonomi", economy(MONTH.year, MONTH.month, over=("102", "103"), by=0.2), "_fjarde")
    served.run_flow("follow_up_month", period=str(MONTH), mails="changed")
    served.until("en körning håller månaden", lambda: held(served))
    worker = worker_of(served)
    killed = [*children_of(worker), worker]
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    served.note(f"kill -9 av arbetaren och dess körning ({len(killed)} processer)")
    assert len(killed) > 1
    served.run_flow("follow_up_month", period=str(MONTH), mails="changed")
    served.until("körningen är märkt Crashed", lambda: served.states("follow_up_month")[4] == "Crashed", 240)
    served.until("omkörningen är klar", lambda: ended(served, 6))
    assert served.states("follow_up_month")[-1] == "Completed"
    assert served.rows("select state from month") == [("done",)]
    nobody_got_two(served, before)
    served.until("driften har fått veta", lambda: any(b"dog" in mail for *_, mail in served.sink.mails), 60)


def held(served):
    return served.rows("select 1 from month where held_by in (select id from living_worker)")


def ended(served, count):
    """So many runs of the month have ended, in whatever way."""
    types = [run["state_type"] for run in served.runs("follow_up_month")]
    return len(types) == count and not {"SCHEDULED", "PENDING", "RUNNING"} & {*types}


def nobody_got_two(served, before):
    """No mail went out twice since."""
    new = [mail.split(b"Message-ID: ")[1].split()[0] for *_, mail in served.sink.mails[before:]]
    assert new
    assert len(set(new)) == len(new)


def worker_of(served):
    """Return the process of the installation's worker."""
    home = f"MANAD_HOME={served.home}".encode()
    (worker,) = [
        pid
        for pid in processes()
        if b"worker\0start" in read(pid, "cmdline") and home in read(pid, "environ").split(b"\0")
    ]
    return worker


def children_of(parent):
    """Return the processes that a process has started, and what those have."""
    own = [
        pid for pid in processes() if read(pid, "stat").rpartition(b")")[2].split()[1:2] == [b"%d" % parent]
    ]
    return [pid for child in own for pid in (child, *children_of(child))]


def processes():
    return [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]


def read(pid, name):
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


def test_what_serves_stops_within_ten_seconds_and_leaves_no_process(served):
    leaders = [process["pid"] for process in record(served)]
    took = served.stop()
    assert took < STOP_SECONDS, took
    assert served.said[-1] == "Allt är stoppat."
    assert served.process.returncode == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in leaders)
    assert not list(served.home.rglob("postmaster.pid"))


def test_after_a_kill_the_next_start_stops_what_was_left_and_serves_again(served):
    served.start()
    left = [process["pid"] for process in record(served)]
    served.kill()
    served.start()
    assert any("hade lämnat" in line for line in served.said)
    assert not any(Path(f"/proc/{pid}").exists() for pid in left)
    assert len(served.states("follow_up_month")) == 6
    served.stop()


def record(served):
    return json.loads((served.home / "serve.json").read_text())["processes"]
