"""The deliveries that a month is made of, and whether they suffice."""

from collections.abc import Mapping

from sql.database import Transaction
from tasks.installation import Installation
from tasks.register import code_of, read_register
from tasks.rules.declaration import Shape
from tasks.rules.deliveries.completeness import Completeness, month_completeness
from tasks.rules.periods import Period
from tasks.sources import all_sources


def accepted_deliveries(transaction: Transaction, period: Period) -> dict[str, int]:
    """Return the delivery that counts of each source that a month has, by the source's name."""
    day = period.first_day
    found = {
        name: transaction.row("deliveries/list_current", source=name, first=day, last=day)
        for name in all_sources()
    }
    return {name: row.id for name, row in found.items() if row is not None}


def read_completeness(
    installation: Installation, transaction: Transaction, period: Period, accepted: Mapping[str, int]
) -> Completeness:
    """Hold a month's accepted deliveries against what it needs."""
    register = read_register(transaction, period)
    return month_completeness(
        accepted,
        {
            name: [code_of(register, unit, period) for unit in _units(transaction, name, delivery)]
            for name, delivery in accepted.items()
            if all_sources()[name].covers_every_unit
        },
        register.units_valid(period),
        installation.config.completeness,
        titles={name: source.title for name, source in all_sources().items()},
    )


def _units(transaction: Transaction, name: str, delivery: int) -> list[str]:
    ledger = all_sources()[name].shape is Shape.LEDGER
    query = "figures/list_ledger_units" if ledger else "figures/list_figure_units"
    return [row.unit for row in transaction.rows(query, delivery=delivery)]
