"""The figures of other sources than the ledger, laid out beside what they are held against."""

from dataclasses import dataclass
from functools import reduce
from operator import mul

import polars as pl

from tasks.rules.declaration import Plausible, Size
from tasks.rules.deliveries.check import CheckedDelivery
from tasks.rules.deliveries.doubts.doubt import KnownFigures
from tasks.rules.deliveries.doubts.scopes import table_of
from tasks.rules.deliveries.sheet import IN_MEMORY

ROW = ["unit", "item", "period"]
KEY = ["unit", "item", "measure"]
FIGURES = {"unit": pl.String, "item": pl.String, "measure": pl.String, "value": pl.Float64, "note": pl.String}


@dataclass(frozen=True)
class FigureCells:
    """The file's figures: a row a unit, item, month and column.

    rows: all of them, with their notes. held: those of columns that can be summed, beside what was known of
    them, else beside other figures of the file. due: what is counted anew each month, null where missing.
    before: the figures of the delivery before. All are laid out once and read lazily.
    """

    checked: CheckedDelivery
    rows: pl.LazyFrame
    held: pl.LazyFrame
    due: pl.LazyFrame
    before: pl.LazyFrame
    known: KnownFigures

    @property
    def held_by(self) -> Plausible:
        """Return what the source's figures are held against each other by."""
        return self.checked.source.plausible

    def of(self, *measures: str) -> pl.LazyFrame:
        """Return the cells of some columns, beside what they are held against."""
        return self.held.filter(pl.col("measure").is_in(measures))


def figure_cells(checked: CheckedDelivery, known: KnownFigures) -> FigureCells:
    """Lay out figures beside those of the delivery before them."""
    types = pl.LazyFrame(
        {"unit": list(known.unit_types), "unit_type": list(known.unit_types.values())},
        schema={"unit": pl.String, "unit_type": pl.String},
    )
    figures = table_of(checked.figures, {**FIGURES, "period": pl.Date})
    rows = figures.join(types, on="unit", how="left", maintain_order="left")
    before = table_of(known.figures, FIGURES).unique(KEY, keep="first", maintain_order=True)
    totalled = [column.name for column in checked.source.columns if column.is_totalled]
    summed = rows.filter(pl.col("measure").is_in(totalled))
    both = pl.concat(
        [
            part.select(*ROW, "measure", "value", "unit_type", is_due=pl.lit(value=is_due))
            for part, is_due in ((summed, False), (_due(rows, checked), True))
        ]
    )
    compared = _compared(both, _references(rows, before, checked, known))
    laid = pl.collect_all([rows, compared, before], engine=IN_MEMORY)
    rows, compared, before = (table.lazy() for table in laid)
    held, due = compared.filter(~pl.col("is_due")), compared.filter("is_due")
    return FigureCells(checked, rows, held, due, before, known)


def _references(
    rows: pl.LazyFrame, before: pl.LazyFrame, checked: CheckedDelivery, known: KnownFigures
) -> list[tuple[str, pl.LazyFrame, list[str]]]:
    """Return what cells are held against, the first that has a figure: basis, figures and what joins them.

    Only what the source has is there: joins with nothing take as long as with something.
    """
    held_by = checked.source.plausible
    own = _own_rows(rows, checked)
    exact = [size.of for size in held_by.sizes if size.is_exact]
    is_product = pl.col("measure").is_in(exact)
    references = [("earlier", before.filter(pl.col("value") != 0).select(*KEY, earlier="value"), KEY)]
    if exact:
        references.insert(0, ("product", own.filter(is_product).rename({"row": "product"}), [*KEY, "period"]))
    if held_by.forecasts:
        references.append(("ledger", _year_budgets(known), ["unit"]))
    if len(exact) < len(held_by.sizes):
        references.append(("row", own.filter(~is_product), [*KEY, "period"]))
    return references


def _compared(cells: pl.LazyFrame, references: list[tuple[str, pl.LazyFrame, list[str]]]) -> pl.LazyFrame:
    """Hold cells against the first of some references that has a figure, else against the other months."""
    names = [name for name, _, _ in references]
    for _, reference, on in references:
        cells = cells.join(reference, on=on, how="left", nulls_equal=True, maintain_order="left")
    months = pl.col("value").filter(pl.col("value") != 0)
    own = [*KEY, "is_due"]
    others = pl.when(months.len().over(own) > 1).then(months.median().over(own))
    basis = [pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in names]
    return cells.with_columns(
        before=pl.coalesce(*names, others),
        basis=pl.coalesce(*basis, pl.lit("file")),
        size=pl.col("value").abs(),
    ).drop(names)


def _due(rows: pl.LazyFrame, checked: CheckedDelivery) -> pl.LazyFrame:
    """Return what each row ought to say, null where missing; a column that may be absent where it stands."""
    held_by = checked.source.plausible
    said_anew = (*held_by.counted, *held_by.forecasts)
    duties = [name for name in said_anew if checked.source.column(name).must_exist]
    stands = pl.col("measure").is_in(said_anew) & pl.col("value").is_not_null()
    due = pl.concat(
        [
            pl.LazyFrame({"measure": duties}, schema={"measure": pl.String}),
            rows.filter(stands).select("measure"),
        ]
    )
    names = due.unique().sort("measure")
    grid = (
        rows.select(*ROW, "unit_type")
        .unique(maintain_order=True)
        .join(names, how="cross", maintain_order="left_right")
    )
    values = rows.select(*ROW, "measure", "value")
    on = [*ROW, "measure"]
    return grid.join(values, on=on, how="left", nulls_equal=True, maintain_order="left")


def _year_budgets(known: KnownFigures) -> pl.LazyFrame:
    """Return the units' whole year of budget in the ledger (kr), of the newest year."""
    ledger = table_of(known.ledger, {"unit": pl.String, "period": pl.Date, "budget": pl.Float64})
    years = (
        ledger.drop_nulls("budget")
        .group_by("unit", pl.col("period").dt.year())
        .agg(months=pl.len(), ledger=pl.col("budget").sum())
    )
    whole = years.filter(pl.col("months") == 12, pl.col("ledger") != 0).sort("period")
    return whole.group_by("unit").agg(pl.col("ledger").last())


def _own_rows(rows: pl.LazyFrame, checked: CheckedDelivery) -> pl.LazyFrame:
    """Return what a row's other columns say of its size, the first of them that can."""
    sizes: dict[str, list[Size]] = {}
    for size in checked.source.plausible.sizes:
        sizes.setdefault(size.of, []).append(size)
    columns = sorted({name for size in checked.source.plausible.sizes for name in size.by})
    wide = rows.select(*ROW).unique(maintain_order=True)
    for name in columns:
        values = rows.filter(pl.col("measure") == name, pl.col("value") != 0)
        wide = wide.join(
            values.select(*ROW, pl.col("value").alias(name)),
            on=ROW,
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
    told = [
        wide.select(
            *ROW,
            pl.lit(measure).alias("measure"),
            pl.coalesce(way.times * reduce(mul, map(pl.col, way.by)) for way in ways).alias("row"),
        )
        for measure, ways in sizes.items()
    ]
    return pl.concat([wide.clear().select(*ROW, measure=pl.lit(""), row=pl.lit(0.0)), *told])
