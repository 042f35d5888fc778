"""Store an accepted delivery: its rows by COPY, in one transaction, as the next revision."""

from typing import Any

import polars as pl

from sql.database import Transaction
from tasks.rules.deliveries.check import CheckedDelivery
from tasks.rules.periods import Period

ROWS_A_COPY = 250_000
"""So many rows are written as text at a time: memory stays flat however long the file."""


def store_accepted(
    transaction: Transaction, checked: CheckedDelivery, file: dict[str, Any], receipt: dict[str, Any]
) -> tuple[int, int]:
    """Store a delivery and its rows; return its id and revision.

    Raises DatabaseError, and then nothing stays.
    """
    stored = transaction.row(
        "deliveries/insert_accepted",
        source=checked.source.name,
        period=checked.period.first_day,
        row_count=checked.rows,
        warning_count=checked.warning_count,
        receipt=receipt,
        **file,
    )
    if stored is None:
        raise LookupError("no delivery was stored")
    if checked.ledger is not None:
        _copy(transaction, "ledger_row", stored.id, checked.ledger)
        transaction.run("figures/insert_ledger_months", delivery=stored.id)
    if checked.figures is not None:
        _copy(transaction, "figure", stored.id, checked.figures)
    if checked.register_rows is not None:
        _copy(transaction, "unit_version", stored.id, checked.register_rows)
    return stored.id, stored.revision


def lock_source(transaction: Transaction, source: str, period: Period) -> None:
    """Let one delivery of a source and month be stored at a time, until the transaction ends."""
    transaction.row("deliveries/lock_source", source=source, period=str(period))


def _copy(transaction: Transaction, table: str, delivery: int, rows: pl.DataFrame) -> None:
    columns = ("delivery_id", *rows.columns)
    for part in rows.iter_slices(ROWS_A_COPY):
        numbered = part.select(pl.lit(delivery).alias("delivery_id"), pl.all())
        csv = numbered.write_csv(include_header=False, line_terminator="\n")
        transaction.copy_csv(table, columns, csv.encode())
