from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.periods import (
    Period,
    add_working_days,
    days_of_spans,
    is_working_day,
    months_of,
    months_words,
    parse_span,
    working_day_of_month,
)

FREE = frozenset(
    date(2026, *day) for day in [(1, 1), (1, 6), (6, 19), (12, 24), (12, 25), (12, 31)]
)  # nyårsdagen, trettondedagen, midsommarafton, julafton, juldagen, nyårsafton


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 11, 9), 5, date(2026, 11, 16)),  # a week on
        (date(2026, 11, 9), 0, date(2026, 11, 9)),
        (date(2026, 11, 7), 0, date(2026, 11, 7)),  # a Saturday stays where it is
        (date(2026, 11, 7), 1, date(2026, 11, 9)),  # from a Saturday to Monday
        (date(2026, 11, 6), 1, date(2026, 11, 9)),  # over a weekend
        (date(2026, 6, 18), 1, date(2026, 6, 22)),  # over midsummer
        (date(2026, 12, 23), 3, date(2026, 12, 30)),  # over Christmas
        (date(2026, 10, 7), 5, date(2026, 10, 14)),  # the demo's day
    ],
)
def test_days_are_counted_over_weekends_and_holidays(start, n, end):
    assert add_working_days(start, n, free_days=FREE) == end


@pytest.mark.parametrize(
    ("period", "n", "day"),
    [
        (Period(2026, 10), 5, date(2026, 10, 7)),
        (Period(2026, 10), 1, date(2026, 10, 1)),
        (Period(2026, 11), 1, date(2026, 11, 2)),  # the month begins on a Sunday
        (Period(2026, 1), 3, date(2026, 1, 7)),  # nyårsdagen and trettondedagen
    ],
)
def test_the_working_days_of_a_month_are_numbered_from_one(period, n, day):
    assert working_day_of_month(period, n, free_days=FREE) == day


@pytest.mark.parametrize("n", [0, 23])
def test_a_month_has_no_working_day_outside_of_it(n):
    with pytest.raises(ValueError):
        working_day_of_month(Period(2026, 10), n, free_days=FREE)


def test_days_are_not_counted_backwards():
    with pytest.raises(ValueError):
        add_working_days(date(2026, 10, 7), -1, free_days=FREE)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 60))
def test_exactly_n_working_days_lie_between_and_the_last_is_one(start, n):
    end = add_working_days(start, n, free_days=FREE)
    days = [start + timedelta(days=i) for i in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day, free_days=FREE) for day in days) == n
    assert is_working_day(end, free_days=FREE)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("07-01--07-31", ((7, 1), (7, 31))),
        ("12-24--12-24", ((12, 24), (12, 24))),
        ("07-31--07-01", None),
        ("06-31--07-01", None),
        ("02-29--03-01", None),
        ("13-01--13-02", None),
        ("7-1--7-31", None),
        ("juli", None),
    ],
)
def test_a_span_of_days_is_read_or_refused(text, span):
    assert parse_span(text) == span


def test_days_of_a_span_are_told_for_each_year():
    days = days_of_spans(["12-30--12-31"], [2026, 2027])
    assert days == {date(2026, 12, 30), date(2026, 12, 31), date(2027, 12, 30), date(2027, 12, 31)}


def test_a_span_that_is_none_raises():
    with pytest.raises(ValueError, match="juli"):
        days_of_spans(["juli"], [2026])


def test_a_month_is_read_as_it_is_written():
    assert Period.parse(" 2026-09 ") == Period(2026, 9)
    assert str(Period(2026, 9)) == "2026-09"


@pytest.mark.parametrize(
    "text", [" ", "2026", "2026-9", "2026-00", "2026-13", "0026-09", "3026-09", "2026-09-01", "26-09"]
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match=text):
        Period.parse(text)


@pytest.mark.parametrize(
    ("months", "found"), [(0, (2026, 9)), (3, (2026, 12)), (4, (2027, 1)), (-9, (2025, 12)), (24, (2028, 9))]
)
def test_months_are_counted_over_the_turn_of_the_year(months, found):
    assert Period(2026, 9).plus(months) == Period(*found)


def test_a_month_knows_its_days_and_a_year_its_months():
    assert (Period(2028, 2).first_day, Period(2028, 2).last_day) == (date(2028, 2, 1), date(2028, 2, 29))
    assert Period.of(date(2026, 12, 31)).swedish == "december 2026"
    assert months_of(2026) == tuple(Period(2026, month) for month in range(1, 13))


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (range(1, 13), "2025"),
        ([3], "mars 2025"),
        (range(1, 10), "januari–september 2025"),
        ([1, 3, 5], "januari, mars och maj 2025"),
    ],
)
def test_months_of_a_year_are_named_as_a_span_where_they_are_one(months, words):
    assert months_words([Period(2025, month) for month in months]) == words


@pytest.mark.parametrize(
    ("period", "words", "short"),
    [
        (Period(2026, 1), "januari 2026", "jan 2026"),
        (Period(2026, 2), "januari–februari 2026", "jan–feb 2026"),
        (Period(2025, 12), "januari–december 2025", "jan–dec 2025"),
    ],
)
def test_the_year_so_far_is_named_by_its_first_and_last_month(period, words, short):
    assert (period.year_so_far, period.year_so_far_short) == (words, short)
