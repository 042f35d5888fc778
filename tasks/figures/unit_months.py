"""Months out of the ledger, as known at a period's close, with the rows that they stand on.

A unit's own, with those of the units that it continues, and those of its account groups.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sql.database import Transaction
from tasks.register import code_of, family
from tasks.rules.assessment.causes import GroupYears
from tasks.rules.assessment.unit_years import YEARS_OF_HISTORY
from tasks.rules.delivered import RowRange
from tasks.rules.organisation import UNIT, Register
from tasks.rules.periods import Period, months_of
from tasks.rules.totals import sum_of_all
from tasks.rules.volumes.volumes import Twelve

MonthsOfUnit = Mapping[Period, "UnitMonth"]
"""A unit's months by period."""
LedgerAmount = Literal["budget", "outcome"]
_Amounts = tuple[Decimal | None, Decimal | None]
"""A budget and an outcome (kr), None where missing."""
_GroupMonths = Mapping[date, Sequence[_Amounts]]
"""A group's amounts by month; a merged unit has several of one month."""
_NOTHING = Decimal(0)


class UnitMonth(NamedTuple):
    """A unit's own budget and outcome of one month (kr, None where missing), and the rows behind them.

    stored: what the ledger calls the unit in that month, and the units that it continues: codes or names.
    """

    unit: str
    period: Period
    budget: Decimal | None
    outcome: Decimal | None
    rows: tuple[RowRange, ...]
    stored: tuple[str, ...]


def unit_months(
    register: Register, transaction: Transaction, period: Period, years_before: int
) -> dict[str, dict[Period, UnitMonth]]:
    """Return the months of every unit that is valid in the period, of its year and some years before.

    A unit that continues others has their figures too, so that a merged unit has a whole year.
    """
    return with_heirs(register, own_months(register, transaction, period, years_before), period)


def own_months(
    register: Register, transaction: Transaction, period: Period, years_before: int
) -> dict[str, dict[Period, UnitMonth]]:
    """Return each code's own months, of the period's year and some years before."""
    first = date(period.year - years_before, 1, 1)
    rows = transaction.rows(
        "figures/list_months_known", period=period.first_day, first=first, last=date(period.year, 12, 1)
    )
    return months_of_rows(register, rows)


def months_of_rows(register: Register, rows: Sequence[Any]) -> dict[str, dict[Period, UnitMonth]]:
    """Return each code's own months, of rows of `list_months_known`."""
    months: dict[str, dict[Period, UnitMonth]] = {}
    periods = {day: Period.of(day) for day in {row.period for row in rows}}
    for row in rows:
        month = periods[row.period]
        code = code_of(register, row.unit, month)
        if register.knows(code) and register.unit(code, month) is None:
            continue  # a budget from before the unit ended; the one that continues it has it now
        own = UnitMonth(
            code,
            month,
            row.budget,
            row.outcome,
            _ranges(
                (row.budget_from, row.budget_first, row.budget_last),
                (row.outcome_from, row.outcome_first, row.outcome_last),
            ),
            (row.unit,),
        )
        months.setdefault(code, {})[month] = own
    return months


def with_heirs(
    register: Register, months: Mapping[str, MonthsOfUnit], period: Period
) -> dict[str, dict[Period, UnitMonth]]:
    """Return the months of every unit that is valid in the period, with those of units that it continues."""
    return {
        unit.code: _continued(months, family(register, unit.code, period))
        for unit in register.all_valid(period)
        if unit.level == UNIT
    }


def group_years(
    transaction: Transaction, period: Period, months: Mapping[str, MonthsOfUnit]
) -> dict[str, list[GroupYears]]:
    """Return some units' account groups, as known at the period's close, of its year and those before.

    months: the units' own months, by their codes. A group without a row in a month that its unit has is 0.
    """
    groups = _groups(transaction, period, months)
    years = [
        [month.first_day for month in months_of(period.year - back)] for back in range(YEARS_OF_HISTORY + 1)
    ]
    return {
        code: [_group_years(name, groups[code][name], _known(own), years) for name in sorted(groups[code])]
        for code, own in months.items()
    }


