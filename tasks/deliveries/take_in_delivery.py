"""Take in one file: read it, check it, and store it whole, or refuse it with a receipt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl

from sql.database import Transaction
from tasks.deliveries.known_figures import read_known
from tasks.deliveries.raw_files import FileChangedError, has_personal_number, keep_raw_file, sha256_of
from tasks.deliveries.read_table import UnreadableTableError, read_table
from tasks.installation import Installation
from tasks.register import read_register
from tasks.rules.declaration import Source
from tasks.rules.deliveries.check import CheckedDelivery, check_delivery
from tasks.rules.deliveries.columns import match_columns
from tasks.rules.deliveries.file_names import parse_file_name
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.personal import IN_WORDS, holds_personal_number, personal_data
from tasks.rules.deliveries.plausible import DoubtfulUnit, doubtful_units, doubts, still_doubtful
from tasks.rules.deliveries.receipt import Receipt, ReceiptSum, write_receipt, write_refusal
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.organisation import Register
from tasks.rules.periods import Period

MEGABYTE = 1_000_000
LONGEST_NAME = 255
ROWS_A_COPY = 250_000
"""So many rows are written as text at a time: memory stays flat however long the file."""


@dataclass(frozen=True)
class IncomingFile:
    """A file whose name (or whoever hands it in) says its source and month."""

    path: Path
    source: Source
    period: Period
    sha256: str
    stamp: tuple[int, int]
    """Size (bytes) and time of change (ns) when the hash was made."""

    def must_be_unchanged(self) -> None:
        """Raise FileChangedError when the file is no longer the one that the hash was made of."""
        if _stamp(self.path) != self.stamp:
            raise FileChangedError(self.path)


@dataclass(frozen=True)
class Arrival:
    """What became of a file: accepted, refused, held (until a person has looked at its figures), known,
    growing (left for later), ignored (not a delivery).

    `was_seen`: these very bytes had come before this run. `number`: what a held one is released by.
    `advice`: what an ignored one is, and what to do.
    """

    file: str
    state: Literal["accepted", "refused", "held", "known", "growing", "ignored"]
    source: str | None = None
    period: Period | None = None
    revision: int | None = None
    rows: int = 0
    receipt: Receipt | None = None
    was_seen: bool = False
    number: int | None = None
    advice: str = ""


def incoming_file(path: Path, source: Source, period: Period) -> IncomingFile:
    """Note a file and the hash of its bytes."""
    stamp = _stamp(path)
    return IncomingFile(path, source, period, sha256_of(path), stamp)


def seen_before(installation: Installation, file: IncomingFile) -> Arrival | None:
    """Return what became of these very bytes before; None for bytes never seen.

    Once accepted, or replaced by an accepted file since, they are `known`; else `refused` or `held`.
    """
    with installation.database.transaction() as transaction:
        seen = _find_seen(transaction, file)
    return None if seen is None else _as_before(file, seen)


def take_in(installation: Installation, file: IncomingFile, today: date) -> Arrival:
    """Check a file and store it; refused bytes are kept too, but for those that tell of single persons.

    Raises FileChangedError, StorageFullError and DatabaseError.
    """
    with installation.database.transaction() as transaction:
        register = read_register(transaction, file.period)
    largest = installation.config.files.max_size_mb * MEGABYTE
    try:
        raw = read_table(file.path, max_bytes=largest, wanted=Wanted(file.source, file.period))
    except UnreadableTableError as error:
        file.must_be_unchanged()
        return refuse(installation, file, error.problems)
    file.must_be_unchanged()
    raw = replace(raw, notes=(*_name_notes(file), *raw.notes))
    checked = check_delivery(raw, file.source, file.period, register or None, today=today)
    if not checked.is_private:
        _keep_bytes(installation, file)
    if not checked.is_accepted:
        return _save_refused(installation, file, write_receipt(checked, file.path.name))
    return _store(installation, file, checked, register)


def _name_notes(file: IncomingFile) -> Sequence[Problem]:
    """Note that a file is named as a copy."""
    named = parse_file_name(file.path.name)
    if named is None or not named.is_copy:
        return ()
    return (Problem(f"Filens namn säger att den är en kopia. Den är läst som {named}", ""),)


def refuse(installation: Installation, file: IncomingFile, problems: Sequence[Problem]) -> Arrival:
    """Refuse a file for what is wrong with it as a whole; one that tells of single persons is not kept."""
    private = _private_problems(installation, file, problems)
    if not private:
        _keep_bytes(installation, file)
    told = [one for one in problems if not holds_personal_number((one.rule, one.value or ""))]
    receipt = write_refusal(file.source, file.period, file.path.name, [*private, *told])
    return _save_refused(installation, file, receipt)


def _private_problems(
    installation: Installation, file: IncomingFile, problems: Sequence[Problem]
) -> Sequence[Problem]:
    """Return what a file tells of single persons, read as a table where it is one and else as bytes."""
    most = installation.config.files.max_size_mb * MEGABYTE
    try:
        raw = read_table(file.path, max_bytes=most)
    except UnreadableTableError:
        said = (text for problem in problems for text in (problem.rule, problem.value or ""))
        found = holds_personal_number(said) or has_personal_number(file.path, max_bytes=most)
        return [IN_WORDS] if found else []
    matches = match_columns(file.source, raw.headers, raw.columns)
    return personal_data(raw, file.source, matches).problems


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _keep_bytes(installation: Installation, file: IncomingFile) -> None:
    too_large = file.path.stat().st_size > installation.config.files.max_size_mb * MEGABYTE
    if not (installation.rehearsal or too_large):
        keep_raw_file(file.path, installation.settings.home / "raw", file.sha256)


@dataclass(frozen=True)
class _Seen:
    """What became of a file's bytes before; `replaced`: not accepted, and an accepted file has come since."""

    number: int
    state: Literal["accepted", "replaced", "refused", "held"]
    revision: int | None
    receipt: Receipt


