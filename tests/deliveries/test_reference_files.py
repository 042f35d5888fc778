"""Files of the accounting exchange format, kept outside: refused so that a sender understands."""

from pathlib import Path

import pytest

from tests.conftest import REFERENCE

SAMPLES = sorted(path.name for path in Path(REFERENCE, "sie").glob("*.[sS][eEiI]"))

pytestmark = pytest.mark.reference


@pytest.mark.parametrize("name", SAMPLES or ["*.SE"])
def test_a_file_of_the_exchange_format_is_refused_with_what_to_do(name, world):
    before = world.counts()
    answer = world.manad(
        "deliver",
        REFERENCE / "sie" / name,
        "--source",
        "ekonomi",
        "--period",
        "2026-09",
        "--today",
        "2026-10-07",
    )
    assert answer.code == 1
    assert "CSV" in answer.out or "webbsida (HTML)" in answer.out
    assert "Traceback" not in answer.out + answer.err
    assert world.counts() == before


def test_an_error_page_that_was_saved_as_a_data_file_is_called_what_it_is(world):
    sample = REFERENCE / "sie" / "BokSald.SE"
    answer = world.manad("deliver", sample, "--source", "ekonomi", "--period", "2026-09")
    assert answer.code == 1
    assert "Filen är en webbsida (HTML)" in answer.out
