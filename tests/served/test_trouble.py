"""What goes wrong around the runs: odd events, a server or a database that dies, a deploy in the middle."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
import requests

from tests.served.month_files import MONTH, drop, month_files
from tests.worlds.documents import ROOT
from tests.worlds.small_administration import CONTROLLER, MANAGERS, economy
from tests.worlds.whole import WHOLE

pytestmark = pytest.mark.timeout(600)

ASSESSED = "select max(version) from assessment"
DONE = "select period from month where state = 'done'"
MISSED = (73, 49, 25, 1) if WHOLE else (25, 1)
"""Hours since a daily run was to go; what is a day old is too late."""


def command(environment, *words):
    """Run one of our modules beside the server, as in a shell of the service's account."""
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def tell(served, event, **payload):
    """Send an event as another system may: nothing says that it is well formed."""
    resource = f"{event.rpartition('.')[0]}.{payload['period']}"
    about = {"prefect.resource.id": resource, "manad.period": payload["period"]}
    told = {
        "id": str(uuid4()),
        "occurred": served.now().isoformat(),
        "event": event,
        "resource": about,
        "payload": payload,
    }
    answer = served.session.post(f"{served.api}/events", json=[told], timeout=30)
    answer.raise_for_status()


def follow_up(served, period=MONTH, **parameters):
    return served.run_flow("follow_up_month", period=str(period), **parameters)


def test_files_handed_in_at_the_command_line_start_the_month_as_those_in_the_inbox_do(served, tmp_path):
    files = [tmp_path / f"{source}_{MONTH}.csv" for source in month_files()]
    for path, text in zip(files, month_files().values(), strict=True):
        path.write_text(text, encoding="utf-8")
    code, said = command(served.environment, "flows", "deliver", *map(str, files))
    assert code == 0, said
    served.pause_schedules()
    served.until("månaden är klar", lambda: served.ended(1))
    assert served.states("follow_up_month") == ["Completed"]
    assert sorted(to for _, to, _ in served.sink.mails) == [MANAGERS["101"], CONTROLLER]


def test_an_event_that_comes_twice_makes_nothing_twice(served):
    for _ in range(2):
        tell(served, "manad.delivery.received", period=str(MONTH), source="ekonomi")
        tell(served, "manad.month.complete", period=str(MONTH))
    served.until("båda händelserna har lett till körningar", lambda: served.ended(3))
    assert set(served.states("follow_up_month")) == {"Completed"}
    assert served.rows(ASSESSED) == [(1,)]
    assert len(served.sink.mails) == 2


def test_an_event_about_no_month_or_no_source_of_ours_runs_no_month_and_stops_nothing(served):
    tell(served, "manad.month.complete", period="september")
    tell(served, "manad.delivery.received", period="2031-13", source="ekonomi")
    tell(served, "manad.delivery.received", period=str(MONTH), source="lotteri")
    drop(served, "ekonomi", economy(MONTH.year, MONTH.month, over=("101", "102")), "_rattad")
    served.run_flow("watch_inbox")
    served.until("det som var riktigt gick vidare", lambda: served.ended(4))
    assert set(served.states("follow_up_month")) == {"Completed"}
    assert served.rows(ASSESSED) == [(2,)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"period": "september"},
        {"period": 202609},
        {"period": str(MONTH), "mails": "alla"},
        {"period": str(MONTH), "preview": "kanske"},
        {"period": str(MONTH), "from_step": "mejla"},
        {},
    ],
)
def test_parameters_that_a_run_cant_have_are_refused_before_it_is_made(served, wrong):
    with pytest.raises(requests.HTTPError) as refused:
        served.run_flow("follow_up_month", **wrong)
    assert refused.value.response.status_code in (409, 422)
    assert len(served.runs("follow_up_month")) == 4


def test_a_deploy_in_the_middle_of_a_run_leaves_the_run_alone_and_every_automation_once(served):
    before = served.automations()
    follow_up(served, from_step="receive_deliveries")
    served.until_a_run_holds_a_month()
    code, said = command(served.worker_environment, "flows.serving.set_up_server")
    assert code == 0, said
    served.until("flödena är upplagda på nytt och körningen är klar", lambda: served.ended(5))
    assert set(served.states("follow_up_month")) == {"Completed"}
    assert served.automations() == before
    assert len(set(before)) == len(before)
    paused = [schedule["active"] for schedules, _ in served.schedules().values() for schedule in schedules]
    assert not any(paused), "what the operator has paused stays paused"
    tell(served, "manad.month.complete", period=str(MONTH))
    served.until("händelser startar körningar som förut", lambda: served.ended(6))


