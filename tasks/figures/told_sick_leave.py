"""What was told of sick leave, month by month: kept in the transaction that lets it leave, and read back."""

from collections.abc import Iterable

from sql.database import Transaction
from tasks.rules.periods import Period
from tasks.rules.signals.sick_leave_told import Version

SOURCE = "sjukfranvaro"


def told_sick_leave(transaction: Transaction, first: Period, last: Period) -> dict[Period, list[Version]]:
    """Return what was told of each of some months, oldest first."""
    told: dict[Period, list[Version]] = {}
    for row in transaction.rows(
        "figures/list_told_sums", source=SOURCE, first=first.first_day, last=last.first_day
    ):
        period = Period.of(row.period)
        told.setdefault(period, []).append(Version.of_data(period, row.mark, row.told))
    return told


def keep_told_sick_leave(transaction: Transaction, versions: Iterable[Version]) -> None:
    """Keep what is told now."""
    transaction.run_many(
        "figures/insert_told_sums",
        [
            {
                "source": SOURCE,
                "period": version.period.first_day,
                "mark": version.mark,
                "told": version.as_data(),
            }
            for version in versions
        ],
    )
