"""Published tables of tertial reports, kept outside: the cells exactly as they are printed."""

import pytest

from tests.conftest import REFERENCE

FOLDER = REFERENCE / "tertial"

pytestmark = pytest.mark.reference

# the printed table: its rows
PRINTED = {
    "2012-01/indikatorer_2012-01.csv": 19,
    "2013-01/som_tryckt/risker_2013-01.csv": 13,
    "2020-12/som_tryckt/aktiviteter_2020-12.csv": 16,
    "2020-12/som_tryckt/indikatorer_2020-12.csv": 13,
    "2021-04/som_tryckt/aktiviteter_2021-04.csv": 127,
    "2021-04/som_tryckt/indikatorer_2021-04.csv": 84,
    "2021-04/investeringar_2021-04.csv": 7,
    "2021-04/omslutning_2021-04.csv": 12,
}


@pytest.mark.parametrize("path", PRINTED)
def test_a_table_is_read_as_it_is_printed(world, path):
    answer = world.manad("deliver", FOLDER / path, "--today", "2026-10-07")
    assert answer.code == 0, answer.out
    stored = world.rows("select count(distinct row_no) from figure")
    assert stored == [(PRINTED[path],)]


def test_a_printed_number_is_a_number_and_its_unit(world):
    world.manad("deliver", FOLDER / "2021-04/som_tryckt/indikatorer_2021-04.csv", "--today", "2026-10-07")
    rows = world.rows(
        "select value, note from figure where item = 'Antal barn per grupp' and measure = 'utfall'"
    )
    assert [(str(value), note) for value, note in rows] == [("13.1", "13,1 barn/avd.")]
