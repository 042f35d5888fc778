"""What is wrong with a delivery, as data: the first problems, and how many there are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import polars as pl

SHOWN = 50
"""So many problems are kept and shown; the rest are only counted."""


@dataclass(frozen=True)
class Problem:
    """One thing that refuses a delivery, or that its receipt warns of.

    `row` is the row of the file as a spreadsheet shows it (the header is row 1); `column` and `value` are as
    written in the file. `rule` says what is wrong and `remedy` how to mend it, both in Swedish. A problem of
    the whole file has neither row nor column.
    """

    rule: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Findings:
    """The first problems by row, at most 50, and how many there are."""

    problems: tuple[Problem, ...] = ()
    count: int = 0

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "Findings":
        """Keep the first problems by row of all there are."""
        in_order = sorted(problems, key=_place)
        return cls(tuple(in_order[:SHOWN]), len(in_order))

    @classmethod
    def together(cls, parts: Iterable["Findings"]) -> "Findings":
        """Join what several rules found."""
        parts = tuple(parts)
        first = cls.of(problem for part in parts for problem in part.problems)
        return cls(first.problems, sum(part.count for part in parts))


def _place(problem: Problem) -> tuple[int, str]:
    return (problem.row or 0, problem.column or "")


def rows_where(
    table: pl.DataFrame, mask: pl.Series, describe: Callable[[dict[str, object]], Problem]
) -> Findings:
    """Describe the first rows of a mask, and count them all: only these rows are looked at in Python."""
    count = int(mask.sum())
    if not count:
        return Findings()
    first = table.filter(mask).sort("row_no").head(SHOWN)
    return Findings(tuple(describe(row) for row in first.iter_rows(named=True)), count)
