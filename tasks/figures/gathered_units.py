"""What the ledger tells of the units of a month, laid out as the forecast reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from sql.database import Transaction
from tasks.figures.current_deliveries import current_deliveries
from tasks.figures.unit_months import MonthsOfUnit, own_months, table, total, with_heirs
from tasks.register import code_of, family
from tasks.rules.assessment.unit_years import YEARS_OF_HISTORY, Floats, UnitYears
from tasks.rules.organisation import UNIT, Register, UnitVersion
from tasks.rules.periods import Period, months_of
from tasks.rules.totals import sum_of_all
from tasks.sources import all_sources, ledger_sources

Budgets = Mapping[Period, Decimal | None]
"""A code's budgets (kr) by month; a month without a row is not there."""


@dataclass(frozen=True)
class KnownBudgets:
    """What was said of the year's budgets (kr) month by month, by code.

    closings: the months that have a ledger of their own, in order. own: every code's months as known now.
    then: by closing, the codes that had other budgets. forecasts: those delivered with a month's forecast.
    """

    register: Register
    period: Period
    closings: Sequence[Period]
    own: Mapping[str, MonthsOfUnit]
    then: Mapping[Period, Mapping[str, Budgets]]
    forecasts: Mapping[Period, Mapping[str, Decimal]]

    def in_force(self, unit: str) -> list[Decimal | None]:
        """Return a unit's year budget as known when each month of the year was closed.

        From the ledger of the month or the next one that came; where that has no whole year, from the
        forecast. None where neither knew it, and for the months after the period.
        """
        codes = family(self.register, unit, self.period)
        now = self._in_ledger(codes, {})
        by_closing = {
            closed: self._in_ledger(codes, then)
            for closed, then in self.then.items()
            if not then.keys().isdisjoint(codes)
        }
        known = [
            (month, by_closing.get(self._closing_of(month), now)) for month in months_of(self.period.year)
        ]
        return [
            None if month > self.period else self._of_forecast(unit, month) if kr is None else kr
            for month, kr in known
        ]

    def _closing_of(self, month: Period) -> Period:
        """Return the month whose ledger first knew a month: its own, else the next one's."""
        return next((closed for closed in self.closings if closed >= month), month)

    def _in_ledger(self, codes: Sequence[str], then: Mapping[str, Budgets]) -> Decimal | None:
        budgets = {code: then.get(code, _now(self.own, code)) for code in codes}
        return sum_of_all(self._of_month(budgets, month) for month in months_of(self.period.year))

    def _of_month(self, budgets: Mapping[str, Budgets], month: Period) -> Decimal | None:
        """Add up a month of the codes that exist in it, else of all that had a budget for it.

        Before it was known that a unit would end, its budget went on to the year's end.
        """
        having = [code for code, of in budgets.items() if month in of]
        existing = [code for code in having if self.register.unit(code, month) is not None]
        return sum_of_all(budgets[code][month] for code in existing or having)

    def _of_forecast(self, unit: str, month: Period) -> Decimal | None:
        known = [
            budgets[unit] for at, budgets in sorted(self.forecasts.items()) if at >= month and unit in budgets
        ]
        return known[0] if known else None


