"""The demo month as an operator waits for it: with its history and all mails, then again, unchanged."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measure import TIMES, Bound, median
from demo.generate import generate
from flows.cli.progress import TITLE_WIDTH
from sql.server import EmbeddedServer
from tasks.rules.periods import Period
from tasks.rules.state_words import step_title

PERIOD = Period(2026, 9)


def run() -> list[Bound]:
    """Measure three homes: the first run with the database warm, the second with the start of it."""
    print("demo_month: 125 units")
    firsts, seconds, histories = [], [], []
    for _ in range(TIMES):
        home = Path(tempfile.mkdtemp(prefix="manad-bench-"))
        home.chmod(0o755)
        try:
            generate(home / "demo", period=PERIOD)
            with EmbeddedServer(home):
                history, month = manad_run(home)
            histories.append(history / month)
            firsts.append(month)
            seconds.append(sum(manad_run(home)))
        finally:
            shutil.rmtree(home)
    return [
        Bound("the demo month, first time, database warm", median(firsts), 15, 6, "s"),
        Bound("the demo's history ÷ the month itself", median(histories), 3, 1, "×"),
        Bound("the demo month again, database cold", median(seconds), 3, 3, "s"),
    ]


def manad_run(home: Path, period: Period = PERIOD) -> tuple[float, float]:
    """Run the month in a process of its own; return the wall time of its history and of the rest."""
    words = [
        "-m",
        "flows.cli.main",
        "run",
        str(period),
        "--inbox",
        str(home / "demo"),
        "--history",
        str(home / "demo" / "tidigare"),
        "--today",
        str(period.plus(1).first_day.replace(day=7)),
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MANAD_")}
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *words],
        check=True,
        capture_output=True,
        text=True,
        env=environment | {"MANAD_HOME": str(home)},
    )
    took = time.perf_counter() - begun
    steps, title = {}, ""
    for line in done.stdout.splitlines():
        title = line[2:TITLE_WIDTH].strip() or title
        if spent := re.search(r" ([\d,]+) s$", line):
            steps[title] = float(spent[1].replace(",", "."))
    told = " · ".join(f"{name} {spent:.1f}" for name, spent in steps.items())
    print(f"    {took:.2f} s: {told} · the rest {took - sum(steps.values()):.1f}")
    history = steps[step_title("receive_history")]
    return history, took - history
