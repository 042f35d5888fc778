"""A delivery that counts, and its rows: under the codes that units have in the month followed up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from tasks.rules.periods import Period

Cell = Decimal | str | None
"""A figure or a text, None where missing."""
RowRange = tuple[int, int, int]
"""A delivery's id, and the first and the last of its rows."""


@dataclass(frozen=True)
class Delivery:
    """An accepted delivery of a source and month; revision: counts them from 1."""

    id: int
    source: str
    period: Period
    revision: int
    file_name: str
    received_at: datetime

    @property
    def mark(self) -> tuple[str, str, int]:
        """Return what tells it from every other delivery: source, the month's first day and revision."""
        return self.source, str(self.period.first_day), self.revision


def counting_delivery(deliveries: Sequence[Delivery], period: Period, lag: int) -> Delivery | None:
    """Return the delivery of a source that counts in a month; None where the month has none.

    The newest of the month and of the `lag` months before it: an older one never stands for it.
    """
    within = [each for each in deliveries if period.plus(-lag) <= each.period <= period]
    return max(within, key=lambda each: each.period, default=None)


def months_reached(delivered: Period, lag: int) -> tuple[Period, ...]:
    """Return the months in which a delivery of a month may count: its own, and the `lag` months after it."""
    return tuple(delivered.plus(later) for later in range(lag + 1))


@dataclass(frozen=True)
class Delivered:
    """What stands on row `row_no` of a delivery: of a unit or an area, and of an item (mått, kön).

    cells: by the contract's column names, figures as Decimal and None where missing. written: texts of cells
    that are figures with a unit (`28 st`), as delivered.
    """

    period: Period
    unit: str | None
    item: str | None
    cells: Mapping[str, Cell]
    delivery: int = 0
    row_no: int = 0
    written: Mapping[str, str] = field(default_factory=dict)

    def figure(self, column: str) -> Decimal | None:
        """Return a figure; None where it is missing."""
        value = self.cells.get(column)
        return None if isinstance(value, str) else value

    def text(self, column: str) -> str | None:
        """Return a text; None where it is missing."""
        value = self.cells.get(column)
        return value if isinstance(value, str) else None

    def only(self, column: str) -> "Delivered":
        """Return the row with one of its columns alone."""
        return replace(self, cells={column: self.cells.get(column)})

    @property
    def figures(self) -> Mapping[str, Decimal | None]:
        """Return the cells that aren't text."""
        return {column: cell for column, cell in self.cells.items() if not isinstance(cell, str)}

    @property
    def range(self) -> RowRange:
        """Return where the row stands."""
        return self.delivery, self.row_no, self.row_no

    @property
    def as_row(self) -> Mapping[str, Cell]:
        """Return the row as the rules about a single month read it: `unit`, `item` and the columns."""
        return {"unit": self.unit, "item": self.item, **self.cells}


def row_ranges(rows: Iterable[RowRange]) -> list[dict[str, int]]:
    """Return ranges as JSON keeps them, in the order of rows; those of a delivery that meet are joined."""
    joined: list[dict[str, int]] = []
    for delivery, first, last in sorted(rows):
        newest = joined[-1] if joined else None
        if newest is not None and newest["delivery"] == delivery and first <= newest["last"] + 1:
            newest["last"] = max(newest["last"], last)
        else:
            joined.append({"delivery": delivery, "first": first, "last": last})
    return joined