def test_while_prefects_server_is_dead_the_command_line_works_and_the_worker_goes_on_after_it(served):
    worker = served.worker()
    os.kill(served.started("server", "start"), signal.SIGKILL)
    served.note("kill -9 av Prefects server")
    code, said = command(served.environment, "flows", "run", str(MONTH))
    assert code == 0, said
    served.until("servern svarar igen", lambda: served.answers("/health"))
    follow_up(served)
    served.until("arbetaren gick vidare", lambda: served.ended(7))
    assert served.states("follow_up_month")[-1] == "Completed"
    assert served.worker() == worker


def test_a_database_that_dies_is_started_again_and_both_server_and_runs_go_on(served):
    (pid_file,) = served.home.rglob("postmaster.pid")
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
    served.note("kill -9 av databasen")
    served.until("databasen svarar igen", lambda: any("startad igen" in line for line in served.said), 60)
    served.until("servern svarar igen", lambda: served.answers("/flow_runs/count"))
    follow_up(served, mails="changed")
    served.until("en körning är klar", lambda: served.ended(8))
    assert served.states("follow_up_month")[-1] == "Completed"
    assert served.rows("select state from month") == [("done",)]


def test_a_month_that_stops_is_told_by_the_webhook_and_is_run_again(served):
    reports = served.home / "reports"
    reports.rename(served.home / "kept")
    reports.write_text("i vägen", encoding="utf-8")
    before = len(served.hooks)
    follow_up(served, from_step="write_report")
    served.until("månaden har stannat", lambda: served.ended(9))
    assert served.states("follow_up_month")[-1] == "MonthStopped"
    served.until("webhooken har fått veta", lambda: len(served.hooks) > before)
    assert served.hooks[before:] == [
        f"Månadsuppföljning: prefect.flow-run.MonthStopped: {served.newest_run()}"
    ]
    reports.unlink()
    (served.home / "kept").rename(reports)
    follow_up(served)
    served.until("den är klar", lambda: served.ended(10))
    assert served.states("follow_up_month")[-1] == "Completed"


def test_what_the_server_lets_through_ends_its_run_before_the_first_step(served):
    before, runs = served.rows("select count(*) from month_run"), len(served.runs("follow_up_month"))
    follow_up(served, today="i går")
    follow_up(served, dag="2026-11-05")
    served.until("båda körningarna är nekade", lambda: served.ended(runs + 2))
    ended = {run["state_type"]: run["state"]["message"] for run in served.runs("follow_up_month")[runs:]}
    assert ended.keys() == {"FAILED", "CRASHED"}
    assert "today: Input should be a valid date" in ended["FAILED"]
    assert served.rows("select count(*) from month_run") == before


def test_a_schedule_that_was_missed_for_days_is_run_once(served):
    for hours in MISSED:
        served.schedule_flow("sweep", served.now() - timedelta(hours=hours))
    served.until(
        "de missade genomgångarna har blivit en", lambda: len(served.finished("sweep")) == len(MISSED)
    )
    assert sorted(served.finished("sweep")) == ["Completed", *["Skipped"] * (len(MISSED) - 1)]


@pytest.mark.parametrize("count", [3, pytest.param(10, marks=pytest.mark.proof)])
def test_two_workers_and_many_months_at_once_make_each_month_once(served, count):
    months = [MONTH.plus(-number) for number in range(count, 0, -1)]
    served.pause_schedules()
    drop(served, "organisation", month_files()["organisation"], period=months[0])
    for period in months:
        for source, text in month_files(period).items():
            if source != "organisation":
                drop(served, source, text, period=period)
    served.let_run_at_once("follow_up_month", 4)  # else they would take turns
    before, done = len(served.runs("follow_up_month")), served.rows(DONE)
    with another_worker(served):
        for period in (*months, months[-1]):
            follow_up(served, period)
        served.until(f"{count} månader är körda", lambda: served.ended(before + count + 1), 400)
    ended = served.runs("follow_up_month")[before:]
    assert {run["state_name"] for run in ended} == {"Completed"}
    assert len(served.rows(DONE)) == len(done) + count
    told = [mail.split(b"Message-ID: ")[1].split()[0] for *_, mail in served.sink.mails]
    assert told
    assert len(set(told)) == len(told)


@contextmanager
def another_worker(served):
    """Let a second worker of the pool live for a while."""
    words = ("prefect", "worker", "start", "--pool", "manad", "--type", "process", "--name", "den andra")
    worker = subprocess.Popen(
        [sys.executable, "-m", *words],
        env=served.worker_environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        worker.kill()  # told to stop it doesn't, where Ctrl-C is ignored as in a shell's background
        worker.wait(timeout=60)
