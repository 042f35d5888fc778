from datetime import date

import pytest

from tasks.rules.cell_text import (
    codes_of,
    day_of,
    is_email,
    is_no_day,
    is_vacant,
    looks_like_a_total,
    plain_address,
    year_of,
    yes_or_no,
)


def test_days_and_years_are_read_or_are_none():
    assert day_of("2026-02-28") == day_of("20260228") == day_of("2026-02-28T00:00:00") == date(2026, 2, 28)
    assert day_of("2026-12-31 00:00:00.000") == day_of("2026-12-31T00:00") == date(2026, 12, 31)
    assert day_of("2026-12-31 08:30:00") is None
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


@pytest.mark.parametrize(
    ("text", "is_none"),
    [
        ("9999-12-31", True),
        ("99991231", True),
        ("9999-12-31 00:00:00.000", True),
        ("2999-12-31", True),
        ("1899-12-30", True),  # a spreadsheet's day 0
        ("1899-12-31 00:00:00", True),
        ("1900-01-00", True),
        ("0001-01-01 00:00:00", True),
        ("0", True),
        ("00:00:00", True),
        ("2026-12-31", False),
        ("2998-12-31", False),
        ("1900-01-01", False),
    ],
)
def test_days_by_which_systems_mean_none(text, is_none):
    assert is_no_day(text) is is_none


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Chef Asken <a@b.se>", "a@b.se"),
        ("<a@b.se>", "a@b.se"),
        ('"Asken, Chef" <mailto:a@b.se>;', "a@b.se"),
        ("a@b.se", "a@b.se"),
        ("Chef Asken <a@b>", "Chef Asken <a@b>"),
        ("c@d.se <a@b.se>", "c@d.se <a@b.se>"),  # which of them?
        ("Chef\n <a@b.se>", "Chef\n <a@b.se>"),
        ("A <a@b.se>; B <c@d.se>", "A <a@b.se>; B <c@d.se>"),
    ],
)
def test_an_address_is_taken_out_of_what_a_mail_program_copies(text, address):
    assert plain_address(text) == address


def test_nobody_has_an_address_where_the_post_is_vacant():
    assert [is_vacant(text) for text in ("Vakant", "vakans", "-", "–", "saknas", "Va Kant")] == [True] * 5 + [
        False
    ]
