"""How far a fault reaches: nearly all figures of the file, of one unit type, of one month or of one item."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from tasks.rules.deliveries.doubts.doubt import PlausibleSettings
from tasks.rules.deliveries.sheet import IN_MEMORY

FEWEST_ROWS = 2
"""In a source without units: two rows, or its only one."""
WHOLE_FILE, ONE_TYPE, ONE_MONTH, ONE_ITEM = (), ("unit_type",), ("period",), ("item",)


@dataclass(frozen=True)
class Scope:
    """Where a fault was found. `off` are its cells, `units` so many of `comparable` units (or rows)."""

    measure: str
    of: tuple[str, ...]
    off: pl.DataFrame
    units: int
    comparable: int


def scopes(
    cells: pl.LazyFrame,
    is_off: pl.Expr,
    settings: PlausibleSettings,
    *,
    of: Sequence[tuple[str, ...]] = (WHOLE_FILE, ONE_TYPE, ONE_MONTH, ONE_ITEM),
) -> Iterator[Scope]:
    """Yield where nearly all of comparable cells are off, each measure by itself, the widest ones only.

    cells: `unit` as delivered (null in a source without units), `unit_type`, `item`, `measure` and `period`;
    `value`: the figure; `size`: the sum of the absolute parts of it where it is a net; `before`: what it is
    held against, null where nothing is known; `basis`: what that is (`BASIS_WORDS`). of: by which columns
    the cells are taken together, the widest first.
    """
    row = pl.coalesce("unit", "item", pl.lit(""))
    judged = cells.with_columns(is_off=is_off.fill_null(value=False), row=row).collect(engine=IN_MEMORY)
    if not judged["is_off"].any():
        return
    has_units = judged["unit"].null_count() < judged.height
    fewest = settings.fewest_units if has_units else min(FEWEST_ROWS, judged["row"].n_unique())
    for columns in of:
        groups = judged.drop_nulls(columns).group_by("measure", *columns, maintain_order=True)
        found = groups.agg(
            share=pl.col("is_off").mean() * 100,
            comparable=pl.col("row").n_unique(),
            units=pl.col("row").filter("is_off").n_unique(),
        ).filter(pl.col("share") >= float(settings.nearly_all_percent), pl.col("comparable") >= fewest)
        keys = ["measure", *columns]
        for one in found.iter_rows(named=True):
            same = [pl.col(key) == one[key] for key in keys]
            off = judged.filter("is_off", *same)
            yield Scope(one["measure"], columns, off, one["units"], one["comparable"])
        judged = judged.join(found, on=keys, how="anti")


def table_of(known: pl.DataFrame | None, columns: Mapping[str, type[pl.DataType]]) -> pl.LazyFrame:
    """Return some columns of a table, as their types; an empty one where there is no table."""
    table = pl.LazyFrame(schema=dict(columns)) if known is None else known.lazy()
    return table.select(pl.col(name).cast(dtype) for name, dtype in columns.items())
