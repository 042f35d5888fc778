"""Notes of what was read with the one meaning that it has, though it should have been written otherwise."""

import re
from collections.abc import Callable

import polars as pl

from tasks.rules.declaration import Kind
from tasks.rules.deliveries.cells import cells_that
from tasks.rules.deliveries.findings import Findings, Problem, rows_where
from tasks.rules.deliveries.meanings.tidied_cells import read_as
from tasks.rules.deliveries.sheet import Sheet
from tasks.rules.number_text import has_currency
from tasks.rules.organisation import UnitState
from tasks.rules.periods import Period

_MONTH = re.compile("[0-9]{4}-[0-9]{2}")
MONTH = "Månaden är skriven på ett annat sätt än ÅÅÅÅ-MM och har lästs som den enda den kan vara"

CLOCK = "Klockslaget efter datumet har tagits bort"
UNIT = "Enheten är skriven på ett annat sätt än i registret och har lästs som den enda den kan vara"
CURRENCY = "Valutan i cellen har tagits bort"
DASH = "Strecket har lästs som 0, så som bokföringsformat skriver det; lämna cellen tom om beloppet saknas"


def months_written_otherwise(sheet: Sheet) -> Findings:
    """Note the months that aren't written as `2026-09`."""
    found = []
    for column in sheet.present(sheet.source.of_kind(Kind.PERIOD)):
        cells, months = sheet.text[column.name], sheet.read[column.name]
        other = [cell for cell in cells.drop_nulls().unique() if not _MONTH.fullmatch(cell)]
        if other:
            mask = cells.is_in(other) & months.is_not_null()
            found.append(_noted(sheet, column.name, mask, months.dt.strftime("%Y-%m"), MONTH))
    return Findings.together(found)


def days_with_a_clock(sheet: Sheet) -> Findings:
    """Note the days that a database wrote with a time: `2026-12-31 00:00:00.000`."""
    found = []
    for column in sheet.present(sheet.source.of_kind(Kind.DATE)):
        cells, days = sheet.text[column.name], sheet.read[column.name]
        mask = cells.str.contains(":", literal=True) & days.is_not_null()
        found.append(_noted(sheet, column.name, mask, days.dt.strftime("%Y-%m-%d"), CLOCK))
    return Findings.together(found)


def units_written_otherwise(sheet: Sheet) -> Findings:
    """Note the units that are found though neither their code nor their name stands in the cell."""
    name = next((name for name in sheet.source.unit_columns if name not in sheet.source.area_columns), None)
    if sheet.register is None or name is None or not sheet.has(name):
        return Findings()
    found = (sheet.unit_state == int(UnitState.FOUND)).fill_null(value=False)
    found &= (sheet.text[name] != sheet.unit).fill_null(value=False)
    if not found.any():
        return Findings()
    pairs = pl.DataFrame(
        [sheet.text[name].alias("text"), sheet.unit.alias("unit"), sheet.months.alias("month")]
    )
    other = [
        text
        for text, unit, month in pairs.filter(found).unique().iter_rows()
        if sheet.register.find(text, Period.of(month)).code != unit
    ]
    return _noted(sheet, name, found & sheet.text[name].is_in(other), sheet.unit, UNIT)


def amounts_with_currency(sheet: Sheet) -> Findings:
    """Note the amounts that say kr, SEK or `:-`."""
    return _amounts(sheet, has_currency, CURRENCY)


def amounts_with_a_dash(sheet: Sheet) -> Findings:
    """Note the amounts that are a dash, as accounting formats write 0."""
    return _amounts(sheet, lambda text: not any(sign.isdigit() for sign in text), DASH)


def _amounts(sheet: Sheet, is_so: Callable[[str], bool], rule: str) -> Findings:
    found = []
    for column in sheet.present(sheet.source.of_kind(Kind.AMOUNT)):
        read = sheet.numbers[column.name]
        if not read.is_usual:
            mask = read.values.is_not_null() & cells_that(sheet.text[column.name], is_so)
            found.append(_noted(sheet, column.name, mask, read.values, rule))
    return Findings.together(found)


def _noted(sheet: Sheet, column: str, mask: pl.Series, after: pl.Series, rule: str) -> Findings:
    """Note the cells of a column where a mask is true, each with what it was read as."""

    def describe(row: dict[str, object]) -> Problem:
        value = read_as(str(row["before"]), str(row["after"]))
        return Problem(rule, "", int(str(row["row_no"])), sheet.headers[column], value)

    rows = pl.DataFrame([sheet.text["row_no"], sheet.text[column].alias("before"), after.alias("after")])
    return rows_where(rows, mask.fill_null(value=False), describe)
