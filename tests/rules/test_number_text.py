from decimal import Decimal

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tasks.rules.number_text import (
    Missing,
    Money,
    NumberTextError,
    as_decimals,
    parse_amount,
    parse_amounts,
    parse_count,
    parse_counts,
)

SPACES = [" ", "\u00a0", "\u202f", "\u2009"]

AMOUNTS = [
    ("0", "0"),
    ("1234", "1234"),
    ("1234.5", "1234.5"),
    ("1234,5", "1234.5"),
    ("1234,50", "1234.50"),  # decimals stay as written
    ("1 234,50", "1234.50"),
    ("1\u00a0234\u202f567\u2009890,5", "1234567890.5"),  # the four spaces
    ("12 345 678", "12345678"),
    ("1.234,50", "1234.50"),
    ("1,234.50", "1234.50"),
    ("1.234,567", "1234.567"),  # two separators: the last is the decimal one
    ("1.234.567", "1234567"),  # twice the same: thousands
    ("1,234,567", "1234567"),
    ("1234,567", "1234.567"),  # four digits before: no thousands
    ("1 234,567", "1234.567"),
    ("0,123", "0.123"),
    ("0.123", "0.123"),
    ("01.234", "1.234"),  # a leading zero: no thousands
    ("1,2340", "1.2340"),
    ("1.2340", "1.2340"),
    (",5", "0.5"),
    ("-.5", "-0.5"),
    ("007", "7"),
    ("-1234", "-1234"),
    ("\u22121 234,5", "-1234.5"),
    ("- 1 234,5", "-1234.5"),
    ("+500", "500"),
    ("(1,0)", "-1.0"),
    ("( 1 234 )", "-1234"),
    ("1234-", "-1234"),
    ("1 234,5 \u2212", "-1234.5"),
    ("-0", "0"),  # there is one zero
    ("-0,00", "0.00"),
    ("(0)", "0"),
    ("-0,05", "-0.05"),
    ("-0,5", "-0.5"),
    (" \u00a01234\t", "1234"),
    ("123456789012345", "123456789012345"),  # exactly fifteen digits
    ("123 456 789 012 345,5", "123456789012345.5"),
    ("0000123456789012345", "123456789012345"),  # leading zeros do not count
    ("1," + "1" * 20, "1." + "1" * 20),
]

REFUSED = [
    ("1.234", "två sätt"),
    ("1,234", "två sätt"),
    ("-1.234", "två sätt"),
    ("(999,999)", "två sätt"),
    ("12.345", "två sätt"),
    ("12 34", "grupperade"),
    ("1 2345", "grupperade"),
    ("1234 567", "grupperade"),
    ("0 123", "grupperade"),
    ("1  234", "grupperade"),
    ("1.23.456", "grupperade"),
    ("1 234.567,5", "grupperade"),
    ("12.34,5", "grupperade"),
    ("12,", "grupperade"),
    ("1e5", "exponent"),
    ("-2,91E-11", "exponent"),
    ("nan", "inget tal"),
    ("NaN", "inget tal"),
    ("inf", "inget tal"),
    ("-Infinity", "inget tal"),
    ("tolv", "inget tal"),
    ("1234 kr", "inget tal"),
    ("0x10", "inget tal"),
    ("1_000", "inget tal"),
    ("١٢", "inget tal"),  # digits of another alphabet
    ("12\n34", "inget tal"),
    ("--5", "inget tal"),
    ("-5-", "inget tal"),
    ("(-5)", "inget tal"),
    ("()", "inget tal"),
    ("+", "inget tal"),
    ("...", "inget tal"),
    ("%", "procent"),
    ("12 %", "procent"),
    ("1234567890123456", "15 siffror"),
    ("1 234 567 890 123 456", "15 siffror"),
    ("1," + "1" * 21, "20 decimaler"),
]

MARKS = [
    ("", Missing.EMPTY),
    (" \u00a0", Missing.EMPTY),
    ("..", Missing.NOT_AVAILABLE),
    (".", Missing.NOT_APPLICABLE),
    ("X", Missing.SUPPRESSED),
    ("x", Missing.SUPPRESSED),
    ("-", Missing.NOTHING),
    (" - ", Missing.NOTHING),
    ("\u2212", Missing.NOTHING),
    ("–", Missing.NOTHING),
]

