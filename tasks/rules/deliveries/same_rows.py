"""Rows that are about the same: refused, or summed where another column tells them apart."""

import polars as pl

from tasks.rules.deliveries.findings import Findings, Problem, rows_where
from tasks.rules.deliveries.sheet import Sheet
from tasks.rules.swedish import joined

UNTOLD = "Raden gäller samma sak som en tidigare rad; båda är kvar och visas var för sig"
UNTOLD_REMEDY = "Skilj dem åt med en kolumn för {}."
REPEATED = "Raden säger precis detsamma som en tidigare rad; båda är kvar, som under varsitt mål"


def duplicate_keys(sheet: Sheet) -> Findings:
    """Find rows that say the same as an earlier row is about; both are named.

    Where the source sums rows, those that another column tells apart are none.
    """
    keys = _keys(sheet)
    if keys is None or not _has_duplicates(keys):
        return Findings()
    names = keys.columns
    as_written = pl.concat_str([_written(sheet, name).fill_null("") for name in names], separator=", ")
    rows = keys.with_columns(sheet.text["row_no"], as_written.alias("key"))
    unread = _unread(sheet) if sheet.source.sums_rows else {}
    rows = rows.with_columns(*unread.values())
    apart = [*names, *(series.name for series in unread.values())]
    rows = rows.drop_nulls(names).with_columns(first=pl.col("row_no").min().over(apart))
    header = sheet.headers[names[-1]]
    optional = " eller ".join(_optional(sheet))
    further = f", eller skilj dem åt med {optional}" if optional else ""

    def describe(row: dict[str, object]) -> Problem:
        remedy = f"Se rad {row['first']}: ta bort den ena raden eller slå ihop dem{further}."
        rule = "Raden gäller samma sak som en tidigare rad"
        return Problem(rule, remedy, int(str(row["row_no"])), header, str(row["key"]))

    later = rows["row_no"] > rows["first"]
    if sheet.source.repeats_rows:
        if not _could_tell_apart(sheet):
            return Findings()
        later &= ~rows["row_no"].is_in(_repeated(sheet).implode())
    return rows_where(rows, later, describe)


def repeated_rows(sheet: Sheet) -> Findings:
    """Note the rows that say precisely what an earlier one says and are kept beside it."""
    if not sheet.source.repeats_rows or not _could_tell_apart(sheet):
        return Findings()
    repeated = sheet.text["row_no"].is_in(_repeated(sheet).implode())
    return rows_where(sheet.text, repeated, lambda row: Problem(REPEATED, "", int(str(row["row_no"]))))


def rows_that_nothing_tells_apart(sheet: Sheet) -> Findings:
    """Warn of rows about the same in a file, as it is printed, that has no column to tell them apart."""
    keys = _keys(sheet) if sheet.source.repeats_rows and not _could_tell_apart(sheet) else None
    if keys is None or not _has_duplicates(keys):
        return Findings()
    names = keys.columns
    rows = keys.with_columns(sheet.text["row_no"])
    later = pl.Series(rows["row_no"] > rows.select(pl.col("row_no").min().over(names))["row_no"])
    header, remedy = sheet.headers[names[-1]], UNTOLD_REMEDY.format(" eller ".join(_optional(sheet)))

    def describe(row: dict[str, object]) -> Problem:
        return Problem(UNTOLD, remedy, int(str(row["row_no"])), header, str(row[names[-1]]))

    return rows_where(rows, later, describe)


def _could_tell_apart(sheet: Sheet) -> bool:
    return any(map(sheet.has, _optional(sheet)))


def _optional(sheet: Sheet) -> list[str]:
    """Return the columns beside the month that tell rows apart where they are filled in."""
    columns = [column for column in sheet.source.columns if column.may_tell_apart]
    return [column.name for column in columns if column.name != "period"]


def _repeated(sheet: Sheet) -> pl.Series:
    """Return the numbers of the rows that are wholly the same as an earlier one."""
    cells = sheet.text.drop("row_no")
    is_first = cells.select(first=pl.struct(cells.columns).is_first_distinct())["first"]
    return sheet.text.filter(~is_first)["row_no"]


def summed_rows(sheet: Sheet) -> Findings:
    """Note the rows that are about the same and are summed, with the columns that tell them apart."""
    keys = _keys(sheet) if sheet.source.sums_rows else None
    if keys is None or not sheet.unread.columns or not _has_duplicates(keys):
        return Findings()
    names = keys.columns
    unread = _unread(sheet)
    rows = keys.with_columns(*unread.values(), sheet.text["row_no"])
    rows = rows.drop_nulls(names).with_columns(same=pl.len().over(names)).filter(pl.col("same") > 1)
    columns = [series.name for series in unread.values()]
    varied = rows.group_by(names).agg(pl.col(columns).n_unique() > 1).select(pl.col(columns).any())
    apart = [name for name, series in unread.items() if varied[series.name][0]]
    if not apart:
        return Findings()
    rule = f"Flera rader för samma månad, enhet och kontogrupp har summerats. De skiljs åt av {joined(apart)}"
    first = rows.filter(pl.col("same") > 1)["row_no"].min()
    return Findings.of([Problem(rule, "", int(str(first)), None, None, count=rows.height)])


def _key_names(sheet: Sheet) -> list[str]:
    """Return the columns of the file that tell its rows apart; the unit's stands for all that name it."""
    unit = [name for name in sheet.source.unit_columns if sheet.has(name)][:1]
    telling = [column for column in sheet.source.columns if column.is_key or column.may_tell_apart]
    others = [column.name for column in sheet.present(telling)]
    return [*(name for name in others if name not in sheet.source.unit_columns), *unit]


def _keys(sheet: Sheet) -> pl.DataFrame | None:
    """Return what tells the rows apart; None when the file lacks a column that is needed to."""
    lacks_key = any(not sheet.has(column.name) for column in sheet.source.key_columns)
    units = () if sheet.source.units_may_lack else sheet.source.unit_columns
    lacks_unit = units and not any(map(sheet.has, units))
    if lacks_key or lacks_unit:
        return None
    return pl.DataFrame([_key(sheet, name).alias(name) for name in _key_names(sheet)]).with_columns(
        pl.col(name).cast(pl.String).fill_null("") for name in _may_lack(sheet)
    )


def _may_lack(sheet: Sheet) -> list[str]:
    """Return what tells rows apart only where it is filled in: an empty cell is a key as well."""
    optional = [column.name for column in sheet.source.columns if column.may_tell_apart]
    units = sheet.source.unit_columns if sheet.source.units_may_lack else ()
    return [name for name in _key_names(sheet) if name in {*optional, *units}]


def _unread(sheet: Sheet) -> dict[str, pl.Series]:
    """Return the unread columns by their headers, each called so that no key is called alike."""
    return {name: sheet.unread[name].alias(f"unread {name}") for name in sheet.unread.columns}


def _has_duplicates(keys: pl.DataFrame) -> bool:
    """Tell whether two rows have the same key; hashes find that there are none in a third of the time."""
    if keys.select(pl.struct(keys.columns).hash().n_unique()).item() == keys.height:
        return False
    return keys.drop_nulls().is_duplicated().any()


def _written(sheet: Sheet, name: str) -> pl.Series:
    return sheet.unit if name in sheet.source.unit_columns else sheet.text[name]


def _key(sheet: Sheet, name: str) -> pl.Series:
    return sheet.unit if name in sheet.source.unit_columns else sheet.stored(name)
