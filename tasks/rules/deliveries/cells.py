"""What may be wrong with a single cell. Every rule returns what it found."""

from collections.abc import Callable

import polars as pl

from tasks.rules.cell_text import is_email
from tasks.rules.declaration import Bounds, Column, Kind
from tasks.rules.deliveries.findings import Findings, Problem, rows_where
from tasks.rules.deliveries.sheet import Sheet, repeated
from tasks.rules.measured.quantity_text import number_part
from tasks.rules.measured.target_text import TargetKind, read_target
from tasks.rules.month_text import is_adjustment_period
from tasks.rules.number_text import Money, NumberTextError, parse_amount, parse_count
from tasks.rules.swedish import number

CellReason = Callable[[str], tuple[str, str]]
"""What is wrong with a text, and how to mend it."""


def always(rule: str, remedy: str) -> CellReason:
    """Say the same of every text."""
    return lambda _text: (rule, remedy)


def cells_where(sheet: Sheet, column: Column, mask: pl.Series, reason: CellReason) -> Findings:
    """Describe the cells of one column where a mask is true: a problem for each rule that they break."""
    if not mask.any():
        return Findings()
    cells = sheet.text.select("row_no", pl.col(column.name).alias("value")).filter(mask)
    reasons = {text: reason(text) for text in cells["value"].fill_null("").unique()}
    rules = [rule for rule, _ in reasons.values()]
    kinds = pl.col("value").fill_null("").replace_strict(list(reasons), rules, return_dtype=pl.String)

    def describe(row: dict[str, object]) -> Problem:
        value = None if row["value"] is None else str(row["value"])
        rule, remedy = reasons[value or ""]
        return Problem(rule, remedy, _row_no(row), sheet.headers[column.name], value)

    every = pl.repeat(value=True, n=cells.height, dtype=pl.Boolean, eager=True)
    return rows_where(cells.with_columns(kind=kinds), every, describe)


def empty_key_cells(sheet: Sheet) -> Findings:
    """Find rows without one of the cells that say what the row is about."""
    columns = [column for column in sheet.source.columns if column.is_key or column.must_be_filled]
    return Findings.together(
        cells_where(sheet, column, sheet.text[column.name].is_null(), always(*EMPTY_KEY))
        for column in sheet.present(columns)
        if column.name not in sheet.source.unit_columns
    )


def bad_numbers(sheet: Sheet) -> Findings:
    """Find text where a number belongs, and numbers that may be two."""
    return Findings.together(
        cells_where(sheet, column, sheet.numbers[column.name].bad, _why_no_number(column))
        for column in sheet.present(sheet.source.numeric_columns)
    )


def unreadable_cells(sheet: Sheet) -> Findings:
    """Find months, years, days, choices and yes/no that can't be read."""
    return Findings.together(
        cells_where(
            sheet,
            column,
            sheet.text[column.name].is_not_null() & sheet.read[column.name].is_null(),
            _why_unreadable(column),
        )
        for column in sheet.present(sheet.source.columns)
        if column.name in sheet.read
    )


def bad_addresses(sheet: Sheet) -> Findings:
    """Find e-mail addresses that could smuggle a header into a mail."""
    return Findings.together(
        cells_where(
            sheet,
            column,
            cells_that(sheet.text[column.name], lambda text: not is_email(text)),
            always("E-postadressen innehåller en radbrytning", "Skriv adressen på en rad."),
        )
        for column in sheet.present(sheet.source.of_kind(Kind.EMAIL))
    )


def refused_values(sheet: Sheet) -> Findings:
    """Find values beyond the hard bounds."""
    return Findings.together(
        _beyond(
            sheet, column, column.hard, "får inte vara", "Rätta värdet, eller lämna cellen tom om det saknas."
        )
        for column in sheet.present(sheet.source.numeric_columns)
    )


def unlikely_values(sheet: Sheet) -> Findings:
    """Find values beyond the soft bounds: a warning."""
    return Findings.together(
        _beyond(
            sheet,
            column,
            column.soft,
            "är sällan",
            "Kontrollera värdet och om det är i kronor, tkr eller mnkr.",
        )
        for column in sheet.present(sheet.source.numeric_columns)
    )


