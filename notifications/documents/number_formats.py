"""How Excel is to show a cell's figure: the same words and decimals as the page, the figure unrounded."""

from decimal import Decimal

from notifications.reports.month import Cell

FIGURES = frozenset({"mnkr", "tkr", "kr", "result", "percent", "count"})
_SIGN_WORDS = ("överskott", "underskott", "i balans")
_BALANCED_BELOW = 500
"""Kronor: what rounds to 0 tkr is neither överskott nor underskott, as on the page."""


def number_format(cell: Cell) -> str:
    """Return Excel's code for a figure's or a day's cell; kronor are scaled by the code, not in the value."""
    decimals = f".{'0' * cell.decimals}" if cell.decimals else ""
    if cell.kind == "date":
        return "[$-41D]d mmmm yyyy"
    if cell.kind == "percent":
        return f"0{decimals} %"
    if cell.kind == "tkr":
        return "#,##0,"
    if cell.kind == "mnkr":
        return _millions(cell, decimals)
    if cell.kind == "result":
        return _result(cell, decimals)
    return f"#,##0{decimals}{_quoted(cell.unit)}"


def _millions(cell: Cell, decimals: str) -> str:
    """Return the code for kronor in a table in mnkr; another unit stands after the figure."""
    scale = {"tkr": ",", "kr": ""}.get(cell.unit)
    return f"#,##0{decimals},," if scale is None else f"#,##0{decimals}{scale}{_quoted(cell.unit)}"


def _result(cell: Cell, decimals: str) -> str:
    surplus, deficit, balanced = _SIGN_WORDS
    if isinstance(cell.value, Decimal) and abs(cell.value) < _BALANCED_BELOW:
        return f'"{balanced}";"{balanced}";"{balanced}"'
    size = _millions(cell, decimals)
    return f'"{surplus} "{size};"{deficit} "{size};"{balanced}"'


def figure_of(cell: Cell) -> float | None:
    """Return the number to write for a figure's cell: per cent as Excel's own; None for what is no figure."""
    if cell.kind not in FIGURES or cell.value is None:
        return None
    number = float(cell.value)  # type: ignore[arg-type]  # a figure's value is no date
    return number / 100 if cell.kind == "percent" else number


def _quoted(unit: str) -> str:
    return f'" {unit.replace(chr(34), "")}"' if unit else ""
