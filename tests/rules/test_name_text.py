import unicodedata

import pytest

from tasks.rules.name_text import name_key, plain_name

NAME = "Förskolan Åsen 1-3 år"


@pytest.mark.parametrize(
    "written",
    [
        unicodedata.normalize("NFD", NAME),
        "Förskolan\u00a0Åsen 1-3 år",
        " Förskolan  Åsen\t1-3 år ",
        "\ufeffFörsko\u00adlan\u200b Åsen 1-3 år",
    ],
)
def test_a_name_is_what_is_seen_of_it(written):
    assert plain_name(written) == NAME


@pytest.mark.parametrize(
    "written", ["förskolan åsen 1–3 år", "FÖRSKOLAN ÅSEN 1 — 3 ÅR", "Förskolan Åsen 1\u22123 år"]
)
def test_names_that_differ_in_case_dashes_and_spaces_are_the_same(written):
    assert name_key(written) == name_key(NAME)


@pytest.mark.parametrize("other", ["Förskolan Åsen 1-4 år", "Förskolan Asen 1-3 år", "Förskolan Åsen 13 år"])
def test_names_that_read_otherwise_are_others(other):
    assert name_key(other) != name_key(NAME)


def test_a_name_of_unseen_signs_stays_as_it_is():
    assert plain_name("\u200b") == "\u200b"
