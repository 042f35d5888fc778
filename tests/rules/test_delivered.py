"""Deliveries, the rows of them, and where these stand."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tasks.rules.delivered import Delivered, Delivery, row_ranges
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
