"""Cells that are merged down: what stands in them holds for every row beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.swedish import joined

ROW_NO = "row_no"


@dataclass(frozen=True)
class Merge:
    """A cell that is merged over the rows first to last of a column, by its place among headers (from 0)."""

    first: int
    last: int
    place: int


@dataclass(frozen=True)
class Filled:
    """A table whose merged cells stand on each of their rows, and what is told or wrong."""

    frame: pl.DataFrame
    notes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


def fill_merged(
    frame: pl.DataFrame, headers: Mapping[str, str], merges: Sequence[Merge], wanted: Wanted
) -> Filled:
    """Give each row what is merged over it; a row that only has what is merged over it is none.

    `frame` has a column of text for each of `headers` (by normalised name, as written) and `row_no`, and no
    empty rows. A figure that is merged over several rows is a problem: it may be each row's or all of theirs.
    """
    names = list(headers)
    present = set(frame[ROW_NO])
    over = [
        (merge, rows)
        for merge in sorted(merges, key=lambda merge: (merge.place, merge.first))
        if merge.place < len(names)
        and (rows := [row for row in range(merge.first + 1, merge.last + 1) if row in present])
    ]
    problems = tuple(
        Problem(
            "Talet står i en cell som är sammanslagen över flera rader: det kan gälla var rad eller alla",
            "Dela cellen och skriv varje rads eget tal.",
            merge.first,
            headers[names[merge.place]],
        )
        for merge, _ in over
        if _is_figure(names[merge.place], wanted)
    )
    if problems or not over:
        return Filled(frame, problems=problems)
    filled = frame
    for name in dict.fromkeys(names[merge.place] for merge, _ in over):
        cells = dict(zip(frame[ROW_NO], frame[name], strict=True))
        given = {
            row: cells.get(merge.first) for merge, rows in over if names[merge.place] == name for row in rows
        }
        value = pl.col(ROW_NO).replace_strict(given, default=None, return_dtype=pl.String)
        filled = filled.with_columns(pl.coalesce(name, value).alias(name))
    told = joined([headers[name] for name in dict.fromkeys(names[merge.place] for merge, _ in over)])
    rule = f"Sammanslagna celler i {told} gäller alla rader som de sträcker sig över"
    return Filled(filled, (Problem(rule, ""),))


def _is_figure(name: str, wanted: Wanted) -> bool:
    meaning = wanted.meanings.get(name)
    return meaning is not None and meaning.name in wanted.figures
