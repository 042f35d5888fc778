"""What is wrong with a delivery, as data: each kind of fault once, its first places and how many."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

SHOWN = 50
"""So many kinds of problems are kept and shown; the rest are only counted."""
EXAMPLES = 3
"""So many places of one kind are kept and shown; the rest are only counted."""


@dataclass(frozen=True)
class Example:
    """One of the many places of a problem: its row, its value as written, and how to mend it."""

    row: int | None
    value: str | None
    remedy: str


@dataclass(frozen=True)
class Problem:
    """One kind of fault, that refuses a delivery or that its receipt warns of, or a note of how it was read.

    `row` is the row of the file as a spreadsheet shows it (the header is row 1); `column` and `value` are as
    written in the file. `rule` says what is wrong and `remedy` how to mend it, both in Swedish. A problem of
    the whole file has neither row nor column. Where the same is wrong in many places `count` says in how
    many, the other fields are of the first, and `examples` are the first three; a single one has none.
    """

    rule: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    count: int = 1
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Findings:
    """The first kinds of problems by row, at most 50, and in how many places anything is wrong."""

    problems: tuple[Problem, ...] = ()
    count: int = 0

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "Findings":
        """Make one of the problems that say the same of the same column, and keep the first by row."""
        kinds: dict[tuple[str, str | None], list[Problem]] = defaultdict(list)
        for problem in problems:
            kinds[problem.rule, problem.column].append(problem)
        in_order = sorted(map(_as_one, kinds.values()), key=_place)
        return cls(tuple(in_order[:SHOWN]), sum(problem.count for problem in in_order))

    @classmethod
    def together(cls, parts: Iterable["Findings"]) -> "Findings":
        """Join what several rules found."""
        parts = tuple(parts)
        first = cls.of(problem for part in parts for problem in part.problems)
        return cls(first.problems, sum(part.count for part in parts))


def _as_one(same: Sequence[Problem]) -> Problem:
    if len(same) == 1:
        return same[0]
    in_order = sorted(same, key=_place)
    places = [example for problem in in_order for example in problem.examples or (_example(problem),)]
    return replace(
        in_order[0], count=sum(problem.count for problem in same), examples=tuple(places[:EXAMPLES])
    )


def _example(problem: Problem) -> Example:
    return Example(problem.row, problem.value, problem.remedy)


def _place(problem: Problem) -> tuple[int, str]:
    return (problem.row or 0, problem.column or "")


def rows_where(
    table: pl.DataFrame, mask: pl.Series, describe: Callable[[dict[str, object]], Problem]
) -> Findings:
    """Describe the first rows of a mask as one problem, and count them all.

    Where `table` has a column `kind`, rows of different kinds are different problems. Only the rows that are
    shown are looked at in Python.
    """
    if not mask.any():
        return Findings()
    found = table.filter(mask).sort("row_no")
    kinds = found.partition_by("kind", maintain_order=True) if "kind" in found.columns else [found]
    return Findings.of(_of_rows(rows, describe) for rows in kinds)


def _of_rows(rows: pl.DataFrame, describe: Callable[[dict[str, object]], Problem]) -> Problem:
    first = [describe(row) for row in rows.head(EXAMPLES).iter_rows(named=True)]
    if len(first) == 1:
        return first[0]
    return replace(first[0], count=rows.height, examples=tuple(map(_example, first)))
