"""Delivered rows of other sources than the ledger: the narrow figures put together again, row by row."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sql.database import Transaction
from tasks.register import code_of
from tasks.rules.declaration import Kind
from tasks.rules.delivered import Cell, Delivered
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.sources import all_sources

WRITTEN = frozenset({Kind.QUANTITY, Kind.NUMBER_OR_TEXT})
"""Kinds of cells whose text is kept beside the figure, for its unit."""
PEOPLE = frozenset({"sjukfranvaro", "prestationer", "bistand"})
"""Sources that count people, who may be too few to be told of."""


def delivered_rows(transaction: Transaction, source: str, first: Period, last: Period) -> list[Delivered]:
    """Return a source's rows of the current deliveries of some months, in the order of their files.

    Raises ValueError for a source that counts people: its figures leave by `tell_people` alone.
    """
    return delivered_by_source(transaction, [source], first, last)[source]


def delivered_by_source(
    transaction: Transaction, sources: Collection[str], first: Period, last: Period
) -> dict[str, list[Delivered]]:
    """Return by source the rows of the current deliveries of some months, as `delivered_rows` does of one.

    Raises ValueError for a source that counts people.
    """
    people = sorted(PEOPLE.intersection(sources))
    if people:
        raise ValueError(f"{', '.join(people)} counts people: ask tasks.figures.tell_people what may be told")
    return _rows_of_months(transaction, sources, first, last)


def rows_of_people(transaction: Transaction, source: str, first: Period, last: Period) -> list[Delivered]:
    """Return the rows of a source that counts people, the small groups too: for `tell_people`, which hides.

    Raises ValueError for any other source.
    """
    if source not in PEOPLE:
        raise ValueError(f"{source} counts no people")
    return _rows_of_months(transaction, [source], first, last)[source]


def rows_reported_before(
    transaction: Transaction, source: str, first: Period, last: Period
) -> list[list[Delivered]]:
    """Return the rows of each delivery that reports were made of before it was kept what they told.

    Only of months of which nothing is kept; the oldest delivery of each first.
    """
    of_months = {"source": source, "first": first.first_day, "last": last.first_day}
    deliveries = [row.id for row in transaction.rows("figures/list_reported_deliveries", **of_months)]
    if not deliveries:
        return []
    found: dict[int, list[Delivered]] = {delivery: [] for delivery in deliveries}
    rows = transaction.rows("figures/list_rows_of_deliveries", deliveries=deliveries)
    for row in rows:
        found[row.delivery_id].append(_delivered(source, row))
    return list(found.values())


def _rows_of_months(
    transaction: Transaction, sources: Collection[str], first: Period, last: Period
) -> dict[str, list[Delivered]]:
    found: dict[str, list[Delivered]] = {source: [] for source in sources}
    rows = transaction.rows(
        "figures/list_rows_of_months", sources=list(sources), first=first.first_day, last=last.first_day
    )
    for row in rows:
        found[row.source].append(_delivered(row.source, row))
    return found


def _delivered(source: str, row: Any) -> Delivered:
    declared = all_sources()[source]
    return Delivered(
        period=Period.of(row.period),
        unit=row.unit,
        item=row.item,
        cells={
            name: _cell(declared.column(name).kind, value, note)
            for name, value, note in zip(row.measures, row.figures, row.notes, strict=True)
        },
        delivery=row.delivery_id,
        row_no=row.row_no,
        written={
            name: note
            for name, note in zip(row.measures, row.notes, strict=True)
            if note is not None and declared.column(name).kind in WRITTEN
        },
    )


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
