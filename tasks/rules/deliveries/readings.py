"""Notes of what was read with the one meaning that it has, though it should have been written otherwise."""

import re

import polars as pl

from tasks.rules.declaration import Kind
from tasks.rules.deliveries.findings import Findings, Problem, rows_where
from tasks.rules.deliveries.sheet import Sheet
from tasks.rules.deliveries.tidied_cells import read_as

_MONTH = re.compile("[0-9]{4}-[0-9]{2}")
MONTH = "Månaden är skriven på ett annat sätt än ÅÅÅÅ-MM och har lästs som den enda den kan vara"


def months_written_otherwise(sheet: Sheet) -> Findings:
    """Note the months that aren't written as `2026-09`."""
    found = []
    for column in sheet.present(sheet.source.of_kind(Kind.PERIOD)):
        cells, months = sheet.text[column.name], sheet.read[column.name]
        other = [cell for cell in cells.drop_nulls().unique() if not _MONTH.fullmatch(cell)]
        mask = cells.is_in(other) & months.is_not_null()
        after = months.dt.strftime("%Y-%m")
        found.append(_noted(sheet, column.name, mask, after, MONTH))
    return Findings.together(found)


def _noted(sheet: Sheet, column: str, mask: pl.Series, after: pl.Series, rule: str) -> Findings:
    """Note the cells of a column where a mask is true, each with what it was read as."""

    def describe(row: dict[str, object]) -> Problem:
        value = read_as(str(row["before"]), str(row["after"]))
        return Problem(rule, "", int(str(row["row_no"])), sheet.headers[column], value)

    rows = pl.DataFrame([sheet.text["row_no"], sheet.text[column].alias("before"), after.alias("after")])
    return rows_where(rows, mask.fill_null(value=False), describe)
