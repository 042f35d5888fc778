"""What may be wrong with a row as a whole, between rows, or with a month's rows together."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal

import polars as pl

from tasks.rules.declaration import Column, RowMonths, Shape, Signs
from tasks.rules.deliveries.cells import always, cells_that, cells_where
from tasks.rules.deliveries.findings import Findings, Problem
from tasks.rules.deliveries.sheet import Sheet
from tasks.rules.number_text import NumberColumn
from tasks.rules.swedish import counted, kronor

ABSENT_WHOLE = (
    "Raden som den ingår i finns inte i filen",
    "Skriv namnet precis som på den andra raden, eller lämna cellen tom.",
)
RING = ("Raden ingår i sig själv genom en ring", "Lämna cellen tom på den rad som är överst.")
"""Before the names of the file's other columns, where they stand beside the contract's."""
TURNED = "Kontrollera tecknen: kostnader är positiva och intäkter negativa."
GAP_REMEDY = "Skriv 0 där beloppet är noll, och lämna filen igen. Lämna tomt bara det som inte är känt."


def rows_of_other_months(sheet: Sheet) -> Findings:
    """Find rows about another month, or another year, than the file's name says."""
    if "ar" in sheet.read:
        other = sheet.read["ar"].dt.year() != sheet.period.year
        why = ("Året är inte filens", f"Filen gäller {sheet.period.year}: rätta raden eller filens namn.")
        return cells_where(sheet, sheet.source.column("ar"), other, always(*why))
    if "period" not in sheet.read:
        return Findings()
    if sheet.source.months is RowMonths.OF_YEAR or sheet.file_months is not None:
        other = sheet.months.dt.year() != sheet.period.year
        why = ("Månaden ligger inte i filens år", f"Lämna bara månader i {sheet.period.year}.")
    else:
        other = sheet.months != sheet.period.first_day
        year = f" Gäller den flera månader: döp den {sheet.source.name}_{sheet.period.year}."
        remedy = f"Filen gäller {sheet.period}: rätta raden eller filens namn."
        why = ("Månaden är inte filens", remedy + (year if sheet.months.n_unique() > 1 else ""))
    return cells_where(sheet, sheet.source.column("period"), other, always(*why))


def figures_after_the_period(sheet: Sheet) -> Findings:
    """Find outcomes of months that the file's period doesn't reach."""
    late = sheet.months > sheet.period.first_day
    why = (f"Utfall efter filens månad {sheet.period}", "Lämna bara budget för senare månader: töm cellen.")
    return Findings.together(
        cells_where(sheet, column, late & sheet.numbers[column.name].values.is_not_null(), always(*why))
        for column in sheet.present(map(sheet.source.column, sheet.source.not_after_period))
    )


def parts_larger_than_whole(sheet: Sheet) -> Findings:
    """Find rows whose parts add up to more than the whole."""
    return Findings.together(
        cells_where(
            sheet,
            sheet.source.column(limit.whole),
            _too_large(sheet, limit.parts, limit.whole),
            always(limit.rule, limit.remedy),
        )
        for limit in sheet.source.at_most
        if sheet.has(limit.whole) and any(map(sheet.has, limit.parts))
    )


def days_out_of_order(sheet: Sheet) -> Findings:
    """Find rows that end before they begin."""
    return Findings.together(
        cells_where(
            sheet,
            sheet.source.column(last),
            sheet.read[last] < sheet.read[first],
            always(f"Dagen ligger före {first}", "Rätta den ena av dagarna."),
        )
        for first, last in sheet.source.in_order
        if sheet.has(first, last)
    )


def parts_without_whole(sheet: Sheet) -> Findings:
    """Find rows that are a part of a row which isn't there, or of each other in a ring."""
    name = sheet.source.part_of
    if name is None or not sheet.has(name):
        return Findings()
    own_names = _own_names(sheet)
    wholes = {own: part for own, part in zip(own_names, sheet.text[name], strict=True) if own is not None}
    rings = in_rings(wholes)
    column = sheet.source.column(name)
    lacking = Findings() if sheet.source.whole_may_lack else _without_whole(sheet, column)
    return Findings.together(
        [lacking, cells_where(sheet, column, own_names.is_in(list(rings)), always(*RING))]
    )


def parts_whose_whole_lacks(sheet: Sheet) -> Findings:
    """Warn of rows that are a part of a row which isn't there, where the source lets it be another's."""
    name = sheet.source.part_of
    if name is None or not sheet.source.whole_may_lack or not sheet.has(name):
        return Findings()
    return _without_whole(sheet, sheet.source.column(name))


def _without_whole(sheet: Sheet, column: Column) -> Findings:
    wholes = sheet.text[column.name]
    absent = wholes.is_not_null() & ~wholes.is_in(list(_spellings(sheet)))
    return cells_where(sheet, column, absent, always(*ABSENT_WHOLE))


def _own_names(sheet: Sheet) -> pl.Series:
    """Return what each row is called: its unit or area, else its first item."""
    if sheet.source.unit_columns:
        return sheet.unit
    return sheet.text[sheet.source.item_columns[0].name]


