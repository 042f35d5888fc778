"""`manad backtest`: old years are read, replayed and written, and what they taught is stored with its day."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from tasks.assessment.doubted_years import doubted_years
from tasks.deliveries.tables.raw_table import RawTable, refusal
from tasks.deliveries.tables.read_table import read_table
from tasks.errors import UsageError
from tasks.installation import Installation
from tasks.month import Progress
from tasks.rules.assessment.backtest import RULE, Measures, OldYears, measure, replay
from tasks.rules.assessment.learning import MONTHS, Learnt, Replayed, learn
from tasks.rules.assessment.unit_years import Floats
from tasks.rules.number_text import NumberTextError, as_decimals, parse_amount, parse_amounts, parse_counts

HEADER = ("enhet", "ar", "manad", "prognos", "nedre_80", "ovre_80", "signal")
WHOLE_FROM = 100_000
"""Amounts (kr) from here on are written without decimals; smaller ones may be another unit than kronor."""
REQUIRED = ("enhet", "ar", "manad", "utfall")
FIRST_YEAR, LAST_YEAR = 1700, 2200
POINT_AS_DECIMAL, COMMA_AS_DECIMAL = r"^[-−]?(0\.\d+|\d+\.(\d{1,2}|\d{4,})|\d{4,}\.\d{3})$", r"\d,\d"
"""What shows that a column's point is a decimal point: then `1.234` in it isn't ambiguous."""


@dataclass(frozen=True)
class Backtest:
    """What a replay found: the measures, what was learnt, and the months that use it."""

    measures: Measures
    learnt: Learnt
    rows: int


def backtest_years(
    installation: Installation, file: Path, out: Path, today: date, progress: Progress
) -> Backtest:
    """Replay a file's years, write what would have been said, and store what was learnt with its day.

    Raises UnreadableTableError for a file that can't be read, or whose figures a delivery would be held for,
    and UsageError where nothing can be replayed.
    """
    if out.resolve() == file.resolve():
        raise UsageError(f"{out} är filen som läses: ange en annan med --out.")
    years = read_old_years(file, max_bytes=installation.config.files.max_size_mb * 1_000_000)
    for year, doubt in doubted_years(years, installation.config.plausible):
        remedy = "Rätta året, eller ta bort det ur filen: ett år som är fel skulle läras."
        raise refusal(f"Siffrorna för {year} kan inte vara rätt: {doubt.rule}", remedy)
    replays = _replayed(installation, years, progress)
    if not replays:
        raise refusal("Ingen enhet har två år i filen", "Ett år kan bara prövas mot åren före det.")
    measures = measure(replays)
    if measures.mean_error(RULE) is None:
        raise refusal("Inget år i filen går att pröva", "Lämna hela år: tolv månader med utfall.")
    backtest = Backtest(measures, learn(replays), write_replays(out, replays))
    with installation.database.transaction() as transaction:
        transaction.run(
            "assessment/insert_learnt",
            learnt_on=today,
            file_name=file.name,
            learnt=backtest.learnt.as_data(),
            measures=backtest.measures.as_data(),
        )
    return backtest


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


def write_replays(out: Path, replays: Sequence[Replayed]) -> int:
    """Write a row for every unit, year and closing; return how many."""
    rows = [line for year in replays for line in _lines(year)]
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";", lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(rows)
    except OSError as error:
        raise UsageError(f"Det går inte att skriva {out}: {error.strerror}.") from error
    return len(rows)


def _replayed(installation: Installation, years: OldYears, progress: Progress) -> list[Replayed]:
    replays = []
    for year in replay(years, installation.config.deviation_of):
        progress(f"{year.year}: {len(year.unit)} enheter")
        replays.append(year)
    return replays


def _lines(year: Replayed) -> list[list[str]]:
    return [
        [
            str(unit),
            str(year.year),
            str(month),
            *(
                _written(float(figures[row, month - 1]))
                for figures in (year.forecast, year.lower, year.upper)
            ),
            str(year.signals[row, month - 1]),
        ]
        for row, unit in enumerate(year.unit)
        for month in MONTHS
    ]


def _written(value: float) -> str:
    if np.isnan(value):
        return ""
    return f"{value:.0f}" if abs(value) >= WHOLE_FROM else f"{value:.4f}"


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
    newest_first = np.lexsort((-months, -years))  # the oldest row comes last and decides: no later is known
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
                f"{error.rule}: {texts[row]}", error.remedy, row=_file_row(table, row), column=name
            ) from error
    values: Floats = as_decimals(read.values).cast(pl.Float64).fill_null(np.nan).to_numpy()
    return values


def _refuse_first(table: RawTable, name: str, wrong: pl.Series, rule: str, remedy: str) -> None:
    places = wrong.arg_true()
    if len(places):
        raise refusal(rule, remedy, row=_file_row(table, places[0]), column=name)


def _refuse_repeated(table: RawTable, unit: pl.Series, year: pl.Series, month: pl.Series) -> None:
    repeated = pl.struct(
        unit.alias("unit"), year.alias("year"), month.alias("month"), eager=True
    ).is_duplicated()
    places = repeated.arg_true()
    if len(places):
        row = places[1]
        what = f"{unit[row]} {year[row]}-{month[row]:02d}"
        raise refusal(f"{what} står på flera rader", "Summera dem till en.", row=_file_row(table, row))


def _file_row(table: RawTable, place: int) -> int:
    return int(table.frame["row_no"][place])
