"""The kinds of doubt: for each, which cells can be judged and which of them are off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import polars as pl

from tasks.rules.deliveries.doubts.doubt import DoubtKind, PlausibleSettings
from tasks.rules.deliveries.doubts.scopes import (
    ONE_ITEM,
    ONE_MONTH,
    ONE_TYPE,
    WHOLE_FILE,
    Scope,
    scopes,
)
from tasks.rules.deliveries.sheet import IN_MEMORY

Direction = Literal["smaller", "larger"]
DIRECTIONS: tuple[Direction, ...] = ("smaller", "larger")
SAME_SIZE = 5.0
"""Signs are compared of figures that are at most so many times larger or smaller than each other."""
STEP_SHARE = 0.25
"""An accumulated sum rises every month, by at least so much of its mean rise."""
MOST_ORDINARY = 1.6
"""An accumulated month is at most so many ordinary months times its number, February at least so many."""


@dataclass(frozen=True)
class Found:
    """A kind of doubt, where it was found, and which way figures are off where that has a way."""

    kind: DoubtKind
    scope: Scope
    way: Direction | None = None


def times(direction: Direction) -> pl.Expr:
    """Return how many times smaller or larger a figure is than what it is held against."""
    smaller = pl.col("before").abs() / pl.col("value").abs()
    return smaller if direction == "smaller" else 1 / smaller


def thousandfold(cells: pl.LazyFrame, settings: PlausibleSettings, direction: Direction) -> list[Scope]:
    """Find figures about a thousand times smaller or larger than before. Nets near zero tell nothing."""
    judged = comparable(cells).filter(is_solid(settings))
    off = times(direction).is_between(float(settings.thousand_low), float(settings.thousand_high))
    return list(scopes(judged, off, settings))


def thousandfold_rows(
    cells: pl.LazyFrame, settings: PlausibleSettings, direction: Direction, last: date | None = None
) -> pl.DataFrame:
    """Return cells of units' rows of which nearly all months, or the last one, are a thousand times off.

    They are sorted by measure and month. last: None where each month is a delivery of its own, and one that
    is off is enough.
    """
    within = times(direction).is_between(float(settings.thousand_low), float(settings.thousand_high))
    judged = comparable(cells).filter(is_solid(settings)).with_columns(is_off=within)
    off = judged.filter("is_off")
    if last is not None:
        share = pl.col("is_off").mean().over("unit", "item", "measure") * 100
        is_most = share >= float(settings.nearly_all_percent)
        off = judged.filter("is_off", is_most | (pl.col("period") == last))
    return off.drop_nulls("unit").sort("measure", "period").collect(engine=IN_MEMORY)


def unheard_of(years: pl.LazyFrame, settings: PlausibleSettings) -> list[Found]:
    """Find years (value, kr gross) that no unit has, of units that nothing else is known of."""
    bounds: tuple[tuple[Direction, Decimal], ...] = (
        ("smaller", settings.smallest_year_kr),
        ("larger", settings.largest_year_kr),
    )
    found = []
    for way, bound in bounds:
        held = years.with_columns(before=pl.lit(float(bound)), basis=pl.lit("any"))
        off = scopes(comparable(held), times(way) > 1, settings, of=(WHOLE_FILE, ONE_TYPE))
        found += [Found("thousandfold", one, way) for one in off]
    return found


def apart(
    pairs: pl.LazyFrame, settings: PlausibleSettings, direction: Direction, of: Sequence[tuple[str, ...]]
) -> list[Scope]:
    """Find outcomes (value) that are a few times smaller or larger than their budgets (before)."""
    off = times(direction) >= float(settings.apart_factor)
    return list(scopes(comparable(pairs), off, settings, of=of))


def multiples(cells: pl.LazyFrame, settings: PlausibleSettings, of: Sequence[tuple[str, ...]]) -> list[Scope]:
    """Find months that are as many ordinary months as their number: the year's sum so far.

    Where it is taken of one month, that is larger than the others of the file.
    """
    month = pl.col("period").dt.month()
    least = (month * float(settings.accumulated_percent) / 100).clip(lower_bound=MOST_ORDINARY)
    is_sum = times("larger").is_between(least, month * MOST_ORDINARY)
    size = pl.col("value").abs()
    ordinary = size.median().over("unit", "item", "measure") if ONE_MONTH in of else pl.lit(0)
    judged = comparable(cells).with_columns(least_in_file=MOST_ORDINARY * ordinary).filter(month > 1)
    return list(scopes(judged, is_sum & (size >= pl.col("least_in_file")), settings, of=of))


def running_up(cells: pl.LazyFrame, settings: PlausibleSettings) -> list[Scope]:
    """Find units whose months rise as sums of the year so far do; three months at least are needed."""
    keys = ["unit", "unit_type", "item", "measure"]
    size = pl.col("value").abs()
    step = size.diff().drop_nulls()
    by_row = cells.drop_nulls("value").sort("period").group_by(keys, maintain_order=True)
    runs = by_row.agg(
        pl.col("period").last(),
        months=pl.len(),
        value=size.last(),
        size=size.last(),
        before=size.first(),
        basis=pl.lit("first"),
        longer=pl.col("period").dt.month().last() / pl.col("period").dt.month().first(),
        rising=(step >= step.mean() * STEP_SHARE).mean() * 100,
        mean_step=step.mean(),
    ).filter(pl.col("months") >= 3, pl.col("longer") >= 2, pl.col("before") > 0)
    least = pl.col("longer") * float(settings.accumulated_percent) / 100
    rises = (pl.col("rising") >= float(settings.nearly_all_percent)) & (pl.col("mean_step") > 0)
    off = rises & (times("larger") >= least)
    return list(scopes(runs, off, settings, of=(WHOLE_FILE, ONE_TYPE, ONE_ITEM)))


def nothing(cells: pl.LazyFrame, settings: PlausibleSettings) -> list[Scope]:
    """Find months in which what has figures otherwise has 0 or none. Cells: those that ought to have one."""
    off = pl.col("value").is_null() | (pl.col("size") == 0)
    return list(scopes(cells, off, settings, of=(ONE_MONTH, ("unit_type", "period"), ("item", "period"))))


def turned(
    cells: pl.LazyFrame,
    settings: PlausibleSettings,
    of: Sequence[tuple[str, ...]] = (WHOLE_FILE, ONE_TYPE, ONE_MONTH),
) -> list[Scope]:
    """Find nets with the opposite sign of what they are held against, of about the same size."""
    alike = times("larger").is_between(1 / SAME_SIZE, SAME_SIZE)
    judged = comparable(cells).filter(is_solid(settings), alike)
    return list(scopes(judged, pl.col("value").sign() != pl.col("before").sign(), settings, of=of))


def both_turned(groups: pl.LazyFrame, settings: PlausibleSettings) -> list[Scope]:
    """Find negative costs (value) beside positive incomes (before)."""
    off = (pl.col("value") < 0) & (pl.col("before") > 0)
    return list(scopes(comparable(groups), off, settings, of=(WHOLE_FILE, ONE_TYPE, ONE_MONTH)))


def fractions(cells: pl.LazyFrame, settings: PlausibleSettings) -> list[Scope]:
    """Find percentages that are about a hundred times smaller than they were."""
    off = times("smaller").is_between(float(settings.hundred_low), float(settings.hundred_high))
    return list(scopes(comparable(cells), off, settings, of=(WHOLE_FILE, ONE_MONTH)))


def moved(cells: pl.LazyFrame, settings: PlausibleSettings) -> list[Scope]:
    """Find years' budgets that are otherwise than in the delivery before by more than a share."""
    change = (pl.col("value") - pl.col("before")).abs() / pl.col("before").abs() * 100
    judged = comparable(cells).filter(is_solid(settings))
    return list(scopes(judged, change > float(settings.moved_percent), settings, of=(WHOLE_FILE, ONE_TYPE)))


def comparable(cells: pl.LazyFrame) -> pl.LazyFrame:
    """Return the cells that have a figure and something to hold it against, neither of them 0."""
    return cells.filter(pl.col("value") != 0, pl.col("before") != 0)


def is_solid(settings: PlausibleSettings) -> pl.Expr:
    """Tell whether a net is a share of its gross large enough for its size and sign to tell anything."""
    return pl.col("value").abs() >= pl.col("size") * float(settings.solid_percent) / 100
