"""The accepted deliveries that count: of a month the newest revision, or that of the month it lags to."""

from collections.abc import Collection, Mapping
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
    return deliveries_in_month(transaction, period, lags, of=(source,)).get(source)


def deliveries_in_month(
    transaction: Transaction, period: Period, lags: Mapping[str, int], *, of: Collection[str] | None = None
) -> dict[str, Delivery]:
    """Return by source the delivery that counts in a month; a source without one is not in it.

    lags: by source, how many months older than the month it may be. of: the sources asked for, all when None.
    """
    sources = tuple(all_sources() if of is None else of)
    first = period.plus(-max((lags.get(source, 0) for source in sources), default=0))
    by_source: dict[str, list[Delivery]] = {source: [] for source in sources}
    for delivery in current_deliveries(transaction, sources, period, first=first):
        by_source[delivery.source].append(delivery)
    counting = {
        source: counting_delivery(deliveries, period, lags.get(source, 0))
        for source, deliveries in by_source.items()
    }
    return {source: delivery for source, delivery in counting.items() if delivery is not None}


def months_told(
    transaction: Transaction, sources: Collection[str], period: Period, lags: Mapping[str, int]
) -> dict[str, Period]:
    """Return by source the month whose figures it tells in a month: where none are there, the one needed."""
    found = deliveries_in_month(transaction, period, lags, of=sources)
    return {
        source: found[source].period if source in found else period.plus(-lags.get(source, 0))
        for source in sorted(sources)
    }


def rows_of_month(transaction: Transaction, period: Period, lags: Mapping[str, int]) -> list[Any]:
    """Return every delivery that a month may be told by, whatever became of it (see list_of_period.sql)."""
    first = period.plus(-max(lags.values(), default=0))
    rows = transaction.rows("deliveries/list_of_period", first=first.first_day, last=period.first_day)
    return [row for row in rows if Period.of(row.period) >= period.plus(-lags.get(row.source, 0))]


def current_deliveries(
    transaction: Transaction, sources: Collection[str], last: Period, *, first: Period = EARLIEST
) -> list[Delivery]:
    """Return the deliveries that count of some sources, of the months up to and with one, oldest month first.

    They stand in the order of the sources.
    """
    places = {source: place for place, source in enumerate(sources)}
    deliveries = [
        Delivery(
            id=row.id,
            source=row.source,
            period=Period.of(row.period),
            revision=row.revision,
            file_name=row.file_name,
            received_at=row.received_at,
        )
        for row in transaction.rows(
            "deliveries/list_current", sources=list(sources), first=first.first_day, last=last.first_day
        )
    ]
    return sorted(deliveries, key=lambda each: (places[each.source], each.period))
