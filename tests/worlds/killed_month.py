"""What a month is compared by when it was killed and run again: moments, rows, Message-IDs, files."""

import email
import os
import re
import shutil
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from flows.month import follow_up
from tasks.operations.close_month import MonthOutcome
from tests.server.place import wait_until
from tests.worlds.small_administration import PERIOD, economy, organisation, sick_leave, volumes
from tests.worlds.world import TODAY, World

UNITS = {str(100 + number): f"Enhet {number}" for number in range(1, 7)}
OVER = tuple(UNITS)[:5]
MONTH = {
    "organisation": organisation({code: f"chef{code}@example.se" for code in UNITS}, UNITS),
    "ekonomi": economy(over=OVER, units=UNITS),
    "prestationer": volumes(units=UNITS),
    "sjukfranvaro": sick_leave(units=UNITS),
}
"""Five managers are warned, and one controller is told that the month is done."""
RUN = ("run", PERIOD, "--today", TODAY)
FIRST, LAST = 2, 1
"""Of what a step does many times (files, mails), so many at either end are killed."""
NUMBERS = count(1)


def steps_of_a_month():
    """Return the names of the steps that a month is made of, in the order in which they first come."""
    names = []

    def note(step, *_):
        names.append(step.__name__)
        return MonthOutcome("done", None, (), 0, mails_to_controllers=1)

    follow_up(None, note)
    return [*dict.fromkeys(names)]


@contextmanager
def new_world(server, template, folder, capture=None, home=None, **environment):
    """Lend a world with a copy of a database, and of a home that belongs to it."""
    name = f"kill_{os.getpid()}_{next(NUMBERS)}"
    url = server.create_database(name, template=template)
    everything = {"MANAD_HOME": str(folder / name), "MANAD_DATABASE_URL": url} | environment
    world = World(folder / name, url.replace("+psycopg", ""), everything, capture)
    if home is not None:
        shutil.copytree(home, world.home, dirs_exist_ok=True)
    try:
        yield world
    finally:
        world.close()
        server.drop_database(name)


def by_smtp(port):
    return {
        "MANAD_MAIL_URL": f"smtp://127.0.0.1:{port}",
        "MANAD_MAIL_FROM": "manad@example.se",
        "MANAD_OPERATOR_EMAIL": "drift@example.se",
    }


@dataclass(frozen=True)
class Unbroken:
    """What a run that nobody killed passed and left. closing: the ids of mails that the month is done."""

    code: int
    moments: tuple
    contents: dict
    ids: list
    closing: frozenset
    files: dict

    def at(self, step):
        """Return the moments of a step to be killed at.

        Between an `after` and the next `before` nothing lasting happens, and the latter dies with its
        transaction open: only a mail that is sent but not yet marked, and the very end, stand for themselves.
        """
        wanted = ("before ", "after mail ", self.moments[-1])
        ends = (f" {step}", f" {step} again")
        found = [each for each in self.moments if each.startswith(wanted) and each.endswith(ends)]
        return [each for each in found if self._is_first_or_last(each)]

    def _is_first_or_last(self, moment):
        many = re.fullmatch(r"(\w+ \w+) (\d+) of (.*)", moment)
        if many is None:
            return True
        what, number, step = many.groups()
        made = sum(bool(re.fullmatch(rf"{what} \d+ of {step}", each)) for each in self.moments)
        return int(number) <= FIRST or int(number) > made - LAST


def unbroken(driver, world, sink, words=RUN):
    """Run the month to its end."""
    driver.start(world.environment, *words)
    code, said, moments = driver.finish()
    assert moments, said
    closing = frozenset(
        each for (each,) in world.rows("select message_id from mail where kind = 'manad_klar'")
    )
    return Unbroken(code, tuple(moments), world.contents(), sorted(ids(world, sink)), closing, files(world))


def kill(driver, world, moment, words=RUN):
    """Run the month until it dies at the moment, and until the database has noticed."""
    driver.start(world.environment, *words, die_at=moment)
    code, said, _ = driver.finish()
    assert code == -signal.SIGKILL, f"{moment}: {said}"
    wait_until_dead(world)


def wait_until_dead(world):
    """Wait until the database has seen the end of a killed process's connection; it takes milliseconds."""
    wait_until(lambda: world.value("select count(*) from living_worker") == 0)


def is_as_if_unbroken(world, sink, whole, moment, words=RUN):
    """Run the killed month again, settle what is uncertain as an operator does, and compare it all."""
    answer = world.manad(*words)
    doubtful = [message_id for _, message_id in uncertain(world)]
    arrived = ids(world, sink)
    assert len(doubtful) <= 1, moment
    assert len(set(arrived)) == len(arrived), moment
    # A month in doubt isn't done, and nobody is told that it is.
    awaited = whole.closing if doubtful and not whole.closing & {*doubtful} else set()
    assert {*arrived, *doubtful} == set(whole.ids) - awaited, moment
    assert answer.code == max(whole.code, 3 if doubtful else 0), f"{moment}: {answer.out}{answer.err}"
    if doubtful:
        assert sink is not None, moment
        assert " send_mails" in moment, moment
        settle_or_resend(world, sink)
        assert world.manad(*words).code == whole.code, moment
    assert sorted(ids(world, sink)) == whole.ids, moment
    if " send_mails" in moment:
        undo_what_is_told(world)
    for table, rows in world.contents().items():
        assert rows == whole.contents[table], (moment, table)
    assert files(world) == whole.files, moment


def settle_or_resend(world, sink):
    """Settle the uncertain mails that arrived, and queue the others again."""
    for mail, message_id in uncertain(world):
        how = ("settle", mail, "--sent") if message_id in ids(world, sink) else ("resend", mail)
        assert world.manad("mail", *how).code == 0


def undo_what_is_told(world):
    """Undo the only traces that a kill may leave in rows, having made sure that they are no others.

    A mail that an operator settled as sent says so and on which day, and one that was taken up again counts
    two attempts.
    """
    assert world.value("select count(*) from mail where state = 'settled' or attempts > 1") <= 1
    assert world.value("select count(*) from mail where attempts > 2 or settled_as <> 'sent'") == 0
    world.execute(
        "update mail set state = 'sent', settled_as = null, settled_by = null,"
        f" sent_on = '{TODAY}' where state = 'settled'"
    )
    world.execute("update mail set attempts = 1 where attempts = 2")


def ids(world, sink):
    """Return the Message-IDs of the mails that arrived."""
    if sink is None:
        return [mail["Message-ID"] for mail in world.mails()]
    return [email.message_from_bytes(raw)["Message-ID"] for _, _, raw in sink.mails]


def uncertain(world):
    return world.rows("select id, message_id from mail_state where shown_state = 'uncertain'")


def files(world):
    """Return every file of the home by its name: mails without their date, others by their bytes.

    Left out are halves that a kill left under names that nobody reads.
    """
    paths = [path for path in world.home.rglob("*") if path.is_file() and path.suffix != ".part"]
    return {str(path.relative_to(world.home)): _content(path) for path in paths}


def _content(path):
    raw = path.read_bytes()
    return re.sub(rb"(?m)^Date: .*$", b"", raw) if path.suffix == ".eml" else raw