def table(months: Sequence[MonthsOfUnit], year: Sequence[Period], what: LedgerAmount) -> NDArray[np.float64]:
    """Lay figures out as (units, 12) kr, NaN where missing."""
    figures = np.full((len(months), 12), np.nan)
    for row, own in enumerate(months):
        for column, period in enumerate(year):
            value = getattr(own.get(period), what, None)
            if value is not None:
                figures[row, column] = float(value)
    return figures


def total(own: MonthsOfUnit, periods: Sequence[Period], what: LedgerAmount) -> Decimal | None:
    """Add up months; missing when one of them is."""
    return sum_of_all(getattr(own.get(period), what, None) for period in periods)


def _ranges(*halves: tuple[int | None, int, int]) -> tuple[RowRange, ...]:
    """Return where a month stands: in one file, or its halves in two. A half of none has no delivery."""
    told = ((delivery, first, last) for delivery, first, last in halves if delivery is not None)
    return tuple(dict.fromkeys(told))


def _continued(months: Mapping[str, MonthsOfUnit], codes: Sequence[str]) -> dict[Period, UnitMonth]:
    """Add up a unit's months with those of the units that it continues."""
    added = dict(months.get(codes[0], {}))
    for code in codes[1:]:
        for period, older in months.get(code, {}).items():
            own = added.get(period)
            added[period] = older if own is None else _sum(own, older)
    return added


def _sum(own: UnitMonth, older: UnitMonth) -> UnitMonth:
    budget, outcome = (sum_of_all(pair) for pair in zip(_amounts(own), _amounts(older), strict=True))
    rows, stored = (*own.rows, *older.rows), (*own.stored, *older.stored)
    return UnitMonth(own.unit, own.period, budget, outcome, rows, stored)


def _amounts(month: UnitMonth) -> tuple[Decimal | None, Decimal | None]:
    return month.budget, month.outcome


def _groups(
    transaction: Transaction, period: Period, months: Mapping[str, MonthsOfUnit]
) -> Mapping[str, Mapping[str, _GroupMonths]]:
    """Read the groups by unit: its own and those of the units that it continues."""
    whose = {
        (stored, month.first_day): code
        for code, own in months.items()
        for month, one in own.items()
        for stored in one.stored
    }
    groups: dict[str, dict[str, dict[date, list[_Amounts]]]]
    groups = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row in transaction.rows(
        "figures/list_group_months",
        period=period.first_day,
        first=Period(period.year - YEARS_OF_HISTORY, 1).first_day,
        last=Period(period.year, 12).first_day,
        units=sorted({stored for stored, _ in whose}),
    ):
        for day, *amounts in zip(row.periods, row.budgets, row.outcomes, strict=True):
            code = whose.get((row.unit, day))
            if code is not None:
                groups[code][row.account_group][day].append(tuple(amounts))
    return groups


def _known(own: MonthsOfUnit) -> dict[date, _Amounts]:
    """Return what a group without a row has in each of its unit's months."""
    return {
        month.first_day: (
            None if one.budget is None else _NOTHING,
            None if one.outcome is None else _NOTHING,
        )
        for month, one in own.items()
    }


def _group_years(
    name: str, group: _GroupMonths, known: Mapping[date, _Amounts], years: Sequence[Sequence[date]]
) -> GroupYears:
    budget, outcome = (_year(group, known, years[0], what) for what in (0, 1))
    past = tuple(_year(group, known, year, 1) for year in years[1:])
    return GroupYears(name, budget, outcome, past)


def _year(group: _GroupMonths, known: Mapping[date, _Amounts], year: Sequence[date], what: int) -> Twelve:
    return tuple(
        sum_of_all(amounts[what] for amounts in group[day])
        if day in group
        else known.get(day, (None, None))[what]
        for day in year
    )
