"""The whole product as an operator has it: server, worker and events, from files in the inbox to mails."""

import json
import os
import signal
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from tasks.clock import STOCKHOLM
from tests.served.installation import STOP_SECONDS
from tests.served.month_files import MONTH, drop, month_files
from tests.served.processes import children_of
from tests.worlds.small_administration import (
    CONTROLLER,
    MANAGERS,
    economy,
)
from tests.worlds.whole import in_whole

pytestmark = pytest.mark.timeout(600)

FIRST = month_files()
SATURDAY = 5
LONGER_STEPS = [
    "receive_deliveries", "assess_units", "queue_mails", "write_report", "queue_notices", "send_mails",
    "send_mails",
]  # fmt: skip
"""Those that are a task of the flow each, in the order of a month."""
STATES = "select source, state, revision from delivery order by source, id"


def test_every_schedule_has_runs_ahead_at_its_hour_in_stockholm(served):
    served.until(
        "servern har lagt upp schemalagda körningar",
        lambda: all(len(ahead) > 1 for _, ahead in served.schedules().values()),
    )
    hours = {}
    for name, (_, ahead) in served.schedules().items():
        times = [datetime.fromisoformat(when).astimezone(STOCKHOLM) for when in ahead]
        hours[name] = {when.strftime("%H.%M") for when in times}
        if name in ("chase_action_plans", "fetch_sources"):
            assert all(when.weekday() < SATURDAY for when in times)
    every_ten = hours.pop("watch_inbox")
    assert all(when.endswith("0") for when in every_ten)
    assert hours == {"chase_action_plans": {"07.30"}, "fetch_sources": {"06.30"}, "sweep": {"06.00"}}
    assert "Traceback" not in "\n".join(served.logs())
    served.pause_schedules()


def test_files_in_the_inbox_become_a_month_with_mails_by_events_alone(served):
    for source, text in FIRST.items():
        drop(served, source, text)
    served.note("fem filer i inkorgen")
    before = len(served.runs("watch_inbox"))
    served.run_flow("watch_inbox")
    # The clock may look there as well, as it strikes ten minutes.
    served.until("inkorgen är sedd", lambda: "Completed" in served.finished("watch_inbox")[before:])
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
    in_order = sorted(tasks, key=lambda task: task["start_time"])
    assert [task["name"].rpartition("-")[0] for task in in_order] == LONGER_STEPS


def test_a_corrected_file_makes_anew_what_it_changes_and_mails_nobody_again(served):
    drop(served, "ekonomi", economy(MONTH.year, MONTH.month, over=("101", "102")), "_rattad")
    served.note("en rättad fil i inkorgen")
    served.run_flow("watch_inbox")
    served.until("den rättade månaden är klar", lambda: len(served.states("follow_up_month")) == 2)
    served.until("… och körningen slut", lambda: served.states("follow_up_month") == ["Completed"] * 2)
    assert served.rows("select revision from delivery where source = 'ekonomi' order by id") == [(1,), (2,)]
    assert served.rows("select max(version) from assessment") == [(2,)]
    assert served.rows("select count(*) from delivery") == [(len(FIRST) + 1,)]
    assert len(served.sink.mails) == 2
    assert served.runs("follow_up_month")[-1]["name"] == f"{MONTH} uppföljning (omkörning 1)"


def test_a_bad_file_is_told_to_the_operator_and_runs_nothing(served):
    drop(served, "ekonomi", "period;enhet\n2026-99;x\n", "_trasig")
    served.run_flow("watch_inbox")
    served.until("kvittot på en nekad fil är mejlat", lambda: len(served.sink.mails) == 3)
    assert served.sink.mails[-1][1] == "drift@example.se"
    served.until("… och det har sagts", lambda: served.events("manad.delivery.refused"))
    assert [each["source"] for each in served.events("manad.delivery.refused")] == ["ekonomi"]
    assert len(served.states("follow_up_month")) == 2
    (served.home / "inbox" / f"ekonomi_{MONTH}_trasig.csv").unlink()


