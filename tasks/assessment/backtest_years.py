"""The step that replays old years, measures the rule on them, and keeps what they teach."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from tasks.assessment.read_old_years import read_old_years
from tasks.deliveries.raw_table import refusal
from tasks.errors import UsageError
from tasks.installation import Installation
from tasks.month import Progress
from tasks.rules.assessment.backtest import RULE, Measures, OldYears, measure, replay
from tasks.rules.assessment.learning import MONTHS, Learnt, Replayed, learn

HEADER = ("enhet", "ar", "manad", "prognos", "nedre_80", "ovre_80", "signal")
WHOLE_FROM = 100_000
"""Amounts (kr) from here on are written without decimals; smaller ones may be another unit than kronor."""


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

    Raises UnreadableTableError for a file that can't be read and UsageError where nothing can be replayed.
    """
    if out.resolve() == file.resolve():
        raise UsageError(f"{out} är filen som läses: ange en annan med --out.")
    years = read_old_years(file, max_bytes=installation.config.files.max_size_mb * 1_000_000)
    replays = _replayed(installation, years, progress)
    if not replays:
        raise refusal("Ingen enhet har två år i filen", "Ett år kan bara prövas mot åren före det.")
    measures = measure(replays)
    if measures.mean_error(RULE) is None:
        raise refusal("Inget år i filen går att pröva", "Lämna hela år: tolv månader med utfall.")
    found = Backtest(measures, learn(replays), write_replays(out, replays))
    with installation.database.transaction() as transaction:
        transaction.run(
            "assessment/insert_learnt",
            learnt_on=today,
            file_name=file.name,
            learnt=found.learnt.as_data(),
            measures=found.measures.as_data(),
        )
    return found


def _replayed(installation: Installation, years: OldYears, progress: Progress) -> list[Replayed]:
    replays = []
    for one in replay(years, installation.config.deviation_of):
        progress(f"{one.year}: {len(one.unit)} enheter")
        replays.append(one)
    return replays


def write_replays(out: Path, replays: Sequence[Replayed]) -> int:
    """Write a row for every unit, year and closing; return how many."""
    rows = [row for one in replays for row in _rows(one)]
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";", lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(rows)
    except OSError as error:
        raise UsageError(f"Det går inte att skriva {out}: {error.strerror}.") from error
    return len(rows)


def _rows(one: Replayed) -> list[list[str]]:
    return [
        [
            str(unit),
            str(one.year),
            str(month),
            *(_amount(float(figures[row, month - 1])) for figures in (one.forecast, one.lower, one.upper)),
            str(one.signals[row, month - 1]),
        ]
        for row, unit in enumerate(one.unit)
        for month in MONTHS
    ]


def _amount(value: float) -> str:
    if np.isnan(value):
        return ""
    return f"{value:.0f}" if abs(value) >= WHOLE_FROM else f"{value:.4f}"
