"""A checked delivery in the database: of one month, or of each month of a year's file, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from sql.database import Transaction
from tasks.deliveries.incoming_file import IncomingFile
from tasks.deliveries.known_figures import read_known
from tasks.rules.declaration import Source
from tasks.rules.deliveries.check import CheckedDelivery
from tasks.rules.deliveries.halves.together import Opposed, are_opposed
from tasks.rules.deliveries.plausible import (
    DoubtfulUnit,
    PlausibleSettings,
    judge,
    still_doubtful,
)
from tasks.rules.deliveries.receipt import Receipt, ReceiptSum, month_receipt, write_receipt
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.sources import all_sources

ROWS_A_COPY = 250_000
"""So many rows are written as text at a time: memory stays flat however long the file."""


@dataclass(frozen=True)
class StoredDelivery:
    """A delivery as it was stored: its number, and its revision, None of one that is held.

    A year's file has the number and the revision of its last month.
    """

    number: int
    revision: int | None


def lock_months(transaction: Transaction, source: Source, months: Sequence[Period]) -> None:
    """Let one delivery of a source and of each month be stored at a time, until the transaction ends.

    The halves of a source are stored one at a time with the whole.
    """
    for month in sorted(months):
        transaction.row("deliveries/lock_source", source=source.whole, period=str(month))


def opposed_deliveries(transaction: Transaction, source: Source, months: Sequence[Period]) -> list[Opposed]:
    """Return the accepted files that one of a source can't come beside: whole and halves are never mixed."""
    rows = transaction.rows(
        "deliveries/list_opposed",
        sources=[other.name for other in all_sources().values() if are_opposed(source, other)],
        periods=[month.first_day for month in months],
    )
    return [Opposed(row.source, Period.of(row.period), row.file_name) for row in rows]


def stored_receipt(
    transaction: Transaction,
    checked: CheckedDelivery,
    file: IncomingFile,
    register: Register,
    limits: PlausibleSettings,
) -> Receipt:
    """Write the receipt of a delivery, held against what was accepted before it."""
    first = checked.months[0]
    known = read_known(transaction, file.source, checked.months, register)
    before = _doubted_before(transaction, file.source.name, first)
    judgement = judge(checked, known, limits)
    receipt = write_receipt(
        checked,
        file.path.name,
        previous=_previous_totals(transaction, checked),
        doubts=judgement.doubts,
        doubtful=still_doubtful(judgement.units, before, checked.months),
    )
    return as_handed_in(receipt, file)


def as_handed_in(receipt: Receipt, file: IncomingFile) -> Receipt:
    """Return a receipt that says what the file was handed in as, where it was taken as another source's."""
    return receipt if file.declared.taken_as is None else replace(receipt, named=file.declared.named.name)


def store_delivery(
    transaction: Transaction, checked: CheckedDelivery, file: IncomingFile, receipt: Receipt
) -> StoredDelivery:
    """Store a delivery and its rows; of a year's file a delivery for each of its months.

    Raises DatabaseError, and then nothing stays.
    """
    *earlier, last = checked.months
    stored = _insert(transaction, file, receipt, last, None)
    numbers = {last: stored.number}
    for month in earlier:
        numbers[month] = _insert(
            transaction, file, month_receipt(receipt, month), month, stored.number
        ).number
    if checked.ledger is not None:
        whose = {last: stored.number} if checked.source.year_in_every_month else numbers
        _copy(transaction, "ledger_row", checked.ledger, whose)
        for number in whose.values():
            transaction.run("figures/insert_ledger_months", delivery=number)
    if checked.figures is not None:
        _copy(transaction, "figure", checked.figures, numbers)
    if checked.register_rows is not None:
        _copy(transaction, "unit_version", checked.register_rows, numbers)
    return stored


def save_refused(transaction: Transaction, file: IncomingFile, receipt: Receipt) -> None:
    """Keep a refused delivery; the same bytes refused again renew their receipt."""
    receipt = as_handed_in(receipt, file)
    transaction.run(
        "deliveries/save_refused",
        source=file.source.name,
        period=receipt.period.first_day,
        row_count=receipt.rows,
        problem_count=receipt.problem_count,
        warning_count=receipt.warning_count,
        receipt=receipt.as_data(),
        **file.described,
    )


def _insert(
    transaction: Transaction, file: IncomingFile, receipt: Receipt, month: Period, of_file: int | None
) -> StoredDelivery:
    """Store one month's delivery. of_file: the number of the year's file that it is of, None of its own."""
    stored = transaction.row(
        "deliveries/insert_delivery",
        state=receipt.state,
        source=file.source.name,
        period=month.first_day,
        of_file=of_file,
        row_count=receipt.rows,
        warning_count=receipt.warning_count,
        receipt=receipt.as_data(),
        **file.described,
    )
    if stored is None:
        raise LookupError("no delivery was stored")
    return StoredDelivery(stored.id, stored.revision)


def _copy(transaction: Transaction, table: str, rows: pl.DataFrame, numbers: dict[Period, int]) -> None:
    """Copy rows into a table, each with the number of the delivery that it belongs to."""
    columns = ("delivery_id", *rows.columns)
    number = _number_of(numbers)
    for part in rows.iter_slices(ROWS_A_COPY):
        numbered = part.select(number.alias("delivery_id"), pl.all())
        csv = numbered.write_csv(include_header=False, line_terminator="\n")
        transaction.copy_csv(table, columns, csv.encode())


def _number_of(numbers: dict[Period, int]) -> pl.Expr:
    if len(numbers) == 1:
        return pl.lit(next(iter(numbers.values())))
    by_month = {month.first_day: number for month, number in numbers.items()}
    return pl.col("period").replace_strict(by_month, return_dtype=pl.Int64)


def _previous_totals(transaction: Transaction, checked: CheckedDelivery) -> Sequence[ReceiptSum] | None:
    """Return the sums of the revisions that count now; None before the first of any month."""
    rows = transaction.rows(
        "deliveries/list_receipts",
        source=checked.source.name,
        periods=[month.first_day for month in checked.months],
    )
    if not rows:
        return None
    receipts = [Receipt.of_data(row.receipt) for row in rows]
    if len(checked.months) == 1 and not checked.source.has_own_months:
        return [total for receipt in receipts for total in receipt.totals]
    return [total for receipt in receipts for total in receipt.totals if total.period == receipt.period]


def _doubted_before(transaction: Transaction, source: str, period: Period) -> Sequence[DoubtfulUnit]:
    """Return the units that were doubted in the delivery that a new one is held against."""
    row = transaction.row("deliveries/find_newest_receipt", source=source, period=period.first_day)
    if row is None:
        return ()
    doubtful = Receipt.of_data(row.receipt).doubtful
    return [unit for unit in doubtful if unit.period in (None, Period.of(row.period))]
