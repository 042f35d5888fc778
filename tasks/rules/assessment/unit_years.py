"""What a year forecast is made of: some units' months and budgets, for all units at once."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Words = npt.NDArray[np.str_]

YEARS_OF_HISTORY = 3
"""More years say less: staff, premises and habits of booking change (own pattern measured best on three)."""
MOST_OF_MEDIAN = 6.0
"""A figure counts as at most so many times the median of its type: one odd unit mustn't speak for others.
(One month of a hundred times in one unit took a fourth of the others' larm away before.)"""
NEAR_ZERO = 0.1
"""A net budget below a tenth of the gross is what two large sums leave of each other: a per cent of it says
nothing of the unit, so it is held to its gross."""
BESIDE_ZERO = " (nettobudget nära 0)"
"""Units with such a budget are a type of their own: their months differ by kronor and not by shares."""
NOTHING = 1e-12
"""A smaller median is what rounding left of zero."""
STEADY_SHARE = 0.5
"""A year whose net is less than half of its months' absolute sum is too near zero to take shares of."""


@dataclass(frozen=True)
class UnitYears:
    """The figures of n units over Y years, the current year last; kr, NaN where absent.

    outcome: (n, Y, 12), the months' own amounts; costs positive, net income negative.
    budget: (n, Y), the whole years'. gross: (n,), the current year's budgeted costs alone.
    in_force: (n, 12), the current year's whole budget as it was known when each month was closed.
    phasing: (n, 12), the current year's budget by month.
    unit_type: (n,), equal for units whose years look alike.
    """

    outcome: Floats
    budget: Floats
    gross: Floats
    in_force: Floats
    phasing: Floats
    unit_type: Words

    def __post_init__(self) -> None:
        units, years = self.budget.shape
        if self.outcome.shape != (units, years, 12) or self.unit_type.shape != (units,):
            raise ValueError(f"outcome {self.outcome.shape}, unit_type {self.unit_type.shape}, {units} units")
        if self.gross.shape != (units,):
            raise ValueError(f"gross {self.gross.shape}, {units} units")
        if self.in_force.shape != (units, 12) or self.phasing.shape != (units, 12):
            raise ValueError(f"in_force {self.in_force.shape}, phasing {self.phasing.shape}, {units} units")

    def known_at(self, month: int) -> "UnitYears":
        """Return the same units as known when `month` (1–12) was closed: nothing later, nothing unbounded.

        Years before the last few are left out. Raises ValueError for another month.
        """
        if not 1 <= month <= 12:
            raise ValueError(f"month {month}")
        outcome = _finite_or_nan(self.outcome[:, -YEARS_OF_HISTORY - 1 :])
        outcome[:, -1, month:] = np.nan
        return replace(
            self,
            outcome=outcome,
            budget=_finite_or_nan(self.budget[:, -YEARS_OF_HISTORY - 1 :]),
            gross=_finite_or_nan(self.gross),
            in_force=_finite_or_nan(self.in_force),
            phasing=_finite_or_nan(self.phasing),
        )

    def years_before(self, years: int) -> "UnitYears":
        """Return the same units so many years ago; what came later is unknown, the budget as it ended."""
        budget = self.budget[:, : self.budget.shape[1] - years]
        return replace(
            self,
            outcome=self.outcome[:, : self.outcome.shape[1] - years],
            budget=budget,
            in_force=np.repeat(budget[:, -1:], 12, axis=1),
            phasing=np.full_like(self.phasing, np.nan),
        )

    def of(self, chosen: Booleans) -> "UnitYears":
        """Return some of the units."""
        return UnitYears(
            outcome=self.outcome[chosen],
            budget=self.budget[chosen],
            gross=self.gross[chosen],
            in_force=self.in_force[chosen],
            phasing=self.phasing[chosen],
            unit_type=self.unit_type[chosen],
        )

    @property
    def incomes(self) -> Floats:
        """Return the yearly incomes (kr) without which a unit whose net budget is near 0 is read: (n,).

        As much as its gross budget; where that isn't known and no past year tells what is usual, so much that
        what its months came to is near 0 beside it. 0 for all other units.
        """
        budget = self.budget[:, -1]
        with np.errstate(invalid="ignore"):
            near = (self.gross > 0) & (np.abs(budget) < NEAR_ZERO * self.gross)
            bare = (budget == 0) & ~(self.gross > 0) & np.isnan(latest_total(self.history))
        months = self.outcome.reshape(len(budget), -1)
        known = np.isfinite(months)
        size, count = np.where(known, np.abs(months), 0.0).sum(axis=1), known.sum(axis=1)
        beside = divided(12 * size / NEAR_ZERO, count, count > 0, 0.0)
        incomes: Floats = np.where(near, self.gross, np.where(bare, beside, 0.0))
        return incomes

    def without(self, incomes: Floats) -> "UnitYears":
        """Return the units as they would be without so much yearly income (n,), the same every month."""
        if not incomes.any():
            return self
        a_month = incomes[:, np.newaxis] / 12
        return replace(
            self,
            outcome=self.outcome + a_month[:, :, np.newaxis],
            budget=self.budget + incomes[:, np.newaxis],
            in_force=self.in_force + incomes[:, np.newaxis],
            phasing=self.phasing + a_month,
            unit_type=np.where(incomes > 0, np.char.add(self.unit_type, BESIDE_ZERO), self.unit_type),
        )

    def months_to(self, month: int) -> Floats:
        """Return the months of usable years and of this one to `month`, from the first January on: (n, T)."""
        past = self.history
        return np.concatenate([past.reshape(len(past), -1), self.outcome[:, -1, :month]], axis=1)

    @property
    def history(self) -> Floats:
        """Return the whole and steady past years, (n, Y − 1, 12); another year is NaN in every month."""
        past = self.outcome[:, :-1]
        totals = past.sum(axis=2)
        steady = np.abs(totals) > STEADY_SHARE * np.abs(past).sum(axis=2)
        return np.where(steady[:, :, np.newaxis], past, np.nan)


def latest_total(history: Floats) -> Floats:
    """Return the newest usable year's total (kr), NaN without one: (n, K, 12) → (n,)."""
    totals = history.sum(axis=2)
    latest = np.full(len(totals), np.nan)
    for year in totals.T:
        latest = np.where(np.isfinite(year), year, latest)
    return latest


def capped(values: Floats, groups: Integers) -> Floats:
    """Return figures (≥ 0) of which none is above six times its type's median (`MOST_OF_MEDIAN`): (…, n)."""
    if not values.size:
        return values
    rows = values.reshape(-1, len(groups))
    flat, kinds = rows.ravel(), np.tile(groups, len(rows))
    order = np.lexsort((flat, kinds))  # within a type the unknown come last
    known = np.bincount(kinds, np.isfinite(flat)).astype(np.int64)
    first = np.concatenate([[0], np.bincount(kinds).cumsum()[:-1]])
    middle = np.minimum(first + np.maximum(known - 1, 0) // 2, len(flat) - 1)
    limit = MOST_OF_MEDIAN * flat[order][middle]
    limit = np.where((known > 0) & (limit > NOTHING), limit, np.inf)
    return np.minimum(values, limit[groups])


def mean_of_type(values: Floats, groups: Integers) -> Floats:
    """Return each unit's type's mean of some figures, NaN left out: (n, …) → (n, …)."""
    flat = values.reshape(len(values), -1)
    shape = (groups.max() + 1, flat.shape[1])
    cells = (groups[:, np.newaxis] * shape[1] + np.arange(shape[1])).ravel()  # one a type and column
    known = np.isfinite(flat)
    sums: Floats = np.bincount(cells, np.where(known, flat, 0.0).ravel()).astype(np.float64)
    counts: Floats = np.bincount(cells, known.ravel()).astype(np.float64)
    return divided(sums, counts, counts > 0).reshape(shape)[groups].reshape(values.shape)


def divided(over: Floats, under: Floats | Integers, where: Booleans, otherwise: float = np.nan) -> Floats:
    """Divide where it can be done."""
    quotient: Floats = np.divide(over, under, out=np.full(over.shape, float(otherwise)), where=where)
    return quotient


def type_numbers(unit_type: Words) -> Integers:
    """Return each unit's type as a number: (n,) → (n,)."""
    return np.unique(unit_type, return_inverse=True)[1].astype(np.int64)


def _finite_or_nan(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.nan)
