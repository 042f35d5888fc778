"""Which figures of social assistance are hidden, since they are of few households or persons."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tasks.rules.periods import Period
from tasks.rules.small_groups import FEWEST_PERSONS, Equation, Table, hidden_cells, is_small

HOUSEHOLDS, ADULTS, CHILDREN, YOUNG = "hushall", "vuxna", "barn", "unga_18_24"
MEASURES = frozenset({HOUSEHOLDS, ADULTS, CHILDREN, YOUNG, "medelbidrag", "utbetalt"})
PLACES = ("", "_staden")
SO_FAR, LAST_YEAR = "_snitt_hittills", "_snitt_foregaende_ar"
OLDER = "vuxna_25"
"""Adults who are not young: not a column, but what is left of the adults."""

Row = Mapping[str, Any]
"""A month of bistand as delivered: figures are Decimal, None where missing."""


def hidden_columns(
    row: Row, period: Period, before: Mapping[Period, Row], fewest: int = FEWEST_PERSONS
) -> frozenset[str]:
    """Return the columns to hide of a month; `before` are the earlier months of this and last year.

    A mean is hidden with any month that it is made of, since that month follows from it and the others.
    Few households hide every figure beside them, last year's means too.
    """
    hidden: set[str] = set()
    for place in PLACES:
        month = _hidden(row, place, fewest)
        by_year = {year: _of_year(year, before, place, fewest) for year in (period.year, period.year - 1)}
        spans = {
            "": month,
            SO_FAR: _hidden(row, place + SO_FAR, fewest) | month | by_year[period.year],
            LAST_YEAR: _hidden(row, place + LAST_YEAR, fewest) | by_year[period.year - 1],
        }
        if month == MEASURES:
            spans[LAST_YEAR] = MEASURES
        hidden |= {f"{name}{place}{span}" for span, names in spans.items() for name in names}
    return frozenset(hidden)


def _of_year(year: int, months: Mapping[Period, Row], place: str, fewest: int) -> frozenset[str]:
    """Return the measures that are hidden in some month of a year."""
    rows = (row for month, row in months.items() if month.year == year)
    return frozenset[str]().union(*(_hidden(row, place, fewest) for row in rows))


def _hidden(row: Row, suffix: str, fewest: int) -> frozenset[str]:
    """Return the measures to hide of the columns with a suffix: all of them where the households are few."""
    counts = {name: row.get(f"{name}{suffix}") for name in (HOUSEHOLDS, ADULTS, CHILDREN, YOUNG)}
    sizes = {name: Decimal(count) for name, count in counts.items() if count is not None}
    counted = sizes.get(HOUSEHOLDS, sizes.get(ADULTS))
    if counted is not None and is_small(counted, fewest):
        return MEASURES
    equations = []
    if ADULTS in sizes and YOUNG in sizes:
        sizes[OLDER] = max(sizes[ADULTS] - sizes[YOUNG], Decimal(0))
        equations.append(Equation(ADULTS, (YOUNG, OLDER)))
    return hidden_cells(Table(sizes, equations, fewest, unshown=frozenset({OLDER})))