def unknown_targets(sheet: Sheet) -> Findings:
    """Warn of targets that are no kind of target: their indicators can't be judged."""
    return Findings.together(
        cells_where(
            sheet,
            column,
            cells_that(sheet.text[column.name], lambda text: read_target(text).kind is TargetKind.UNKNOWN),
            _why_no_target,
        )
        for column in sheet.present(sheet.source.of_kind(Kind.TARGET))
    )


def cells_that(cells: pl.Series, is_true: Callable[[str], bool]) -> pl.Series:
    """Return a mask of the cells whose text is_true; each distinct text is asked once."""
    found = [text for text in cells.unique() if text is not None and is_true(text)]
    if not found:
        return repeated(value=False, dtype=pl.Boolean(), height=cells.len())
    return cells.is_in(found).fill_null(value=False)


EMPTY_KEY = ("Cellen är tom", "Fyll i cellen: den behövs för att veta vad raden gäller.")


def _row_no(row: dict[str, object]) -> int:
    return int(str(row["row_no"]))


def _why_no_number(column: Column) -> CellReason:
    def why(text: str) -> tuple[str, str]:
        reason = ("Talet kan inte läsas", "Skriv ett tal, eller lämna cellen tom.")
        try:
            if column.kind in {Kind.COUNT, Kind.GRADE}:
                parse_count(text)
            elif column.kind is Kind.AMOUNT:
                parse_amount(text, money=Money.KRONOR)
                parse_amount(text, money=Money.THOUSANDS)
            elif column.kind is Kind.QUANTITY:
                parse_amount(number_part(text), percent=True)
            else:
                parse_amount(text, percent=column.kind is Kind.NUMBER)
        except NumberTextError as error:
            reason = (error.rule, error.remedy)
        return reason

    return why


def _why_no_target(text: str) -> tuple[str, str]:
    meant = read_target(text).meant
    rule = "Målet går inte att förstå, så indikatorn kan inte bedömas mot det"
    hint = "" if meant is None else f"Menas {meant}? "
    return rule, f"{hint}Skriv ett tal med enhet, öka, minska, minst, högst eller +/-."


def _why_unreadable(column: Column) -> CellReason:
    allowed = ", ".join(dict.fromkeys(stored for _, stored in column.choices))
    reasons = {
        Kind.YEAR: ("Året kan inte läsas", "Skriv året med fyra siffror, till exempel 2026."),
        Kind.DATE: ("Datumet kan inte läsas", "Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-09-30."),
        Kind.YES_NO: ("Svaret är varken ja eller nej", "Skriv ja eller nej, eller lämna cellen tom."),
        Kind.CHOICE: (f"{column.title} är inget av de tillåtna värdena", f"Skriv något av {allowed}."),
    }
    return _why_no_month if column.kind is Kind.PERIOD else always(*reasons[column.kind])


def _why_no_month(text: str) -> tuple[str, str]:
    if is_adjustment_period(text):
        return (
            "Perioden är ingen månad utan bokslutets justeringar (13 och uppåt) eller ingående balans (00)",
            "Lämna filen med bara månaderna 01–12.",
        )
    return "Månaden kan inte läsas", "Skriv månaden som ÅÅÅÅ-MM, till exempel 2026-09."


def _beyond(sheet: Sheet, column: Column, bounds: Bounds, verb: str, remedy: str) -> Findings:
    values = sheet.decimals[column.name]
    sides = ((bounds.low, values.lt, "mindre"), (bounds.high, values.gt, "större"))
    return Findings.together(
        cells_where(
            sheet,
            column,
            is_beyond(limit) & sheet.text[column.name].is_not_null(),  # and not lent by an equal column
            always(f"{column.title} {verb} {word} än {number(limit)}", remedy),
        )
        for limit, is_beyond, word in sides
        if limit is not None and is_beyond(limit).any()
    )
