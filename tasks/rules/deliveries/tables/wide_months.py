"""A table with its months side by side, turned into one with a row a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from tasks.rules.deliveries.columns import column_name
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.tables.month_headers import MonthHeader, month_headers
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.periods import Period
from tasks.rules.swedish import joined

ROW_NO = "row_no"
_PLACE, _MONTH, _FIGURE = "place among equals", "the month", "the figure"
"""Columns of ours while the table is turned: no normalised header has a space."""
NO_FIGURES = "Raden har inga belopp och är inte läst"
_ADVICE = "Lämna annars en rad per månad, med en kolumn period och en kolumn för varje belopp."


@dataclass(frozen=True)
class LongTable:
    """A table with a row a month: headers as written, its cells with `row_no` of the row they stood on.

    problems: why it can't be turned; then the table is as it was.
    """

    headers: tuple[str, ...]
    frame: pl.DataFrame
    notes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Wide:
    """A wide table: names of its months' columns by figure (as written), and of all its other columns."""

    columns: Mapping[str, Mapping[Period, str]]
    others: Mapping[str, str]


def turn_long(headers: Sequence[str], frame: pl.DataFrame, wanted: Wanted) -> LongTable:
    """Make a row a month of a table whose months stand side by side.

    `frame` has a column of text for each header, by its normalised name, and `row_no`. Whether a row is
    budget or outcome is told by the months' headers, else by one column whose cells are headers of figures,
    else by the source, where it has one figure alone.
    """
    names = [name for name in frame.columns if name != ROW_NO]
    months = month_headers(headers, wanted)
    places = {month.place for month in months}
    others = {name: headers[place] for place, name in enumerate(names) if place not in places}
    wrong = _doubled(months, headers) or _beside(others, wanted)
    if wrong is not None:
        return LongTable(tuple(headers), frame, problems=(wrong,))
    if all(month.figure is not None for month in months):
        figures: dict[str, dict[Period, str]] = {}
        for month in months:
            figures.setdefault(str(month.figure), {})[month.month] = names[month.place]
        return _told(_by_headers(_Wide(figures, others), frame, wanted), months)
    plain = {month.month: names[month.place] for month in months if month.figure is None}
    told = _telling_column(others, frame, wanted)
    if told is None and len(wanted.figures) == 1 and len(plain) == len(months):
        (only,) = wanted.figures
        return _told(_by_headers(_Wide({only: plain}, others), frame, wanted), months)
    if len(plain) < len(months) or told is None:
        return LongTable(tuple(headers), frame, problems=(_untold(wanted),))
    return _told(_by_rows(plain, others, told, frame, wanted), months)


def _doubled(months: Sequence[MonthHeader], headers: Sequence[str]) -> Problem | None:
    seen: dict[tuple[Period, str | None], str] = {}
    for month in months:
        key = (month.month, month.figure)
        if key in seen:
            rule = f"Två kolumner gäller {month.month.swedish}: ”{seen[key]}” och ”{headers[month.place]}”"
            return Problem(rule, "Ta bort den ena.")
        seen[key] = headers[month.place]
    return None


def _beside(others: Mapping[str, str], wanted: Wanted) -> Problem | None:
    figures = (name for name in others if _is_figure(name, wanted))
    first = next(figures, None)
    if first is None:
        return None
    rule = f"Rubriken ”{others[first]}” står bredvid månaderna på bredden"
    return Problem(rule, f"Ta bort den kolumnen eller månadernas. {_ADVICE}")


def _is_figure(name: str, wanted: Wanted) -> bool:
    meaning = wanted.meanings.get(name)
    return meaning is not None and meaning.name in wanted.figures


def _untold(wanted: Wanted) -> Problem:
    source = wanted.source
    figures = [column.title for column in source.columns if column.must_exist and column.kind.is_numeric]
    called = joined(figures)
    return Problem(
        f"Månaderna står på bredden, men det syns inte vilka belopp som är {called}",
        f"Lägg till en kolumn som på varje rad säger något av {called}. {_ADVICE}",
    )


def _telling_column(others: Mapping[str, str], frame: pl.DataFrame, wanted: Wanted) -> str | None:
    """Return the one column whose cells name every figure that must exist; None where none or two do."""
    needed = frozenset(
        column.name for column in wanted.source.columns if column.must_exist and column.kind.is_numeric
    )
    telling = [name for name in others if needed <= wanted.meant(map(str, frame[name].drop_nulls().unique()))]
    return telling[0] if len(telling) == 1 else None


