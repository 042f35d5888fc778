"""What was told of a source, month by month: kept in the transaction that lets it leave, and read back."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from sql.database import Transaction
from tasks.rules.json_values import Json
from tasks.rules.periods import Period

Told = TypeVar("Told")


class ToKeep(Protocol):
    """What is told of a month once; mark: what it was made of, so that it is kept once."""

    @property
    def period(self) -> Period:
        """Return the month."""

    @property
    def mark(self) -> str:
        """Return what tells it from whatever else is told of the month."""

    def as_data(self) -> Json:
        """Return it as it is kept."""


def lock_told_sums(transaction: Transaction) -> None:
    """Let one transaction at a time decide what to tell: the next waits, and reads what this one told."""
    transaction.run("figures/lock_told_sums")


def told_sums(
    transaction: Transaction,
    source: str,
    first: Period,
    last: Period,
    read: Callable[[Period, str, Json], Told],
) -> dict[Period, list[Told]]:
    """Return what was told of each of some months, oldest first; read makes one of month, mark and data."""
    told: dict[Period, list[Told]] = {}
    for row in transaction.rows(
        "figures/list_told_sums", source=source, first=first.first_day, last=last.first_day
    ):
        period = Period.of(row.period)
        told.setdefault(period, []).append(read(period, row.mark, row.told))
    return told


def keep_told_sums(transaction: Transaction, source: str, told: Iterable[ToKeep]) -> None:
    """Keep what is told now."""
    transaction.run_many(
        "figures/insert_told_sums",
        [
            {"source": source, "period": each.period.first_day, "mark": each.mark, "told": each.as_data()}
            for each in told
        ],
    )
