"""The accepted deliveries that count: of a month the newest revision, or that of the month it lags to."""

from collections.abc import Mapping
from typing import Any

from sql.database import Transaction
from tasks.rules.delivered import Delivery, counting_delivery
from tasks.rules.periods import Period
from tasks.sources import all_sources

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


def deliveries_in_month(
    transaction: Transaction, period: Period, lags: Mapping[str, int]
) -> dict[str, Delivery]:
    """Return by source the delivery that counts in a month; a source without one is not in it."""
    counting = [delivery_in_month(transaction, source, period, lags) for source in all_sources()]
    return {delivery.source: delivery for delivery in counting if delivery is not None}


def month_told(transaction: Transaction, source: str, period: Period, lags: Mapping[str, int]) -> Period:
    """Return the month whose figures a source tells in a month: where none are there, the one needed."""
    delivery = delivery_in_month(transaction, source, period, lags)
    return period.plus(-lags.get(source, 0)) if delivery is None else delivery.period


def rows_of_month(transaction: Transaction, period: Period, lags: Mapping[str, int]) -> list[Any]:
    """Return every delivery that a month may be told by, whatever became of it (see list_of_period.sql)."""
    first = period.plus(-max(lags.values(), default=0))
    rows = transaction.rows("deliveries/list_of_period", first=first.first_day, last=period.first_day)
    return [row for row in rows if Period.of(row.period) >= period.plus(-lags.get(row.source, 0))]


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
