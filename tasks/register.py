"""The organisation as the deliveries of the register describe it."""

from itertools import groupby

from sql.database import Transaction
from tasks.rules.organisation import Register, unit_versions
from tasks.rules.periods import Period


def read_register(transaction: Transaction, period: Period) -> Register:
    """Read the registers up to a period, or the earliest when all are later; an empty Register is false.

    A month keeps the shape that it had, whatever register comes afterwards. A stored delivery never changes:
    the same ones are read once a connection.
    """
    in_force = transaction.rows("figures/list_registers_in_force", period=period.first_day)
    deliveries = [row.id for row in in_force]
    return transaction.remembered(("register", *deliveries), lambda: _read(transaction, deliveries))


def _read(transaction: Transaction, deliveries: list[int]) -> Register:
    rows = [row._asdict() for row in transaction.rows("figures/list_registers", deliveries=deliveries)]
    by_delivery = groupby(rows, key=lambda row: row["period"])
    return Register((Period.of(day), unit_versions(list(units))) for day, units in by_delivery)


def code_of(register: Register, stored: str, month: Period) -> str:
    """Return the code of a stored unit: what came before there was a register may lie by its name."""
    if register.knows(stored):
        return stored
    return register.find(stored, month).code or stored


def family(register: Register, code: str, period: Period) -> tuple[str, ...]:
    """Return a unit's code and those that it alone continues: a unit that was split has no heir."""
    heirs = (old for old in register.continues(code) if register.successors(old, period) == (code,))
    return (code, *heirs)
