"""A unit is found however its code or name is written, where only one unit can be meant."""

import unicodedata

import pytest

from tasks.rules.organisation import Register, UnitVersion
from tests.rules.delivered_files import EKONOMI, SEPTEMBER, check

REGISTER = Register(
    [
        (
            SEPTEMBER,
            [
                UnitVersion("0101", "Förskolan Asken", "enhet"),
                UnitVersion("0102", "Förskolan Björken", "enhet"),
                UnitVersion("07", "Sjuan", "enhet"),
                UnitVersion("007", "Nollsjuan", "enhet"),
                UnitVersion("A1", "Hela förvaltningen", "avdelning"),
                UnitVersion("HN", "Hemtjänst Norr", "enhet"),
            ],
        )
    ]
)


def found(text):
    """Return a unit's code, or the one problem's rule, and what the receipt notes."""
    checked = check("ekonomi", EKONOMI + f"2026-09;{text};Personal;1;1\n", REGISTER)
    notes = [note.value for note in checked.notes]
    return (checked.ledger["unit"][0] if checked.is_accepted else checked.problems[0].rule), notes


@pytest.mark.parametrize("text", ["0101", "Förskolan Asken", " Hemtjänst Norr ", "HN"])
def test_a_unit_as_in_the_register_needs_no_note(text):
    assert found(text)[1] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("101", "0101"),  # a spreadsheet dropped the zero
        ("00102", "0102"),
        ("0101 Förskolan Asken", "0101"),
        ("0101 - Förskolan Asken", "0101"),
        ("0101–Förskolan Asken", "0101"),
        ("0101: Asken", "0101"),  # a name that is shortened
        ("101 Förskolan Asken", "0101"),
        ("Förskolan Asken (0101)", "0101"),
        ("Förskolan Asken, 0101", "0101"),
        ("HN Hemtjänst Norr", "HN"),
        (unicodedata.normalize("NFD", "Förskolan Björken"), "0102"),
        ("Förskolan\u00a0Asken", "0101"),
        ("Förskolan  Asken", "0101"),
        ("0101\u200b", "0101"),
        ("7 Sjuan", "07"),
    ],
)
def test_a_unit_that_only_one_can_be_is_read_with_a_note(text, code):
    assert found(text) == (code, [f"{text} → {code}"])


@pytest.mark.parametrize(
    "text",
    [
        "7",  # 07 or 007
        "0101 Förskolan Björken",  # the code of one and the name of another
        "7 Okända",
    ],
)
def test_a_unit_that_may_be_two_is_refused(text):
    assert found(text) == ("Flera enheter kan menas", [])


@pytest.mark.parametrize(
    "text", ["103", "Förskolan", "HN Hemtjänst Söder", "Personal 0101x", "0103 Förskolan Asken"]
)
def test_a_unit_that_none_can_be_is_unknown(text):
    assert found(text) == ("Enheten finns inte i registret", [])


def test_units_that_are_written_so_on_many_rows_are_one_note():
    rows = "".join(f"2026-09;10{n % 2 + 1};K{n};1;1\n" for n in range(60))
    [note] = check("ekonomi", EKONOMI + rows, REGISTER).notes
    assert (note.count, note.column) == (60, "enhet")
