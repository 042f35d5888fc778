"""Two runs that would tell at once: the second waits, and knows what the first one tells."""

import threading

import pytest

from sql.database import Database
from tasks.figures.delivered_rows import delivered_rows, rows_of_people
from tasks.figures.tell_people import tell_months_volumes
from tasks.register import read_register
from tasks.rules.periods import Period

MONTH = Period(2026, 9)
HEAD = "period;enhet;matt;planerat;utfall\n"
WITHOUT_THE_FOUR = HEAD + "2026-09;101;Inskrivna barn;40;30\n2026-09;A1;Inskrivna barn;40;30\n"
WHOLE = WITHOUT_THE_FOUR.replace("A1;Inskrivna barn;40;30", "A1;Inskrivna barn;40;34") + (
    "2026-09;102;Inskrivna barn;40;4\n"
)
HIDDEN = {("102", "Inskrivna barn"), ("A1", "Inskrivna barn")}


def told(transaction):
    """Tell of the month; return what is hidden of it."""
    return tell_months_volumes(transaction, read_register(transaction, MONTH), MONTH, {}, 5)[1]


@pytest.fixture
def connections(database_url):
    """Two databases with connections of their own."""
    both = [Database(database_url), Database(database_url)]
    yield both
    for each in both:
        each.close()


def test_a_run_that_tells_waits_for_the_other_and_hides_what_the_difference_would_tell(world, connections):
    world.month(prestationer=WITHOUT_THE_FOUR)
    for source in ("organisation", "prestationer"):
        world.manad("deliver", world.inbox / f"{source}_2026-09.csv")
    late, has_told, hidden = world.put("prestationer_2026-09_hel.csv", WHOLE), threading.Event(), []

    def tell_the_whole():
        with connections[1].transaction() as transaction:
            hidden.append(told(transaction))
        has_told.set()

    with connections[0].transaction() as transaction:
        assert told(transaction) == set()
        world.manad("deliver", late)  # while the first one tells
        other = threading.Thread(target=tell_the_whole)
        other.start()
        assert not has_told.wait(0.5)
    other.join(20)
    assert hidden == [HIDDEN]


def test_a_source_that_counts_people_is_read_in_the_room_that_hides_them_and_nowhere_else(connections):
    with connections[0].transaction() as transaction:
        for source in ("sjukfranvaro", "prestationer", "bistand"):
            with pytest.raises(ValueError, match="tell_people"):
                delivered_rows(transaction, source, MONTH, MONTH)
            assert rows_of_people(transaction, source, MONTH, MONTH) == []
        with pytest.raises(ValueError, match="counts no people"):
            rows_of_people(transaction, "ekonomi", MONTH, MONTH)
