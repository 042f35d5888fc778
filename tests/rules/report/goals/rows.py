"""Deliveries of goals, indicators and activities as the report gets them, from files written as CSV."""

from decimal import Decimal

from tasks.rules.declaration import Kind
from tasks.rules.delivered import Delivered
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.report.goals.indicators import Indicators, indicator_rows
from tasks.sources import all_sources
from tests.rules.delivered_files import SEPTEMBER, check


def delivered_of(checked):
    """Return a checked delivery's rows as they are read back."""
    rows = {}
    for cell in checked.figures.iter_rows(named=True):
        rows.setdefault(cell["row_no"], []).append(cell)
    return [_row(checked.source, row_no, cells) for row_no, cells in rows.items()]


def _row(source, row_no, cells):
    read, written = {}, {}
    for cell in cells:
        kind = source.column(cell["measure"]).kind
        value = None if cell["value"] is None else Decimal(cell["value"])
        is_number = kind.is_numeric or (kind is Kind.NUMBER_OR_TEXT and value is not None)
        read[cell["measure"]] = value if is_number else cell["note"]
        if kind in {Kind.QUANTITY, Kind.NUMBER_OR_TEXT} and cell["note"] is not None:
            written[cell["measure"]] = cell["note"]
    first = cells[0]
    period = Period.of(first["period"])
    return Delivered(period, first["unit"], first["item"], read, 1, row_no, written)


def delivered(source, text, period=SEPTEMBER, **known):
    """Return a delivery's rows, which must be accepted."""
    checked = check(source, text, period=period, **known)
    assert checked.problems == ()
    assert checked.source is all_sources()[source]
    return delivered_of(checked)


def indicators_of(*rows):
    """Return the report's indicators of rows `name;utfall;arsmal`."""
    text = "".join(f"{SEPTEMBER};{row}\n" for row in rows)
    return indicator_rows(
        Indicators(delivered("indikatorer", f"period;indikator;utfall;arsmal\n{text}")), Register([])
    )