def _find_seen(transaction: Transaction, file: IncomingFile) -> _Seen | None:
    row = transaction.row(
        "deliveries/find_seen", source=file.source.name, period=file.period.first_day, sha256=file.sha256
    )
    return None if row is None else _Seen(row.id, row.state, row.revision, Receipt.of_data(row.receipt))


def _as_before(file: IncomingFile, seen: _Seen) -> Arrival:
    if seen.state in ("refused", "held"):
        return _not_let_in(file, seen.receipt, seen.number)
    return Arrival(file.path.name, "known", file.source.name, file.period, seen.revision)


def _store(
    installation: Installation, file: IncomingFile, checked: CheckedDelivery, register: Register
) -> Arrival:
    """Store a delivery; one whose figures can't be right is held, and changes nothing."""
    name, source, period = file.path.name, file.source.name, file.period
    with installation.database.transaction() as transaction:
        _lock_source(transaction, source, period)
        seen = _find_seen(transaction, file)
        if seen is not None and seen.state in ("accepted", "held"):  # handed in twice at once
            return _as_before(file, seen)
        known = read_known(transaction, file.source, period, register)
        why = doubts(checked, known, installation.config.plausible)
        previous = _previous_totals(transaction, file)
        off = doubtful_units(checked, known, installation.config.plausible)
        doubtful = still_doubtful(off, _doubted_before(transaction, source, period))
        receipt = write_receipt(checked, name, previous=previous, doubts=why, doubtful=doubtful)
        stored = store_delivery(transaction, checked, file, receipt)
    if why:
        return _not_let_in(file, receipt, stored.number)
    return Arrival(name, "accepted", source, period, stored.revision, checked.rows, receipt)


@dataclass(frozen=True)
class StoredDelivery:
    """A delivery as it was stored: its number, and its revision, None of one that is held."""

    number: int
    revision: int | None


def store_delivery(
    transaction: Transaction, checked: CheckedDelivery, file: IncomingFile, receipt: Receipt
) -> StoredDelivery:
    """Store a delivery and its rows.

    Raises DatabaseError, and then nothing stays.
    """
    stored = transaction.row(
        "deliveries/insert_delivery",
        state=receipt.state,
        source=checked.source.name,
        period=checked.period.first_day,
        row_count=checked.rows,
        warning_count=checked.warning_count,
        receipt=receipt.as_data(),
        **_described(file),
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
    return StoredDelivery(stored.id, stored.revision)


def _lock_source(transaction: Transaction, source: str, period: Period) -> None:
    """Let one delivery of a source and month be stored at a time, until the transaction ends."""
    transaction.row("deliveries/lock_source", source=source, period=str(period))


def _copy(transaction: Transaction, table: str, delivery: int, rows: pl.DataFrame) -> None:
    columns = ("delivery_id", *rows.columns)
    for part in rows.iter_slices(ROWS_A_COPY):
        numbered = part.select(pl.lit(delivery).alias("delivery_id"), pl.all())
        csv = numbered.write_csv(include_header=False, line_terminator="\n")
        transaction.copy_csv(table, columns, csv.encode())


def _previous_totals(transaction: Transaction, file: IncomingFile) -> Sequence[ReceiptSum] | None:
    """Return the sums of the revision that counts now; None before the first."""
    stored = transaction.value(
        "deliveries/find_receipt", source=file.source.name, period=file.period.first_day
    )
    return None if stored is None else Receipt.of_data(stored).totals


def _doubted_before(transaction: Transaction, source: str, period: Period) -> Sequence[DoubtfulUnit]:
    """Return the units that were doubted in the delivery that a new one is held against."""
    stored = transaction.value("deliveries/find_newest_receipt", source=source, period=period.first_day)
    return () if stored is None else Receipt.of_data(stored).doubtful


def _save_refused(installation: Installation, file: IncomingFile, receipt: Receipt) -> Arrival:
    with installation.database.transaction() as transaction:
        transaction.run(
            "deliveries/save_refused",
            source=file.source.name,
            period=file.period.first_day,
            row_count=receipt.rows,
            problem_count=receipt.problem_count,
            warning_count=receipt.warning_count,
            receipt=receipt.as_data(),
            **_described(file),
        )
    return _not_let_in(file, receipt)


def _not_let_in(file: IncomingFile, receipt: Receipt, number: int | None = None) -> Arrival:
    """Return a file that is refused, or held under a number."""
    return Arrival(
        file.path.name,
        "held" if receipt.state == "held" else "refused",
        file.source.name,
        file.period,
        rows=receipt.rows,
        receipt=receipt,
        number=number,
    )


def _described(file: IncomingFile) -> dict[str, str | int]:
    return {
        "sha256": file.sha256,
        "file_name": file.path.name[:LONGEST_NAME],
        "size_bytes": file.path.stat().st_size,
    }
