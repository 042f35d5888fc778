"""What an accepted delivery comes to: its rows in the form they are stored in, and sums to tick off."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from tasks.rules.cell_text import codes_of
from tasks.rules.declaration import Column, Kind, Shape
from tasks.rules.deliveries.cells import cells_that
from tasks.rules.deliveries.register import parents
from tasks.rules.deliveries.sheet import IN_MEMORY, Sheet, quantities, repeated
from tasks.rules.measured.quantity_text import unit_part
from tasks.rules.number_text import Missing
from tasks.rules.organisation import ALWAYS

LEDGER = {
    "row_no": pl.Int32,
    "period": pl.Date,
    "unit": pl.String,
    "account_group": pl.String,
    "budget": pl.String,
    "outcome": pl.String,
}
FIGURES = {
    "row_no": pl.Int32,
    "period": pl.Date,
    "unit": pl.String,
    "item": pl.String,
    "measure": pl.String,
    "value": pl.String,
    "note": pl.String,
}
BETWEEN_ITEMS = " | "
REGISTER = {
    "code": "kod",
    "name": "namn",
    "level": "niva",
    "parent": "overordnad",
    "unit_type": "enhetstyp",
    "manager": "chef",
    "manager_email": "chef_epost",
    "deputy_email": "ersattare_epost",
    "controller_email": "controller_epost",
    "result_unit": "resultatenhet",
    "replaces": "ersatter",
    "valid_from": "giltig_fran",
    "valid_to": "giltig_till",
}


@dataclass(frozen=True)
class ControlTotal:
    """A column's sum over a month's rows, in kronor or its own unit; None where every cell is missing.

    `item` is what the rows are about beside the unit: the volume, the sex; None where there is none.
    """

    period: str
    measure: str
    item: str | None
    total: Decimal | None


def ledger(sheet: Sheet) -> pl.DataFrame:
    """Return the ledger's rows: amounts (kr) as canonical decimal text, null where missing."""
    return pl.DataFrame(
        {
            "row_no": sheet.text["row_no"],
            "period": sheet.months,
            "unit": sheet.unit,
            "account_group": sheet.text["kontogrupp"],
            "budget": _amounts(sheet, "budget"),
            "outcome": _amounts(sheet, "utfall"),
        }
    ).cast({"row_no": pl.Int32})


def _amounts(sheet: Sheet, column: str) -> pl.Series:
    """Return a column's amounts; all of them missing in a file of the other half."""
    return sheet.numbers[column].values if column in sheet.numbers else _nothing(sheet, pl.String())


def register_rows(sheet: Sheet) -> pl.DataFrame:
    """Return the register's rows.

    Empty is null, but a name is the code, result_unit no, replaces no text, and valid_from long ago.
    """
    types = {"result_unit": pl.Boolean, "valid_from": pl.Date, "valid_to": pl.Date}
    columns = {
        name: sheet.stored(column) if sheet.has(column) else _nothing(sheet, types.get(name, pl.String))
        for name, column in REGISTER.items()
    }
    replaces = [",".join(codes_of(text)) for text in columns["replaces"]]
    rows = {"row_no": sheet.text["row_no"].cast(pl.Int32), **columns, "parent": parents(sheet.text)}
    rows["replaces"] = pl.Series(replaces, dtype=pl.String)
    return pl.DataFrame(rows).with_columns(
        pl.col("name").fill_null(pl.col("code")),
        pl.col("result_unit").fill_null(value=False),
        pl.col("valid_from").fill_null(ALWAYS),
    )


def figures(sheet: Sheet) -> pl.DataFrame:
    """Return one narrow row per filled cell beside the row's key, ordered by row.

    A row without any keeps one that says nothing of its first column, so that it is not forgotten.
    """
    keys = pl.DataFrame(
        {
            "row_no": sheet.text["row_no"].cast(pl.Int32),
            "period": sheet.months,
            "unit": sheet.unit,
            "item": _items(sheet),
        }
    )
    filled = pl.col("value").is_not_null() | pl.col("note").is_not_null()
    parts = [
        keys.lazy().with_columns(measure=pl.lit(name), value=value, note=note).filter(filled)
        for name, value, note in _measures(sheet)
    ]
    cells = pl.concat([pl.LazyFrame(schema=FIGURES), *parts]).collect(engine=IN_MEMORY)
    silent = keys.join(cells, on="row_no", how="anti").with_columns(
        measure=pl.lit(sheet.source.figure_columns[0].name),
        value=pl.lit(None, pl.String),
        note=pl.lit(None, pl.String),
    )
    return pl.concat([cells, silent]).sort("row_no", maintain_order=True)


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


def _items(sheet: Sheet) -> pl.Series:
    """Return what each row is about beside the unit; null where the source has no such column."""
    names = [column.name for column in sheet.source.item_columns]
    if not names:
        return _nothing(sheet, pl.String())
    return pl.select(
        pl.concat_str([sheet.stored(name) for name in names], separator=BETWEEN_ITEMS)
    ).to_series()


def _measures(sheet: Sheet) -> Iterator[tuple[str, pl.Series, pl.Series]]:
    """Yield (contract's column, values, notes); where several columns make the item, each is a note too."""
    for column in sheet.source.figure_columns:
        if sheet.has(column.name) or column.name in sheet.numbers:
            yield (column.name, *_value_and_note(sheet, column))


def _value_and_note(sheet: Sheet, column: Column) -> tuple[pl.Series, pl.Series]:
    if column.kind in {Kind.TARGET, Kind.NUMBER_OR_TEXT}:
        return quantities(sheet.text[column.name]).values, sheet.text[column.name]
    if column.name in sheet.numbers:
        read = sheet.numbers[column.name]
        marks = read.missing.replace(Missing.EMPTY.value, None)
        if column.kind is Kind.QUANTITY:  # as written where it has a unit, so that the unit is known
            text = sheet.text[column.name]
            marks = text.zip_with(cells_that(text, lambda cell: unit_part(cell) != ""), marks)
        return read.values, marks
    return _nothing(sheet, pl.String()), sheet.stored(column.name).cast(pl.String)


def _counts(sheet: Sheet) -> pl.Series:
    part_of = sheet.source.part_of
    if part_of is None or not sheet.has(part_of):
        return repeated(value=True, dtype=pl.Boolean(), height=sheet.text.height)
    return sheet.text[part_of].is_null()


def _nothing(sheet: Sheet, dtype: pl.DataType | type[pl.DataType]) -> pl.Series:
    return repeated(None, dtype, sheet.text.height)
