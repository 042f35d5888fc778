"""What was accepted before a delivery, to hold its figures against."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from sql.database import Transaction
from tasks.figures.current_deliveries import current_deliveries
from tasks.register import code_of
from tasks.rules.declaration import Shape, Source
from tasks.rules.deliveries.plausible import KnownFigures
from tasks.rules.organisation import Register
from tasks.rules.periods import Period

FORECASTS = "prognos"
LEDGER = {"unit": pl.String, "period": pl.Date, "budget": pl.Float64, "outcome": pl.Float64}
OTHER_HALF = {"unit": pl.String, "period": pl.Date, "value": pl.Float64, "size": pl.Float64}
FORECAST = {"unit": pl.String, "budget": pl.Float64, "forecast_before": pl.Float64}
FIGURES = {
    "unit": pl.String,
    "item": pl.String,
    "measure": pl.String,
    "value": pl.Float64,
    "note": pl.String,
}


def read_known(
    transaction: Transaction, source: Source, months: Sequence[Period], register: Register
) -> KnownFigures:
    """Read what was accepted of a source, and of those that tell its size, before a delivery for months."""
    period = months[0]
    units = register.all_valid(period) if register else ()
    tells_of_budgets = source.shape is Shape.LEDGER or source.name == FORECASTS
    figures, figures_period = (None, None)
    if source.shape is Shape.FIGURES:
        figures, figures_period = _figures(transaction, source, period, register)
    return KnownFigures(
        ledger=_ledger(transaction, period, register) if tells_of_budgets else None,
        other_half=_other_half(transaction, source, months[-1], register),
        forecasts=_forecasts(transaction, period, register) if source.shape is Shape.LEDGER else None,
        figures=figures,
        unit_types={unit.code: unit.unit_type for unit in units if unit.unit_type},
        unit_names={unit.code: unit.name for unit in units},
        figures_period=figures_period,
    )


def _ledger(transaction: Transaction, period: Period, register: Register) -> pl.DataFrame:
    first, last = date(period.year - 1, 1, 1), date(period.year, 12, 1)
    rows = transaction.rows("figures/list_months_known", period=period.first_day, first=first, last=last)
    return _table(
        LEDGER,
        (
            (_code(register, row.unit, period), row.period, _float(row.budget), _float(row.outcome))
            for row in rows
        ),
    )


def _other_half(
    transaction: Transaction, source: Source, period: Period, register: Register
) -> pl.DataFrame | None:
    """Return the half of the ledger that a source isn't of; None for a source that is no half."""
    if source.half_of is None:
        return None
    rows = transaction.rows(
        "figures/list_other_half",
        half="outcome" if source.tells("budget") else "budget",
        period=period.first_day,
        first=date(period.year, 1, 1),
        last=date(period.year, 12, 1),
    )
    return _table(
        OTHER_HALF,
        ((_code(register, row.unit, period), row.period, _float(row.net), _float(row.gross)) for row in rows),
    )


def _forecasts(transaction: Transaction, period: Period, register: Register) -> pl.DataFrame | None:
    newest = current_deliveries(transaction, [FORECASTS], period)[-1:]
    if not newest:
        return None
    month = newest[0].period.first_day
    return _table(
        FORECAST,
        (
            (_code(register, row.unit, period), _float(row.budget), _float(row.forecast_before))
            for row in transaction.rows("figures/list_forecasts", first=month, last=month)
        ),
    )


def _figures(
    transaction: Transaction, source: Source, period: Period, register: Register
) -> tuple[pl.DataFrame | None, Period | None]:
    rows = transaction.rows("deliveries/list_known_figures", source=source.name, period=period.first_day)
    if not rows:
        return None, None
    codes = {unit: _code(register, unit, period) for unit in {row.unit for row in rows}}
    figures = _table(FIGURES, ((codes[row.unit], row.item, row.measure, row.value, row.note) for row in rows))
    return figures, Period.of(rows[0].delivered_for)


def _code(register: Register, stored: str | None, period: Period) -> str | None:
    """Return the code of a stored unit; what has no register stays as it was stored."""
    return stored if stored is None or not register else code_of(register, stored, period)


def _float(value: Decimal | None) -> float | None:
    """Return a figure as it is compared: only its size and sign matter."""
    return None if value is None else float(value)


def _table(columns: Mapping[str, type[pl.DataType]], rows: Iterable[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict(columns), orient="row")
