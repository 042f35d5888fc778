"""Cells that a spreadsheet formats as per cent: 0.077 shown as 7,7 %."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, InvalidOperation

import polars as pl

from tasks.rules.deliveries.findings import Problem
from tasks.rules.swedish import joined

ROW_NO = "row_no"
_SHOWN_DIGITS = Context(prec=15)  # as many as a spreadsheet shows; beyond them a float is noise


def as_percent(text: str) -> str:
    """Write a fraction as the per cent that its cell shows: `0.077` is `7,7 %`; what is no number stays.

    Three decimals get a zero, so that the comma can't be taken for one between thousands.
    """
    try:
        value = _SHOWN_DIGITS.create_decimal(text).scaleb(2)
    except InvalidOperation:
        return text
    if not value.is_finite():
        return text
    whole, _, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) == 3:
        decimals += "0"
    return f"{whole},{decimals} %" if decimals else f"{whole} %"


def with_percents(frame: pl.DataFrame, rows: Mapping[str, Iterable[int]]) -> tuple[pl.DataFrame, list[str]]:
    """Write cells as per cent, `row_no`s by column; return the columns too where any was a number."""
    changed = []
    for column, numbers in rows.items():
        chosen = pl.col(ROW_NO).is_in(list(numbers))
        cells = frame.filter(chosen)[column].drop_nulls().unique()
        written = {text: shown for text in cells if (shown := as_percent(text)) != text}
        if written:
            changed.append(column)
            value = pl.col(column).replace(written)
            frame = frame.with_columns(pl.when(chosen).then(value).otherwise(pl.col(column)).alias(column))
    return frame, changed


def percent_note(headers: Sequence[str]) -> Problem:
    """Tell whose cells were read as the per cent that they show."""
    rule = f"Celler med procentformat är lästa som de visas, i procent: {joined(headers)}"
    return Problem(rule, "")


def is_percent_format(code: str) -> bool:
    """Tell whether a number format multiplies by a hundred: a % that is neither quoted nor escaped."""
    quoted = bracketed = escaped = False
    for sign in code:
        if escaped:
            escaped = False
        elif quoted:
            quoted = sign != '"'
        elif sign == '"':
            quoted = True
        elif sign in "\\_*":
            escaped = True
        elif sign in "[]":
            bracketed = sign == "["
        elif sign == "%" and not bracketed:
            return True
    return False
