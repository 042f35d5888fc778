"""Delivered rows of other sources than the ledger: the narrow figures put together again, row by row."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from sql.database import Transaction
from tasks.figures.told_sums import keep_told_sums, told_sums
from tasks.register import code_of
from tasks.rules.assessment.unit_years import YEARS_OF_HISTORY
from tasks.rules.declaration import Kind
from tasks.rules.delivered import Cell, Delivered
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.published_counts import CountsToTell, KeptCounts
from tasks.rules.volumes.adjustment import MeasureSettings, measures_known
from tasks.rules.volumes.rows import CountedVolume, counted_volumes
from tasks.rules.volumes.told import hidden_volumes
from tasks.sources import all_sources

VOLUMES = "prestationer"
SICK_LEAVE = "sjukfranvaro"


def delivered_rows(transaction: Transaction, source: str, first: Period, last: Period) -> list[Delivered]:
    """Return a source's rows of the current deliveries of some months, in the order of their files."""
    declared = all_sources()[source]
    rows = transaction.rows(
        "figures/list_rows_of_months", source=source, first=first.first_day, last=last.first_day
    )
    return [
        Delivered(
            period=Period.of(row.period),
            unit=row.unit,
            item=row.item,
            cells={
                name: _cell(declared.column(name).kind, value, note)
                for name, value, note in zip(row.measures, row.figures, row.notes, strict=True)
            },
            delivery=row.delivery_id,
            row_no=row.row_no,
        )
        for row in rows
    ]


def unit_volumes(
    transaction: Transaction,
    register: Register,
    period: Period,
    measures: Mapping[str, MeasureSettings],
    fewest_persons: int,
) -> dict[str, tuple[CountedVolume, ...]]:
    """Return by code what is counted in the period's year, with the season of the years before.

    What it lets be told is kept in the transaction. fewest_persons: a niva of fewer is hidden.
    """
    first = Period(period.year - YEARS_OF_HISTORY, 1)
    rows = by_code(delivered_rows(transaction, VOLUMES, first, period), register)
    return counted_volumes(
        rows,
        register,
        period,
        declared=measures_known(all_sources()[VOLUMES].volumes, measures),
        tariffs={name: own.tariff_kr for name, own in measures.items() if own.tariff_kr is not None},
        hidden=_hidden_of(transaction, rows, register, period, measures, fewest_persons),
    )


def volumes_to_hide(
    transaction: Transaction,
    register: Register,
    period: Period,
    measures: Mapping[str, MeasureSettings],
    fewest_persons: int,
) -> frozenset[tuple[str, str]]:
    """Return the codes and measures of which a month's report tells nothing, as unit_volumes does."""
    rows = by_code(delivered_rows(transaction, VOLUMES, Period(period.year - 1, 1), period), register)
    return _hidden_of(transaction, rows, register, period, measures, fewest_persons)


def _hidden_of(
    transaction: Transaction,
    rows: list[Delivered],
    register: Register,
    period: Period,
    measures: Mapping[str, MeasureSettings],
    fewest_persons: int,
) -> frozenset[tuple[str, str]]:
    last_year = Period(period.year - 1, 1)
    kept = told_sums(transaction, VOLUMES, last_year, period, KeptCounts.of_data)
    telling = CountsToTell(kept, fewest_persons)
    declared = measures_known(all_sources()[VOLUMES].volumes, measures)
    hidden = hidden_volumes(rows, register, period, declared, telling)
    keep_told_sums(transaction, VOLUMES, telling.new)
    return hidden


def by_code(rows: list[Delivered], register: Register) -> list[Delivered]:
    """Return rows whose units are called by their codes."""
    return [
        row if row.unit is None else replace(row, unit=code_of(register, row.unit, row.period))
        for row in rows
    ]


def _cell(kind: Kind, value: Decimal | None, note: str | None) -> Cell:
    """Return a cell as it is reported: a target keeps the text that was published."""
    if kind.is_numeric:
        return value
    return value if kind is Kind.NUMBER_OR_TEXT and value is not None else note
