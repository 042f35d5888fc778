"""The ledger's figures, laid out beside what they are held against."""

import re
from dataclasses import dataclass
from datetime import date

import polars as pl

from tasks.rules.declaration import Signs
from tasks.rules.deliveries.check import CheckedDelivery
from tasks.rules.deliveries.doubts.doubt import KnownFigures
from tasks.rules.deliveries.doubts.scopes import table_of
from tasks.rules.deliveries.sheet import IN_MEMORY

MEASURES = ("budget", "outcome")
COLUMNS = {"budget": "budget", "outcome": "utfall"}
"""By measure the contract's column."""


@dataclass(frozen=True)
class LedgerCells:
    """The file's amounts (kr): a row a unit, month and measure; outcomes of closed months only.

    own: the measures that the file tells, both or the half that it is of.
    cells: all that stand in the file, null where missing, and beside a half the other one as it is known.
    held: the file's own with figures, beside what was known.
    pairs: every outcome (gross) beside its month's budget (gross; where the file has none, as it was known).
    known: each unit's months as they were known, in kr. rows, signs: the file's own rows, and what its
    account groups tell of signs. All are laid out once and read lazily.
    """

    own: tuple[str, ...]
    cells: pl.LazyFrame
    held: pl.LazyFrame
    pairs: pl.LazyFrame
    known: pl.LazyFrame
    period: date
    rows: pl.LazyFrame
    signs: Signs | None

    def of(self, measure: str) -> pl.LazyFrame:
        """Return the cells of a measure, held against what was known."""
        return self.held.filter(pl.col("measure") == measure)

    @property
    def unheard_of(self) -> pl.LazyFrame:
        """Return the units and measures that nothing was known of."""
        return self.held.filter(pl.col("basis") == "file").select("unit", "measure").unique()


def ledger_cells(checked: CheckedDelivery, known: KnownFigures) -> LedgerCells:
    """Lay out a ledger beside what was known before it."""
    own = tuple(measure for measure in MEASURES if checked.source.tells(COLUMNS[measure]))
    rows = _amounts(checked)
    types = pl.LazyFrame(
        {"unit": list(known.unit_types), "unit_type": list(known.unit_types.values())},
        schema={"unit": pl.String, "unit_type": pl.String},
    )
    sums = rows.group_by("unit", "period").agg(
        pl.col(*MEASURES).sum(),
        pl.col(*MEASURES).abs().sum().name.suffix("_size"),
        pl.col(*MEASURES).null_count().name.suffix("_missing"),
    )
    told = [
        sums.select(
            "unit",
            "period",
            pl.lit(name).alias("measure"),
            pl.when(pl.col(f"{name}_missing") == 0).then(name).alias("value"),
            pl.when(pl.col(f"{name}_missing") == 0).then(f"{name}_size").alias("size"),
        )
        for name in own
    ]
    others = [_other_half(known, name) for name in MEASURES if name not in own]
    cells = (
        pl.concat([*told, *others])
        .filter((pl.col("measure") == "budget") | (pl.col("period") <= checked.period.first_day))
        .join(types, on="unit", how="left", maintain_order="left")
        .with_columns(item=pl.lit(None, pl.String))
        .sort("measure", "unit", "period")
    )
    before = _known_months(known)
    usual = _usual(before, known, checked.period.year)
    own_cells = cells.filter(pl.col("measure").is_in(own)).drop_nulls("value")
    held = own_cells.join(usual, on=["unit", "measure"], how="left", maintain_order="left")
    laid = pl.collect_all([cells, _with_file(held), before], engine=IN_MEMORY)
    cells, held, before = (table.lazy() for table in laid)
    return LedgerCells(
        own,
        cells,
        held,
        _pairs(cells, before),
        before,
        checked.period.first_day,
        rows.join(types, on="unit", how="left", maintain_order="left"),
        checked.source.signs,
    )


def _other_half(known: KnownFigures, measure: str) -> pl.LazyFrame:
    """Return what is known of the half that the file isn't of."""
    columns = {"unit": pl.String, "period": pl.Date, "value": pl.Float64, "size": pl.Float64}
    return table_of(known.other_half, columns).select(
        "unit", "period", pl.lit(measure).alias("measure"), "value", "size"
    )


def _amounts(checked: CheckedDelivery) -> pl.LazyFrame:
    rows = pl.DataFrame() if checked.ledger is None else checked.ledger
    return rows.lazy().select(
        "unit", "period", "account_group", *(pl.col(name).cast(pl.Float64) for name in MEASURES)
    )


