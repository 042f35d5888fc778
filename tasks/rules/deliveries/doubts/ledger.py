"""What is doubted of a ledger: its months against each other, the budget and what was known."""

from collections.abc import Iterator, Sequence

import polars as pl

from tasks.rules.deliveries.doubts import kinds
from tasks.rules.deliveries.doubts.doubt import PlausibleSettings
from tasks.rules.deliveries.doubts.kinds import Found
from tasks.rules.deliveries.doubts.ledger_cells import MEASURES, LedgerCells, costs_and_incomes
from tasks.rules.deliveries.doubts.scopes import ONE_MONTH, ONE_TYPE, WHOLE_FILE, Scope

WHOLE_OR_TYPE = (WHOLE_FILE, ONE_TYPE)
OF_A_UNIT = ["unit", "unit_type", "item", "measure"]


def ledger_doubts(laid: LedgerCells, settings: PlausibleSettings) -> Iterator[Found]:
    """Yield every doubt about a ledger. What follows from one that is found isn't said as another."""
    sized = list(_thousandfold(laid, settings))
    running = [] if sized else [Found("accumulated", one) for one in _accumulated(laid, settings)]
    signs = [Found("turned", one) for one in _turned(laid, settings)]
    explained = [*sized, *running]
    yield from explained
    if not explained:
        yield from _apart(laid, settings)
    yield from (Found("nothing", one) for one in kinds.nothing(_expected(laid), settings))
    yield from signs
    if "budget" in laid.own and not (explained or signs):
        yield from (Found("moved", one) for one in kinds.moved(_year_budgets(laid), settings))


def _thousandfold(laid: LedgerCells, settings: PlausibleSettings) -> Iterator[Found]:
    """Find what is a thousand times off what was known; where nothing was, years that no unit has."""
    for way in kinds.DIRECTIONS:
        yield from (Found("thousandfold", one, way) for one in kinds.thousandfold(laid.held, settings, way))
    months = laid.held.filter(pl.col("basis") == "file")
    yield from kinds.unheard_of(_together(months, value=pl.col("size").mean() * 12), settings)


def _accumulated(laid: LedgerCells, settings: PlausibleSettings) -> Iterator[Scope]:
    """Find sums of the year so far: by what was known, else as they rise, else by the budget.

    A single month is looked at among outcomes only: a budget may be large in one.
    """
    running = []
    unheard_of = laid.cells.join(laid.unheard_of, on=["unit", "measure"], how="semi", maintain_order="left")
    for measure in MEASURES:
        known = laid.of(measure).filter(pl.col("basis") != "file")
        months = kinds.multiples(known, settings, WHOLE_OR_TYPE)
        if measure == "outcome" and not months:
            months = kinds.multiples(known, settings, (ONE_MONTH,))
        running += months or kinds.running_up(unheard_of.filter(pl.col("measure") == measure), settings)
    yield from running
    if not running:
        pairs = laid.pairs.join(laid.unheard_of, on=["unit", "measure"], how="semi", maintain_order="left")
        whole = kinds.multiples(pairs, settings, WHOLE_OR_TYPE)
        yield from whole or kinds.multiples(pairs, settings, (ONE_MONTH,))


def _apart(laid: LedgerCells, settings: PlausibleSettings) -> Iterator[Found]:
    """Find outcomes a few times smaller or larger than their budgets: of all closed months, else of one."""
    both = _of_the_file(laid, laid.pairs.drop_nulls(["value", "before"]))
    units = _together(
        both, value=pl.col("value").sum(), size=pl.col("size").sum(), before=pl.col("before").sum()
    )
    units = units.with_columns(basis=pl.lit("budget" if "outcome" in laid.own else "outcome"))
    for way in kinds.DIRECTIONS:
        found = kinds.apart(units, settings, way, WHOLE_OR_TYPE) or kinds.apart(
            both, settings, way, (ONE_MONTH,)
        )
        yield from (Found("apart", one, way) for one in found)


