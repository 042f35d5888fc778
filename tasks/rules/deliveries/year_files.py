"""A year's file: it holds several months, and each of them becomes that month's delivery (contract)."""

from dataclasses import replace
from typing import Final

import polars as pl

from tasks.rules.deliveries.cells import always, cells_where
from tasks.rules.deliveries.findings import Findings, Problem, rows_where
from tasks.rules.deliveries.meanings.tidied_rows import TidiedRows
from tasks.rules.deliveries.sheet import Sheet, repeated
from tasks.rules.periods import Period, months_words

DECEMBER: Final = 12
LEAST_SHARE = 0.5
"""A file that is named after December is the year's when no month has less than this share of the rows of
the largest: a stray row of another month is a mistake, and must not become that month's whole delivery."""
NOT_BEGUN = ("Månaden har inte börjat", "Lämna månaden när den har varit, och ta bort raden nu.")
LEFT_OUT = "Raden gäller en månad som inte har varit, har inga uppgifter och har lämnats utanför"


def year_file(tidied: TidiedRows, *, is_named: bool) -> TidiedRows:
    """Find the months that a file is the deliveries of; a sheet whose `file_months` is None is one month's.

    is_named: the file's name says that it is a year's. One that is named after December is so too when its
    rows are of several months of that year. Rows of months to come that have no figure are left out.
    """
    sheet = tidied.sheet
    if not (sheet.source.has_year_files and "period" in sheet.read):
        return tidied
    if not (is_named or _holds_a_year(sheet)):
        return tidied
    running = Period.of(sheet.today).first_day
    left_out = (_is_to_come(sheet) | (sheet.months == running)) & ~_has_figures(sheet)
    notes = rows_where(sheet.text, left_out, lambda row: Problem(LEFT_OUT, "", int(str(row["row_no"]))))
    kept = sheet.only(~left_out)
    months = _months_of_year(kept)
    told = Findings() if is_named else Findings.of([_told(months)])
    return replace(
        tidied,
        sheet=replace(kept, file_months=months),
        notes=Findings.together([tidied.notes, told, notes]),
    )


def months_to_come(sheet: Sheet) -> Findings:
    """Find rows of a year's file whose month hasn't begun."""
    if sheet.file_months is None:
        return Findings()
    return cells_where(sheet, sheet.source.column("period"), _is_to_come(sheet), always(*NOT_BEGUN))


def _holds_a_year(sheet: Sheet) -> bool:
    """Tell whether a file that is named after December holds other months of its year as well."""
    if sheet.period.month != DECEMBER or not sheet.source.has_own_months:
        return False
    rows = sheet.months.filter(_is_of_year(sheet)).value_counts()
    rows_by_month = dict(rows.iter_rows())
    fewest = LEAST_SHARE * max(rows_by_month.values(), default=0)
    has_december = sheet.period.first_day in rows_by_month
    return has_december and len(rows_by_month) > 1 and min(rows_by_month.values()) >= fewest


def _months_of_year(sheet: Sheet) -> tuple[Period, ...]:
    return tuple(map(Period.of, sorted(sheet.months.filter(_is_of_year(sheet)).unique())))


def _is_of_year(sheet: Sheet) -> pl.Series:
    """Return a mask of the rows that say a month of the file's year."""
    is_read = sheet.read["period"].is_not_null()
    return is_read & (sheet.months.dt.year() == sheet.period.year)


def _is_to_come(sheet: Sheet) -> pl.Series:
    return sheet.months > Period.of(sheet.today).plus(sheet.source.months_ahead).first_day


def _has_figures(sheet: Sheet) -> pl.Series:
    """Return a mask of the rows that hold a figure which must be there: a plan alone is no delivery.

    Neither is the 0 that a system exports for a month to come.
    """
    columns = [column for column in sheet.present(sheet.source.numeric_columns) if column.must_exist]
    columns = columns or sheet.present(sheet.source.numeric_columns)
    has_any = repeated(value=False, dtype=pl.Boolean(), height=sheet.text.height)
    for column in columns:
        read = sheet.numbers[column.name]
        has_figure = read.values.is_not_null() | read.bad
        if column.name in sheet.source.not_after_period:
            has_figure &= (sheet.decimals[column.name] != 0).fill_null(value=True)
        has_any |= has_figure
    return has_any


def _told(months: tuple[Period, ...]) -> Problem:
    rule = f"Filen har rader för {months_words(months)}: varje månad är mottagen som en egen leverans"
    return Problem(rule, "")