def test_a_worker_and_its_run_that_are_killed_are_marked_crashed_and_the_next_run_ends_the_month(served):
    before, runs = len(served.sink.mails), len(served.runs("follow_up_month"))
    drop(served, "ekonomi", economy(MONTH.year, MONTH.month, over=("102", "103"), by=0.2), "_tredje")
    served.run_flow("follow_up_month", period=str(MONTH), mails="changed")
    served.until_a_run_holds_a_month()
    worker = served.worker()
    killed = [*children_of(worker), worker]
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    served.note(f"kill -9 av arbetaren och dess körning ({len(killed)} processer)")
    assert len(killed) > 1
    served.run_flow("follow_up_month", period=str(MONTH), mails="changed")
    served.until(
        "körningen är märkt Crashed", lambda: served.states("follow_up_month")[runs] == "Crashed", 240
    )
    served.until("omkörningen är klar", lambda: served.ended(runs + 2))
    assert served.states("follow_up_month")[-1] == "Completed"
    assert served.rows("select state from month") == [("done",)]
    nobody_got_two(served, before)
    served.until("driften har fått veta", lambda: any(b"dog" in mail for *_, mail in served.sink.mails), 60)


@in_whole
def test_a_worker_that_is_killed_alone_leaves_a_run_that_doubles_nothing(served):
    before, runs = len(served.sink.mails), len(served.runs("follow_up_month"))
    drop(served, "ekonomi", economy(MONTH.year, MONTH.month, over=("101", "102", "103")), "_fjarde")
    served.run_flow("follow_up_month", period=str(MONTH), mails="changed")
    served.until_a_run_holds_a_month()
    os.kill(served.worker(), signal.SIGKILL)
    served.note("kill -9 av arbetaren ensam")
    served.until("körningen är slut", lambda: served.ended(runs + 1))
    served.run_flow("follow_up_month", period=str(MONTH), mails="changed")
    served.until("omkörningen är klar", lambda: served.ended(runs + 2))
    assert served.states("follow_up_month")[-1] == "Completed"
    nobody_got_two(served, before)


def nobody_got_two(served, before):
    """No mail went out twice since."""
    new = [mail.split(b"Message-ID: ")[1].split()[0] for *_, mail in served.sink.mails[before:]]
    assert new
    assert len(set(new)) == len(new)


def test_what_serves_stops_within_ten_seconds_and_leaves_no_process(served):
    leaders = [process["pid"] for process in record(served)]
    took = served.stop()
    assert took < STOP_SECONDS, took
    assert served.said[-1] == "Allt är stoppat."
    assert served.process.returncode == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in leaders)
    assert not list(served.home.rglob("postmaster.pid"))


@in_whole
def test_after_the_whole_service_was_killed_the_next_start_serves_and_its_run_is_marked_crashed(served):
    served.start()
    runs = len(served.runs("follow_up_month"))
    served.run_flow("follow_up_month", period=str(MONTH), from_step="receive_deliveries")
    served.until_a_run_holds_a_month()
    left = [process["pid"] for process in record(served)]
    killed = [*children_of(served.worker()), *left]
    served.kill()
    for pid in killed:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    served.note("kill -9 av allt utom databasen, mitt i en körning")
    served.start()
    assert not any(Path(f"/proc/{pid}").exists() for pid in left)
    served.run_flow("follow_up_month", period=str(MONTH))
    served.until(
        "körningen är märkt Crashed", lambda: served.states("follow_up_month")[runs] == "Crashed", 240
    )
    served.until("nästa körning är klar", lambda: served.ended(runs + 2))
    assert served.states("follow_up_month")[-1] == "Completed"
    assert served.rows("select state from month") == [("done",)]
    served.stop()


def test_what_is_told_to_stop_while_it_starts_stops_at_once_and_leaves_nothing(served):
    served.begin()
    served.until("den är på väg upp", lambda: any("Startar" in line for line in served.said))
    assert served.stop() < STOP_SECONDS
    assert served.said[-1] == "Allt är stoppat."
    assert not list(served.home.rglob("postmaster.pid"))


def record(served):
    return json.loads((served.home / "serve.json").read_text())["processes"]
