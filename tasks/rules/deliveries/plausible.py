"""Whether a delivery whose form is right has figures that can be right: the seven kinds of doubt about it.

They are held until a person says that they are right (contract: Held). Source of the kinds: files of public
bug reports, each of which made a month of nonsense that looked done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from tasks.rules.declaration import Shape
from tasks.rules.deliveries.check import CheckedDelivery
from tasks.rules.deliveries.doubts.doubt import (
    Doubt,
    DoubtfulUnit,
    DoubtKind,
    KnownFigures,
    PlausibleSettings,
)
from tasks.rules.deliveries.doubts.figure_cells import figure_cells
from tasks.rules.deliveries.doubts.figures import figure_doubts, thousandfold_figures
from tasks.rules.deliveries.doubts.kinds import Direction, Found
from tasks.rules.deliveries.doubts.ledger import ledger_doubts, thousandfold_units
from tasks.rules.deliveries.doubts.ledger_cells import ledger_cells
from tasks.rules.deliveries.doubts.words import write_doubts, write_units
from tasks.rules.periods import Period

__all__ = [
    "Doubt",
    "DoubtKind",
    "DoubtfulUnit",
    "Judgement",
    "KnownFigures",
    "PlausibleSettings",
    "judge",
    "still_doubtful",
]


@dataclass(frozen=True)
class Judgement:
    """Why a delivery's figures can't be right, a doubt for each kind; none where they can.

    units: the single units whose figures are about a thousand times off, sorted by code and month.
    """

    doubts: tuple[Doubt, ...] = ()
    units: tuple[DoubtfulUnit, ...] = ()


def judge(checked: CheckedDelivery, known: KnownFigures, settings: PlausibleSettings) -> Judgement:
    """Judge a delivery's figures by what was known before it, and by each other."""
    found: Iterable[Found]
    off: Iterable[tuple[pl.DataFrame, Direction]]
    if checked.source.shape is Shape.LEDGER and checked.ledger is not None:
        amounts = ledger_cells(checked, known)
        found, off = ledger_doubts(amounts, settings), thousandfold_units(amounts, settings)
    elif checked.source.shape is Shape.FIGURES and checked.figures is not None:
        figures = figure_cells(checked, known)
        found, off = figure_doubts(figures, settings), thousandfold_figures(figures, settings)
    else:
        return Judgement()
    by_month = len(checked.months) > 1
    return Judgement(
        write_doubts(checked.source, known, found),
        write_units(checked.source, known, off, by_month=by_month),
    )


def still_doubtful(
    off: Iterable[DoubtfulUnit], before: Iterable[DoubtfulUnit], months: Sequence[Period] = ()
) -> tuple[DoubtfulUnit, ...]:
    """Return the units that are doubted, of those that are off from a delivery whose own units were doubted.

    off: a thousand times off from it. before: those doubted in it: one that is off from it has been mended,
    and one that is as it was there is wrong still. months: of a year's file, each held against it.
    """
    off, before = tuple(off), tuple(before)
    doubted: dict[tuple[str, str], DoubtfulUnit] = {}
    for month in months if len(months) > 1 else (None,):
        now = {unit.unit: unit for unit in off if unit.period == month}
        then = {unit.unit: replace(unit, period=month) for unit in before}
        for code in now.keys() ^ then.keys():
            doubted[code, str(month)] = now.get(code) or then[code]
    return tuple(doubted[place] for place in sorted(doubted))
