"""What is doubted of other sources than the ledger: against the delivery before, and within the file."""

from collections.abc import Iterator

import polars as pl

from tasks.rules.declaration import Kind, Plausible
from tasks.rules.deliveries.doubts import kinds
from tasks.rules.deliveries.doubts.doubt import PlausibleSettings
from tasks.rules.deliveries.doubts.figure_cells import (
    KEY,
    ROW,
    FigureCells,
)
from tasks.rules.deliveries.doubts.kinds import Found
from tasks.rules.deliveries.doubts.scopes import ONE_ITEM, ONE_MONTH, ONE_TYPE, WHOLE_FILE, Scope

OF_FIGURES = (WHOLE_FILE, ONE_TYPE, ONE_ITEM)
PERCENT, LETTERS = "%", r"\p{L}"


def figure_doubts(laid: FigureCells, settings: PlausibleSettings) -> Iterator[Found]:
    """Yield every doubt about figures. What follows from one that is found isn't said as another."""
    sized = list(_thousandfold(laid, settings))
    running = [] if sized else [Found("accumulated", one) for one in _accumulated(laid, settings)]
    signs = [Found("turned", one) for one in _turned(laid, settings)]
    explained = [*sized, *running]
    yield from explained
    if not explained:
        yield from _apart(laid, settings)
    yield from (Found("nothing", one) for one in kinds.nothing(_expected(laid), settings))
    yield from signs
    yield from _fractions(laid, settings)
    if not (explained or signs):
        yield from _moved(laid, settings)


def thousandfold_figures(
    laid: FigureCells, settings: PlausibleSettings
) -> Iterator[tuple[pl.DataFrame, kinds.Direction]]:
    """Yield the cells of units that are a thousand times off; hours absent may really vanish or come."""
    parts = {part for limit in laid.checked.source.at_most for part in limit.parts}
    judged = _sized(laid).filter(~pl.col("measure").is_in(list(parts)))
    for way in kinds.DIRECTIONS:
        yield kinds.thousandfold_rows(judged, settings, way), way


def _thousandfold(laid: FigureCells, settings: PlausibleSettings) -> Iterator[Found]:
    """Find what is a thousand times off; of forecasts that nothing is known of, years that no unit has."""
    for way in kinds.DIRECTIONS:
        yield from (
            Found("thousandfold", one, way) for one in kinds.thousandfold(_sized(laid), settings, way)
        )
    if laid.held_by.forecasts:
        yield from kinds.unheard_of(laid.held.filter(pl.col("before").is_null()), settings)


def _sized(laid: FigureCells) -> pl.LazyFrame:
    """Return what can be written in thousands: amounts, hours and volumes, but nobody counts people so."""
    people = [column.name for column in laid.checked.source.columns if column.kind is Kind.COUNT]
    return laid.held.filter(~pl.col("measure").is_in(people))


def _accumulated(laid: FigureCells, settings: PlausibleSettings) -> list[Scope]:
    counted = laid.of(*laid.held_by.counted)
    known = counted.filter(pl.col("basis") != "file")
    unheard_of = counted.filter(pl.col("basis") == "file")
    if len(laid.checked.months) == 1:
        return kinds.multiples(known, settings, OF_FIGURES)
    found = kinds.multiples(known, settings, (*OF_FIGURES, ONE_MONTH))
    return found or kinds.running_up(unheard_of, settings)


def _apart(laid: FigureCells, settings: PlausibleSettings) -> Iterator[Found]:
    for outcome, plan, basis in laid.held_by.pairs:
        plans = laid.of(plan).select(*ROW, before="value")
        pairs = laid.of(outcome).drop("before").join(plans, on=ROW, nulls_equal=True, maintain_order="left")
        pairs = pairs.with_columns(basis=pl.lit(basis))
        for way in kinds.DIRECTIONS:
            found = kinds.apart(pairs, settings, way, (*OF_FIGURES, ONE_MONTH))
            yield from (Found("apart", one, way) for one in found)


