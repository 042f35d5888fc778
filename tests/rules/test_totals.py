from decimal import Decimal

import pytest

from tasks.rules.totals import sum_known, sum_of_all


@pytest.mark.parametrize(
    ("amounts", "total"),
    [([1, 2], 3), ([1, None], 1), ([0], 0), ([None], None), ([], None), (["0.1", "0.2"], "0.3")],
)
def test_a_sum_of_nothing_known_is_missing(amounts, total):
    amounts = [None if amount is None else Decimal(amount) for amount in amounts]
    assert sum_known(amounts) == (None if total is None else Decimal(total))


@pytest.mark.parametrize(
    ("amounts", "total"),
    [([1, 2], 3), ([1, None], None), ([0], 0), ([None], None), ([], None), (["0.1", "0.2"], "0.3")],
)
def test_a_sum_of_all_is_missing_when_one_of_them_is(amounts, total):
    amounts = [None if amount is None else Decimal(amount) for amount in amounts]
    assert sum_of_all(amounts) == (None if total is None else Decimal(total))
