from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules import swedish
from tasks.rules.swedish import MINUS, NBSP

AMOUNTS = st.decimals(min_value=-(10**11), max_value=10**11, places=2)


def spaced(text: str) -> str:
    """Show no-break spaces as `_`, so that a table can be read."""
    return text.replace(NBSP, "_")


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("0.05", 1, "0.1"),  # exactly a half goes up, where Python's own round goes to even
        ("0.25", 1, "0.3"),
        ("0.249", 1, "0.2"),  # just under
        ("-0.05", 1, "-0.1"),  # a half of a deficit is not hidden
        ("-0.04", 1, "0.0"),  # never minus zero
        ("2.5", 0, "3"),
        ("1E+3", 0, "1000"),
    ],
)
def test_a_half_is_rounded_away_from_zero(value, decimals, rounded):
    assert str(swedish.round_half_up(Decimal(value), decimals)) == rounded


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (Decimal("1234.5"), 1, "1_234,5"),
        (Decimal("-1234567.891"), 2, f"{MINUS}1_234_567,89"),
        (Decimal("-0.001"), 1, "0,0"),  # nothing has no sign
        (999, 0, "999"),
        (1000, 0, "1_000"),
    ],
)
def test_a_number_has_comma_groups_and_a_real_minus(value, decimals, words):
    assert spaced(swedish.number(value, decimals)) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (swedish.mnkr(Decimal(12_449_999)), "12,4_mnkr"),
        (swedish.mnkr(Decimal(12_450_000)), "12,5_mnkr"),
        (swedish.mnkr(Decimal(2_028_900_000)), "2_028,9_mnkr"),
        (swedish.mnkr(Decimal(12_456_789), 2), "12,46_mnkr"),
        (swedish.tkr(Decimal(1_234_500)), "1_235_tkr"),
        (swedish.tkr(Decimal(1_234_500), 1), "1_234,5_tkr"),
        (swedish.kronor(Decimal(9153)), "9_153_kronor"),
        (swedish.percent(Decimal("3.55")), "3,6_%"),
        (swedish.percent(Decimal(2), 0), "2_%"),
        (swedish.percentage_points(Decimal("-0.4")), f"{MINUS}0,4_procentenheter"),
        (swedish.limit_percent(Decimal("2.25")), "2,25_%"),
        (swedish.limit_percent(Decimal("1.50")), "1,5_%"),
        (swedish.limit_percent(Decimal("20.00")), "20_%"),
        (swedish.limit_percent(Decimal("1.6666666")), "1,67_%"),
        (swedish.counted(1, "enhet", "enheter"), "1_enhet"),
        (swedish.counted(0, "enhet", "enheter"), "0_enheter"),
        (swedish.counted(1200, "enhet", "enheter"), "1_200_enheter"),
    ],
)
def test_a_figure_keeps_to_its_unit_by_a_no_break_space(written, words):
    assert spaced(written) == words


@pytest.mark.parametrize("write", [swedish.mnkr, swedish.tkr, swedish.kronor, swedish.percent])
def test_a_missing_figure_is_said_and_not_shown_as_zero(write):
    assert write(None) == "uppgift saknas"


def test_a_date_is_written_in_words():
    day = date(2026, 11, 6)
    assert swedish.date_words(day) == "6 november 2026"
    assert swedish.day_words(day) == "6 november"
    assert swedish.weekday(day) == "fredag"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")],
)
def test_a_list_is_joined_as_a_sentence(words, sentence):
    assert swedish.joined(words) == sentence


@pytest.mark.parametrize(
    ("words", "most", "noun", "sentence"),
    [
        ([], 2, "", ""),
        (["a", "b"], 2, "", "a och b"),  # just as many as are named
        (["a", "b", "c"], 2, "", "a, b och 1 till"),
        (list("abcdef"), 3, "ställen", "a, b, c och 3 ställen till"),
        ([str(n) for n in range(1002)], 1, "", "0 och 1_001 till"),
    ],
)
def test_a_list_that_is_cut_short_counts_the_rest(words, most, noun, sentence):
    assert spaced(swedish.shortened(words, most, noun)) == sentence


@pytest.mark.parametrize(
    ("count", "most", "noun", "line"),
    [(3, 3, "", ""), (4, 3, "", "… och 1 till"), (1203, 3, "fel", "… och 1_200 fel till")],
)
def test_what_a_list_leaves_out_is_a_line_of_its_own(count, most, noun, line):
    assert spaced(swedish.and_more(count, most, noun)) == line


@pytest.mark.parametrize(
    ("title", "word"),
    [("Ekonomiskt bistånd", "ekonomiskt bistånd"), ("LSS-boende", "LSS-boende"), ("Å", "å"), ("", "")],
)
def test_a_title_is_a_common_word_inside_a_sentence(title, word):
    assert swedish.mid_sentence(title) == word


def test_names_sort_with_the_last_letters_of_the_swedish_alphabet_last():
    names = ["Ödla", "Ärla", "zon", "Ål", "Abborre"]
    assert sorted(names, key=swedish.sort_key) == ["Abborre", "zon", "Ål", "Ärla", "Ödla"]


@given(AMOUNTS)
def test_every_amount_can_be_read_back_and_never_shows_ascii_signs(kr):
    words = swedish.tkr(kr, 5).removesuffix(f"{NBSP}tkr")
    assert not set(words) & set(" -.")
    assert Decimal(words.replace(NBSP, "").replace(",", ".").replace(MINUS, "-")) * 1000 == kr
