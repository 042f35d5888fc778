from datetime import date

import pytest

from tasks.rules.cell_text import codes_of, day_of, is_email, looks_like_a_total, month_of, year_of, yes_or_no


@pytest.mark.parametrize("text", ["2026-09", "202609", "2026-09-01", "2026-09-01 00:00:00", "20260901"])
def test_a_month_is_read_as_systems_and_spreadsheets_write_it(text):
    if text == "20260901":
        assert month_of(text) is None  # eight digits are a day
    else:
        assert month_of(text) == date(2026, 9, 1)


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "26-09", "2026-9", "2026-09-02", "sep 2026", ""])
def test_what_is_no_month_is_not_guessed(text):
    assert month_of(text) is None


def test_days_and_years_are_read_or_are_none():
    assert day_of("2026-02-28") == day_of("20260228") == day_of("2026-02-28T00:00:00") == date(2026, 2, 28)
    assert [day_of(text) for text in ("2026-02-30", "28/2 2026", "")] == [None, None, None]
    assert year_of("2026") == date(2026, 1, 1)
    assert year_of("26") is None


def test_yes_and_no_have_several_spellings():
    assert [yes_or_no(text) for text in ("JA", "j", "1", "Nej", "n", "kanske")] == [
        True,
        True,
        True,
        False,
        False,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "is_address"),
    [
        ("anna.berg@example.se", True),
        ("a+b@sub.example-x.se", True),
        ("anna@example", False),
        ("anna berg@example.se", False),
        ("Anna <anna@example.se>", False),
        ("a@example.se, b@example.se", False),
        ("a@example.se\n", False),  # a line break could start another header
        ("a@example.se\r\nBcc: b@example.se", False),
        ("å@example.se", False),  # needs SMTPUTF8, which few relays have
        ("a@-example.se", False),
        ("a@" + "b" * 250 + ".se", False),  # too long
    ],
)
def test_an_address_is_one_plain_address(text, is_address):
    assert is_email(text) is is_address


@pytest.mark.parametrize(
    ("text", "is_total"),
    [
        ("Summa", True),
        ("SUMMA kostnader", True),
        ("Totalt", True),
        ("Total", True),
        ("Delsumma 3", True),
        ("Σ", True),
        ("tot.", True),
        ("S:a", True),
        ("Totalförsvar", False),  # an area, not a sum
        ("Summerum", False),
        ("Personal totalt sett", False),
    ],
)
def test_a_total_is_told_by_its_first_word(text, is_total):
    assert looks_like_a_total(text) is is_total


def test_codes_are_parted_by_commas_or_semicolons():
    assert codes_of(" A, B;C,, ") == ("A", "B", "C")
    assert codes_of(None) == ()
