"""A month of social assistance as delivered, and what it and a year come to per household."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tasks.rules.totals import sum_known

HOUSEHOLDS, GRANT, PAID = "hushall", "medelbidrag", "utbetalt"
MONTHS = 12
OWN, CITY, YEAR_MEAN = "", "_staden", "_snitt_foregaende_ar"

Row = Mapping[str, Decimal | None]
"""A month of the source bistand by column: households and persons, kr, kr a household; None is missing."""


def figure(row: Row, column: str) -> Decimal | None:
    """Return a figure as delivered; what is no number is missing."""
    value = row.get(column)
    return value if value is not None and value.is_finite() else None


def grant(row: Row, place: str = OWN) -> Decimal | None:
    """Return kr a household: as delivered, else paid over households."""
    given, kr, households = (figure(row, f"{name}{place}") for name in (GRANT, PAID, HOUSEHOLDS))
    if given is not None or kr is None or not households:
        return given
    return kr / households


def paid(row: Row, place: str = OWN) -> Decimal | None:
    """Return the month's kr: as delivered, else households times grant."""
    kr, given, households = (figure(row, f"{name}{place}") for name in (PAID, GRANT, HOUSEHOLDS))
    if kr is not None or given is None or households is None:
        return kr
    return households * given


def year_mean(measure: str, year: Sequence[Row], place: str = OWN) -> Decimal | None:
    """Return the mean of a year's twelve months; None unless all are known.

    That of the grant is kr over households, never a mean of means.
    """
    households = _sum([figure(row, f"{HOUSEHOLDS}{place}") for row in year])
    if measure == GRANT:
        kr = _sum([paid(row, place) for row in year])
        return kr / households if kr is not None and households else None
    total = _sum([figure(row, f"{measure}{place}") for row in year])
    return None if total is None else total / MONTHS


def _sum(months: Sequence[Decimal | None]) -> Decimal | None:
    return None if len(months) != MONTHS or None in months else sum_known(months)
