"""Where delivered rows stand: ranges are joined and kept as JSON."""

import pytest

from tasks.rules.delivered import row_ranges

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
