"""Nothing of a file about single persons stays: neither its bytes nor what they say."""

import pytest

from tests.worlds.bad_deliveries import MISSING_SOURCE, plain, quietly, sees_done
from tests.worlds.small_administration import sick_leave

NUMBER = "19800101-1230"


def with_notes(text):
    """Give each row of a delivery a cell in a column that isn't read."""
    header, *rows = text.splitlines()
    return "\n".join([f"{header};anteckning", *(f"{row};Testsson {NUMBER}" for row in rows)]) + "\n"


PRIVATE = {
    "in a column": with_notes(sick_leave()),
    "in a table that can't be read": with_notes(sick_leave()) + "2026-09;101\n",
    "in a file that is broken": with_notes(sick_leave()) + '"2026-09;101\n',
}


def stays_nowhere(world, answer):
    said = [answer.out, answer.err, str(world.contents()), *(mail.as_string() for mail in world.mails())]
    bodies = [part.get_content() for mail in world.mails() for part in mail.walk() if not part.is_multipart()]
    for text in (*said, *map(str, bodies)):
        assert NUMBER not in text
        assert "Testsson" not in text
    raw = world.home / "raw"
    assert NUMBER.encode() not in b"".join(path.read_bytes() for path in raw.rglob("*") if path.is_file())


@pytest.mark.parametrize("text", PRIVATE.values(), ids=PRIVATE)
def test_a_file_with_personal_numbers_is_refused_and_stays_nowhere(world, text):
    world.month(sjukfranvaro=None)
    world.put("sjukfranvaro_2026-09.csv", text)
    answer = quietly(world.run())
    assert answer.code == MISSING_SOURCE
    assert "personnummer" in answer.out
    assert "Filens innehåll har inte sparats." in plain(answer.out)
    assert world.value("select count(*) from delivery where state = 'refused'") == 1
    stays_nowhere(world, answer)
    world.month()
    sees_done(world)


def test_two_rivals_with_personal_numbers_are_not_kept_either(world):
    world.month(sjukfranvaro=None)
    for name in ("sjukfranvaro_2026-09.csv", "sjukfranvaro_2026-09_ny.csv"):
        world.put(name, with_notes(sick_leave()) + f"# {name}" + ";" * 8 + "\n")
    answer = quietly(world.run())
    assert world.value("select count(*) from delivery where state = 'refused'") == 2
    stays_nowhere(world, answer)
