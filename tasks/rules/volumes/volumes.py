"""A volume as it is counted: a measure of one unit and year, month by month."""

from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.declaration import Volume

Twelve = tuple[Decimal | None, ...]
"""January to December; None where missing."""
Season = tuple[Decimal, ...]
"""Twelve months relative to the mean month, which is 1."""

EVEN: Season = (Decimal(1),) * 12
NOTHING: Twelve = (None,) * 12


@dataclass(frozen=True)
class MeasuredVolume:
    """A measure of one unit and year.

    declared: None for an unknown measure. planned: of a niva each month holds the plan of the year, of a
    flode its own. last_year: the outcome a year before. tariff: kr for each (and year, for a niva).
    """

    name: str
    declared: Volume | None
    outcome: Twelve
    planned: Twelve
    last_year: Twelve = NOTHING
    tariff: Decimal | None = None
    season: Season | None = None

    @property
    def is_level(self) -> bool:
        """Tell whether the year is a mean (niva) and not a sum (flode)."""
        return self.declared is not None and self.declared.kind == "niva"