numberish = st.text(
    st.sampled_from([*"0123456789012345", *SPACES, *".,-+()%Xxe", "\u2212", "\u2013", "\t", "\n"]),
    max_size=24,
)
any_text = numberish | st.text(max_size=12)


@pytest.mark.parametrize(("text", "expected"), AMOUNTS)
def test_an_amount_is_read_exactly_as_written(text: str, expected: str) -> None:
    read = parse_amount(text)
    assert isinstance(read, Decimal)
    assert str(read) == expected


@pytest.mark.parametrize(("text", "rule"), REFUSED)
def test_a_text_that_is_no_number_or_two_is_refused_with_its_reason(text: str, rule: str) -> None:
    with pytest.raises(NumberTextError) as refused:
        parse_amount(text)
    assert rule in refused.value.rule
    assert refused.value.remedy.endswith(".")
    assert refused.value.text == text


@pytest.mark.parametrize(("text", "mark"), MARKS)
def test_the_kinds_of_missing_are_told_apart(text: str, mark: Missing) -> None:
    assert parse_amount(text) is mark
    assert parse_count(text) is mark


def test_an_ambiguous_amount_says_how_each_meaning_is_written() -> None:
    with pytest.raises(NumberTextError) as refused:
        parse_amount("1.234")
    assert refused.value.remedy == "Skriv 1234 om du menar tusental och 1,2340 om du menar decimaler."


@pytest.mark.parametrize(
    ("text", "whole", "parted"),
    [
        ("1.234", 1234, "1.234"),
        ("-1.234", -1234, "-1.234"),
        ("\u22121,234", -1234, "-1.234"),
        ("(1.234)", -1234, "-1.234"),
        ("1.234-", -1234, "-1.234"),
        ("+1.234", 1234, "1.234"),
    ],
)
def test_who_follows_the_remedy_for_an_ambiguous_amount_hands_in_what_they_meant(
    text: str, whole: int, parted: str
) -> None:
    with pytest.raises(NumberTextError) as refused:
        parse_amount(text)
    words = refused.value.remedy.split()
    assert parse_amount(words[1]) == whole
    assert parse_amount(words[words.index("och") + 1]) == Decimal(parted)


@pytest.mark.parametrize(
    ("text", "expected"), [("2,15 %", "2.15"), ("-1%", "-1"), ("12\u00a0%", "12"), ("12", "12")]
)
def test_a_per_cent_sign_is_read_where_it_is_asked_for(text: str, expected: str) -> None:
    assert parse_amount(text, percent=True) == Decimal(expected)
    assert parse_amounts(pl.Series([text]), percent=True).values.to_list() == [expected]


@pytest.mark.parametrize("text", ["%", "5 %%", "% 5"])
def test_a_per_cent_sign_alone_or_twice_is_refused(text: str) -> None:
    with pytest.raises(NumberTextError):
        parse_amount(text, percent=True)


@pytest.mark.parametrize(
    ("text", "expected"), [("12", 12), ("1 234", 1234), ("-3", -3), ("12,00", 12), ("-0,0", 0)]
)
def test_a_count_is_a_whole_number(text: str, expected: int) -> None:
    assert parse_count(text) == expected


@pytest.mark.parametrize(
    ("text", "rule"), [("12,5", "decimaler"), ("1.234", "två sätt"), ("12,000", "två sätt")]
)
def test_a_count_with_decimals_or_two_meanings_is_refused(text: str, rule: str) -> None:
    with pytest.raises(NumberTextError, match=rule):
        parse_count(text)


def test_a_column_is_read_as_each_of_its_cells() -> None:
    texts = pl.Series(["1 234,50", None, "..", "1.234", "-0,05", "\u22125"])
    column = parse_amounts(texts)
    assert column.values.to_list() == ["1234.50", None, None, None, "-0.05", "-5"]
    assert column.missing.to_list() == [None, "", "..", None, None, None]
    assert column.bad.to_list() == [False, False, False, True, False, False]


def test_an_empty_column_is_read_as_one() -> None:
    column = parse_amounts(pl.Series([], dtype=pl.String))
    assert (len(column.values), len(column.missing), len(column.bad)) == (0, 0, 0)


