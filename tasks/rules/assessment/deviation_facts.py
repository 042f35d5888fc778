"""What is known of one unit when a month is closed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tasks.rules.periods import Period

Method = Literal["pattern", "type", "trend", "budget", "missing"]


@dataclass(frozen=True)
class DeviationFacts:
    """A unit's figures: kr for the year (outcome: so far), None for missing; costs +, net income −.

    method: how the forecast was made (see tasks.rules.assessment.forecast). expected: what the months so far
    were expected to cost (kr), None where nothing was extrapolated from it. to_come: how far (%) the months
    that remain are expected to differ from what was expected of them, + is costlier or less income. lower,
    upper: the forecast's 80 % interval. probability: how probable (%) it is that the year ends over its
    budget; probability_before: the same when the month before was closed, by what is known now.
    """

    period: Period
    outcome: Decimal | None
    budget: Decimal | None
    forecast: Decimal | None
    method: Method
    expected: Decimal | None = None
    to_come: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    probability: Decimal | None = None
    probability_before: Decimal | None = None

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

    @property
    def above(self) -> Decimal | None:
        """Return how far (%) the outcome so far is from what was expected of it, + is costlier or less
        income.
        """
        if self.outcome is None or not self.expected:
            return None
        return (self.outcome - self.expected) / abs(self.expected) * 100

    @property
    def stays(self) -> Decimal | None:
        """Return the part (0–1 as a rule) of the difference so far that is expected in the months that
        remain.
        """
        if self.above is None or self.to_come is None or abs(self.above) < LEAST_DIFFERENCE:
            return None
        return self.to_come / self.above


LEAST_DIFFERENCE = Decimal("0.05")
"""A smaller difference (%) so far shows as 0,0 % and has no parts."""
