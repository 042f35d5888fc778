"""What a delivery's figures are held against is what was accepted before it, as it was known."""

from datetime import date

import pytest

from sql.database import Database
from tasks.deliveries.known_figures import read_known
from tasks.register import read_register
from tasks.rules.periods import Period
from tasks.sources import all_sources
from tests.worlds.small_administration import economy, forecasts, organisation, volumes

AUGUST, SEPTEMBER = Period(2026, 8), Period(2026, 9)


@pytest.fixture
def known(world, database_url):
    """Hand in files by name, then read what is known before a source's delivery for a period."""

    def hand_in(files, source, period):
        paths = [str(world.put(name, text)) for name, text in files.items()]
        if paths:
            assert world.manad("deliver", *paths, "--today", "2026-11-05").code == 0
        else:
            world.manad("status")  # makes the installation
        database = Database(database_url)
        with database.transaction() as transaction:
            register = read_register(transaction, period)
            found = read_known(transaction, all_sources()[source], [period], register)
        database.close()
        return found

    return hand_in


REGISTER = {"organisation_2026-01.csv": organisation()}


def test_nothing_is_known_before_the_first_delivery(known):
    before = known({}, "ekonomi", SEPTEMBER)
    assert before.ledger.is_empty()
    assert (before.forecasts, before.figures, before.figures_period) == (None, None, None)
    assert (before.unit_types, before.unit_names) == ({}, {})


def test_a_ledger_knows_each_month_as_its_newest_delivery_said_it_and_the_year_before(known):
    files = REGISTER | {
        "ekonomi_2024-12.csv": economy(2024, 12),
        "ekonomi_2025-12.csv": economy(2025, 12, monthly=900_000),
        "ekonomi_2026-08.csv": economy(closed=8),
        "ekonomi_2026-10.csv": economy(closed=10, monthly=1_100_000),
    }
    before = known(files, "ekonomi", SEPTEMBER)
    of_unit = before.ledger.filter(before.ledger["unit"] == "102").sort("period").rows()
    assert of_unit[0] == ("102", date(2025, 1, 1), 900_000, 900_000)
    assert of_unit[-5:-3] == [
        ("102", date(2026, 8, 1), 1_000_000, 1_000_000),
        ("102", date(2026, 9, 1), 1_000_000, None),
    ]
    assert len(of_unit) == 24
    assert before.unit_types == {"101": "forskola", "102": "forskola", "103": "forskola"}
    assert before.unit_names["101"] == "Förskolan Norr"


def test_a_revision_is_held_against_the_one_before_it(known):
    before = known(REGISTER | {"ekonomi_2026-09.csv": economy()}, "ekonomi", SEPTEMBER)
    assert before.ledger.filter(before.ledger["period"] == date(2026, 9, 1))["outcome"].to_list() == [
        1_100_000,
        1_000_000,
        1_000_000,
    ]


def test_a_ledger_knows_the_newest_forecast_up_to_its_month(known):
    files = REGISTER | {
        "prognos_2026-07.csv": forecasts({"101": 1}, period="2026-07"),
        "prognos_2026-08.csv": forecasts({"101": 12_500_000}, period="2026-08"),
        "prognos_2026-10.csv": forecasts({"101": 3}, period="2026-10"),
    }
    before = known(files, "ekonomi", SEPTEMBER)
    assert before.forecasts.rows() == [("101", 12_000_000, 12_500_000)]
    assert before.figures is None


def test_figures_are_held_against_the_newest_of_their_own_source(known):
    files = REGISTER | {
        "prestationer_2026-08.csv": volumes("2026-08"),
        "prestationer_2026-10.csv": volumes("2026-10"),
        "ekonomi_2026-08.csv": economy(closed=8),
    }
    before = known(files, "prestationer", SEPTEMBER)
    assert before.figures_period == AUGUST
    assert before.figures.filter(before.figures["unit"] == "103").rows() == [
        ("103", "Inskrivna barn", "planerat", 40, None),
        ("103", "Inskrivna barn", "utfall", 38, None),
    ]
    assert (before.ledger, before.forecasts) == (None, None)


def test_a_forecast_knows_the_ledger_too(known):
    before = known(REGISTER | {"ekonomi_2026-08.csv": economy(closed=8)}, "prognos", SEPTEMBER)
    assert before.ledger.height == 36
    assert before.figures is None


def test_units_that_came_by_name_before_there_was_a_register_are_known_by_code(known):
    by_name = economy(closed=8, units={"Förskolan Norr": ""}, over=())
    without = known({"ekonomi_2026-08.csv": by_name}, "ekonomi", SEPTEMBER)
    assert without.ledger["unit"].unique().to_list() == ["Förskolan Norr"]
    before = known({"organisation_2026-09.csv": organisation()}, "ekonomi", SEPTEMBER)
    assert before.ledger["unit"].unique().to_list() == ["101"]
