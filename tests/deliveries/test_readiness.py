"""When a month is run by itself: once for what its deliveries are, and found again when an event was lost."""

import threading
from datetime import date

import pytest

from flows.runs.events import announce_arrivals
from tasks.clock import Clock
from tasks.deliveries.check_month import lost_months, note_readiness, open_months
from tasks.deliveries.receive_deliveries import files_for, new_deliveries, receive_files
from tasks.installation import open_installation
from tasks.month import Options, hold_month
from tasks.rules.periods import Period
from tasks.settings import read_settings
from tests.mails.smtp_servers import Sink, free_port, serving
from tests.worlds.small_administration import economy, sick_leave

SEPTEMBER = Period(2026, 9)
TODAY = date(2026, 10, 7)


@pytest.fixture
def installation(world):
    with open_installation(read_settings(world.environment), Clock()) as opened:
        yield opened


def receive(installation, world):
    return receive_files(installation, files_for(world.inbox, SEPTEMBER), TODAY)


def test_the_last_file_makes_the_month_ready_and_only_once(world, installation):
    world.month(bistand=None)
    receive(installation, world)
    assert not note_readiness(installation, SEPTEMBER, TODAY)
    world.month()
    receive(installation, world)
    assert note_readiness(installation, SEPTEMBER, TODAY)
    assert not note_readiness(installation, SEPTEMBER, TODAY)


def test_a_corrected_file_makes_it_ready_anew(world, installation):
    world.month()
    receive(installation, world)
    note_readiness(installation, SEPTEMBER, TODAY)
    world.put("ekonomi_2026-09.csv", economy(over=("102",)))
    receive(installation, world)
    assert note_readiness(installation, SEPTEMBER, TODAY)


def test_of_many_who_ask_at_once_exactly_one_is_told(world, installation):
    world.month()
    receive(installation, world)
    answers = []
    asking = [
        threading.Thread(target=lambda: answers.append(note_readiness(installation, SEPTEMBER, TODAY)))
        for _ in range(8)
    ]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert sorted(answers) == [False] * 7 + [True]


def test_an_old_month_that_is_handed_in_late_is_not_run_by_itself(world, installation):
    world.month()
    receive(installation, world)
    assert not note_readiness(installation, SEPTEMBER, date(2027, 3, 1))
    assert lost_months(installation, date(2027, 3, 1)) == []


def test_the_months_that_are_looked_at_are_the_last_ones():
    assert [str(month) for month in open_months(TODAY)] == ["2026-08", "2026-09", "2026-10"]


LAG = "[sources.sjukfranvaro]\nlag_months = 2\n"


@pytest.fixture
def lagging(world):
    (world.home / "manad.toml").write_text(LAG, encoding="utf-8")
    with open_installation(read_settings(world.environment), Clock()) as opened:
        yield opened


def receive_file(installation, world, name, text):
    return receive_files(installation, [world.put(name, text)], TODAY)


@pytest.mark.parametrize(
    ("month", "is_ready"), [("2026-06", False), ("2026-07", True), ("2026-08", True), ("2026-09", True)]
)
def test_a_source_that_lags_makes_the_month_ready_with_the_month_that_it_lags_to_or_a_newer(
    world, lagging, month, is_ready
):
    world.month(sjukfranvaro=None)
    receive(lagging, world)
    assert not note_readiness(lagging, SEPTEMBER, TODAY)
    receive_file(lagging, world, f"sjukfranvaro_{month}.csv", sick_leave(month))
    assert note_readiness(lagging, SEPTEMBER, TODAY) is is_ready


def test_the_last_file_tells_of_every_month_that_it_makes_ready(world, lagging):
    world.month(sjukfranvaro=None)
    receive(lagging, world)
    arrivals = receive_file(lagging, world, "sjukfranvaro_2026-07.csv", sick_leave("2026-07"))
    assert announce_arrivals(lagging, arrivals, TODAY) == [SEPTEMBER]
    assert announce_arrivals(lagging, arrivals, TODAY) == []


