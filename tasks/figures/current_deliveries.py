"""The accepted deliveries that count: of a month the newest revision, or that of the month it lags to."""

from collections.abc import Mapping

from sql.database import Transaction
from tasks.rules.delivered import Delivery, counting_delivery
from tasks.rules.periods import Period

EARLIEST = Period(1900, 1)


def delivery_in_month(
    transaction: Transaction, source: str, period: Period, lags: Mapping[str, int]
) -> Delivery | None:
    """Return the delivery of a source that counts in a month; None where there is none.

    lags: by source, how many months older than the month it may be.
    """
    lag = lags.get(source, 0)
    deliveries = current_deliveries(transaction, source, period, first=period.plus(-lag))
    return counting_delivery(deliveries, period, lag)


def month_told(transaction: Transaction, source: str, period: Period, lags: Mapping[str, int]) -> Period:
    """Return the month whose figures of a source are told in a month: its own where there are none."""
    delivery = delivery_in_month(transaction, source, period, lags)
    return period if delivery is None else delivery.period


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
