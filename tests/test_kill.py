"""A month is killed anywhere, by SIGKILL, and run again: as if it had never been broken.

The moments are those that an unbroken run passes (`kill_driver.py`), so a new step, transaction, file or mail
is killed too.
"""

import os
import signal
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest

from tests.drivers import some_drivers
from tests.kill_driver import OUTSIDE
from tests.killed_month import (
    MONTH,
    OVER,
    RUN,
    UNITS,
    by_smtp,
    is_as_if_unbroken,
    kill,
    new_world,
    steps_of_a_month,
    unbroken,
)
from tests.notifications.smtp_servers import Sink, serving
from tests.small_administration import economy

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def drivers():
    with some_drivers() as drivers:
        yield drivers


@dataclass
class Killer(Sink):
    """A mail server that has its client killed once it holds a mail, before it says so."""

    victim: int = 0
    at_mail: int = 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.mails) == self.at_mail:
            os.kill(self.victim, signal.SIGKILL)
        return answer


@pytest.fixture
def worlds(server, template, tmp_path, monkeypatch, capsys):
    """Lend worlds, one after the other, each with its mail server, or a folder for mails."""

    @contextmanager
    def lend(sink=None, database=template, home=None):
        with ExitStack() as stack:
            mail = by_smtp(stack.enter_context(serving(sink))) if sink is not None else {}
            world = stack.enter_context(new_world(server, database, tmp_path, capsys, home, **mail))
            for name, value in world.environment.items():
                monkeypatch.setenv(name, value)
            yield world

    return lend


@pytest.fixture(scope="module")
def whole(server, template, tmp_path_factory, drivers):
    """The month, unbroken."""
    sink = Sink()
    with (
        serving(sink) as port,
        new_world(server, template, tmp_path_factory.mktemp("whole"), **by_smtp(port)) as world,
    ):
        world.month(**MONTH)
        return unbroken(drivers.take(), world, sink)


@pytest.mark.parametrize("step", [OUTSIDE, *steps_of_a_month()])
def test_a_month_killed_anywhere_in_a_step_and_run_again_is_as_if_unbroken(step, whole, worlds, drivers):
    moments = whole.at(step)
    assert moments
    for moment in moments:
        sink = Sink()
        with worlds(sink) as world:
            world.month(**MONTH)
            kill(drivers.take(), world, moment)
            is_as_if_unbroken(world, sink, whole, moment)


def test_every_kind_of_moment_is_killed_and_at_least_forty_in_all(whole):
    killed = [moment for step in [OUTSIDE, *steps_of_a_month()] for moment in whole.at(step)]
    assert len(killed) >= 40
    for kind in ("commit 1", "file 1", "mail 1", "mail 2", f"mail {len(OVER)}"):
        assert any(f"before {kind} of" in moment for moment in killed), kind


@pytest.mark.parametrize("number", [1, 2, len(OVER)])
def test_a_mail_that_the_server_took_from_a_killed_run_is_uncertain_and_not_sent_again(
    number, whole, worlds, drivers
):
    driver = drivers.take()
    sink = Killer(victim=driver.process.pid, at_mail=number)
    with worlds(sink) as world:
        world.month(**MONTH)
        driver.start(world.environment, *RUN)
        assert driver.finish()[0] == -signal.SIGKILL
        sink.at_mail = 0
        is_as_if_unbroken(world, sink, whole, f"after mail {number} of send_mails")
        assert world.value("select count(*) from mail_state where shown_state = 'uncertain'") == 0


def test_mails_that_become_files_are_never_uncertain(worlds, drivers):
    with worlds() as world:
        world.month(**MONTH)
        whole = unbroken(drivers.take(), world, None)
    assert len(whole.ids) == len(OVER)
    for moment in whole.at("send_mails"):
        if " mail " in moment or " file " in moment:
            with worlds() as world:
                world.month(**MONTH)
                kill(drivers.take(), world, moment)
                is_as_if_unbroken(world, None, whole, moment)
