"""A delivered row of any month, under the code that its unit has when the month is followed up."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tasks.rules.periods import Period

RowRange = tuple[int, int, int]
"""A delivery's id, and the first and the last of its rows."""


@dataclass(frozen=True)
class Delivered:
    """What stands on row `row_no` of a delivery: of a unit or an area, and of an item (mått, kön).

    cells: by the contract's column names, figures as Decimal and None where missing.
    """

    period: Period
    unit: str | None
    item: str | None
    cells: Mapping[str, Any]
    delivery: int = 0
    row_no: int = 0

    def figure(self, column: str) -> Decimal | None:
        """Return a figure; None where it is missing."""
        value: Decimal | None = self.cells.get(column)
        return value

    @property
    def range(self) -> RowRange:
        """Return where the row stands."""
        return self.delivery, self.row_no, self.row_no

    @property
    def as_row(self) -> Mapping[str, Any]:
        """Return the row as the rules about a single month read it: `unit`, `item` and the columns."""
        return {"unit": self.unit, "item": self.item, **self.cells}