def _expected(laid: FigureCells) -> pl.LazyFrame:
    """Return what ought to have a figure: it had one before, has one in another month, or is planned."""
    planned = {plan for _, plan, _ in laid.held_by.pairs}
    plans = laid.of(*planned).select(*ROW, plan="value").filter(pl.col("plan") != 0)
    due = laid.due.join(plans, on=ROW, how="left", nulls_equal=True, maintain_order="left")
    basis = pl.when(pl.col("before").is_null()).then(pl.lit("plan")).otherwise("basis")
    return due.with_columns(pl.col("before").fill_null(pl.col("plan")), basis=basis).filter(
        pl.col("before") != 0
    )


def _turned(laid: FigureCells, settings: PlausibleSettings) -> list[Scope]:
    """Only forecasts have signs: everything else that is delivered is counted."""
    if not laid.held_by.forecasts:
        return []
    unheard_of = laid.held.filter(pl.col("before").is_null()).drop("before")
    budgets = laid.of("budget").select(*ROW, before="value")
    inside = unheard_of.filter(pl.col("measure") != "budget").join(
        budgets, on=ROW, nulls_equal=True, maintain_order="left"
    )
    against = laid.held.filter(pl.col("before").is_not_null())
    return kinds.turned(against, settings) or kinds.turned(
        inside.with_columns(basis=pl.lit("budget")), settings
    )


def _moved(laid: FigureCells, settings: PlausibleSettings) -> Iterator[Found]:
    """Hold the forecasts' budgets against those of a delivery of the same year."""
    then, now = laid.known.figures_period, laid.checked.period
    if laid.held_by.forecasts and then is not None and then.year == now.year:
        budgets = laid.of("budget").filter(pl.col("basis") == "earlier")
        yield from (Found("moved", one) for one in kinds.moved(budgets, settings))


def _fractions(laid: FigureCells, settings: PlausibleSettings) -> Iterator[Found]:
    if laid.held_by.of_percent:
        yield from (Found("fractions", one) for one in kinds.fractions(_percentages(laid), settings))


def _percentages(laid: FigureCells) -> pl.LazyFrame:
    """Return what ought to be per cent beside what it was before, else beside its own row.

    An indicator is in per cent where a target says so, in this delivery or the one before; where no target
    says anything but a number it may be.
    """
    held_by = laid.held_by
    is_target = pl.col("measure").is_in(held_by.targets)
    judged = laid.rows.filter(pl.col("measure").is_in(held_by.of_percent))
    notes = pl.concat([judged, laid.before], how="diagonal").filter(is_target)
    told = notes.group_by("unit", "item").agg(
        pl.col("note").str.contains(PERCENT, literal=True).any().alias("is_percent"),
        pl.col("note").str.contains(LETTERS).any().alias("is_told"),
    )
    percent = told.filter(pl.col("is_percent") | ~pl.col("is_told"))
    cells = judged.join(percent, on=["unit", "item"], how="semi", maintain_order="left", nulls_equal=True)
    cells = cells.join(
        laid.before.select(*KEY, earlier="value"), on=KEY, how="left", nulls_equal=True, maintain_order="left"
    )
    cells = cells.join(
        _own_percent(judged, held_by), on=ROW, how="left", nulls_equal=True, maintain_order="left"
    )
    says_percent = pl.col("note").fill_null("").str.contains(PERCENT, literal=True)
    own = pl.when(~is_target).then("target").when(~says_percent).then("outcome")
    return cells.with_columns(
        before=pl.coalesce("earlier", own),
        size=pl.col("value").abs(),
        basis=pl.when(pl.col("earlier").is_null()).then(pl.lit("row")).otherwise(pl.lit("earlier")),
    )


def _own_percent(rows: pl.LazyFrame, held_by: Plausible) -> pl.LazyFrame:
    """Return each row's target where it is written in per cent, and its outcome or forecast."""
    says_percent = pl.col("note").str.contains(PERCENT, literal=True)
    of_target = pl.col("measure").is_in(held_by.targets) & says_percent
    of_outcome = pl.col("measure").is_in(held_by.outcomes)
    return rows.group_by(ROW, maintain_order=True).agg(
        target=pl.col("value").filter(of_target).drop_nulls().first(),
        outcome=pl.col("value").filter(of_outcome).drop_nulls().first(),
    )
