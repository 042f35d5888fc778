"""What a unit's chart of the year shows, as figures that are ready to draw."""

from dataclasses import dataclass
from itertools import chain
from typing import Literal

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
YEAR = len(MONTHS)
_TOO_LARGE = 1e9  # mnkr or tkr; no municipality's, and no longer to be read in a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class YearChart:
    """One unit's year up to a closed month, in kronor · 10⁶ or 10³ as `amounts_in` says; None is missing.

    A cost is positive and an income negative, so that outcome − budget is a deficit when it is positive.
    `decimals` are those of every amount in words, chosen by who knows how the year is told elsewhere.
    `limit` is the deficit at the year's end that gives larm; `limit_text` is its name with its figure.
    Raises ValueError for a month outside 1–12, a series of another length, and a figure that is NaN,
    infinite or absurdly large.
    """

    title: str  # "Ackumulerat underskott mot periodiserad budget", without the unit
    amounts_in: Literal["mnkr", "tkr"]
    decimals: int
    month: int  # the closed month, 1–12
    outcomes: tuple[float | None, ...]  # each closed month's own
    budgets: tuple[float | None, ...]  # each of the twelve months' own
    outcome_to_date: tuple[float | None, ...]  # accumulated, each closed month
    budget_to_date: tuple[float | None, ...]  # accumulated, each of the twelve months
    forecast: float | None = None  # the year's outcome
    lower: float | None = None  # 80 %
    upper: float | None = None
    limit: float | None = None
    limit_text: str = ""  # "gräns för larm vid årets slut 0,5 (2,25 %)"

    def __post_init__(self) -> None:
        if not 1 <= self.month <= YEAR:
            raise ValueError(f"month is {self.month}")
        lengths = [len(series) for series in (self.outcomes, self.outcome_to_date)]
        if lengths != [self.month] * 2 or not len(self.budgets) == len(self.budget_to_date) == YEAR:
            raise ValueError("a series doesn't have a figure (or None) for each of its months")
        single = (self.forecast, self.lower, self.upper, self.limit)
        every = chain(self.outcomes, self.budgets, self.outcome_to_date, self.budget_to_date, single)
        if not all(abs(value) < _TOO_LARGE for value in every if value is not None):
            raise ValueError("a figure is no number, or absurdly large")

    @property
    def deficits(self) -> tuple[float | None, ...]:
        """Return each closed month's accumulated outcome − budget; a deficit is positive."""
        return tuple(_less(*pair) for pair in zip(self.outcome_to_date, self.budget_to_date, strict=False))

    @property
    def last_known(self) -> tuple[int, float] | None:
        """Return the last month (1–12) whose deficit is known, with it."""
        known = [(month, value) for month, value in enumerate(self.deficits, 1) if value is not None]
        return known[-1] if known else None

    @property
    def year_budget(self) -> float | None:
        """Return the twelve months' budget."""
        return self.budget_to_date[-1]

    @property
    def year_deficit(self) -> float | None:
        """Return the forecast − the year's budget; None in December, when nothing is left to foresee."""
        return None if self.month == YEAR else _less(self.forecast, self.year_budget)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the lower and upper deficit at the year's end; None without a forecast, or one of them."""
        lower, upper = _less(self.lower, self.year_budget), _less(self.upper, self.year_budget)
        if self.year_deficit is None or lower is None or upper is None:
            return None
        return min(lower, upper), max(lower, upper)


def _less(value: float | None, taken: float | None) -> float | None:
    """Subtract; what floats add in the last places is taken away, so that halves round as Decimals do."""
    return None if value is None or taken is None else round(value - taken, 9)
