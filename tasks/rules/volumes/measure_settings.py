"""What an administration decides of the measures that it counts (prestationer)."""

from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.volumes.adjustment import Settlement


@dataclass(frozen=True)
class MeasureSettings:
    """What an administration decides of a measure itself.

    tariff_kr: kr for each (and year, for a niva), None without one. reading_months: 1–12 in rising order, for
    a niva that the budget follows; without them the declared ones. Raises UnusableThresholdError.
    """

    tariff_kr: Decimal | None = None
    reading_months: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        Settlement(self.reading_months or (1,), self.tariff_kr)
