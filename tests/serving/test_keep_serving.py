"""What serves is kept alive: whatever ends by itself is started again, for as long as it takes."""

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from flows.serving.keep_serving import LOOK_AT_DATABASE, PAUSE, keep_serving
from flows.serving.processes import Served
from sql.errors import DatabaseError
from tasks.clock import Clock

MORNING = 8 * 3600


@dataclass
class Night:
    """Hours of serving in no time: a clock, processes of which some die, and what the operator is told."""

    seconds: float
    lives: dict = field(default_factory=dict)
    now: float = 0.0
    said: list = field(default_factory=list)
    started: list = field(default_factory=list)
    dead: set = field(default_factory=set)

    def wait(self, seconds):
        """Be the event that says stop: when the night is over."""
        self.now += seconds
        self.dead |= {name for name, dies_at in self.lives.items() if dies_at(self.now)}
        return self.now > self.seconds

    def ended(self):
        return [Served(name, ("words", name), None, Path(f"{name}.log")) for name in sorted(self.dead)]

    def start(self, name, *words):
        self.started.append((round(self.now), name, words))
        self.dead.discard(name)

    def keep(self, database=lambda: False):
        keep_serving(self, database, Clock(stopwatch=lambda: self.now), self, self.said.append)


def test_what_dies_once_is_started_again_within_two_seconds_and_it_is_said():
    night = Night(60, {"worker": lambda now: now == 30})
    night.keep()
    assert night.started == [(31, "worker", ("words", "worker"))]
    assert night.said == ["worker avslutades av sig själv och startas igen om 1 s (se worker.log)."]


def test_what_dies_at_once_all_night_is_tried_more_and_more_seldom_and_never_given_up():
    night = Night(MORNING, {"worker": lambda _: True})
    night.keep()
    times = [at for at, *_ in night.started]
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert pauses[:7] == sorted(pauses[:7])
    assert max(pauses) <= 301
    assert MORNING - times[-1] <= 301
    assert len(times) < 130


def test_one_that_waits_to_be_started_again_holds_up_no_other():
    night = Night(1_000, {"prefect": lambda _: True, "web": lambda now: now == 700})
    night.keep()
    assert [name for at, name, _ in night.started if 700 <= at <= 702] == ["web"]


def test_a_database_that_had_died_is_started_and_it_is_said():
    night = Night(60)
    deaths = iter([False, True])
    night.keep(lambda: next(deaths, False))
    assert night.said == ["Databasen hade stannat och är startad igen."]


def test_a_database_that_cant_be_started_is_tried_again_and_told_of_once():
    night, asked = Night(600), []

    def broken():
        asked.append(night.now)
        raise DatabaseError("Disken är full där databasen ligger.")

    night.keep(broken)
    assert night.said == ["Disken är full där databasen ligger."]
    assert len(asked) >= 600 / (LOOK_AT_DATABASE + PAUSE)
