"""What is known of one unit when a month is closed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tasks.rules.periods import Period

Method = Literal["pattern", "budget", "missing"]


@dataclass(frozen=True)
class DeviationFacts:
    """A unit's figures: kr for the year (outcome: so far), None for missing; costs +, net income −.

    method: how the forecast was made (see tasks.rules.forecast).
    share_of_year: % of the year that the method puts in the months so far, None where it used no shares.
    lower, upper: the forecast's 80 % interval, None while it has none.
    """

    period: Period
    outcome: Decimal | None
    budget: Decimal | None
    forecast: Decimal | None
    method: Method
    share_of_year: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None

    @property
    def deviation(self) -> Decimal | None:
        """Return budget − forecast (kr): a deficit is negative; None when a figure behind it is missing."""
        if self.budget is None or self.forecast is None or self.outcome is None:
            return None
        return self.budget - self.forecast

    @property
    def deviation_percent(self) -> Decimal | None:
        """Return the deviation in % of |budget|; None when missing or when the budget is 0."""
        if self.deviation is None or not self.budget:
            return None
        return self.deviation / abs(self.budget) * 100
