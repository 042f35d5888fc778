"""Months of the ledger that lack an amount on some of their rows, and so as a whole."""

import polars as pl

from tasks.rules.declaration import Column, Shape
from tasks.rules.deliveries.findings import Findings
from tasks.rules.deliveries.problems import Problem
from tasks.rules.deliveries.sheet import Sheet
from tasks.rules.swedish import counted

REMEDY = "Skriv 0 där beloppet är noll, och lämna filen igen. Lämna tomt bara det som inte är känt."


def months_with_gaps(sheet: Sheet) -> Findings:
    """Find the ledger's columns that lack an amount on some rows of a unit's month, one problem for each.

    Such a month is missing as a whole (sql/queries/figures/insert_ledger_months.sql). Empty on every row is
    no gap: a month to come has no outcome.
    """
    if sheet.source.shape is not Shape.LEDGER:
        return Findings()
    found = (_gaps(sheet, column) for column in sheet.present(sheet.source.numeric_columns))
    return Findings.of(problem for problem in found if problem is not None)


def _gaps(sheet: Sheet, column: Column) -> Problem | None:
    known = sheet.numbers[column.name].values.is_not_null()
    if known.all():
        return None
    rows = pl.DataFrame([sheet.text["row_no"], sheet.unit.alias("unit"), sheet.months.alias("month")])
    lacking = rows.filter(~known).group_by("unit", "month").agg(pl.col("row_no").min())
    partly = lacking.join(rows.filter(known), on=["unit", "month"], how="semi").sort("row_no")
    if partly.is_empty():
        return None
    first = partly.row(0, named=True)
    months = counted(partly.height, "enhetsmånad", "enhetsmånader")
    rule = (
        f"{column.title} saknas på en del av raderna i {months} "
        f"(först {first['unit']} {first['month']:%Y-%m}): hela månaden räknas som uppgift saknas"
    )
    return Problem(rule, REMEDY, first["row_no"], sheet.headers[column.name])