def _by_headers(wide: _Wide, frame: pl.DataFrame, wanted: Wanted) -> LongTable:
    months = sorted({month for columns in wide.columns.values() for month in columns})
    parts = [
        frame.select(
            pl.lit(str(month)).alias(_MONTH),
            *wide.others,
            *(_cell(frame, columns.get(month)).alias(figure) for figure, columns in wide.columns.items()),
            ROW_NO,
        )
        for month in months
    ]
    return _long(pl.concat(parts), wide.others, list(wide.columns), wanted)


def _cell(frame: pl.DataFrame, column: str | None) -> pl.Expr:
    return pl.lit(None, pl.String) if column is None or column not in frame.columns else pl.col(column)


def _by_rows(
    months: Mapping[Period, str],
    others: Mapping[str, str],
    told: str,
    frame: pl.DataFrame,
    wanted: Wanted,
) -> LongTable:
    """Put the rows of one unit's figures side by side: the first of each belong together, then the second."""
    kinds = {
        str(text): column_name(str(text)) for text in frame[told].drop_nulls().unique(maintain_order=True)
    }
    known = {text: name for text, name in kinds.items() if _is_figure(name, wanted)}
    untold = frame.filter(pl.col(told).is_null())
    has_figure = pl.any_horizontal(pl.col(list(months.values())).is_not_null())
    silent = untold.filter(has_figure)
    if silent.height:
        problem = Problem(
            "Raden säger inte om den är budget eller utfall",
            f"Fyll i kolumnen {others[told]}.",
            silent[ROW_NO][0],
            others[told],
        )
        return LongTable(tuple(others.values()), frame, problems=(problem,))
    keys = [name for name in others if name != told and name in wanted.meanings]
    rest = {name: header for name, header in others.items() if name != told}
    rows = frame.filter(pl.col(told).is_in(list(known)))
    rows = rows.with_columns(pl.col(told).replace_strict(known, return_dtype=pl.String))
    rows = rows.with_columns(pl.int_range(pl.len()).over([told, *keys]).alias(_PLACE))
    figures = list(dict.fromkeys(known.values()))
    turned = pl.concat(
        rows.select(
            pl.lit(str(month)).alias(_MONTH), *rest, told, _PLACE, pl.col(column).alias(_FIGURE), ROW_NO
        )
        for month, column in months.items()
    )
    first = [pl.col(name).sort_by(ROW_NO).first() for name in rest if name not in keys]
    cells = [pl.col(_FIGURE).filter(pl.col(told) == figure).first().alias(figure) for figure in figures]
    together = turned.group_by(_MONTH, *keys, _PLACE, maintain_order=True).agg(
        *first, *cells, pl.col(ROW_NO).min()
    )
    rule = f"Raderna är inte lästa, bara de med {joined(figures)}"
    left = (
        *(Problem(rule, "", column=others[told], value=text) for text in kinds if text not in known),
        *(Problem(NO_FIGURES, "", row) for row in untold[ROW_NO]),
    )
    return replace(_long(together.select(_MONTH, *rest, *figures, ROW_NO), rest, figures, wanted), notes=left)


def _long(
    frame: pl.DataFrame, others: Mapping[str, str], figures: Sequence[str], wanted: Wanted
) -> LongTable:
    """Leave out the months that no row has a figure for, and name the columns.

    An empty cell of a month that others have stays, so that it is known to be missing.
    """
    has_any = pl.any_horizontal(pl.col(name).is_not_null().any().over(_MONTH) for name in figures)
    frame = frame.filter(has_any).sort(ROW_NO, _MONTH, maintain_order=True)
    period = str(wanted.period_column)
    return LongTable((period, *others.values(), *figures), frame.rename({_MONTH: period}))


def _told(table: LongTable, months: Sequence[MonthHeader]) -> LongTable:
    spoken = sorted({month.month for month in months})
    rule = f"Månaderna {spoken[0]} till {spoken[-1]} står på bredden: varje månad är läst som en egen rad"
    return replace(table, notes=(Problem(rule, ""), *table.notes))
