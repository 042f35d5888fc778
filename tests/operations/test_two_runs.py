"""Two runs of the same month: one works, the other says so, and whoever dies or hangs is succeeded."""

import shutil
import socket
import time

import pytest

from flows.month import follow_up
from sql.server import EmbeddedServer
from tasks.clock import Clock
from tasks.installation import open_installation
from tasks.month import MonthLostError, Options, hold_month
from tasks.rules.periods import Period
from tasks.settings import read_settings
from tasks.worker import LEASE_SECONDS
from tests.worlds.drivers import a_driver
from tests.worlds.killed_month import RUN, new_world, unbroken, wait_until_dead
from tests.worlds.memory import folder_in_memory
from tests.worlds.small_administration import CONTROLLER, MANAGERS, write_month
from tests.worlds.whole import WHOLE

pytestmark = pytest.mark.timeout(120)

EXPIRE = "update worker set lease_until = now() - interval '1 second'"
STORES_PLANS = "before commit 1 of assess_units"
MONTHS = 10 if WHOLE else 4
TIMES = 5 if WHOLE else 2
AT_ONCE = LEASE_SECONDS / 4
"""Seconds; much less than a lease."""


@pytest.fixture(scope="module")
def drivers():
    with a_driver() as one, a_driver() as other:
        yield one, other


@pytest.fixture(scope="module")
def single(server, template, tmp_path_factory, drivers):
    """What one run alone leaves."""
    with new_world(server, template, tmp_path_factory.mktemp("single")) as world:
        world.month()
        return unbroken(drivers[0], world, None)


@pytest.mark.parametrize("moment", ["before receive_deliveries", "before assess_units", "before close_month"])
def test_the_second_run_of_a_held_month_says_who_holds_it_and_changes_nothing(moment, world, drivers, single):
    world.month()
    first = drivers[0]
    first.start(world.environment, *RUN, wait_at=moment)
    before = world.contents()
    second = world.run()
    assert second.code == 5
    assert second.err.count("\n") == 1
    assert f"process {first.pid} på {socket.gethostname()}" in second.err
    assert world.contents() == before
    first.tell()
    assert first.finish()[0] == 0
    assert world.contents() == single.contents
    assert sorted(mail["Message-ID"] for mail in world.mails()) == single.ids


def test_when_the_one_that_worked_is_killed_the_next_run_takes_over_at_once(world, drivers, single):
    world.month()
    first = drivers[0]
    first.start(world.environment, *RUN, wait_at="before queue_mails")
    assert world.run().code == 5
    begun = time.perf_counter()
    first.kill()
    wait_until_dead(world)
    assert world.run().code == 0
    assert time.perf_counter() - begun < AT_ONCE
    assert world.contents() == single.contents


@pytest.mark.parametrize("_", range(TIMES))
def test_two_runs_started_at_once_leave_what_one_leaves(_, world, drivers, single):
    world.month()
    for driver in drivers:
        driver.start(world.environment, *RUN)
    ends = [driver.finish() for driver in drivers]
    codes = sorted(code for code, _, _ in ends)
    assert codes in ([0, 5], [0, 0]), ends
    assert world.contents() == single.contents
    assert sorted(mail["Message-ID"] for mail in world.mails()) == single.ids
    if codes == [0, 0]:  # then one had finished before the other began
        runs = world.rows("select started_at, ended_at from month_run order by started_at")
        assert runs[0][1] <= runs[1][0]


def test_one_that_hangs_longer_than_its_lease_is_succeeded_and_stores_nothing_more(world, drivers, single):
    world.month()
    old = drivers[0]
    old.start(world.environment, *RUN, wait_at="before assess_units")
    world.execute(EXPIRE)
    assert world.run().code == 0
    after = world.contents()
    assert after == single.contents
    old.tell()
    code, said, _ = old.finish()
    assert code == 4
    assert "En annan körning har tagit över september 2026" in said
    assert "Traceback" not in said
    assert world.contents() == after
    assert sorted(mail["Message-ID"] for mail in world.mails()) == single.ids


