"""Sums of a delivery that can be ticked off against the system it came from."""

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from tasks.rules.declaration import Shape
from tasks.rules.deliveries.sheet import Sheet, repeated


@dataclass(frozen=True)
class ControlTotal:
    """A column's sum over a month's rows, in kronor or its own unit; None where every cell is missing.

    `item` is what the rows are about beside the unit: the volume, the sex; None where there is none.
    """

    period: str
    measure: str
    item: str | None
    total: Decimal | None


def control_totals(sheet: Sheet) -> tuple[ControlTotal, ...]:
    """Sum the columns that can be summed. Rows that are a part of another are not added again."""
    columns = [
        column.name for column in sheet.source.columns if column.is_totalled and column.name in sheet.numbers
    ]
    if sheet.source.shape is Shape.REGISTER or not columns:
        return ()
    items = [column.name for column in sheet.source.item_columns]
    item = sheet.stored(items[0]) if items else repeated(None, pl.String(), sheet.text.height)
    amounts = [sheet.decimals[name].alias(name) for name in columns]
    rows = pl.DataFrame([sheet.months.alias("month"), item.alias("item"), *amounts]).filter(_counts(sheet))
    sums = rows.group_by("month", "item").agg(
        pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in columns
    )
    return tuple(
        ControlTotal(f"{row['month']:%Y-%m}", name, row["item"], row[name])
        for row in sums.sort("month", "item").iter_rows(named=True)
        for name in columns
    )


def _counts(sheet: Sheet) -> pl.Series:
    part_of = sheet.source.part_of
    if part_of is None or not sheet.has(part_of):
        return repeated(value=True, dtype=pl.Boolean(), height=sheet.text.height)
    return sheet.text[part_of].is_null()
