"""Cells that show an error or were never computed: a problem in a column that is read, else a note."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from tasks.rules.deliveries.findings import EXAMPLES, Example, Problem
from tasks.rules.swedish import counted

UNCOMPUTED = ""
"""What a cell shows whose formula has no computed value."""


@dataclass(frozen=True)
class CellFault:
    """Cells of a column (from 1) that show the same error: the first rows, and how many there are."""

    column: int
    shown: str
    rows: tuple[int, ...]
    count: int


def fault_problem(fault: CellFault, column: str) -> Problem:
    """Describe the cells as one problem."""
    if fault.shown == UNCOMPUTED:
        rule = "Cellen har en formel utan uträknat värde"
        remedy = "Öppna arbetsboken i Excel så att den räknas om, och spara den."
    else:
        rule, remedy = f"Cellen visar felet {fault.shown}", "Rätta formeln eller töm cellen."
    examples = tuple(Example(row, None, remedy) for row in fault.rows[:EXAMPLES])
    return Problem(
        rule, remedy, fault.rows[0], column, count=fault.count, examples=examples if fault.count > 1 else ()
    )


def judge_faults(
    faults: Sequence[CellFault], headers: Mapping[int, str], read: AbstractSet[int], header_row: int
) -> tuple[list[Problem], list[Problem]]:
    """Return (problems, notes) of the faults below a header.

    `headers` are by column, as written; `read` are the columns that are read.
    """
    problems: list[Problem] = []
    notes: list[Problem] = []
    for fault in faults:
        below = tuple(row for row in fault.rows if row > header_row)
        if below and fault.column in read:
            problems.append(fault_problem(replace(fault, rows=below), headers[fault.column]))
        elif below:
            notes.append(_unread(fault, headers.get(fault.column)))
    return problems, notes


def _unread(fault: CellFault, header: str | None) -> Problem:
    shown = f"visar felet {fault.shown}" if fault.shown else "har en formel utan värde"
    count = counted(fault.count, "cell", "celler")
    return Problem(f"{count} i kolumnen {shown}; den läses inte, så det gör inget", "", fault.rows[0], header)
