"""Processes that run `manad` and are killed, or kept waiting, at a told moment (`kill_driver.py`)."""

import json
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
LONGEST = 60
"""Seconds that a command may take."""


class Driver:
    """One such process; it is warm, so that its job begins at once."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("kill_driver.py"))],
            env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def start(self, environment, *words, die_at="", wait_at=""):
        """Hand it its job; a job that waits has come to its moment when this returns."""
        job = {"words": words, "environment": environment, "die_at": die_at, "wait_at": wait_at}
        self.hear("ready")
        self.tell(json.dumps(job))
        if wait_at:
            self.hear("waiting")

    def hear(self, word):
        """Read up to the line that says the word; the test's own limit of time bounds the wait."""
        heard = []
        for line in self.process.stdout:
            heard.append(line)
            if line.strip() == word:
                return
        raise AssertionError("".join(heard))

    def tell(self, line=""):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def finish(self):
        """Return its exit code, what it said, and the moments that it passed."""
        said, _ = self.process.communicate(timeout=LONGEST)
        told, _, trace = said.rpartition("\ntrace ")
        return self.process.returncode, told or said, json.loads(trace) if told else []

    def kill(self):
        """End it, whatever it does."""
        self.process.kill()
        with suppress(ValueError):  # its pipes are closed when it was heard to its end
            self.process.communicate(timeout=LONGEST)


class Drivers:
    """Hands out drivers, and has the next one ready by then."""

    def __init__(self):
        self.made = [Driver()]

    def take(self):
        self.made.append(Driver())
        return self.made[-2]

    def clean(self):
        for driver in self.made:
            driver.kill()


@contextmanager
def some_drivers():
    drivers = Drivers()
    try:
        yield drivers
    finally:
        drivers.clean()
