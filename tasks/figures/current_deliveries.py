"""The accepted deliveries that count: of a source and month, the newest revision."""

from sql.database import Transaction
from tasks.rules.delivered import Delivery
from tasks.rules.periods import Period

EARLIEST = Period(1900, 1)


def current_delivery(transaction: Transaction, source: str, period: Period) -> Delivery | None:
    """Return the delivery that counts of a source and month; None where there is none."""
    return next(iter(current_deliveries(transaction, source, period, first=period)), None)


def current_deliveries(
    transaction: Transaction, source: str, last: Period, *, first: Period = EARLIEST
) -> list[Delivery]:
    """Return the deliveries that count of a source, of the months up to and with one, oldest month first."""
    return [
        Delivery(
            id=row.id,
            source=source,
            period=Period.of(row.period),
            revision=row.revision,
            file_name=row.file_name,
            received_at=row.received_at,
        )
        for row in transaction.rows(
            "deliveries/list_current", source=source, first=first.first_day, last=last.first_day
        )
    ]
