"""How volumes vary over a year, and what a delivered mean says of the months that are missing."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from tasks.rules.totals import sum_known
from tasks.rules.volumes.volumes import EVEN, Season, Twelve

LEAST_MONTHS_OF_SEASON = 9
"""A year that lacks more than three months says too little of its season; preschools lack June and July."""
SMALLEST_SEASON = Decimal("0.02")
"""A season whose months are all nearer to their mean than this share is taken for chance."""
LARGEST_ROUNDING = Decimal("0.01")
"""A mean that may be rounded by more than this share of itself looks like a deviation that isn't there."""


def season(years: Iterable[Twelve]) -> Season | None:
    """Return how a measure varies over a year, from earlier years of every unit that counts it.

    One unit's own season is mostly chance: with it the year was missed by 0.84 %, with everybody's by 0.73 %.
    A month that nobody counts is a mean month. None where no year is known well enough, or all are 0.
    """
    usable = [year for year in years if _known_months(year) >= LEAST_MONTHS_OF_SEASON and any(year)]
    if not usable:
        return None
    means = [(sum_known(year) or Decimal(0)) / _known_months(year) for year in usable]
    shares = [
        _share([(year[month], mean) for year, mean in zip(usable, means, strict=True)]) for month in range(12)
    ]
    found = tuple(share * 12 / sum(shares) for share in shares)
    return found if any(abs(share - 1) > SMALLEST_SEASON for share in found) else EVEN


def filled_by_mean(outcome: Twelve, month: int, mean_so_far: Decimal | None) -> Twelve:
    """Fill the missing months so far with what the delivered mean (snitt_hittills) leaves for them.

    Nothing is filled from a mean whose rounding could be taken for a deviation, or that the known months
    contradict.
    """
    missing = [place for place in range(month) if outcome[place] is None]
    if mean_so_far is None or not missing or not _is_exact(mean_so_far):
        return outcome
    rest = mean_so_far * month - (sum_known(outcome[:month]) or 0)
    if rest < 0:
        return outcome
    each = rest / len(missing)
    return tuple(each if place in missing else value for place, value in enumerate(outcome))


def _known_months(year: Twelve) -> int:
    return sum(value is not None for value in year)


def _share(month: Sequence[tuple[Decimal | None, Decimal]]) -> Decimal:
    """Return a month of many years, each given with its year's mean, relative to the mean month."""
    known = [(value, mean) for value, mean in month if value is not None]
    if not known:
        return Decimal(1)
    return sum((value for value, _ in known), Decimal(0)) / sum(mean for _, mean in known)


def _is_exact(mean: Decimal) -> bool:
    """Tell whether half a unit of its last decimal is at most a small share of the mean."""
    exponent = min(int(mean.normalize().as_tuple().exponent), 0)
    return Decimal("0.5").scaleb(exponent) <= LARGEST_ROUNDING * mean
