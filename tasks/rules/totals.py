"""Sums that know the difference between missing and zero."""

from collections.abc import Iterable
from decimal import Decimal


def sum_known(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Add up the known amounts, unrounded; where none is known the sum is missing and not zero."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def sum_of_all(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Add up amounts, unrounded; where one is missing the sum is, and so is the sum of nothing."""
    every = list(amounts)
    return None if None in every else sum_known(every)
