"""What Prefect costs a month: from the event of its last file until mails are queued, beside `manad run`."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg
import requests

from bench.demo_month import manad_run
from bench.measure import Bound
from demo.generate import generate
from sql.server import EmbeddedServer
from tasks.rules.periods import Period

MONTH = Period.of(date.today()).plus(-1)  # noqa: DTZ011 - what events run is recent
QUEUED = "select finished_at from month_step where step = 'queue_mails'"
LONGEST = 240
"""Seconds that anything may take before the bench gives up."""


def run() -> list[Bound]:
    """Serve an installation, drop the demo's files, follow the month through events; then run it plainly."""
    print("prefect_overhead: 125 units")
    home = Path(tempfile.mkdtemp(prefix="manad-bench-"))
    home.chmod(0o755)
    try:
        generate(home / "demo", period=MONTH)
        with EmbeddedServer(home) as database, served(home) as api:
            seen, queued, flow = followed(home, api, database)
        plain_home = home / "plain"
        plain_home.mkdir()
        shutil.copytree(home / "demo", plain_home / "demo")
        with EmbeddedServer(plain_home):
            _, plain = manad_run(plain_home, MONTH)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(
        f"    event to mails queued {queued - seen:.1f} s; the flow run {flow:.1f} s; manad run {plain:.1f} s"
    )
    return [
        Bound("event to mails queued, demo month", queued - seen, 40, 25, "s"),
        Bound("the flow run ÷ manad run", flow / plain, 3, 1.5, "×"),
    ]


def followed(home: Path, api: str, database: EmbeddedServer) -> tuple[float, float, float]:
    """Return when the files were told of, when mails were queued (s), and how long (s) the flow run took."""
    inbox = home / "inbox"
    for path in (home / "demo").glob("*.csv"):
        shutil.copy2(path, inbox)
        os.utime(inbox / path.name, (0, 0))
    start(api, "watch_inbox")
    seen = until(lambda: newest_event(api, "manad.delivery.received"))
    with psycopg.connect(database.conninfo(), autocommit=True) as connection:
        row = until(lambda: connection.execute(QUEUED).fetchone())
    ended = until(
        lambda: [each for each in runs(api) if each["state_type"] not in ("RUNNING", "PENDING", "SCHEDULED")]
    )
    return seen, row[0].timestamp(), float(ended[0]["total_run_time"])


def newest_event(api: str, name: str) -> float | None:
    found = post(api, "/events/filter", filter={"event": {"name": [name]}}, limit=1)["events"]
    return datetime.fromisoformat(found[0]["occurred"]).timestamp() if found else None


def runs(api: str) -> list[dict[str, Any]]:
    return list(post(api, "/flow_runs/filter", flows={"name": {"any_": ["follow_up_month"]}}))


def start(api: str, name: str) -> None:
    deployment = requests.get(f"{api}/deployments/name/{name}/{name}", timeout=30).json()["id"]
    post(api, f"/deployments/{deployment}/create_flow_run")


def post(api: str, path: str, **body: Any) -> Any:
    answer = requests.post(f"{api}{path}", json=body, timeout=30)
    answer.raise_for_status()
    return answer.json()


def until(found: Callable[[], Any]) -> Any:
    """Return what is found, when it is."""
    end = time.perf_counter() + LONGEST
    while time.perf_counter() < end:
        if result := found():
            return result
        time.sleep(0.5)
    raise TimeoutError(f"not within {LONGEST} s")


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve a home while the block runs; yields the address of Prefect's API."""
    ports = [free_port(), free_port()]
    around = {
        name: value for name, value in os.environ.items() if not name.startswith(("MANAD_", "PREFECT_"))
    }
    words = ["-m", "flows", "serve", "--port", str(ports[0]), "--web-port", str(ports[1])]
    process = subprocess.Popen(
        [sys.executable, *words],
        env=around | {"MANAD_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        if process.stdout is None or not any(line.startswith("Ctrl-C") for line in process.stdout):
            raise RuntimeError("manad serve did not start")
        yield f"http://127.0.0.1:{ports[0]}/api"
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
