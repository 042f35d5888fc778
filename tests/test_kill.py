"""A month is killed anywhere, by SIGKILL, and run again: as if it had never been broken.

The moments are those that an unbroken run passes (`kill_driver.py`), so a new step, transaction, file or mail
is killed too. What an interrupted sending rightly leaves otherwise stands in `undo_what_is_told`, alone.
"""

import email
import email.policy
import os
import re
import shutil
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

import pytest

from flows.month import follow_up
from tests.drivers import some_drivers
from tests.kill_driver import OUTSIDE
from tests.notifications.smtp_servers import Sink, serving
from tests.small_administration import PERIOD, economy, organisation, sick_leave, volumes
from tests.world import TODAY, World, table_contents

pytestmark = pytest.mark.timeout(120)

UNITS = {str(100 + number): f"Enhet {number}" for number in range(1, 7)}
OVER = tuple(UNITS)[:5]
MONTH = {
    "organisation": organisation({code: f"chef{code}@example.se" for code in UNITS}, UNITS),
    "ekonomi": economy(over=OVER, units=UNITS),
    "prestationer": volumes(units=UNITS),
    "sjukfranvaro": sick_leave(units=UNITS),
}
RUN = ("run", PERIOD, "--today", TODAY)
FIRST, LAST = 4, 2
"""Of what a step does many times (files, mails), the first and the last are killed."""
NUMBERS = count(1)


def steps_of_a_month():
    """Return the names of the steps that a month is made of, in their order."""
    names = []

    def note(step, *_):
        names.append(step.__name__)
        return True

    follow_up(None, note)
    return names


@dataclass(frozen=True)
class Unbroken:
    """What a run that nobody killed passed and left: moments, rows, Message-IDs, files."""

    moments: tuple
    contents: dict
    ids: tuple
    files: dict

    def at(self, step):
        """Return the moments of a step to be killed at.

        Between an `after` and the next `before` nothing lasting happens, and the latter dies with its
        transaction open: only the very last `after` is a moment of its own.
        """
        found = [moment for moment in self.moments[:-1] if moment.startswith("before ")]
        return [
            moment
            for moment in [*found, self.moments[-1]]
            if moment.endswith(f" {step}") and self._is_first_or_last(moment)
        ]

    def _is_first_or_last(self, moment):
        many = re.match(r"before (\w+) (\d+) of (.*)", moment)
        if many is None:
            return True
        what, number, step = many.groups()
        made = sum(bool(re.match(rf"before {what} \d+ of {step}$", each)) for each in self.moments)
        return int(number) <= FIRST or int(number) > made - LAST


@pytest.fixture(scope="module")
def drivers():
    with some_drivers() as drivers:
        yield drivers


@pytest.fixture
def worlds(server, template, tmp_path, monkeypatch, capsys):
    """Make worlds of their own, one after the other."""

    @contextmanager
    def world(start=None, **environment):
        name = f"kill_{os.getpid()}_{next(NUMBERS)}"
        home = tmp_path / name
        url = server.create_database(name, template=template if start is None else start.database)
        if start is not None:
            shutil.copytree(start.home, home)
        everything = {"MANAD_HOME": str(home), "MANAD_DATABASE_URL": url} | environment
        for key, value in everything.items():
            monkeypatch.setenv(key, value)
        yield World(home, url.replace("postgresql+psycopg://", "postgresql://"), everything, capsys)
        server.drop_database(name)

    return world


def by_smtp(port):
    return {
        "MANAD_MAIL_URL": f"smtp://127.0.0.1:{port}",
        "MANAD_MAIL_FROM": "manad@example.se",
        "MANAD_OPERATOR_EMAIL": "drift@example.se",
    }


def kill(driver, world, moment, *words):
    """Run the month until it dies at the moment, and until the database has seen that."""
    driver.start(world.environment, *(words or RUN), die_at=moment)
    code, said, _ = driver.finish()
    assert code == -signal.SIGKILL, f"{moment}: {said}"


def unbroken(driver, world, sink=None, *words):
    """Run the month to its end."""
    driver.start(world.environment, *(words or RUN))
    code, said, moments = driver.finish()
    assert code == 0, said
    return Unbroken(tuple(moments), world.contents(), tuple(sorted(ids(world, sink))), files(world))


