"""The operator is told of what can't tell of itself."""

from datetime import date

import pytest

from tasks.clock import Clock
from tasks.installation import open_installation
from tasks.operations.tell_operator import tell_of_late_month, tell_of_run
from tasks.settings import read_settings

MAILS = "select count(*)::int from mail where kind = 'korning_stoppad'"


@pytest.fixture
def installation(world):
    with open_installation(read_settings(world.environment), Clock()) as opened:
        yield opened


def test_a_run_that_died_is_told_of_once_a_day(world, installation):
    for day in (date(2026, 10, 7), date(2026, 10, 7), date(2026, 10, 8)):
        assert tell_of_run(installation, day, "prefect.flow-run.Crashed", "2026-09 uppföljning")
    assert world.value(MAILS) == 2
    assert "Körningen dog" in world.value("select body_text from mail limit 1")
    assert "september 2026" in world.value("select subject from mail limit 1")


def test_silence_is_told_of_as_silence(world, installation):
    assert tell_of_run(installation, date(2026, 10, 7), "prefect.flow-run.Completed", "")
    assert "har inte gått på ett dygn" in " ".join(world.value("select body_text from mail").split())


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 11, 11), False),  # the eighth working day itself (30 October is before All Saints)
        (date(2026, 11, 12), True),
        (date(2026, 11, 28), True),
    ],
)
@pytest.mark.usefixtures("done_month")
def test_a_month_that_is_not_done_by_its_day_is_told_of(world, installation, day, told):
    assert tell_of_late_month(installation, day) is told
    assert world.value(MAILS) == int(told)
    if told:
        assert "2026-10" in world.value("select body_text from mail where kind = 'korning_stoppad'")


@pytest.mark.usefixtures("done_month")
def test_a_month_that_is_done_is_nothing_to_tell_of(world, installation):
    assert not tell_of_late_month(installation, date(2026, 10, 28))


def test_nobody_waits_for_months_before_the_first(installation):
    assert not tell_of_late_month(installation, date(2026, 10, 28))
