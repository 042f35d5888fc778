"""A round of reminders that dies at any moment, and is run again from the top."""

import pytest

from tests.mails.smtp_servers import Sink, serving
from tests.worlds.drivers import a_driver
from tests.worlds.examples import chosen_of_each_step
from tests.worlds.killed_month import by_smtp, new_world
from tests.worlds.small_administration import MANAGERS, economy
from tests.worlds.world import TODAY

FIRST, SIGKILLED = ("chase", "--today", "2026-10-15"), -9
LADDER = (
    "select kind, step, address, count(*)::int from mail where kind = 'paminnelse' "
    "group by kind, step, address order by address"
)


@pytest.fixture(scope="module")
def warned(server, template, tmp_path_factory):
    """Three managers were warned and have handed in nothing."""
    with new_world(server, template, tmp_path_factory.mktemp("warned")) as world, a_driver() as driver:
        world.month(ekonomi=economy(over=tuple(MANAGERS)))
        driver.start(world.environment, "run", "2026-09", "--today", TODAY)
        code, said, _ = driver.finish()
        assert code == 0, said
        yield driver, world.conninfo.rpartition("/")[2].partition("?")[0]


def moments(server, warned, folder):
    driver, database = warned
    with new_world(server, database, folder) as world:
        driver.start(world.environment, *FIRST)
        code, said, trace = driver.finish()
        assert code == 0, said
    return [moment for moment in trace if " of " in moment]


def test_a_round_that_is_killed_anywhere_reminds_each_once_when_it_is_run_again(
    server, warned, tmp_path_factory
):
    driver, database = warned
    folder = tmp_path_factory.mktemp("killed")
    for moment in chosen_of_each_step(moments(server, warned, folder)):
        with new_world(server, database, folder) as world:
            driver.start(world.environment, *FIRST, die_at=moment)
            assert driver.finish()[0] == SIGKILLED, moment
            for _ in range(2):
                driver.start(world.environment, *FIRST)
                code, said, _ = driver.finish()
                assert code == 0, f"{moment}: {said}"
            told = [("paminnelse", "1", address, 1) for address in sorted(MANAGERS.values())]
            assert world.rows(LADDER) == told, moment
            assert world.value("select count(*) from mail where state <> 'sent'") == 0, moment
            assert len(list((world.home / "mails").glob("*.eml"))) == len(told), moment


def test_a_round_that_is_killed_while_it_sends_leaves_one_reminder_to_a_person(
    server, warned, tmp_path_factory
):
    driver, database = warned
    sink = Sink()
    with new_world(server, database, tmp_path_factory.mktemp("smtp")) as world, serving(sink) as port:
        environment = world.environment | by_smtp(port)
        driver.start(environment, *FIRST, die_at="after mail 2 of the command")
        assert driver.finish()[0] == SIGKILLED
        for day in ("2026-10-15", "2026-10-19", "2026-10-21"):
            driver.start(environment, "chase", "--today", day)
            driver.finish()
        went = sorted((to, b"1 av 2" in mail) for _, to, mail in sink.mails)
        assert [to for to, _ in went].count("bo@example.se") == 1
        assert world.value("select count(*) from mail where kind = 'eskalering' and state = 'sent'") == 1
        assert "Söder" not in world.value("select body_text from mail where kind = 'eskalering'")
