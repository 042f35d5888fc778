"""Processes that run `manad` and are killed, or kept waiting, at a told moment (`kill_driver.py`)."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 10
"""Seconds that a process may take to end; longer waits are bounded by the test's own limit of time."""


class Driver:
    """One that runs a command at a time, each in a process of its own."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("kill_driver.py"))],
            env={
                "PYTHONPATH": str(ROOT),
                "PYTHONUTF8": "1",
                "OPENBLAS_NUM_THREADS": "1",
                "POLARS_MAX_THREADS": "1",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.said = ""
        self.pid = None
        self.hear("ready")

    def start(self, environment, *words, die_at="", wait_at=""):
        """Hand it a command; one that waits has come to its moment when this returns."""
        self.said = ""
        self.tell(
            json.dumps({"words": words, "environment": environment, "die_at": die_at, "wait_at": wait_at})
        )
        self.pid = int(self.hear("began"))
        if wait_at:
            self.hear("waiting")

    def hear(self, word):
        """Read up to the line that begins with the word, and return the rest of that line."""
        for line in self.process.stdout:
            first, _, rest = line.strip().partition(" ")
            if first == word:
                return rest
            self.said += line
        raise AssertionError(self.said)

    def tell(self, line=""):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def finish(self):
        """Return the command's exit code, what it said, and the moments that it passed."""
        code, self.pid = int(self.hear("ended")), None
        said, _, trace = self.said.partition("\ntrace ")
        return code, said, json.loads(trace) if trace else []

    def shoot(self):
        """Send SIGKILL to the command."""
        os.kill(self.pid, signal.SIGKILL)

    def kill(self):
        """Kill the command, and wait until it is dead."""
        self.shoot()
        self.finish()

    def close(self):
        if self.pid is not None:
            self.shoot()
        self.process.kill()
        self.process.communicate(timeout=LONGEST)


@contextmanager
def a_driver():
    """Lend a driver; what it still runs is killed in the end."""
    driver = Driver()
    try:
        yield driver
    finally:
        driver.close()
