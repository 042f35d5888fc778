"""What the ledger tells of the units of a month, laid out as the forecast reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from sql.database import Transaction
from tasks.figures.budgets_in_force import KnownBudgets, known_budgets
from tasks.figures.unit_months import Months, own_months, table, total, with_heirs
from tasks.rules.assessment.unit_years import YEARS_OF_HISTORY, Floats, UnitYears
from tasks.rules.organisation import UNIT, Register, UnitVersion
from tasks.rules.periods import Period, months_of


@dataclass(frozen=True)
class GatheredUnits:
    """The units that exist in a period, with their months and what was known of their budgets."""

    register: Register
    period: Period
    units: Sequence[UnitVersion]
    months: Mapping[str, Months]
    budgets: KnownBudgets

    def outcome(self, unit: str) -> Decimal | None:
        """Return a unit's outcome so far (kr); missing when a month of it is."""
        closed = months_of(self.period.year)[: self.period.month]
        return total(self.months[unit], closed, "outcome")

    def budget(self, unit: str) -> Decimal | None:
        """Return the sum of the months' budgets (kr), else the budget of the forecast, else missing."""
        summed = total(self.months[unit], months_of(self.period.year), "budget")
        return self.budgets.forecasts.get(self.period, {}).get(unit) if summed is None else summed

    def years(self) -> UnitYears:
        """Return all units' years, in the order of the units."""
        months = [self.months[unit.code] for unit in self.units]
        first = self.period.year - YEARS_OF_HISTORY
        years = [months_of(year) for year in range(first, self.period.year + 1)]
        budgets = [
            [*(total(self.months[unit.code], year, "budget") for year in years[:-1]), self.budget(unit.code)]
            for unit in self.units
        ]
        return UnitYears(
            outcome=np.stack([table(months, year, "outcome") for year in years], axis=1),
            budget=_figures(budgets, len(years)),
            in_force=_figures([self.budgets.in_force(unit.code) for unit in self.units], 12),
            phasing=table(months, years[-1], "budget"),
            unit_type=np.array([unit.unit_type or "" for unit in self.units], dtype=np.str_),
        )


def gather_units(transaction: Transaction, register: Register, period: Period) -> GatheredUnits:
    """Read what was known of the period's units when it was closed, of its year and those before."""
    own = own_months(register, transaction, period, YEARS_OF_HISTORY)
    return GatheredUnits(
        register=register,
        period=period,
        units=[unit for unit in register.all_valid(period) if unit.level == UNIT],
        months=with_heirs(register, own, period),
        budgets=known_budgets(register, transaction, period, own),
    )


def _figures(rows: Sequence[Sequence[Decimal | None]], columns: int) -> Floats:
    """Lay amounts out as (rows, columns) kr, NaN where missing."""
    figures = [[np.nan if kr is None else float(kr) for kr in row] for row in rows]
    return np.array(figures, dtype=np.float64).reshape(len(rows), columns)
