"""The demo's deliveries, checked, and what was known before each of them, without a database."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from demo.generate import generate
from tasks.deliveries.tables.read_table import read_table
from tasks.rules.deliveries.check import check_delivery
from tasks.rules.deliveries.file_names import parse_file_name
from tasks.rules.deliveries.plausible import KnownFigures
from tasks.rules.organisation import Register, unit_versions
from tasks.rules.periods import Period
from tasks.sources import all_sources

LAST_DAY = date(2027, 1, 31)


def demo_files(folder: Path, seed: int, period: Period, units: int = 125):
    """Write the demo of a month; return its files by (source, last month, whether it is a year's file)."""
    named = [
        (name, path)
        for path in generate(folder, period=period, units=units, seed=seed)
        if (name := parse_file_name(path.name)) is not None
    ]
    return {(name.source, name.period, name.is_year): path for name, path in named}


def register_of(path, period):
    checked = checked_file(path, "organisation", period)
    return Register([(period, unit_versions(checked.register_rows.iter_rows(named=True)))])


def checked_file(path, source, period, register=None, *, is_year=False):
    raw = read_table(path, max_bytes=10**9)
    checked = check_delivery(raw, all_sources()[source], period, register, today=LAST_DAY, is_year=is_year)
    assert checked.is_accepted, checked.problems[:2]
    return checked


class Accepted:
    """Checked deliveries that were accepted, and what was known of them before another one."""

    def __init__(self, register, period):
        self.deliveries = {}
        self.register(register, period)

    def register(self, register, period):
        """Take in a register: the units of a month, their types and names."""
        units = [register.unit(code, period) for code in register.units_valid(period)]
        self.types = {unit.code: unit.unit_type for unit in units if unit.unit_type}
        self.names = {unit.code: unit.name for unit in units}

    def take_in(self, checked):
        """Take in a delivery, of a year's file one for each of its months."""
        for month in checked.months:
            is_of_year = len(checked.months) > 1
            figures = checked.figures.filter(period=month.first_day) if is_of_year else checked.figures
            self.deliveries[checked.source.name, month] = replace(checked, period=month, figures=figures)

    def known(self, source, period):
        """Return what `read_known` reads before a delivery of a source and period."""
        figures = self._newest(source, period)
        forecasts = self._newest("prognos", period)
        return KnownFigures(
            ledger=self._ledger(period),
            forecasts=None if forecasts is None else forecasts_of(forecasts),
            figures=None if figures is None or figures.figures is None else figures.figures,
            unit_types=self.types,
            unit_names=self.names,
            figures_period=None if figures is None else figures.period,
        )

    def _newest(self, source, period):
        known = [at for name, at in self.deliveries if name == source and at <= period]
        return self.deliveries[source, max(known)] if known else None

    def _ledger(self, period):
        months = {}
        for (source, at), checked in sorted(self.deliveries.items(), key=lambda one: one[0]):
            if source == "ekonomi" and Period(period.year - 1, 1) <= at <= period:
                for month in ledger_months(checked).partition_by("period"):
                    months[month["period"][0]] = month
        return pl.concat(months.values()) if months else None


def ledger_months(checked):
    """Return a ledger's months as they are stored: missing where an account group is."""
    amounts = (pl.col(name).cast(pl.Float64) for name in ("budget", "outcome"))
    sums = (
        pl.when(amount.null_count() == 0).then(amount.sum()).alias(name)
        for amount, name in zip(amounts, ("budget", "outcome"), strict=True)
    )
    return checked.ledger.group_by("unit", "period").agg(*sums)


def forecasts_of(checked):
    wide = checked.figures.filter(pl.col("value").is_not_null()).pivot(
        "measure", index="unit", values="value", aggregate_function="first"
    )
    return wide.select(
        "unit",
        pl.col("budget").cast(pl.Float64),
        forecast_before=pl.col("prognos_fore_resultatoverforing").cast(pl.Float64),
    )