@dataclass(frozen=True)
class GatheredUnits:
    """The units that exist in a period, with their months and what was known of their budgets.

    costs: what the ledger calls a unit, and by month of the year its budgeted costs (kr).
    """

    register: Register
    period: Period
    units: Sequence[UnitVersion]
    months: Mapping[str, MonthsOfUnit]
    budgets: KnownBudgets
    costs: Mapping[str, Mapping[Period, Decimal | None]]

    def outcome(self, unit: str) -> Decimal | None:
        """Return a unit's outcome so far (kr); missing when a month of it is."""
        closed = months_of(self.period.year)[: self.period.month]
        return total(self.months[unit], closed, "outcome")

    def budget(self, unit: str) -> Decimal | None:
        """Return the sum of the months' budgets (kr), else the budget of the forecast, else missing."""
        summed = total(self.months[unit], months_of(self.period.year), "budget")
        return self.budgets.forecasts.get(self.period, {}).get(unit) if summed is None else summed

    def gross_budget(self, unit: str) -> Decimal | None:
        """Return the year's budgeted costs (kr), without its incomes; missing when a month of them is."""
        own = self.months[unit]
        return sum_of_all(
            sum_of_all(self._costs(name, month) for name in own[month].stored) if month in own else None
            for month in months_of(self.period.year)
        )

    def _costs(self, stored: str, month: Period) -> Decimal | None:
        """Return the costs of a month; missing where its outcome is known and no budget is."""
        return self.costs.get(stored, {}).get(month)

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
            gross=_figures([[self.gross_budget(unit.code)] for unit in self.units], 1)[:, 0],
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
        budgets=_known_budgets(register, transaction, period, own),
        costs=_budgeted_costs(transaction, period),
    )


def _budgeted_costs(transaction: Transaction, period: Period) -> dict[str, dict[Period, Decimal | None]]:
    """Read the year's budgets without incomes, as the ledger calls the units."""
    first, *_, last = months_of(period.year)
    return {
        row.unit: dict(zip(map(Period.of, row.periods), row.gross, strict=True))
        for row in transaction.rows(
            "figures/list_gross_budgets",
            period=period.first_day,
            first=first.first_day,
            last=last.first_day,
        )
    }


def _known_budgets(
    register: Register, transaction: Transaction, period: Period, own: Mapping[str, MonthsOfUnit]
) -> KnownBudgets:
    """Read the year's budgets as they were known up to a period. own: every code's months as known now."""
    first, last = months_of(period.year)[0].first_day, months_of(period.year)[-1].first_day
    then: dict[Period, dict[str, Budgets]] = {}
    for row in transaction.rows(
        "figures/list_budgets_before", period=period.first_day, first=first, last=last
    ):
        closed = Period.of(row.closed)
        then.setdefault(closed, {})[code_of(register, row.unit, closed)] = _budgets(
            row.months, row.budgets, period.year
        )
    return KnownBudgets(
        register=register,
        period=period,
        closings=_closings(transaction, period),
        own=own,
        then=then,
        forecasts=_forecast_budgets(register, transaction, period),
    )


def _closings(transaction: Transaction, period: Period) -> list[Period]:
    """Return the months of the period's year that have a budget of their own, in order."""
    telling = [source for source in ledger_sources() if all_sources()[source].tells("budget")]
    deliveries = current_deliveries(transaction, telling, period, first=Period(period.year, 1))
    return sorted({delivery.period for delivery in deliveries})


def _figures(rows: Sequence[Sequence[Decimal | None]], columns: int) -> Floats:
    """Lay amounts out as (rows, columns) kr, NaN where missing."""
    figures = [[np.nan if kr is None else float(kr) for kr in row] for row in rows]
    return np.array(figures, dtype=np.float64).reshape(len(rows), columns)


def _forecast_budgets(
    register: Register, transaction: Transaction, period: Period
) -> dict[Period, dict[str, Decimal]]:
    first = months_of(period.year)[0].first_day
    budgets: dict[Period, dict[str, Decimal]] = {}
    for row in transaction.rows("figures/list_forecasts", first=first, last=period.first_day):
        if row.budget is not None and register.unit(row.unit, period) is not None:
            budgets.setdefault(Period.of(row.period), {})[row.unit] = row.budget
    return budgets


def _budgets(months: Sequence[int] | None, budgets: Sequence[Decimal | None], year: int) -> Budgets:
    """Return a code's budgets by month; none of one that had no row."""
    return {Period(year, month): kr for month, kr in zip(months or (), budgets or (), strict=True)}


def _now(own: Mapping[str, MonthsOfUnit], code: str) -> Budgets:
    return {period: month.budget for period, month in own.get(code, {}).items()}
