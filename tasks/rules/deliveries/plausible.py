"""Whether a delivery whose form is right has figures that can be right: the seven kinds of doubt about it.

They are held until a person says that they are right (contract: Held). Source of the kinds: files of public
bug reports, each of which made a month of nonsense that looked done.
"""

from collections.abc import Iterable

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
from tasks.rules.deliveries.doubts.kinds import Direction, Found
from tasks.rules.deliveries.doubts.ledger import ledger_doubts, thousandfold_units
from tasks.rules.deliveries.doubts.ledger_cells import ledger_cells
from tasks.rules.deliveries.doubts.words import write_doubts, write_units

__all__ = [
    "Doubt",
    "DoubtKind",
    "DoubtfulUnit",
    "KnownFigures",
    "PlausibleSettings",
    "doubtful_units",
    "doubts",
]


def doubts(checked: CheckedDelivery, known: KnownFigures, settings: PlausibleSettings) -> tuple[Doubt, ...]:
    """Return why a delivery's figures can't be right, a doubt for each kind; none where they can."""
    return write_doubts(checked.source, known, _found(checked, known, settings))


def doubtful_units(
    checked: CheckedDelivery, known: KnownFigures, settings: PlausibleSettings
) -> tuple[DoubtfulUnit, ...]:
    """Return the single units whose figures are about a thousand times off, sorted by code."""
    return write_units(checked.source, known, _off_units(checked, known, settings))


def _found(checked: CheckedDelivery, known: KnownFigures, settings: PlausibleSettings) -> Iterable[Found]:
    if checked.source.shape is Shape.LEDGER and checked.ledger is not None:
        return ledger_doubts(ledger_cells(checked, known), settings)
    return ()


def _off_units(
    checked: CheckedDelivery, known: KnownFigures, settings: PlausibleSettings
) -> Iterable[tuple[pl.DataFrame, Direction]]:
    if checked.source.shape is Shape.LEDGER and checked.ledger is not None:
        return thousandfold_units(ledger_cells(checked, known), settings)
    return ()
