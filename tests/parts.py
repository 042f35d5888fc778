"""`python -m tests.parts`: the parts of `make test`, side by side, each a pytest of its own.

Most tests keep a core busy. Those of what serves mostly wait for Prefect's clocks, so they run beside the
others, each file with a home and ports of its own. In the whole form (whole.py) those of rules are measured,
which makes tests twice as slow: every branch of a rule is tried by them, and no others are. What goes wrong
around what serves is tried there too.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.worlds.whole import WHOLE

RULES, SERVED = "tests/rules", "tests/served"
IN_TURN = ("-s", "-vv", "-x", "--durations=0", "--durations-min=1")
"""Each of these tests goes on from where the one before it ended."""
WORKERS = len(os.sched_getaffinity(0)) + 1
"""One more than there are cores: each waits a third of its time, for its database or a server of its own."""
AT_ONCE = ("-n", str(WORKERS), "--dist", "worksteal", "--ignore", SERVED)
EVENTS = (*IN_TURN, f"{SERVED}/test_events.py")
SHORT = {"tests": AT_ONCE, "events": EVENTS}
ALL = {
    "rules": (RULES, "--cov", "--cov-report=term-missing:skip-covered", "--cov-fail-under=100"),
    "tests": (*AT_ONCE, "--ignore", RULES),
    "events": EVENTS,
    "trouble": (*IN_TURN, f"{SERVED}/test_trouble.py"),
}
WRONG = ("= FAILURES =", "= ERRORS =")
"""Where pytest begins to tell what went wrong."""
LAST = 60
"""So many lines are shown of a part that fails and doesn't say so."""
STOP_SECONDS = 90
"""A test that is interrupted first stops what it has started."""
INTERRUPTED = 130


class Part:
    """A process that runs some of the tests; what it says comes out as it comes, each line under its name."""

    def __init__(self, name: str, words: Sequence[str]) -> None:
        self.name, self.lines, self.seconds = name, [], 0.0
        self._begun = time.perf_counter()
        self.process = subprocess.Popen(
            words,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # Ctrl-C reaches it from here, once
        )
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _listen(self) -> None:
        with self.process.stdout as stdout:
            for line in stdout:
                self.lines.append(line.rstrip())
                say(f"{self.name:8}| {line.rstrip()}")
        self.seconds = time.perf_counter() - self._begun

    def finish(self) -> None:
        self.process.wait()
        self._reader.join()

    def stop(self) -> None:
        """Interrupt it, and kill it when it doesn't end."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def trouble(self) -> list[str]:
        """Return what it said of what went wrong."""
        begins = [number for number, line in enumerate(self.lines) if any(word in line for word in WRONG)]
        return self.lines[begins[0] :] if begins else self.lines[-LAST:]

    def result(self) -> str:
        """Return its time, and pytest's closing line."""
        last = next((line for line in reversed(self.lines) if line), "")
        return f"{self.name:8}| {minutes(self.seconds)} | {last.strip('= ')}"


def say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def minutes(seconds: float) -> str:
    return f"{seconds / 60:4.1f} min"


def environment() -> dict[str, str]:
    """Return what a part is told. Compiled code is kept: else every start of what serves compiles it anew."""
    around = os.environ  # noqa: TID251
    kept = {name: around[name] for name in around if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONUNBUFFERED": "1"}


def left_out() -> list[str]:
    """Return what isn't tested here, and why."""
    from tests.pages.browser import CHROMIUM  # noqa: PLC0415 - drags a browser's driver along

    around = os.environ  # noqa: TID251
    reference = Path(around.get("MANAD_TEST_REFERENCE", "../shared/reference"))
    reasons = {
        "sidorna i webbläsare (Chromium saknas)": not CHROMIUM.exists(),
        "Excelfilen i LibreOffice (soffice saknas)": shutil.which("soffice") is None,
        "det som bara root får (byta konto, montera en disk)": os.geteuid() != 0,
        f"exempelfilerna ({reference} saknas)": not reference.is_dir(),
        "det som tar längre tid, och mätningen av regler (MANAD_TEST_WHOLE=1 make test)": not WHOLE,
        "det som tar längst tid (make proof)": True,
    }
    return [what for what, is_so in reasons.items() if is_so]


def run(commands: Mapping[str, Sequence[str]]) -> int:
    """Run commands side by side; return 0 if all went well, 1 if one failed, 130 when interrupted."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    begun, parts = time.perf_counter(), []
    try:
        for name, words in commands.items():
            parts.append(Part(name, words))
        for part in parts:
            part.finish()
    except KeyboardInterrupt:
        for part in parts:
            part.stop()
        return INTERRUPTED
    failed = [part for part in parts if part.process.returncode]
    for part in failed:
        say("", f"{part.name} misslyckades:", *part.trouble())
    say("", *(part.result() for part in parts))
    say(f"{'allt':8}| {minutes(time.perf_counter() - begun)}")
    return 1 if failed else 0


def main() -> int:
    pytest = (sys.executable, "-m", "pytest")
    parts = ALL if WHOLE else SHORT
    code = run({name: (*pytest, *words) for name, words in parts.items()})
    say(*(f"Utelämnat: {what}." for what in left_out()))
    return code


if __name__ == "__main__":
    sys.exit(main())
