"""Whatever is changed in a valid file: it is refused with a receipt, or stored with what its cells mean.

What a cell means is read here a second time, by rules of this file alone, and held against what was stored.
"""

import random
import re
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.deliveries.tables.read_table import UnreadableTableError, read_table
from tasks.rules.deliveries.check import check_delivery
from tasks.rules.deliveries.receipt import write_receipt, write_refusal
from tasks.rules.deliveries.receipt_text import receipt_text
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tasks.sources import all_sources
from tests.deliveries.mutated_files import PERIOD, UNITS, mutated_file
from tests.worlds.examples import examples

SEPTEMBER, TODAY = Period(2026, 9), date(2026, 10, 7)
REGISTER = Register([(Period(2026, 1), [UnitVersion(code, name, "enhet") for code, name in UNITS.items()])])
SOURCES = ("ekonomi", "prestationer", "bistand", "sjukfranvaro")
SLOWEST = 20
"""Seconds: nothing of a few rows may hang."""
NUMBER = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]*)(?:[.,](?P<fraction>[0-9]+))?")
AMOUNTS = {"ekonomi": ("budget", "utfall"), "bistand": ("medelbidrag",)}
COLUMNS = {
    column.name
    for source in SOURCES
    for column in all_sources()[source].columns
    if column.must_exist or column.name in AMOUNTS.get(source, ())
}


@dataclass
class Outcome:
    """What became of a file, and the figures that were stored: (row, column) → value."""

    accepted: bool
    figures: dict
    units: dict
    notes: list


def read(mutated, folder):
    """Read and check a file as a delivery; a refused one has a receipt that says why and what to do."""
    source, _, _ = mutated.name.partition("_")
    declared = all_sources()[source]
    path = folder / mutated.name
    path.write_bytes(mutated.data)
    try:
        raw = read_table(path, max_bytes=10**7, wanted=Wanted(declared, SEPTEMBER))
    except UnreadableTableError as error:
        receipt = write_refusal(declared, SEPTEMBER, path.name, error.problems)
        assert receipt.problems
        assert all(problem.rule and problem.remedy for problem in receipt.problems)
        receipt_text(receipt)
        return Outcome(False, {}, {}, [])
    checked = check_delivery(raw, declared, SEPTEMBER, REGISTER, today=TODAY)
    text = receipt_text(write_receipt(checked, path.name))
    assert ("MOTTAGEN" in text) == checked.is_accepted
    if not checked.is_accepted:
        assert all(problem.rule and problem.remedy for problem in checked.problems)
        return Outcome(False, {}, {}, [])
    notes = [*checked.notes, *checked.warnings]
    if checked.ledger is not None:
        rows = checked.ledger.rows(named=True)
        figures = {
            (row["row_no"], name): row[key]
            for row in rows
            for name, key in (("budget", "budget"), ("utfall", "outcome"))
        }
    else:
        rows = checked.figures.rows(named=True)
        figures = {(row["row_no"], row["measure"]): row["value"] for row in rows}
    units = {row["row_no"]: row["unit"] for row in rows}
    return Outcome(True, {key: value for key, value in figures.items() if value is not None}, units, notes)


def meaning(text):
    """Return what a cell means as a number, None where it means none or isn't known here."""
    plain = re.sub("[\u200b\ufeff\u2060]", "", text).strip().replace("−", "-")
    plain = re.sub(r"(?i)\s*(kr\.?|sek|:-|%)$|^(kr|sek)\s+", "", plain).strip()
    if re.fullmatch(r"\(.*\)", plain):
        plain = "-" + plain[1:-1]
    if re.fullmatch(r"[^-]+-", plain):
        plain = "-" + plain[:-1]
    if re.fullmatch(r"-?\d+:\d\d(:\d\d)?", plain):
        hours, minutes, *seconds = map(int, plain.split(":"))
        return Decimal(hours) + Decimal(minutes) / 60 + Decimal(sum(seconds)) / 3600
    plain = re.sub(r"^-\s+", "-", plain)
    plain = re.sub("(?<=\\d)[ \u00a0\u202f\u2009](?=\\d{3})", "", plain.lstrip("+"))
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+|-?\d{1,3}(\.\d{3}){2,}", plain):
        plain = plain.replace(".", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+|-?\d{1,3}(,\d{3}){2,}", plain):
        plain = plain.replace(",", "")
    match = NUMBER.fullmatch(plain)
    if match is None or not (match["whole"] or match["fraction"]):
        return None
    return Decimal(f"{match['sign']}{match['whole'] or 0}.{match['fraction'] or 0}")


def meaning_in(source, column, text):
    """Return what a column's cell means: a dash is 0 where accountants write amounts."""
    if column in AMOUNTS.get(source, ()) and text.strip() in ("-", "–", "—"):
        return Decimal(0)
    return meaning(text)


def table_of(grid):
    """Return (row number, cells by header) of a table as it was before it was written.

    The header is the row with the most columns that are known.
    """
    headers = [[cell.strip().casefold() for cell in row] for row in grid]
    known = [sum(header in COLUMNS for header in row) for row in headers]
    place = known.index(max(known))
    return {
        number: dict(zip(headers[place], cells, strict=False))
        for number, cells in enumerate(grid[place + 1 :], place + 2)
    }


def faults(mutated, outcome):
    """Yield every stored figure that its cell doesn't mean, and every figure that was lost without a word."""
    table, source = table_of(mutated.grid), mutated.name.partition("_")[0]
    left_out = {note.row for note in outcome.notes} | {
        example.row for note in outcome.notes for example in note.examples
    }
    for (row, column), value in outcome.figures.items():
        written = table.get(row, {}).get(column)
        if written is None:
            continue  # read from a header that this file's rules don't know
        meant = meaning_in(source, column, written)
        if meant is None or abs(Decimal(value) - meant) > Decimal("0.005"):
            yield row, column, written, value
    for row, cells in table.items():
        for column, written in cells.items():
            meant = (
                meaning_in(source, column, written)
                if column in {name for _, name in outcome.figures}
                else None
            )
            is_stored = (row, column) in outcome.figures
            is_told = row in left_out or (meant == 0 and cells.get("period", "") > PERIOD)
            if meant is not None and not is_stored and not is_told:
                yield row, column, written, "lost"


def try_mutations(folder, seeds):
    """Try a file for each seed; return how many were accepted and refused."""
    counted = Counter()
    for seed in seeds:
        dice = random.Random(seed)
        source = SOURCES[seed % len(SOURCES)]
        mutated = mutated_file(source, dice)
        begun = time.monotonic()
        outcome = read(mutated, folder)
        assert time.monotonic() - begun < SLOWEST, seed
        kind = Path(mutated.name).suffix[1:]
        counted[kind, "accepted" if outcome.accepted else "refused"] += 1
        assert set(outcome.units.values()) <= {*UNITS, None}, seed
        if mutated.grid is not None:
            wrong = list(faults(mutated, outcome)) if outcome.accepted else []
            assert not wrong, (seed, wrong, mutated.grid)
    return counted


def test_a_file_with_something_changed_is_refused_or_stored_as_its_cells_mean(tmp_path):
    counted = try_mutations(tmp_path, range(examples(2000)))
    assert min(counted.values()) > 0
    assert len(counted) == 4


@pytest.mark.proof
@pytest.mark.timeout(7200)
def test_a_hundred_thousand_files_with_something_changed_are_refused_or_stored_as_their_cells_mean(tmp_path):
    counted = try_mutations(tmp_path, range(10_000, 110_000))
    print(f"\n{counted.total()} mutations: {dict(counted)}")  # noqa: T201
