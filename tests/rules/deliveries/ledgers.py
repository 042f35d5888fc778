"""Small honest ledgers, and ways to make figures of them that can't be right."""

from dataclasses import replace
from datetime import date

import polars as pl

from tasks.rules.deliveries.check import CheckedDelivery
from tasks.rules.deliveries.plausible import KnownFigures, PlausibleSettings, judge
from tasks.rules.periods import Period
from tasks.sources import all_sources
from tests.rules.deliveries.demo_deliveries import ledger_months

SEPTEMBER = Period(2026, 9)
TYPES = {f"F{n}": "förskola" for n in range(1, 5)} | {f"H{n}": "hemtjänst" for n in range(1, 9)}
NAMES = {unit: f"Enheten {unit}" for unit in TYPES}
GROUPS = {"Personal": 800_000, "Lokaler": 100_000, "Intäkter": -120_000}


def rows(period=SEPTEMBER, units=tuple(TYPES), groups=GROUPS, year=None):
    """Return a year of rows: a budget each month, an outcome up to the period, a little off the budget."""
    made = []
    for unit_no, unit in enumerate(units):
        for month in range(1, 13):
            for group, budget in groups.items():
                off = 1 + ((unit_no * 7 + month * 3) % 9 - 4) / 100
                outcome = budget * off if month <= period.month else None
                made.append([date(year or period.year, month, 1), unit, group, budget, outcome])
    return made


def changed(made, budget=1, outcome=1, units=None, months=None, groups=None):
    """Return rows of which some amounts are multiplied; by a function: with the month's number."""
    return [
        [
            at,
            unit,
            group,
            _times(budget, had, at.month),
            _times(outcome, spent, at.month),
        ]
        if (units is None or unit in units)
        and (months is None or at.month in months)
        and (groups is None or group in groups)
        else [at, unit, group, had, spent]
        for at, unit, group, had, spent in made
    ]


def _times(factor, amount, month):
    factor = factor(month) if callable(factor) else factor
    return None if amount is None or factor is None else amount * factor


def delivery(made, period=SEPTEMBER):
    """Return rows as a delivery that has been checked."""
    frame = pl.DataFrame(
        made,
        schema={
            "period": pl.Date,
            "unit": pl.String,
            "account_group": pl.String,
            "budget": pl.Float64,
            "outcome": pl.Float64,
        },
        orient="row",
    ).with_columns(pl.col("budget", "outcome").round(2).cast(pl.String))
    return CheckedDelivery(all_sources()["ekonomi"], period, len(made), (), 0, (), 0, ledger=frame)


def known(*made, **others):
    """Return what is known when such rows were accepted before."""
    months = [ledger_months(delivery(one)) for one in made]
    known = KnownFigures(ledger=pl.concat(months) if months else None, unit_types=TYPES, unit_names=NAMES)
    return replace(known, **others)


def forecast(budget, forecast_before=None, units=tuple(TYPES)):
    """Return what is known when every unit has a forecast (kr for the year)."""
    forecasts = pl.DataFrame(
        {"unit": units, "budget": float(budget), "forecast_before": float(forecast_before or budget)}
    )
    return KnownFigures(forecasts=forecasts, unit_types=TYPES, unit_names=NAMES)


def kinds(made, before=None, period=SEPTEMBER, settings=None):
    """Return the kinds of doubt about rows."""
    found = judge(delivery(made, period), before or known(), settings or PlausibleSettings()).doubts
    return [doubt.kind for doubt in found]


def half_of(whole, measure):
    """Return a delivery of the whole ledger as one of a half of it."""
    source, other = ("budget", "outcome") if measure == "budget" else ("utfall", "budget")
    told = whole.ledger.with_columns(pl.lit(None, pl.String).alias(other)).filter(
        pl.col(measure).is_not_null() | (pl.col("period") <= whole.period.first_day)
    )
    return replace(whole, source=all_sources()[source], ledger=told)


def as_known(whole, measure):
    """Return a half of a ledger as it is known beside the other one."""
    amount = pl.col(measure).cast(pl.Float64)
    return (
        whole.ledger.with_columns(amount)
        .drop_nulls(measure)
        .group_by("unit", "period")
        .agg(amount.sum().alias("value"), amount.abs().sum().alias("size"))
    )
