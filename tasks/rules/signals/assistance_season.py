"""The season of households with social assistance."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

MONTHS = 12
MOST_YEARS = 3
"""The latest past years, as in the forecast of units."""


def household_season(past_years: Sequence[Sequence[Decimal | None]]) -> list[Decimal] | None:
    """Return what each month has of households in relation to its year: 1.02 for a fiftieth more.

    past_years: households a month, oldest year first. The mean of the latest whole years, each with its
    straight line taken out: a rise within a year is no season. None where no whole year is known.
    """
    shapes = [shape for year in past_years if (shape := _shape(year)) is not None][-MOST_YEARS:]
    if not shapes:
        return None
    return [_sum(factors) / len(shapes) for factors in zip(*shapes, strict=True)]


def _shape(year: Sequence[Decimal | None]) -> list[Decimal] | None:
    """Return the months in relation to their line by least squares; None unless all twelve are above 0."""
    counts = [count for count in year if count is not None and count.is_finite() and count > 0]
    if len(counts) != MONTHS:
        return None
    places = [place - Decimal(MONTHS - 1) / 2 for place in range(MONTHS)]
    slope = _sum(place * count for place, count in zip(places, counts, strict=True)) / _sum(
        place * place for place in places
    )
    line = [_sum(counts) / MONTHS + slope * place for place in places]
    return [count / on_line for count, on_line in zip(counts, line, strict=True)] if min(line) > 0 else None


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))
