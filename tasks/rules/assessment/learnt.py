"""What old years have taught about a kind of unit: how far the forecast misses, and what stays of a
deviation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tasks.rules.assessment.unit_years import Floats, Words

ALL_TYPES = ""
"""The key of what was learnt of all units together, for a type that was not seen or too seldom."""
TYPICAL_MISS = (2.0, 2.1, 2.1, 1.7, 1.5, 1.3, 1.1, 0.95, 0.8, 0.6, 0.4)
"""The mean miss (%) in months 1–11 of a forecast held to a budget, before anything is learnt: units with one
year of history in ten fictional administrations (docs/benchmarks.md)."""
TYPICAL_MISS_OF_TREND = (8.0, 7.5, 6.5, 5.5, 5.0, 4.2, 3.7, 3.2, 2.4, 1.6, 0.9)
"""The same without a budget: between those of two collections of published monthly series."""
WIDTH = 1.45
"""So many typical misses hold 80 % of the years before anything is learnt: 1,3–1,5 in the administrations,
1,1–1,3 in the published series."""

Table = Mapping[str, tuple[float | None, ...]]
"""A figure for each of the months 1–11, by unit type."""


@dataclass(frozen=True)
class Learnt:
    """By unit type and month closed (1–11); None where too little was seen.

    widths: how many typical misses hold 80 % of the years. misses: the typical miss, a fraction of the
    forecast. stays: the part of a deviation so far that was left in the months that remained.
    """

    widths: Table = field(default_factory=dict)
    misses: Table = field(default_factory=dict)
    stays: Table = field(default_factory=dict)

    def width(self, unit_type: Words, month: int) -> Floats:
        """Return how many typical misses hold 80 % of the years, for each unit."""
        return _looked_up(self.widths, unit_type, month, WIDTH)

    def miss(self, unit_type: Words, month: int) -> Floats:
        """Return each unit's type's typical miss (a fraction), NaN where nothing was learnt."""
        return _looked_up(self.misses, unit_type, month, np.nan)

    def stays_of(self, unit_type: str, month: int) -> float | None:
        """Return what usually stays of a deviation in a type of unit; None when nothing was learnt of it."""
        if month > 11:
            return None
        return _entry(self.stays, unit_type, month)

    def as_data(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            name: {key: list(values) for key, values in getattr(self, name).items()}
            for name in ("widths", "misses", "stays")
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> "Learnt":
        """Make it of what `as_data` returned."""
        return cls(**{name: {key: tuple(values) for key, values in data[name].items()} for name in data})


NOTHING_LEARNT = Learnt()


def _looked_up(table: Table, unit_type: Words, month: int, otherwise: float) -> Floats:
    found = {str(name): _entry(table, str(name), month) for name in set(unit_type)}
    return np.array([otherwise if found[str(name)] is None else found[str(name)] for name in unit_type])


def _entry(table: Table, unit_type: str, month: int) -> float | None:
    for key in (unit_type, ALL_TYPES):
        figures = table.get(key)
        if figures is not None and figures[month - 1] is not None:
            return figures[month - 1]
    return None
