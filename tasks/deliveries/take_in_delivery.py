"""Take in one file: read it, check it, and store it whole, or refuse it with a receipt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sql.database import Transaction
from tasks.deliveries.incoming_file import IncomingFile
from tasks.deliveries.raw_files import has_personal_number, keep_raw_file
from tasks.deliveries.store_delivery import (
    lock_months,
    opposed_deliveries,
    save_refused,
    store_delivery,
    stored_receipt,
)
from tasks.deliveries.tables.raw_table import RawTable
from tasks.deliveries.tables.read_table import UnreadableTableError, read_table
from tasks.installation import Installation
from tasks.register import read_register
from tasks.rules.declaration import Source
from tasks.rules.deliveries.check import CheckedDelivery, check_delivery
from tasks.rules.deliveries.columns import match_columns
from tasks.rules.deliveries.file_names import parse_file_name
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.halves.meant import HalvesToTake
from tasks.rules.deliveries.halves.together import mixed_with
from tasks.rules.deliveries.personal import IN_WORDS, holds_personal_number, personal_data
from tasks.rules.deliveries.receipt import Receipt, write_receipt, write_refusal
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.sources import halves_of

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Arrival:
    """What became of a file: accepted, refused, held (until a person has looked at its figures), known,
    growing (left for later), ignored (not a delivery).

    months: those of a year's file, of which `period` is the last; none of a month's.
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
    months: tuple[Period, ...] = ()

    @property
    def all_months(self) -> tuple[Period, ...]:
        """Return the months that it is the delivery of; none of what is no delivery."""
        return self.months or (() if self.period is None else (self.period,))


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
    try:
        raw = _read(installation, file)
    except UnreadableTableError as error:
        file.must_be_unchanged()
        return refuse(installation, file, error.problems)
    file.must_be_unchanged()
    raw = replace(raw, notes=(*_name_notes(file), *raw.notes))
    checked = _check(installation, raw, file, register, today)
    file = file.taken_as(checked.source)
    if not checked.is_private:
        _keep_bytes(installation, file)
    if not checked.is_accepted:
        return _save_refused(installation, file, write_receipt(checked, file.path.name))
    return _store(installation, file, checked, register)


@dataclass(frozen=True)
class ReadAs:
    """What a file is as far as it can be read: its source, and the months that it is the deliveries of."""

    source: Source
    months: tuple[Period, ...]


def read_as(installation: Installation, file: IncomingFile, today: date) -> ReadAs:
    """Return what a file is; nothing is stored."""
    try:
        checked = _check(installation, _read(installation, file), file, Register(()), today)
    except UnreadableTableError:
        return ReadAs(file.source, (file.period,))
    return ReadAs(checked.source, checked.months)


def _read(installation: Installation, file: IncomingFile) -> RawTable:
    most = installation.config.files.max_size_mb * MEGABYTE
    return read_table(file.path, max_bytes=most, wanted=file.wanted)


def _check(
    installation: Installation, raw: RawTable, file: IncomingFile, register: Register, today: date
) -> CheckedDelivery:
    return check_delivery(
        raw,
        file.source,
        file.period,
        register or None,
        today=today,
        is_year=file.declared.names_year,
        volumes=installation.config.measures_added,
        halves=halves_to_take(installation, file.declared.named),
    )


def halves_to_take(installation: Installation, source: Source) -> HalvesToTake:
    """Return what a source's files may be taken as."""
    return HalvesToTake(halves_of(source.name), installation.config.plausible.nearly_all_percent)


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
    first = Period(file.period.year, 1) if file.declared.is_year else file.period
    row = transaction.row(
        "deliveries/find_seen",
        source=file.source.name,
        named=file.declared.named.name,
        first=first.first_day,
        last=file.period.first_day,
        sha256=file.sha256,
    )
    return None if row is None else _Seen(row.id, row.state, row.revision, Receipt.of_data(row.receipt))


def _as_before(file: IncomingFile, seen: _Seen) -> Arrival:
    receipt = seen.receipt
    if seen.state in ("refused", "held"):
        return _not_let_in(file, receipt, seen.number)
    return Arrival(
        file.path.name, "known", receipt.source, receipt.period, seen.revision, months=receipt.months
    )


def _store(
    installation: Installation, file: IncomingFile, checked: CheckedDelivery, register: Register
) -> Arrival:
    """Store a delivery; one whose figures can't be right is held, and changes nothing."""
    with installation.database.transaction() as transaction:
        lock_months(transaction, file.source, checked.months)
        seen = _find_seen(transaction, file)
        if seen is not None and seen.state in ("accepted", "held"):  # handed in twice at once
            return _as_before(file, seen)
        opposed = opposed_deliveries(transaction, file.source, checked.months)
        if not opposed:
            receipt = stored_receipt(transaction, checked, file, register, installation.config.plausible)
            stored = store_delivery(transaction, checked, file, receipt)
    if opposed:
        return refuse(installation, file, [mixed_with(file.source, opposed)])
    if receipt.state == "held":
        return _not_let_in(file, receipt, stored.number)
    return Arrival(
        file.path.name,
        "accepted",
        file.source.name,
        receipt.period,
        stored.revision,
        checked.rows,
        receipt,
        months=receipt.months,
    )


def _save_refused(installation: Installation, file: IncomingFile, receipt: Receipt) -> Arrival:
    with installation.database.transaction() as transaction:
        save_refused(transaction, file, receipt)
    return _not_let_in(file, receipt)


def _not_let_in(file: IncomingFile, receipt: Receipt, number: int | None = None) -> Arrival:
    """Return a file that is refused, or held under a number."""
    return Arrival(
        file.path.name,
        "held" if receipt.state == "held" else "refused",
        receipt.source,
        receipt.period,
        rows=receipt.rows,
        receipt=receipt,
        number=number,
        months=receipt.months,
    )
