"""Read old years to replay: a row for each unit and month, as `manad backtest` takes them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from tasks.deliveries.raw_table import RawTable, UnreadableTableError, refusal
from tasks.deliveries.read_table import read_table
from tasks.rules.assessment.backtest import OldYears
from tasks.rules.assessment.unit_years import Floats
from tasks.rules.number_text import NumberTextError, as_decimals, parse_amount, parse_amounts, parse_counts

REQUIRED = ("enhet", "ar", "manad", "utfall")
FIRST_YEAR, LAST_YEAR = 1700, 2200
POINT_AS_DECIMAL, COMMA_AS_DECIMAL = r"^[-−]?(0\.\d+|\d+\.(\d{1,2}|\d{4,})|\d{4,}\.\d{3})$", r"\d,\d"
"""What shows that a column's point is a decimal point: then `1.234` in it isn't ambiguous."""


def read_old_years(path: Path, *, max_bytes: int) -> OldYears:
    """Read `enhet;enhetstyp;ar;manad;budget;utfall`; kr, empty where unknown, in any order of rows.

    `enhetstyp` and `budget` may be absent. Raises UnreadableTableError naming the row of what can't be read.
    """
    table = read_table(path, max_bytes=max_bytes)
    lacking = [name for name in REQUIRED if name not in table.columns]
    if lacking:
        remedy = "Filen ska ha kolumnerna enhet;enhetstyp;ar;manad;budget;utfall."
        raise refusal(f"Kolumnen {lacking[0]} saknas", remedy)
    year, month = _counts(table, "ar", FIRST_YEAR, LAST_YEAR), _counts(table, "manad", 1, 12)
    unit = _texts(table, "enhet")
    _refuse_repeated(table, unit, year, month)
    return _laid_out(table, _Keys(unit, year, month))


@dataclass(frozen=True)
class _Keys:
    unit: pl.Series
    year: pl.Series
    month: pl.Series


def _laid_out(table: RawTable, keys: _Keys) -> OldYears:
    names = keys.unit.unique(maintain_order=True)
    rows = keys.unit.replace_strict(names, range(len(names)), return_dtype=pl.Int64).to_numpy()
    years, months = keys.year.to_numpy(), keys.month.to_numpy() - 1
    first = int(years.min())
    shape = (len(names), int(years.max()) - first + 1, 12)
    outcome, budget = np.full(shape, np.nan), np.full(shape, np.nan)
    outcome[rows, years - first, months] = _amounts(table, "utfall")
    budget[rows, years - first, months] = _amounts(table, "budget")
    unit_type = np.full(len(names), "", dtype=object)
    newest_first = np.lexsort(
        (-months, -years)
    )  # the oldest row comes last and decides: no later type is known
    unit_type[rows[newest_first]] = _texts(table, "enhetstyp", optional=True).to_numpy()[newest_first]
    return OldYears(first, names.to_numpy().astype(np.str_), unit_type.astype(np.str_), outcome, budget)


def _texts(table: RawTable, name: str, *, optional: bool = False) -> pl.Series:
    if name not in table.columns:
        return pl.repeat("", table.frame.height, eager=True)
    texts = table.frame[name]
    if optional:
        return texts.fill_null("")
    _refuse_first(table, name, texts.is_null(), "Cellen är tom", "Fyll i den.")
    return texts


def _counts(table: RawTable, name: str, low: int, high: int) -> pl.Series:
    read = parse_counts(table.frame[name])
    _refuse_first(table, name, read.values.is_null(), "Värdet är inget heltal", "Skriv siffror.")
    numbers = read.values.cast(pl.Int64)
    outside = (numbers < low) | (numbers > high)
    _refuse_first(table, name, outside, f"Värdet ska vara {low}–{high}", "Rätta det.")
    return numbers


def _amounts(table: RawTable, name: str) -> Floats:
    """Return a column's amounts, NaN where there is none."""
    if name not in table.columns:
        return np.full(table.frame.height, np.nan)
    texts = table.frame[name]
    if texts.str.contains(POINT_AS_DECIMAL).any() and not texts.str.contains(COMMA_AS_DECIMAL).any():
        texts = texts.str.replace(r"^([-−]?\d{1,3}\.\d{3})$", "${1}0")
    read = parse_amounts(texts)
    for row in read.bad.arg_true():
        try:
            parse_amount(texts[row])
        except NumberTextError as error:
            raise refusal(
                f"{error.rule}: {texts[row]}", error.remedy, row=_row(table, row), column=name
            ) from error
    values: Floats = as_decimals(read.values).cast(pl.Float64).fill_null(np.nan).to_numpy()
    return values


def _refuse_first(table: RawTable, name: str, wrong: pl.Series, rule: str, remedy: str) -> None:
    places = wrong.arg_true()
    if len(places):
        raise refusal(rule, remedy, row=_row(table, places[0]), column=name)


def _refuse_repeated(table: RawTable, unit: pl.Series, year: pl.Series, month: pl.Series) -> None:
    repeated = pl.struct(
        unit.alias("unit"), year.alias("year"), month.alias("month"), eager=True
    ).is_duplicated()
    places = repeated.arg_true()
    if len(places):
        row = places[1]
        what = f"{unit[row]} {year[row]}-{month[row]:02d}"
        raise refusal(f"{what} står på flera rader", "Summera dem till en.", row=_row(table, row))


def _row(table: RawTable, place: int) -> int:
    return int(table.frame["row_no"][place])


__all__ = ["UnreadableTableError", "read_old_years"]
