"""What is typed in a form, read as measures; nothing that was typed is lost."""

from decimal import Decimal
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.periods import Period
from tasks.rules.plans.measures import Measure
from web.plans.plan_form import TypedRow, previous_rows, read_rows, row_numbers, rows_of, typed_rows
from web.posted import MOST_FIELDS, UnreadableFormError, read_fields

SEPTEMBER, OCTOBER, NOVEMBER = (Period(2026, month) for month in (9, 10, 11))

AMOUNTS = {
    "groups with a space": ("25 000", "25000"),
    "groups with a no-break space": ("25\u00a0000", "25000"),
    "no groups": ("25000", "25000"),
    "öre": ("25 000,50", "25000.50"),
    "kr after it": ("25 000 kr", "25000"),
    "kr with a point": ("25000 kr.", "25000"),
    "kronor after it": ("25 000 kronor", "25000"),
    "colon and dash": ("25000:-", "25000"),
    "negative: the rules refuse it": ("-500", "-500"),
    "zero: the rules refuse it": ("0", "0"),
}
NO_AMOUNTS = {
    "two readings": ("25.000", "kan läsas på två sätt"),
    "wrong groups": ("25 00", "fel grupperade"),
    "words": ("ungefär tio tusen", "inget tal"),
    "a dash": ("-", "inget tal"),
    "three decimals": ("25 000,505", "fler än två decimaler"),
    "an exponent": ("1e5", "exponent"),
    "not a number": ("NaN", "inget tal"),
    "infinity": ("Infinity", "inget tal"),
    "too many digits": ("9" * 16, "15 siffror"),
    "a whole book": ("1" * 100_000, "inget tal"),
    "a hundred thousand spaces": ("1" + " " * 100_000 + "kr", "inget tal"),
}


@pytest.mark.parametrize(("typed", "kronor"), AMOUNTS.values(), ids=AMOUNTS)
def test_amounts_are_read_as_people_write_them(typed, kronor):
    read = read_rows([TypedRow(monthly_effect=typed)])
    assert (read.measures[0].monthly_effect, read.problems) == (Decimal(kronor), ())


@pytest.mark.parametrize(("typed", "why"), NO_AMOUNTS.values(), ids=NO_AMOUNTS)
def test_what_is_no_amount_is_told_with_an_example(typed, why):
    read = read_rows([TypedRow(what="A"), TypedRow(monthly_effect=typed)])
    (problem,) = read.problems
    assert (problem.number, problem.field) == (2, "monthly_effect")
    assert why in problem.text
    assert problem.text.endswith("till exempel 25\u00a0000 eller 25\u00a0000,50.")
    assert read.measures[1].monthly_effect is None


def test_an_empty_amount_is_missing_and_not_zero():
    assert read_rows([TypedRow(what="A")]).measures[0].monthly_effect is None


@pytest.mark.parametrize("typed", ["2026-13", "oktober", "2026-1", "0000-01"])
def test_a_month_that_is_in_no_list_is_told(typed):
    (problem,) = read_rows([TypedRow(from_month=typed)]).problems
    assert (problem.number, problem.field, problem.text) == (1, "from_month", "Välj en månad ur listan.")


def test_empty_rows_are_left_out_and_the_others_move_up():
    posted = {"vad-1": "", "vem-1": "", "vad-2": "B", "vem-3": "", "vad-10": "C", "risk-4": ""}
    assert typed_rows(posted) == (TypedRow(what="B"), TypedRow(what="C"))
    assert row_numbers(posted) == [1, 2, 3, 4, 10]


def test_a_row_is_taken_away_by_the_number_that_the_form_gave_it():
    posted = {"vad-1": "", "vad-2": "B", "vad-3": "C"}
    assert typed_rows(posted, without=3) == (TypedRow(what="B"),)


@pytest.mark.parametrize("name", ["vad-0", "vad-100", "vad-1x", "vad-", "annat-1", "vad-١"])
def test_other_fields_are_no_rows(name):
    assert row_numbers({name: "A"}) == []


def test_an_unchanged_plan_goes_on_from_the_first_month_left():
    previous = (
        Measure("A", "Rektor", Period(2026, 8), Decimal(10_000)),
        Measure("B", "Rektor", NOVEMBER, Decimal("0.5"), "risk"),
    )
    assert previous_rows((), previous, SEPTEMBER) == (
        TypedRow("A", "Rektor", "2026-10", "10\u00a0000"),
        TypedRow("B", "Rektor", "2026-11", "0,50", "risk"),
    )


def test_an_unchanged_plan_adds_nothing_that_is_typed_already():
    previous = (Measure("A", "Rektor", OCTOBER, Decimal(10_000)),)
    assert previous_rows((TypedRow("A", "Rektor", "2026-10", "10000"),), previous, SEPTEMBER) == ()


def test_a_draft_without_month_or_amount_becomes_rows_and_back():
    measures = (Measure("A", "", None, None),)
    assert read_rows(rows_of(measures)).measures == measures


WORDS = st.text(max_size=30).map(str.strip)
MEASURES = st.builds(
    Measure,
    WORDS.filter(bool),
    WORDS,
    st.none() | st.builds(Period, st.integers(2020, 2030), st.integers(1, 12)),
    st.none() | st.decimals(-(10**9), 10**12, places=2),
    WORDS,
)


@given(st.lists(MEASURES, max_size=5))
def test_measures_become_rows_and_the_same_measures_again(measures):
    read = read_rows(rows_of(measures))
    assert (list(read.measures), read.problems) == (measures, ())


def test_what_is_typed_loses_only_what_no_text_has():
    body = urlencode({"vad-1": " rad 1\r\nrad\x00 2\ttabb \u202eåäö😀 "}).encode()
    assert read_fields(body) == {"vad-1": "rad 1\nrad 2 tabb åäö😀"}


def test_the_first_field_of_a_name_counts():
    assert read_fields(b"gor=spara&gor=lamna-in") == {"gor": "spara"}


def test_bytes_that_are_no_text_are_shown_as_such():
    assert read_fields(b"vad-1=%FF%FEa") == {"vad-1": "\ufffd\ufffda"}


def test_more_fields_than_a_form_has_are_refused():
    assert len(read_fields("&".join(f"a{n}=1" for n in range(MOST_FIELDS)).encode())) == MOST_FIELDS
    with pytest.raises(UnreadableFormError):
        read_fields("&".join(f"a{n}=1" for n in range(MOST_FIELDS + 1)).encode())
