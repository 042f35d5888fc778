"""Which sheet of a workbook holds the table."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.rules.deliveries.columns import column_name
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.tables.month_headers import month_of_name
from tasks.rules.periods import Period
from tasks.rules.swedish import joined


@dataclass(frozen=True)
class SheetSeen:
    """A sheet with values: its name, whether its headers fit, and the months that its rows are of.

    No months: its rows don't say any.
    """

    name: str
    fits: bool
    months: frozenset[Period] = frozenset()


@dataclass(frozen=True)
class SheetChoice:
    """The sheet to read; None where none or several fit, and then a problem where several do."""

    name: str | None
    problem: Problem | None = None


def choose_sheet(sheets: Sequence[SheetSeen], period: Period | None) -> SheetChoice:
    """Return the one sheet that fits, or the one of several that has the file's month, None of a whole year.

    Months are those of the rows, else that of the sheet's name (`Sep`).
    """
    fitting = [sheet for sheet in sheets if sheet.fits]
    if len(fitting) > 1 and period is not None:
        fitting = [sheet for sheet in fitting if period in _months(sheet, period.year)] or fitting
    if len(fitting) == 1:
        return SheetChoice(fitting[0].name)
    if not fitting:
        return SheetChoice(None)
    named = joined([f"”{sheet.name}”" for sheet in fitting])
    rule = f"Arbetsboken har {len(fitting)} blad som kan vara tabellen: {named}"
    return SheetChoice(
        None, Problem(rule, "Ta bort eller dölj de andra, eller döp bladet som ska läsas till data.")
    )


def sheets_left(name: str, others: Sequence[str]) -> tuple[Problem, ...]:
    """Tell which sheet was read, and which others there are."""
    if not others:
        return ()
    called = joined([f"”{other}”" for other in others])
    noun = "bladet" if len(others) == 1 else "bladen"
    return (Problem(f"Bladet ”{name}” är läst, inte {noun} {called}", ""),)


def _months(sheet: SheetSeen, year: int) -> frozenset[Period]:
    if sheet.months:
        return sheet.months
    named = month_of_name(column_name(sheet.name), year)
    return frozenset() if named is None else frozenset({named})
