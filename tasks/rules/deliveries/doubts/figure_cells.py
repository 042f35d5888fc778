"""The figures of other sources than the ledger, laid out beside what they are held against."""

from dataclasses import dataclass
from functools import reduce
from operator import mul

import polars as pl

from tasks.rules.declaration import Plausible, Size
from tasks.rules.deliveries.check import CheckedDelivery
from tasks.rules.deliveries.doubts.doubt import KnownFigures
from tasks.rules.deliveries.doubts.scopes import table_of

ROW = ["unit", "item", "period"]
KEY = ["unit", "item", "measure"]
FIGURES = {"unit": pl.String, "item": pl.String, "measure": pl.String, "value": pl.Float64, "note": pl.String}


@dataclass(frozen=True)
class FigureCells:
    """The file's figures: a row a unit, item, month and column.

    rows: all of them, with their notes. held: those of columns that can be summed, beside what was known of
    them, else beside other figures of the file. due: what is counted anew each month, null where missing.
    before: the figures of the delivery before.
    """

    checked: CheckedDelivery
    rows: pl.DataFrame
    held: pl.DataFrame
    due: pl.DataFrame
    before: pl.DataFrame
    known: KnownFigures

    @property
    def held_by(self) -> Plausible:
        """Return what the source's figures are held against each other by."""
        return self.checked.source.plausible

    def of(self, *measures: str) -> pl.DataFrame:
        """Return the cells of some columns, beside what they are held against."""
        return self.held.filter(pl.col("measure").is_in(measures))


def figure_cells(checked: CheckedDelivery, known: KnownFigures) -> FigureCells:
    """Lay out figures beside those of the delivery before them."""
    types = pl.DataFrame(
        {"unit": list(known.unit_types), "unit_type": list(known.unit_types.values())},
        schema={"unit": pl.String, "unit_type": pl.String},
    )
    figures = (
        pl.DataFrame(schema={**FIGURES, "period": pl.Date}) if checked.figures is None else checked.figures
    )
    rows = table_of(figures, {**FIGURES, "period": pl.Date}).join(types, on="unit", how="left")
    before = table_of(known.figures, FIGURES).unique(KEY, keep="first", maintain_order=True)
    with_figure = before.filter(pl.col("value") != 0)
    totalled = [column.name for column in checked.source.columns if column.is_totalled]
    summed = rows.filter(pl.col("measure").is_in(totalled))
    due = _due(rows, checked)
    own = _own_rows(rows, checked)
    exact = [size.of for size in checked.source.plausible.sizes if size.is_exact]
    is_product = pl.col("measure").is_in(exact)
    references = [
        ("product", own.filter(is_product).rename({"row": "product"}), [*KEY, "period"]),
        ("earlier", with_figure.select(*KEY, earlier="value"), KEY),
        ("ledger", _year_budgets(checked, known), ["unit"]),
        ("row", own.filter(~is_product), [*KEY, "period"]),
    ]
    return FigureCells(checked, rows, _held(summed, references), _held(due, references), before, known)


def _held(cells: pl.DataFrame, references: list[tuple[str, pl.DataFrame, list[str]]]) -> pl.DataFrame:
    """Hold cells against the first of some references that has a figure, else against the other months."""
    names = [name for name, _, _ in references]
    beside = cells.lazy()
    for _, reference, on in references:
        beside = beside.join(reference.lazy(), on=on, how="left", nulls_equal=True, maintain_order="left")
    months = pl.col("value").filter(pl.col("value") != 0)
    others = pl.when(months.len().over(KEY) > 1).then(months.median().over(KEY))
    basis = [pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in names]
    held = beside.with_columns(
        before=pl.coalesce(*names, others),
        basis=pl.coalesce(*basis, pl.lit("file")),
        size=pl.col("value").abs(),
    )
    return held.drop(names).collect()


def _due(rows: pl.DataFrame, checked: CheckedDelivery) -> pl.DataFrame:
    """Return what each row ought to say, null where missing; a column that may be absent where it stands."""
    held_by = checked.source.plausible
    said_anew = (*held_by.counted, *held_by.forecasts)
    duties = [name for name in said_anew if checked.source.column(name).must_exist]
    standing = rows.filter(pl.col("measure").is_in(said_anew), pl.col("value").is_not_null())[
        "measure"
    ].unique()
    names = pl.DataFrame({"measure": sorted({*duties, *standing})}, schema={"measure": pl.String})
    grid = rows.select(*ROW, "unit_type").unique(maintain_order=True).join(names, how="cross")
    values = rows.select(*ROW, "measure", "value")
    return grid.join(values, on=[*ROW, "measure"], how="left", nulls_equal=True)


def _year_budgets(checked: CheckedDelivery, known: KnownFigures) -> pl.DataFrame:
    """Return the units' whole year of budget in the ledger (kr), of the newest year; for forecasts only."""
    if not checked.source.plausible.forecasts:
        return pl.DataFrame(schema={"unit": pl.String, "ledger": pl.Float64})
    ledger = table_of(known.ledger, {"unit": pl.String, "period": pl.Date, "budget": pl.Float64})
    years = (
        ledger.lazy()
        .drop_nulls("budget")
        .group_by("unit", pl.col("period").dt.year())
        .agg(months=pl.len(), ledger=pl.col("budget").sum())
    )
    whole = years.filter(pl.col("months") == 12, pl.col("ledger") != 0).sort("period")
    return whole.group_by("unit").agg(pl.col("ledger").last()).collect()


def _own_rows(rows: pl.DataFrame, checked: CheckedDelivery) -> pl.DataFrame:
    """Return what a row's other columns say of its size, the first of them that can."""
    sizes: dict[str, list[Size]] = {}
    for size in checked.source.plausible.sizes:
        sizes.setdefault(size.of, []).append(size)
    columns = sorted({name for size in checked.source.plausible.sizes for name in size.by})
    figures = rows.lazy()
    wide = figures.select(*ROW).unique(maintain_order=True)
    for name in columns:
        values = figures.filter(pl.col("measure") == name, pl.col("value") != 0)
        wide = wide.join(
            values.select(*ROW, pl.col("value").alias(name)), on=ROW, how="left", nulls_equal=True
        )
    told = [
        wide.select(
            *ROW,
            pl.lit(measure).alias("measure"),
            pl.coalesce(way.times * reduce(mul, map(pl.col, way.by)) for way in ways).alias("row"),
        )
        for measure, ways in sizes.items()
    ]
    return pl.concat([wide.clear().select(*ROW, measure=pl.lit(""), row=pl.lit(0.0)), *told]).collect()
