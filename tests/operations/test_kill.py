"""A month is killed anywhere, by SIGKILL, and run again: as if it had never been broken.

The moments are those that an unbroken run passes (`kill_driver.py`), so a new step, transaction, file or mail
is killed too: all of them in `.ci/run`, the first and the last of each step in `make test`.
"""

import os
import signal
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.mails.smtp_servers import Sink, serving
from tests.worlds.drivers import Driver, a_driver
from tests.worlds.examples import chosen, chosen_last
from tests.worlds.kill_driver import OUTSIDE
from tests.worlds.killed_month import (
    MONTH,
    OVER,
    RUN,
    UNITS,
    by_smtp,
    files,
    ids,
    is_as_if_unbroken,
    kill,
    new_world,
    steps_of_a_month,
    unbroken,
    uncertain,
    wait_until_dead,
)
from tests.worlds.small_administration import PERIOD, economy

pytestmark = pytest.mark.timeout(300)  # the served tests run beside, on the same cores

EVERYBODY = len(OVER) + 1
"""Mails of the month: to those who are warned, and to the controller when it is done."""


@pytest.fixture(scope="module")
def driver():
    with a_driver() as driver:
        yield driver


@dataclass
class Killer(Sink):
    """A mail server that has its client killed once it holds a mail, before it says so."""

    at_mail: int = 0
    victim: Driver | None = None

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.mails) == self.at_mail and self.victim.pid is not None:
            self.victim.shoot()
        return answer


@pytest.fixture
def worlds(server, template, tmp_path, monkeypatch, capsys):
    """Lend worlds, one after the other, each with its mail server, or a folder for mails."""

    @contextmanager
    def lend(sink=None, database=template, home=None):
        with ExitStack() as stack:
            mail = by_smtp(stack.enter_context(serving(sink))) if sink is not None else {}
            world = stack.enter_context(new_world(server, database, tmp_path, capsys, home, **mail))
            for name in [name for name in os.environ if name.startswith("MANAD_")]:  # noqa: TID251
                monkeypatch.delenv(name)
            for name, value in world.environment.items():
                monkeypatch.setenv(name, value)
            yield world

    return lend


@pytest.fixture(scope="module")
def whole(server, template, tmp_path_factory, driver):
    """The month, unbroken."""
    sink = Sink()
    with (
        serving(sink) as port,
        new_world(server, template, tmp_path_factory.mktemp("whole"), **by_smtp(port)) as world,
    ):
        world.month(**MONTH)
        found = unbroken(driver, world, sink)
    assert (found.code, len(found.ids)) == (0, EVERYBODY)
    return found


@pytest.mark.parametrize("step", [OUTSIDE, *steps_of_a_month()])
def test_a_month_killed_anywhere_in_a_step_and_run_again_is_as_if_unbroken(step, whole, worlds, driver):
    moments = whole.at(step)
    assert moments
    for moment in chosen(moments):
        sink = Sink()
        with worlds(sink) as world:
            world.month(**MONTH)
            kill(driver, world, moment)
            if " mail " in moment:  # claimed, and perhaps sent: only an operator can know
                assert len(uncertain(world)) == 1, moment
            is_as_if_unbroken(world, sink, whole, moment)


def test_every_step_is_killed_and_mails_before_and_after_they_are_sent(whole):
    killed = [moment for step in [OUTSIDE, *steps_of_a_month()] for moment in whole.at(step)]
    assert len(killed) >= 30
    assert {f"before {step}" for step in steps_of_a_month()} <= set(killed)
    for mail in ("1 of send_mails", "2 of send_mails", f"{len(OVER)} of send_mails", "1 of send_mails again"):
        assert {f"before mail {mail}", f"after mail {mail}"} <= set(killed)


@pytest.mark.parametrize("number", chosen([1, 2, len(OVER), EVERYBODY]))
def test_a_mail_that_the_server_took_from_a_killed_run_is_uncertain_and_not_sent_again(
    number, whole, worlds, driver
):
    sink = Killer(at_mail=number, victim=driver)
    with worlds(sink) as world:
        world.month(**MONTH)
        driver.start(world.environment, *RUN)
        assert driver.finish()[0] == -signal.SIGKILL
        wait_until_dead(world)
        assert [message_id for _, message_id in uncertain(world)] == [ids(world, sink)[number - 1]]
        is_as_if_unbroken(world, sink, whole, f"after mail {number} of send_mails")


def test_mails_that_become_files_are_never_uncertain(worlds, driver):
    with worlds() as world:
        world.month(**MONTH)
        whole = unbroken(driver, world, None)
    assert (whole.code, len(whole.ids)) == (0, EVERYBODY)
    moments = [each for each in whole.at("send_mails") if " file " in each or "after mail " in each]
    for moment in chosen(moments):
        with worlds() as world:
            world.month(**MONTH)
            kill(driver, world, moment)
            is_as_if_unbroken(world, None, whole, moment)


def lacks_a_source(world):
    world.month(**MONTH | {"sjukfranvaro": None})
    world.put("ekonomi_2026-08.csv", "period;enhet\n")  # and one that is refused


def cannot_be_assessed(world):
    world.month(**MONTH)
    world.execute("alter table unit_assessment rename to elsewhere")


@pytest.mark.parametrize(
    ("trouble", "code", "mails", "step"),
    [
        (lacks_a_source, 3, 2, "check_month"),
        (lacks_a_source, 3, 2, "queue_notices"),
        (lacks_a_source, 3, 2, "send_mails"),
        (cannot_be_assessed, 4, 1, "stop_month"),
        (cannot_be_assessed, 4, 1, "queue_notices"),
    ],
)
def test_a_month_that_stops_is_killed_on_its_way_and_stops_as_if_unbroken(
    trouble, code, mails, step, worlds, driver
):
    sink = Sink()
    with worlds(sink) as world:
        trouble(world)
        whole = unbroken(driver, world, sink)
    assert (whole.code, len(whole.ids)) == (code, mails)
    assert whole.at(step)
    for moment in chosen_last(whole.at(step)):
        sink = Sink()
        with worlds(sink) as world:
            trouble(world)
            kill(driver, world, moment)
            is_as_if_unbroken(world, sink, whole, moment)


PAGE = f"reports/{PERIOD}/manadsrapport_{PERIOD}.html"
CHANGED = (*RUN, "--mails", "changed")


@pytest.mark.parametrize("step", ["assess_units", "queue_mails", "write_report"])
def test_a_done_month_whose_revision_is_killed_ends_with_new_mails_and_a_new_page(step, worlds, driver):
    """The page of the first run is there already: it must not be taken for the new one."""
    with worlds() as done:
        done.month(**MONTH | {"ekonomi": economy(over=OVER[:1], units=UNITS)})
        assert done.run().code == 0
        done.put("ekonomi_2026-09_rattad.csv", MONTH["ekonomi"])
        start = {"database": conninfo_to_dict(done.conninfo)["dbname"], "home": done.home}
        with worlds(**start) as world:
            whole = unbroken(driver, world, None, CHANGED)
        assert whole.code == 0
        assert len(whole.ids) == EVERYBODY + 2  # a correction, and the controller is told once more
        assert whole.files[PAGE] != files(done)[PAGE]
        for moment in chosen_last(whole.at(step)):
            with worlds(**start) as world:
                kill(driver, world, moment, CHANGED)
                is_as_if_unbroken(world, None, whole, moment, CHANGED)
