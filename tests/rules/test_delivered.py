"""Deliveries, the rows of them, and where these stand."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tasks.rules.delivered import Delivered, Delivery, counting_delivery, months_reached, row_ranges
from tasks.rules.periods import Period

SEPTEMBER = Period(2026, 9)
ROW = Delivered(SEPTEMBER, "101", "kvinnor", {"timmar": Decimal(7), "mal": "minska", "not": None}, 3, 12)


def test_a_delivery_is_told_from_others_by_source_month_and_revision():
    delivery = Delivery(3, "ekonomi", SEPTEMBER, 2, "ekonomi_2026-09.csv", datetime(2026, 10, 7, tzinfo=UTC))
    assert delivery.mark == ("ekonomi", "2026-09-01", 2)


def test_a_cell_is_a_figure_or_a_text_and_never_taken_for_the_other():
    assert [ROW.figure(column) for column in ("timmar", "mal", "not", "saknas")] == [
        Decimal(7),
        None,
        None,
        None,
    ]
    assert [ROW.text(column) for column in ("timmar", "mal", "not", "saknas")] == [None, "minska", None, None]
    assert ROW.figures == {"timmar": Decimal(7), "not": None}


def test_a_row_says_where_it_stands_and_reads_as_the_rules_of_a_month_read_it():
    assert ROW.range == (3, 12, 12)
    assert ROW.as_row == {"unit": "101", "item": "kvinnor", **ROW.cells}


AUGUST = Period(2026, 8)
COUNTING = {
    "the month's own": (0, ["2026-07", "2026-08"], "2026-08"),
    "an older one of a source that doesn't lag": (0, ["2026-07"], None),
    "just within the lag": (2, ["2026-05", "2026-06"], "2026-06"),
    "just beyond the lag": (2, ["2026-05"], None),
    "a newer one within the lag": (2, ["2026-06", "2026-07"], "2026-07"),
    "the month's own though it may lag": (2, ["2026-06", "2026-08"], "2026-08"),
    "a month that is still to come": (2, ["2026-09"], None),
    "the month between lacks": (3, ["2026-05", "2026-07"], "2026-07"),
    "in whatever order they stand": (2, ["2026-07", "2026-06"], "2026-07"),
    "nothing": (2, [], None),
}


@pytest.mark.parametrize(("lag", "there", "counts"), COUNTING.values(), ids=COUNTING)
def test_the_newest_delivery_within_the_lag_counts_in_a_month(lag, there, counts):
    deliveries = [
        Delivery(1, "sjukfranvaro", Period.parse(month), 1, "", datetime(2026, 9, 7, tzinfo=UTC))
        for month in there
    ]
    found = counting_delivery(deliveries, AUGUST, lag)
    assert (None if found is None else str(found.period)) == counts


def test_a_lag_reaches_over_the_turn_of_the_year():
    november = Delivery(1, "bistand", Period(2025, 11), 1, "", datetime(2026, 2, 7, tzinfo=UTC))
    assert counting_delivery([november], Period(2026, 1), 2) == november
    assert counting_delivery([november], Period(2026, 2), 2) is None


@pytest.mark.parametrize(
    ("lag", "months"), [(0, ["2026-11"]), (1, ["2026-11", "2026-12"]), (2, ["2026-11", "2026-12", "2027-01"])]
)
def test_a_delivery_may_complete_its_own_month_and_those_that_lag_to_it(lag, months):
    assert [str(month) for month in months_reached(Period(2026, 11), lag)] == months


RANGES = {
    "rows that meet": ([(1, 2, 3), (1, 4, 4)], [(1, 2, 4)]),
    "rows that overlap": ([(1, 2, 5), (1, 3, 4)], [(1, 2, 5)]),
    "rows between": ([(1, 2, 3), (1, 5, 5)], [(1, 2, 3), (1, 5, 5)]),
    "another delivery": ([(1, 2, 3), (2, 4, 4)], [(1, 2, 3), (2, 4, 4)]),
    "out of order": ([(2, 1, 1), (1, 9, 9), (1, 8, 8)], [(1, 8, 9), (2, 1, 1)]),
    "none": ([], []),
}


@pytest.mark.parametrize(("rows", "joined"), RANGES.values(), ids=RANGES)
def test_a_deliverys_ranges_that_meet_or_overlap_are_joined_in_the_order_of_its_rows(rows, joined):
    assert row_ranges(rows) == [
        {"delivery": delivery, "first": first, "last": last} for delivery, first, last in joined
    ]


def test_a_row_can_be_told_by_one_of_its_columns_alone():
    assert ROW.only("timmar").cells == {"timmar": Decimal(7)}
    assert ROW.only("saknas").cells == {"saknas": None}