def test_a_done_month_is_ready_anew_for_a_corrected_file_and_not_for_a_newer_month(world, lagging):
    world.month(sjukfranvaro=sick_leave("2026-07"))
    (world.inbox / "sjukfranvaro_2026-09.csv").rename(world.inbox / "sjukfranvaro_2026-07.csv")
    assert world.run().code == 0
    note_readiness(lagging, SEPTEMBER, TODAY)
    receive_file(lagging, world, "sjukfranvaro_2026-08.csv", sick_leave("2026-08"))
    assert not note_readiness(lagging, SEPTEMBER, TODAY)
    corrected = sick_leave("2026-07").replace("40,5", "41,5")
    receive_file(lagging, world, "sjukfranvaro_2026-07.csv", corrected)
    assert note_readiness(lagging, SEPTEMBER, TODAY)


def test_a_month_that_is_not_done_is_ready_anew_for_a_newer_month(world, lagging):
    world.month(sjukfranvaro=None)
    receive(lagging, world)
    receive_file(lagging, world, "sjukfranvaro_2026-07.csv", sick_leave("2026-07"))
    assert note_readiness(lagging, SEPTEMBER, TODAY)
    receive_file(lagging, world, "sjukfranvaro_2026-08.csv", sick_leave("2026-08"))
    assert note_readiness(lagging, SEPTEMBER, TODAY)


def test_a_month_that_is_ready_and_was_not_run_is_found_until_it_is(world, installation):
    world.month()
    receive(installation, world)
    note_readiness(installation, SEPTEMBER, TODAY)
    assert lost_months(installation, TODAY) == [SEPTEMBER]
    assert world.run().code == 0
    assert lost_months(installation, TODAY) == []


def test_a_month_whose_mails_wait_for_a_server_is_found_until_it_is_done(world, installation, by_smtp):
    world.month()
    by_smtp(free_port())
    world.run()
    assert lost_months(installation, TODAY) == [SEPTEMBER]
    with serving(Sink()) as port:
        by_smtp(port)
        world.run()
    assert lost_months(installation, TODAY) == []


def test_a_month_that_was_run_without_mails_is_left_alone(world, installation):
    world.month()
    world.run("--no-mail")
    assert lost_months(installation, TODAY) == []


@pytest.mark.usefixtures("done_month")
def test_a_month_whose_run_died_is_found(world, installation):
    world.execute("update month_run set ended_at = null")
    assert lost_months(installation, TODAY) == [SEPTEMBER]


@pytest.mark.parametrize("cut", [KeyboardInterrupt, SystemExit, OSError])
def test_a_month_whose_run_was_cut_off_is_found_and_its_work_is_free(world, installation, cut):
    world.month()
    receive(installation, world)
    note_readiness(installation, SEPTEMBER, TODAY)
    what = SEPTEMBER, TODAY, Options(inbox=world.inbox), lambda _: None
    with pytest.raises(cut), hold_month(installation, *what):
        raise cut
    assert lost_months(installation, TODAY) == [SEPTEMBER]
    assert world.run().code == 0
    assert lost_months(installation, TODAY) == []


def test_the_inbox_tells_of_what_nobody_has_seen_the_register_first(world, installation):
    world.month()
    world.put("ingen leverans.txt", "hej")
    found = new_deliveries(installation, world.inbox)
    assert [source for source, _ in found] == [
        "organisation",
        "bistand",
        "ekonomi",
        "prestationer",
        "sjukfranvaro",
    ]
    receive(installation, world)
    assert new_deliveries(installation, world.inbox) == []


def test_a_file_that_was_refused_is_not_new_again(world, installation):
    world.put("bistand_2026-09.csv", "period;hushall\n2026-09;x\n")
    assert [one.state for one in receive(installation, world)] == ["refused"]
    assert new_deliveries(installation, world.inbox) == []