def test_one_that_has_lost_its_month_is_told_when_it_saves_and_cant_give_it_back(world):
    world.month()
    options = Options(inbox=world.inbox)
    what = Period(2026, 9), Clock().today(), options, lambda _: None
    with open_installation(read_settings(), Clock()) as installation, hold_month(installation, *what) as old:
        world.execute(EXPIRE)
        with hold_month(installation, *what) as new:
            before = world.contents()
            with pytest.raises(MonthLostError), old.saving() as transaction:
                transaction.run("operations/set_state", period=old.period.first_day, state="done")
            with pytest.raises(MonthLostError):
                follow_up(old)
            assert world.rows("select held_by from month") == [(new.worker,)]
            assert {name: rows for name, rows in world.contents().items() if name.startswith("month")} == {
                name: rows for name, rows in before.items() if name.startswith("month")
            }


def test_one_that_hangs_in_the_middle_of_saving_lets_go_of_the_month_when_its_lease_is_over(world):
    with (
        open_installation(read_settings(), Clock()) as installation,
        installation.database.transaction() as transaction,
    ):
        show = "select extract(epoch from current_setting('idle_in_transaction_session_timeout')::interval)"
        assert transaction._connection.exec_driver_sql(show).scalar() == LEASE_SECONDS


@pytest.fixture
def home():
    """A home whose database is its own; pytest's folders are closed to the account that runs it."""
    folder = folder_in_memory("manad-test-")
    yield folder
    with EmbeddedServer(folder):
        pass  # the last one out stops it
    shutil.rmtree(folder)


def test_on_the_embedded_server_a_killed_run_is_succeeded_at_once_too(home, drivers):
    write_month(home / "inbox")
    environment = {"MANAD_HOME": str(home)}
    killed, heir = drivers
    killed.start(environment, *RUN, wait_at="before queue_mails")
    begun = time.perf_counter()
    killed.kill()
    code = 5
    while code == 5:  # the server needs milliseconds to see the death
        assert time.perf_counter() - begun < AT_ONCE
        heir.start(environment, *RUN)
        code, said, _ = heir.finish()
    assert code == 0, said
    mails = [path.read_text() for path in (home / "mails").glob("*.eml")]
    for address in (MANAGERS["101"], CONTROLLER):
        assert sum(f"\nTo: {address}\n" in mail for mail in mails) == 1
    assert len(mails) == 2
    assert not list(home.rglob("postmaster.pid"))


def test_two_months_that_demand_a_plan_of_the_same_unit_at_once_leave_it_one(world, drivers):
    for number in (8, 9):
        world.month_files(f"2026-{number:02d}", closed=number)
    first, second = drivers
    first.start(world.environment, "run", "2026-08", "--today", "2026-10-07", wait_at=STORES_PLANS)
    second.start(world.environment, "run", "2026-09", "--today", "2026-10-07")
    wait_until_blocked(world)
    first.tell()
    ends = [driver.finish() for driver in drivers]
    assert [code for code, *_ in ends] == [0, 0], "\n".join(said for _, said, _ in ends)
    undecided = "select unit, count(*)::int from plan where state in ('required', 'returned') group by unit"
    assert world.rows(undecided) == [("101", 1)]


def wait_until_blocked(world):
    """Wait until one of two runs waits for what the other has locked."""
    end = time.perf_counter() + AT_ONCE
    while not world.value("select count(*)::int from pg_locks where not granted"):
        assert time.perf_counter() < end
        time.sleep(0.05)  # noqa: TID251


def test_two_workers_and_many_months_at_once_make_each_month_once(world, drivers):
    months = [f"2026-{number:02d}" for number in range(1, MONTHS + 1)]
    for number, period in enumerate(months, start=1):
        world.month_files(period, closed=number)
    asked = [*zip(months, reversed(months), strict=True), (months[0], months[0]), (months[-1], months[-1])]
    for periods in asked:
        for driver, period in zip(drivers, periods, strict=True):
            driver.start(world.environment, "run", period, "--today", "2026-11-06")
        ends = [driver.finish() for driver in drivers]
        assert {code for code, *_ in ends} <= {0, 5}, "\n".join(said for _, said, _ in ends)
    assert world.rows("select distinct state from month") == [("done",)]
    assert world.value("select count(*)::int from month") == len(months)
    assert world.rows("select max(version), count(*)::int from assessment") == [(1, len(months))]
    told = world.rows("select period, kind, address from mail where kind in ('avvikelse', 'manad_klar')")
    assert len(set(told)) == len(told) >= len(months)
    assert world.value("select count(*)::int from mail where state <> 'sent'") == 0