def _of_the_file(laid: LedgerCells, pairs: pl.LazyFrame) -> pl.LazyFrame:
    """Turn pairs of outcome and budget so that the value is the file's own, in a file of budgets alone."""
    if "outcome" in laid.own:
        return pairs
    return pairs.with_columns(
        measure=pl.lit("budget"),
        value=pl.col("before"),
        size=pl.col("before"),
        before=pl.col("value"),
        basis=pl.lit("outcome"),
    )


def _expected(laid: LedgerCells) -> pl.LazyFrame:
    """Return the outcomes that ought to be there: a budget says so, or other months do where none is known.

    Those that were 0 in the same month of the year before, though the unit had outcomes, rest then.
    """
    planned = pl.col("before").fill_null(0)
    has_budget = (planned > 0).any().over("unit")
    in_file = (pl.col("size").fill_null(0) > 0).any().over("unit")
    earlier = laid.known.filter(pl.col("outcome") != 0)
    resting = laid.known.filter(pl.col("outcome").fill_null(0) == 0).join(
        earlier, on="unit", how="semi", maintain_order="left"
    )
    resting = resting.select("unit", pl.col("period").dt.offset_by("1y"))
    cells = laid.pairs.join(
        earlier.select("unit", had=pl.lit(value=True)).unique(), on="unit", how="left", maintain_order="left"
    )
    elsewhere = in_file | pl.col("had").fill_null(value=False)
    due = cells.filter((planned > 0) | (~has_budget & elsewhere)).drop("had")
    return due.join(resting, on=["unit", "period"], how="anti", maintain_order="left")


def _turned(laid: LedgerCells, settings: PlausibleSettings) -> Sequence[Scope]:
    """Find turned signs: against what was known; where nothing was, against the budget and by the groups."""
    against = kinds.turned(laid.held, settings)
    told, other = ("outcome", "budget") if "outcome" in laid.own else ("budget", "outcome")
    others = laid.cells.filter(pl.col("measure") == other).drop_nulls("value")
    nets = (
        laid.of(told)
        .filter(pl.col("basis") == "file")
        .join(others.select("unit", "period", other="value"), on=["unit", "period"], maintain_order="left")
    )
    inside = kinds.turned(nets.with_columns(before=pl.col("other"), basis=pl.lit(other)), settings)
    return [*(against or inside), *kinds.both_turned(costs_and_incomes(laid), settings)]


def _year_budgets(laid: LedgerCells) -> pl.LazyFrame:
    """Return the units' whole years of budget beside the whole years that were known of the same year."""
    budgets = laid.cells.filter(pl.col("measure") == "budget").drop_nulls("value")
    whole = _together(budgets, months=pl.len(), value=pl.col("value").sum(), size=pl.col("size").sum())
    same_year = laid.known.filter(pl.col("period").dt.year() == laid.period.year).drop_nulls("budget")
    known = same_year.group_by("unit").agg(known=pl.len(), before=pl.col("budget").sum())
    years = whole.join(known, on="unit", maintain_order="left").filter(
        pl.col("months") == 12, pl.col("known") == 12
    )
    return years.with_columns(basis=pl.lit("earlier"))


def _together(cells: pl.LazyFrame, **sums: pl.Expr) -> pl.LazyFrame:
    """Take a unit's months together; the period is the last of them."""
    return cells.group_by(OF_A_UNIT, maintain_order=True).agg(pl.col("period").max(), **sums)


def thousandfold_units(
    laid: LedgerCells, settings: PlausibleSettings
) -> Iterator[tuple[pl.DataFrame, kinds.Direction]]:
    """Yield the cells of units of which nearly all months, or the last one, are a thousand times off."""
    for way in kinds.DIRECTIONS:
        yield kinds.thousandfold_rows(laid.held, settings, way, laid.period), way