def _known_months(known: KnownFigures) -> pl.LazyFrame:
    columns = {"unit": pl.String, "period": pl.Date, "budget": pl.Float64, "outcome": pl.Float64}
    return table_of(known.ledger, columns)


def _usual(before: pl.LazyFrame, known: KnownFigures, year: int) -> pl.LazyFrame:
    """Return each unit's ordinary month (kr): of the year, else of the year before, else of the forecast."""
    months = before.unpivot(MEASURES, index=["unit", "period"], variable_name="measure").filter(
        pl.col("value") != 0
    )
    is_now = pl.col("period").dt.year() == year
    usual = months.group_by("unit", "measure").agg(
        now=pl.col("value").filter(is_now).median(), last=pl.col("value").filter(~is_now).median()
    )
    return usual.join(_forecast_months(known), on=["unit", "measure"], how="full", coalesce=True).select(
        "unit",
        "measure",
        pl.coalesce("now", "last", "forecast").alias("before"),
        pl.when(pl.coalesce("now", "last").is_null())
        .then(pl.lit("forecast"))
        .otherwise(pl.lit("earlier"))
        .alias("basis"),
    )


def _forecast_months(known: KnownFigures) -> pl.LazyFrame:
    """Return a twelfth of each unit's year (kr) in the newest forecast."""
    columns = {"unit": pl.String, "budget": pl.Float64, "forecast_before": pl.Float64}
    rows = table_of(known.forecasts, columns)
    named = rows.rename({"forecast_before": "outcome"}).unpivot(
        MEASURES, index="unit", variable_name="measure"
    )
    return named.group_by("unit", "measure").agg(forecast=pl.col("value").first() / 12)


def _with_file(held: pl.LazyFrame) -> pl.LazyFrame:
    """Hold what nothing was known of against the unit's other months in the file."""
    others = pl.col("value").filter(pl.col("value") != 0).median().over("unit", "measure")
    return held.with_columns(
        before=pl.col("before").fill_null(others),
        basis=pl.when(pl.col("before").is_null()).then(pl.lit("file")).otherwise("basis"),
    )


def _pairs(cells: pl.LazyFrame, before: pl.LazyFrame) -> pl.LazyFrame:
    """Return every outcome beside its month's budget, both gross; in a file without budgets the known net."""
    own = cells.filter(pl.col("measure") == "budget").select("unit", "period", "size")
    known = before.select("unit", "period", pl.col("budget").abs().alias("size"))
    has_own = own.select(pl.col("size").is_not_null().any()).collect(engine=IN_MEMORY).item()
    budgets = own if has_own else known
    outcomes = cells.filter(pl.col("measure") == "outcome").with_columns(value="size")
    paired = outcomes.join(
        budgets.rename({"size": "before"}), on=["unit", "period"], how="left", maintain_order="left"
    )
    return paired.with_columns(basis=pl.lit("budget"))


def costs_and_incomes(laid: LedgerCells) -> pl.LazyFrame:
    """Return each unit's and month's costs (value) beside its incomes (before), where nothing was known.

    Only the groups count whose names tell which they are.
    """
    signs, rows = (
        laid.signs,
        laid.rows.join(laid.unheard_of.select("unit").unique(), on="unit", how="semi", maintain_order="left"),
    )
    groups = rows.select(pl.col("account_group").drop_nulls().unique()).collect(engine=IN_MEMORY).to_series()
    names = groups.to_list() if signs is not None else []
    sides = [_side(signs, name) for name in names if signs is not None]
    told = pl.LazyFrame(
        {"account_group": names, "side": sides}, schema={"account_group": pl.String, "side": pl.String}
    )
    named = rows.join(told.drop_nulls(), on="account_group", maintain_order="left")
    long = named.unpivot(MEASURES, index=["unit", "unit_type", "period", "side"], variable_name="measure")
    is_cost = pl.col("side") == "cost"
    sums = long.group_by("unit", "unit_type", "measure", "period", maintain_order=True).agg(
        value=pl.col("value").filter(is_cost).sum(), before=pl.col("value").filter(~is_cost).sum()
    )
    own = sums.join(laid.unheard_of, on=["unit", "measure"], how="semi", maintain_order="left")
    return own.with_columns(item=pl.lit(None, pl.String), size=pl.col("value").abs(), basis=pl.lit("groups"))


def _side(signs: Signs, name: str) -> str | None:
    """Tell whether a group is of costs or incomes, by its name or account class (3: income, 4–7: costs)."""
    name = name.casefold()
    if any(word in name for word in signs.income_words) or re.fullmatch("3[0-9]*", name):
        return "income"
    is_cost = any(word in name for word in signs.cost_words) or re.fullmatch("[4-7][0-9]*", name)
    return "cost" if is_cost else None
