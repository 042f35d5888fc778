"""What was told of a source's counts, month by month: kept in the transaction that lets it leave."""

from collections.abc import Iterable

from sql.database import Transaction
from tasks.rules.periods import Period
from tasks.rules.published_counts import KeptCounts


def told_counts(
    transaction: Transaction, source: str, first: Period, last: Period
) -> dict[Period, list[KeptCounts]]:
    """Return what was told of each of some months, oldest first."""
    told: dict[Period, list[KeptCounts]] = {}
    for row in transaction.rows(
        "figures/list_told_sums", source=source, first=first.first_day, last=last.first_day
    ):
        period = Period.of(row.period)
        told.setdefault(period, []).append(KeptCounts.of_data(period, row.mark, row.told))
    return told


def keep_told_counts(transaction: Transaction, source: str, counts: Iterable[KeptCounts]) -> None:
    """Keep what is told now."""
    transaction.run_many(
        "figures/insert_told_sums",
        [
            {"source": source, "period": each.period.first_day, "mark": each.mark, "told": each.as_data()}
            for each in counts
        ],
    )
