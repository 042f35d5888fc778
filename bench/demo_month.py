"""The demo month as an operator waits for it: first with all mails, then again from unchanged files."""

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

PERIOD = Period(2026, 9)


def run() -> list[Bound]:
    """Measure three homes: the first run with the database warm, the second with the start of it."""
    print("demo_month: 125 units")
    firsts, seconds = [], []
    for _ in range(TIMES):
        home = Path(tempfile.mkdtemp(prefix="manad-bench-"))
        home.chmod(0o755)
        try:
            generate(home / "demo", period=PERIOD)
            with EmbeddedServer(home):
                firsts.append(manad_run(home))
            seconds.append(manad_run(home))
        finally:
            shutil.rmtree(home)
    return [
        Bound("the demo month, first time, database warm", median(firsts), 15, 6, "s"),
        Bound("the demo month again, database cold", median(seconds), 3, 3, "s"),
    ]


def manad_run(home: Path) -> float:
    """Run the month in a process of its own; return its wall time and print that of its steps."""
    words = [
        "-m",
        "flows.cli.main",
        "run",
        str(PERIOD),
        "--inbox",
        str(home / "demo"),
        "--today",
        "2026-10-07",
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
    return took
