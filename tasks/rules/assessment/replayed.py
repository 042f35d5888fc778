"""What was said of one old year at each closing, beside what the year came to."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from tasks.rules.assessment.unit_years import Booleans, Floats, Integers, Words

MONTHS = tuple(range(1, 12))
"""The closings that a year can be warned at: in December it is known."""
OVERSPEND = 0.02
"""A year that ends this far over its budget is an overspend to be found (the board's limit)."""


@dataclass(frozen=True)
class Replayed:
    """One year of n units; by closing (1–11) where a second axis is said: (n, 11). kr, NaN where missing.

    outcome: (n, 12). budget: (n,). forecast, lower, upper, expected (of the months so far): (n, 11). miss:
    (n, 11), the typical miss as a fraction. years_known: (n,), whole years before. naive: other forecasts by
    name, (n, 11). signals: (n, 11), "", "bevaka" or "larm", about underskott.
    """

    year: int
    unit: Words
    unit_type: Words
    outcome: Floats
    budget: Floats
    forecast: Floats
    lower: Floats
    upper: Floats
    expected: Floats
    miss: Floats
    years_known: Integers
    naive: Mapping[str, Floats]
    signals: Words

    def of(self, chosen: Booleans) -> "Replayed":
        """Return some of the units."""
        return Replayed(
            year=self.year,
            naive={name: forecasts[chosen] for name, forecasts in self.naive.items()},
            **{name: getattr(self, name)[chosen] for name in _BY_UNIT},
        )

    @property
    def total(self) -> Floats:
        """Return what the year came to (kr), NaN where a month is missing: (n,)."""
        total: Floats = self.outcome.sum(axis=1)
        return total

    @property
    def is_over(self) -> Booleans:
        """Tell which units ended as overspends; a budget of 0 has no per cent to be over by."""
        over: Booleans = (self.total - self.budget > OVERSPEND * abs(self.budget)) & (self.budget != 0)
        return over


_BY_UNIT = tuple(one.name for one in fields(Replayed) if one.name not in {"year", "naive"})