def scalar_amount(text: str, *, percent: bool) -> tuple[str | None, str | None, bool]:
    try:
        read = parse_amount(text, percent=percent)
    except NumberTextError:
        return None, None, True
    return (None, read.value, False) if isinstance(read, Missing) else (format(read, "f"), None, False)


def scalar_count(text: str) -> tuple[str | None, str | None, bool]:
    try:
        read = parse_count(text)
    except NumberTextError:
        return None, None, True
    return (None, read.value, False) if isinstance(read, Missing) else (str(read), None, False)


@pytest.mark.parametrize("text", [text for text, _ in AMOUNTS + REFUSED] + [text for text, _ in MARKS])
def test_the_column_agrees_with_the_cell_on_every_known_text(text: str) -> None:
    column = parse_amounts(pl.Series([text]))
    assert (column.values[0], column.missing[0], column.bad[0]) == scalar_amount(text, percent=False)


@given(st.lists(any_text, max_size=20), st.booleans())
@example(["1 234 567 890 123 456", "0,", "12.345", "12.3456", "00,5", "-0.50"], False)
def test_the_column_agrees_with_the_cell_on_any_text(texts: list[str], percent: bool) -> None:
    column = parse_amounts(pl.Series(texts, dtype=pl.String), percent=percent)
    expected = [scalar_amount(text, percent=percent) for text in texts]
    assert list(zip(column.values, column.missing, column.bad, strict=True)) == expected


@given(st.lists(any_text, max_size=20))
def test_the_column_of_counts_agrees_with_the_cell_on_any_text(texts: list[str]) -> None:
    column = parse_counts(pl.Series(texts, dtype=pl.String))
    assert list(zip(column.values, column.missing, column.bad, strict=True)) == [
        scalar_count(text) for text in texts
    ]


@given(
    number=st.decimals(-(10**14), 10**14, places=2),
    space=st.sampled_from(["", *SPACES]),
    mark=st.sampled_from(".,"),
    minus=st.sampled_from(["-", "\u2212"]),
)
def test_a_number_in_swedish_writing_is_read_back(number: Decimal, space: str, mark: str, minus: str) -> None:
    text = f"{number:,f}".replace(".", "§").replace(",", space).replace("§", mark).replace("-", minus)
    assert parse_amount(text) == number
    assert as_decimals(parse_amounts(pl.Series([text])).values)[0] == number


@given(st.lists(st.decimals(-(10**15) + 1, 10**15 - 1, places=5) | st.none(), min_size=1, max_size=50))
def test_a_column_of_decimals_is_summed_exactly(numbers: list[Decimal | None]) -> None:
    values = pl.Series(
        [None if number is None else format(number, "f") for number in numbers], dtype=pl.String
    )
    assert as_decimals(values).sum() == sum((number for number in numbers if number is not None), Decimal(0))


def test_whole_numbers_are_summed_without_decimals() -> None:
    assert as_decimals(pl.Series(["1", "2", None])).dtype == pl.Decimal(38, 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("800 000,00 kr", "800000.00"),
        ("-120\u00a0000 kr", "-120000"),
        ("1234:-", "1234"),
        ("SEK 1 234", "1234"),
        ("kr\u00a01234", "1234"),
        ("1234 Kr.", "1234"),
        ("1234,50 SEK", "1234.50"),
        ("(1234 kr)", None),
        ("1234 kronor", None),
        ("1234 EUR", None),
        ("kr", None),
        ("12 tkr", None),
        ("-", "0"),  # an accounting format
        ("–", "0"),
        ("-   kr", "0"),
        ("- kr", "0"),
        ("kr -", "0"),
        ("--", None),
    ],
)
def test_an_amount_of_money_may_say_its_currency_and_be_a_dash(text, value):
    read = parse_amounts(pl.Series([text]), money=Money.KRONOR)
    assert (read.values[0], read.bad[0]) == (value, value is None)


def test_a_dash_is_missing_where_it_is_no_money():
    assert parse_amount("-") is Missing.NOTHING
    assert parse_amount("..", money=Money.KRONOR) is Missing.NOT_AVAILABLE


def test_kronor_in_a_column_of_thousands_are_refused():
    with pytest.raises(NumberTextError, match="säger kronor"):
        parse_amount("800 kr", money=Money.THOUSANDS)
    assert parse_amount("-", money=Money.THOUSANDS) == 0