def unlikely_signs(sheet: Sheet) -> Findings:
    """Warn of incomes whose sum is positive and of costs whose sum is negative: the sign may be turned."""
    signs = sheet.source.signs
    if signs is None or not sheet.has(signs.column, *signs.amounts):
        return Findings()
    # Only the size matters, and floats hold whatever an absurd file adds up to.
    amounts = [sheet.decimals[name].cast(pl.Float64).alias(name) for name in signs.amounts]
    groups = pl.DataFrame([sheet.text[signs.column].alias("group"), *amounts]).drop_nulls("group")
    sums = groups.group_by("group").sum().sort("group")
    header = sheet.headers[signs.column]
    return Findings.of(
        Problem(
            f"{sheet.source.column(column).title} {_in_all(total)}, men {should}", TURNED, None, header, group
        )
        for group, *totals in sums.iter_rows()
        for column, total in zip(signs.amounts, totals, strict=True)
        if (should := _expected_sign(signs, group, total))
    )


def unknown_volumes(sheet: Sheet, known: Collection[str]) -> Findings:
    """Warn of volumes that are neither declared nor configured: they are shown without effects in kronor."""
    declared = {volume.name for volume in sheet.source.volumes}
    if not declared or not sheet.has("matt"):
        return Findings()
    unknown = cells_that(sheet.text["matt"], lambda text: text not in declared and text not in known)
    names = sorted(sheet.text["matt"].filter(unknown).unique())
    rule = "Måttet är okänt och visas utan effekter i kronor"
    remedy = "Rätta stavningen, eller låt den som sköter systemet lägga till måttet i manad.toml."
    return Findings.of(Problem(rule, remedy, None, sheet.headers["matt"], name) for name in names)


def months_with_gaps(sheet: Sheet) -> Findings:
    """Find the ledger's columns that lack an amount on some rows of a unit's month, one problem for each.

    Such a month is missing as a whole (sql/queries/figures/insert_ledger_months.sql). Empty on every row is
    no gap: a month to come has no outcome.
    """
    if sheet.source.shape is not Shape.LEDGER:
        return Findings()
    gaps = (_gaps(sheet, column) for column in sheet.present(sheet.source.numeric_columns))
    return Findings.of(problem for problem in gaps if problem is not None)


def empty_columns(sheet: Sheet) -> Findings:
    """Warn of a ledger without any budget, or without any outcome, in the months up to the file's own."""
    if sheet.source.shape is not Shape.LEDGER:
        return Findings()
    closed = sheet.months <= sheet.period.first_day
    return Findings.of(
        Problem(
            f"{column.title} är tom på alla rader till och med filens månad: varje enhet får uppgift saknas",
            f"Fyll i kolumnen {column.name}, och lämna filen igen.",
            None,
            sheet.headers[column.name],
        )
        for column in sheet.present(sheet.source.numeric_columns)
        if closed.any() and not (_is_told(sheet.numbers[column.name]) & closed).any()
    )


def in_rings(above: Mapping[str, str | None]) -> set[str]:
    """Return the keys that lie above themselves, where each key names the one above it."""
    done: set[str] = set()
    rings: set[str] = set()
    for start in above:
        path: list[str] = []
        at: str | None = start
        while at is not None and at not in done:
            done.add(at)
            path.append(at)
            at = above.get(at)
        if at in path:
            rings.update(path[path.index(at) :])
    return rings


def _spellings(sheet: Sheet) -> set[str]:
    """Return everything that the file's units and areas may be called: as written, by code and by name."""
    columns = [sheet.text[name] for name in sheet.source.unit_columns if sheet.has(name)]
    columns = columns or [_own_names(sheet)]
    spelt = {text for column in columns for text in column.drop_nulls().unique()}
    units = sheet.register.all_valid(sheet.period) if sheet.register else ()
    pairs = [{unit.code, unit.name} for unit in units]
    return spelt.union(*(pair for pair in pairs if pair & spelt))


def _in_all(total: float) -> str:
    return f"är sammanlagt {kronor(Decimal(total))}"


def _expected_sign(signs: Signs, group: str, total: float) -> str | None:
    """Tell what sign a group's sum ought to have had; None when it has it, is small, or can't be known.

    Account classes: 3 is income, 4 to 7 are costs (BAS and Kommun-Bas).
    """
    name = group.casefold()
    is_income = any(word in name for word in signs.income_words) or re.fullmatch("3[0-9]*", name)
    is_cost = any(word in name for word in signs.cost_words) or re.fullmatch("[4-7][0-9]*", name)
    if is_income:
        return "intäkter ska vara negativa" if total > signs.tolerance else None
    return "kostnader ska vara positiva" if is_cost and total < -signs.tolerance else None


def _too_large(sheet: Sheet, parts: tuple[str, ...], whole: str) -> pl.Series:
    """Return a mask of the rows whose parts, as far as they are known, are more than the whole."""
    known = [sheet.decimals[name].alias(name) for name in (*parts, whole) if sheet.has(name)]
    scale = max(series.dtype.scale for series in known if isinstance(series.dtype, pl.Decimal))
    frame = pl.DataFrame(known).cast(pl.Decimal(38, scale))
    added = pl.sum_horizontal(name for name in parts if sheet.has(name))
    return frame.select(large=added > pl.col(whole))["large"]


def _is_told(read: NumberColumn) -> pl.Series:
    return read.values.is_not_null() | read.bad


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
    return Problem(rule, GAP_REMEDY, first["row_no"], sheet.headers[column.name])
