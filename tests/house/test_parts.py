"""The parts of `make test` run side by side: one that fails is told of, and Ctrl-C stops them all."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.worlds.documents import ROOT

RUN = """
import sys
from tests.parts import run
sys.exit(run({name: [sys.executable, "-c", text] for name, text in %r}))
"""
FINE = "print('3 passed in 0.1s')"
SLOW = """
import os, time
try:
    print(os.getpid(), flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("stopped what it had started", flush=True)
"""


def run_parts(*parts):
    return [sys.executable, "-c", RUN % (parts,)]


def finished(*parts):
    done = subprocess.run(
        run_parts(*parts), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout


def test_each_part_is_told_with_its_time_and_pytests_closing_line():
    code, said = finished(("one", FINE), ("other", FINE))
    assert code == 0
    assert [line.split(" | ")[-1] for line in said.splitlines()[-3:-1]] == ["3 passed in 0.1s"] * 2
    assert "one     |  0.0 min | 3 passed" in said


def test_a_part_that_fails_is_told_of_at_the_end_and_fails_the_whole():
    wrong = "print('begun'); print('=== FAILURES ==='); print('assert 1 == 2'); raise SystemExit(1)"
    code, said = finished(("one", wrong), ("other", FINE))
    assert code == 1
    assert "one misslyckades:\n=== FAILURES ===\nassert 1 == 2\n" in said
    assert said.index("other   | 3 passed") < said.index("misslyckades")


def test_a_part_that_dies_without_a_word_of_it_shows_its_last_lines():
    code, said = finished(("one", "print('begun'); import os; os.kill(os.getpid(), 9)"))
    assert code == 1
    assert "one misslyckades:\nbegun\n" in said


def test_ctrl_c_lets_every_part_stop_what_it_has_started():
    parts = subprocess.Popen(
        run_parts(("one", SLOW), ("other", SLOW)), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with parts:
        begun = [parts.stdout.readline() for _ in range(2)]
        parts.send_signal(signal.SIGINT)
        rest = parts.stdout.read()
    assert parts.wait(timeout=60) == 130
    assert rest.count("stopped what it had started") == 2
    assert not any(Path(f"/proc/{int(line.split()[-1])}").exists() for line in begun)
