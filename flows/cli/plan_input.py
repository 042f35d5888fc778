"""Measures as they are written at a terminal: one text each, or a CSV file."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from tasks.errors import UsageError
from tasks.rules.number_text import Missing, NumberTextError, parse_amount
from tasks.rules.periods import Period
from tasks.rules.plans.measures import Measure

COLUMNS = ("vad", "vem", "fran", "effekt_per_manad", "risk")
NEEDED = 4
"""The last column, the risk, may be left out."""


def measures_of(texts: Sequence[str], file: Path | None) -> tuple[Measure, ...]:
    """Read measures, those of the texts first. Raises UsageError naming the one that can't be read."""
    rows = [("--measure", [part.strip() for part in text.split(";")]) for text in texts]
    if file is not None:
        rows += [(f"{file.name}, rad {number}", row) for number, row in _rows(file)]
    return tuple(_measure(where, row) for where, row in rows)


def _rows(file: Path) -> Iterable[tuple[int, list[str]]]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} går inte att läsa: {error}.") from error
    found = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=";")]
    if not found or tuple(found[0])[:NEEDED] != COLUMNS[:NEEDED]:
        raise UsageError(f"{file}: första raden ska vara {';'.join(COLUMNS)}.")
    return [(number, row) for number, row in enumerate(found[1:], start=2) if any(row)]


def _measure(where: str, row: Sequence[str]) -> Measure:
    if not NEEDED <= len(row) <= len(COLUMNS):
        raise UsageError(f"{where}: skriv {';'.join(COLUMNS)} (risk får utelämnas).")
    what, who, month, kr = row[:NEEDED]
    try:
        effect = parse_amount(kr)
    except NumberTextError as error:
        raise UsageError(f"{where}: effekten {kr!r} är inget belopp: {error}") from error
    try:
        from_month = Period.parse(month)
    except ValueError:
        raise UsageError(f"{where}: {month!r} är ingen månad; skriv till exempel 2026-11.") from None
    if isinstance(effect, Missing):
        raise UsageError(f"{where}: effekten i kronor per månad saknas.")
    return Measure(what, who, from_month, effect, row[NEEDED] if len(row) > NEEDED else "")
