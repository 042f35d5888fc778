"""A checked delivery in the form that it is stored in."""

from collections.abc import Iterator

import polars as pl

from tasks.rules.cell_text import codes_of
from tasks.rules.declaration import Column, Kind
from tasks.rules.deliveries.register import parents
from tasks.rules.deliveries.sheet import Sheet, repeated
from tasks.rules.number_text import Missing, parse_amounts
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


def ledger(sheet: Sheet) -> pl.DataFrame:
    """Return the ledger's rows: amounts (kr) as canonical decimal text, null where missing."""
    return pl.DataFrame(
        {
            "row_no": sheet.text["row_no"],
            "period": sheet.months,
            "unit": sheet.unit,
            "account_group": sheet.text["kontogrupp"],
            "budget": sheet.numbers["budget"].values,
            "outcome": sheet.numbers["utfall"].values,
        }
    ).cast({"row_no": pl.Int32})


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
            "period": repeated(sheet.period.first_day, pl.Date(), sheet.text.height),
            "unit": sheet.unit,
            "item": _items(sheet),
        }
    )
    filled = pl.col("value").is_not_null() | pl.col("note").is_not_null()
    parts = [
        keys.with_columns(pl.lit(name).alias("measure"), value.alias("value"), note.alias("note")).filter(
            filled
        )
        for name, value, note in _measures(sheet)
    ]
    told = pl.concat([pl.DataFrame(schema=FIGURES), *parts])
    silent = keys.join(told, on="row_no", how="anti").with_columns(
        measure=pl.lit(sheet.source.figure_columns[0].name),
        value=pl.lit(None, pl.String),
        note=pl.lit(None, pl.String),
    )
    return pl.concat([told, silent]).sort("row_no", maintain_order=True)


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
    if column.name in sheet.numbers:
        read = sheet.numbers[column.name]
        return read.values, read.missing.replace(Missing.EMPTY.value, None)
    if column.kind in {Kind.TARGET, Kind.NUMBER_OR_TEXT}:
        read = parse_amounts(sheet.text[column.name], percent=True)
        return read.values, sheet.text[column.name]
    return _nothing(sheet, pl.String()), sheet.stored(column.name).cast(pl.String)


def _nothing(sheet: Sheet, dtype: pl.DataType | type[pl.DataType]) -> pl.Series:
    return repeated(None, dtype, sheet.text.height)
