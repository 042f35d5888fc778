"""Old years whose figures can't be right: what a delivery would be held for, a replay would learn from."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import cast

import numpy as np
import polars as pl

from tasks.rules.assessment.backtest import OldYears
from tasks.rules.deliveries.check import CheckedDelivery
from tasks.rules.deliveries.plausible import Doubt, KnownFigures, PlausibleSettings, judge
from tasks.rules.periods import Period
from tasks.sources import all_sources

BEGINNING = 4
"""The months (1–12) in which a year that is wrong in kind shows it; sums need three of them."""
LARGER_THAN_ANY = Decimal(10) ** 18
LEDGER = {"unit": pl.String, "period": pl.Date, "budget": pl.Float64, "outcome": pl.Float64}


def doubted_years(years: OldYears, limits: PlausibleSettings) -> Iterator[tuple[int, Doubt]]:
    """Yield why a year's figures can't be right, each year held against the one before it.

    A file of old years may be in another unit than kronor, so no year is too small or too large by itself.
    What is wrong in kind is so from the year's beginning: months that are far off later are what happened.
    But a month in which no unit spent anything wasn't closed.
    """
    limits = replace(limits, smallest_year_kr=Decimal(0), largest_year_kr=LARGER_THAN_ANY)
    types = {str(unit): str(kind) for unit, kind in zip(years.unit, years.unit_type, strict=True) if kind}
    before = None
    for at in range(years.outcome.shape[1]):
        months = _months(years, at)
        if not months.is_empty():
            known = KnownFigures(ledger=before, unit_types=types)
            begun = months.filter(pl.col("period").dt.month() <= BEGINNING)
            first = () if begun.is_empty() else judge(_delivery(begun), known, limits).doubts
            at_once = {doubt.kind for doubt in first}
            for doubt in judge(_delivery(months), known, limits).doubts:
                if doubt.kind == "nothing" or doubt.kind in at_once:
                    yield years.first_year + at, doubt
            before = months


def _months(years: OldYears, at: int) -> pl.DataFrame:
    """Return a year's months that have an outcome (kr, or the unit that the file is in)."""
    year = years.first_year + at
    rows = [
        (
            str(unit),
            Period(year, month + 1).first_day,
            None if np.isnan(years.budget[row, at, month]) else float(years.budget[row, at, month]),
            float(years.outcome[row, at, month]),
        )
        for row, unit in enumerate(years.unit)
        for month in range(12)
        if not np.isnan(years.outcome[row, at, month])
    ]
    return pl.DataFrame(rows, schema=LEDGER, orient="row")


def _delivery(months: pl.DataFrame) -> CheckedDelivery:
    """Return months, at least one, as the ledger's delivery that they would be."""
    ledger = months.with_columns(
        pl.lit("").alias("account_group"), pl.col("budget", "outcome").round(2).cast(pl.String)
    )
    last = Period.of(cast("date", months["period"].max()))
    return CheckedDelivery(
        all_sources()["ekonomi"], last, months.height, (), 0, (), 0, ledger=ledger, months=(last,)
    )
