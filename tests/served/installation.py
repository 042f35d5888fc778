"""An installation that serves: `manad serve` in a process of its own, on loopback, while a test lasts."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import requests

from sql.server import EmbeddedServer
from tests.mails.smtp_servers import free_port
from tests.served.processes import processes, read
from tests.worlds.documents import ROOT

START_SECONDS = 240
"""Patience only: two installations start at once, beside all other tests on two cores."""
STOP_SECONDS = 10


@dataclass
class Serving:
    """One `manad serve`. Times are seconds since it was first started."""

    home: Path
    mail_url: str
    port: int = field(default_factory=free_port)
    web_port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None
    reader: threading.Thread | None = None
    said: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.perf_counter)
    timeline: list[str] = field(default_factory=list)
    session: requests.Session = field(default_factory=requests.Session)
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self):
        """The environment of `manad serve`, and of a shell beside it."""
        around = os.environ  # noqa: TID251
        kept = {name: around[name] for name in around if not name.startswith(("PREFECT_", "MANAD_"))}
        return kept | {
            "MANAD_HOME": str(self.home),
            "MANAD_MAIL_URL": self.mail_url,
            "MANAD_MAIL_FROM": "manad@example.se",
            "MANAD_OPERATOR_EMAIL": "drift@example.se",
            **self.extra,
        }

    def lock(self, name, password):
        """Let Prefect's server ask for a password, as where others reach it."""
        path = self.home / "prefect.auth"
        path.write_text(f"{name}:{password}\n", encoding="utf-8")
        path.chmod(0o600)
        self.extra["MANAD_PREFECT_AUTH_FILE"] = str(path)
        self.session.auth = (name, password)

    @property
    def worker_environment(self):
        """What a worker of its own, or the setting up, is told besides."""
        name, password = self.session.auth
        return self.environment | {
            "PREFECT_API_URL": self.api,
            "PREFECT_API_AUTH_STRING": f"{name}:{password}",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            "MANAD_CODE": str(ROOT),
        }

    @property
    def api(self):
        return f"http://127.0.0.1:{self.port}/api"

    def begin(self):
        """Start it, and don't wait until it is up."""
        self.said.clear()
        words = ["-m", "flows", "serve", "--port", str(self.port), "--web-port", str(self.web_port)]
        self.process = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.reader = threading.Thread(target=self._listen, args=(self.process.stdout,))
        self.reader.start()

    def start(self):
        self.begin()
        end = time.perf_counter() + START_SECONDS
        while not any(line.startswith("Ctrl-C") for line in self.said):
            if not self.reader.is_alive() or time.perf_counter() > end:
                raise AssertionError("\n".join([*self.said, *self.logs()]))
            time.sleep(0.1)  # noqa: TID251
        self.note("servern, arbetaren, flödena och sidorna är uppe")

    def _listen(self, stdout):
        with stdout:
            for line in stdout:
                self.said.append(line.rstrip())

    def stop(self):
        """Tell it to stop; return the seconds that it took."""
        begun = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.reader.join()
        return time.perf_counter() - begun

    def kill(self):
        """Kill `manad serve` alone, at once."""
        self.process.kill()
        self.process.wait(timeout=60)
        self.reader.join()

    def logs(self):
        return [
            line
            for path in (self.home / "logs").glob("*.log")
            for line in path.read_text().splitlines()[-40:]
        ]

    def note(self, what):
        self.timeline.append(f"{time.perf_counter() - self.begun:6.1f} s  {what}")

    def post(self, path, **body):
        answer = self.session.post(f"{self.api}{path}", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def run_flow(self, name, **parameters):
        """Ask for a run as the UI does; return its id."""
        return self.post(f"{self.deployment(name)}/create_flow_run", parameters=parameters)["id"]

    def let_run_at_once(self, name, limit):
        """Let so many runs of a flow go on at the same time."""
        path = f"{self.api}{self.deployment(name)}"
        self.session.patch(path, json={"concurrency_limit": limit}, timeout=30).raise_for_status()

    def schedule_flow(self, name, when):
        """Leave a run to be made at a time, as the server's scheduler does."""
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": when.isoformat()}}
        return self.post(f"{self.deployment(name)}/create_flow_run", state=state)["id"]

    def deployment(self, name):
        found = self.session.get(f"{self.api}/deployments/name/{name}/{name}", timeout=30)
        found.raise_for_status()
        return f"/deployments/{found.json()['id']}"

    def runs(self, flow=None):
        """Return the runs of a flow that were asked for or have begun, oldest first."""
        wanted = {"flows": {"name": {"any_": [flow]}}} if flow else {}
        found = self.post("/flow_runs/filter", sort="START_TIME_ASC", **wanted)
        return [run for run in found if not run["auto_scheduled"] or run["start_time"]]

    def schedules(self):
        """Return each deployment's schedules, and when the server means to run it, by name."""
        return {
            each["name"]: (each["schedules"], self.ahead(each["id"]))
            for each in self.post("/deployments/filter")
            if each["schedules"]
        }

    def ahead(self, deployment):
        """Return when the server means to run a deployment by its schedule."""
        wanted = {"deployments": {"id": {"any_": [deployment]}}}
        found = self.post("/flow_runs/filter", sort="EXPECTED_START_TIME_ASC", **wanted)
        return [run["expected_start_time"] for run in found if run["auto_scheduled"]]

    def pause_schedules(self):
        """Let nothing run by the clock: a test may last over any hour."""
        for each in self.post("/deployments/filter"):
            for schedule in each["schedules"]:
                path = f"{self.api}/deployments/{each['id']}/schedules/{schedule['id']}"
                self.session.patch(path, json={"active": False}, timeout=30).raise_for_status()
        looks = "watch_inbox"  # the clock may have struck ten minutes since the start
        self.until("inget går efter klockan", lambda: len(self.finished(looks)) == len(self.runs(looks)))

    def newest_run(self):
        return self.runs("follow_up_month")[-1]["name"]

    def states(self, flow):
        return [run["state_name"] for run in self.runs(flow)]

    def finished(self, flow):
        """Return how the runs of a flow have ended."""
        return [
            run["state_name"]
            for run in self.runs(flow)
            if run["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
        ]

    def artifacts(self):
        return {each["key"]: each for each in self.post("/artifacts/latest/filter", sort="KEY_ASC")}

    def events(self, name):
        found = self.post("/events/filter", filter={"event": {"name": [name]}}, limit=50)
        return [each["payload"] for each in found["events"]]

    def until_a_run_holds_a_month(self):
        """Wait until a living run holds a month; it does so for a few seconds."""
        held = "select 1 from month where held_by in (select id from living_worker)"
        self.until("en körning håller månaden", lambda: self.rows(held), look=0.2)

    def ended(self, count):
        """So many runs of the month have ended, in whatever way."""
        types = [run["state_type"] for run in self.runs("follow_up_month")]
        return len(types) == count and not {"SCHEDULED", "PENDING", "RUNNING"} & {*types}

    def started(self, *words):
        """Return the one process of this home whose command line has these words."""
        home, wanted = f"MANAD_HOME={self.home}".encode(), "\0".join(words).encode()
        (found,) = [
            pid
            for pid in processes()
            if wanted in read(pid, "cmdline") and home in read(pid, "environ").split(b"\0")
        ]
        return found

    def worker(self):
        return self.started("worker", "start")

    def automations(self):
        return sorted(each["name"] for each in self.post("/automations/filter"))

    def answers(self, path):
        """Prefect's server answers a question, well."""
        try:
            ask = self.session.get if path == "/health" else self.session.post
            return ask(f"{self.api}{path}", timeout=5).ok
        except requests.RequestException:
            return False

    @staticmethod
    def now():
        return datetime.now(UTC)  # noqa: TID251

    def until(self, what, holds, seconds=120, look=1.0):
        """Wait until something holds, asked every so many seconds (look), and note when it did."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if holds():
                self.note(what)
                return
            time.sleep(look)  # noqa: TID251
        raise AssertionError("\n".join([f"{what}: inte inom {seconds} s", *self.timeline, *self.logs()]))

    def rows(self, statement):
        """Ask the installation's own database."""
        with (
            EmbeddedServer(self.home) as server,
            psycopg.connect(server.conninfo(), autocommit=True) as connection,
        ):
            return connection.execute(statement).fetchall()