def ids(world, sink):
    """Return the Message-IDs of the mails that arrived."""
    if sink is None:
        return [mail["Message-ID"] for mail in world.mails()]
    return [email.message_from_bytes(raw)["Message-ID"] for _, _, raw in sink.mails]


def files(world):
    """Return every file of the home by its name: mails without their date, others by their bytes.

    Left out are the half copies of deliveries, under names that nobody reads.
    """
    paths = [path for path in world.home.rglob("*") if path.is_file() and path.suffix != ".part"]
    return {str(path.relative_to(world.home)): _content(path) for path in paths}


def _content(path):
    raw = path.read_bytes()
    return re.sub(rb"(?m)^Date: .*$", b"", raw) if path.suffix == ".eml" else raw


def uncertain(world):
    return world.rows("select id, message_id from mail_state where shown_state = 'uncertain'")


def finish_uncertain(world, sink):
    """Do what an operator does: settle what arrived, send again what didn't, and run the month."""
    for mail, message_id in uncertain(world):
        how = ("settle", mail, "--sent") if message_id in ids(world, sink) else ("resend", mail)
        assert world.manad("mail", *how).code == 0
    return world.run()


def undo_what_is_told(world):
    """Undo the only traces that a kill may leave in rows, having made sure that they are no others.

    A mail that an operator settled as sent says so, and one that was taken up again counts two attempts.
    """
    assert world.value("select count(*) from mail where state = 'settled' or attempts > 1") <= 1
    assert world.value("select count(*) from mail where attempts > 2 or settled_as <> 'sent'") == 0
    world.execute(
        "update mail set state = 'sent', settled_as = null, settled_by = null where state = 'settled'"
    )
    world.execute("update mail set attempts = 1 where attempts = 2")


@pytest.fixture(scope="module")
def whole(server, template, tmp_path_factory, drivers):
    """The month, unbroken, its mails sent by SMTP."""
    yield from _whole(server, template, tmp_path_factory.mktemp("whole"), drivers, smtp=True)


@pytest.fixture(scope="module")
def whole_in_folder(server, template, tmp_path_factory, drivers):
    """The month, unbroken, its mails written to a folder."""
    yield from _whole(server, template, tmp_path_factory.mktemp("folder"), drivers, smtp=False)


def _whole(server, template, folder, drivers, smtp):
    name = f"whole_{os.getpid()}_{next(NUMBERS)}"
    url = server.create_database(name, template=template)
    sink = Sink()
    with serving(sink) as port:
        environment = {"MANAD_HOME": str(folder / "home"), "MANAD_DATABASE_URL": url}
        environment |= by_smtp(port) if smtp else {}
        world = World(folder / "home", url.replace("+psycopg", ""), environment, None)
        world.month(**MONTH)
        yield unbroken(drivers.take(), world, sink if smtp else None)
    server.drop_database(name)


@pytest.mark.parametrize("step", [OUTSIDE, *steps_of_a_month()])
def test_a_month_killed_anywhere_in_a_step_and_run_again_is_as_if_unbroken(step, whole, worlds, drivers):
    moments = whole.at(step)
    assert moments
    for moment in moments:
        sink = Sink()
        with serving(sink) as port, worlds(**by_smtp(port)) as world:
            world.month(**MONTH)
            kill(drivers.take(), world, moment)
            is_as_if_unbroken(world, sink, whole, moment)


def is_as_if_unbroken(world, sink, whole, moment):
    answer = world.run()
    doubtful = [message_id for _, message_id in uncertain(world)]
    arrived = ids(world, sink)
    assert len(doubtful) <= 1, moment
    assert len(set(arrived)) == len(arrived), moment
    assert set(arrived) | set(doubtful) == set(whole.ids), moment
    assert answer.code == (3 if doubtful else 0), f"{moment}: {answer.out}{answer.err}"
    if doubtful:
        assert "send_mails" in moment
        assert finish_uncertain(world, sink).code == 0, moment
    assert sorted(ids(world, sink)) == list(whole.ids), moment
    if "send_mails" in moment:
        undo_what_is_told(world)
    assert world.contents() == whole.contents, moment
    assert files(world) == whole.files, moment
