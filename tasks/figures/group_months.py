"""Units' account groups out of the ledger: the months that the units' own are sums of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sql.database import Transaction
from tasks.figures.unit_months import Months
from tasks.rules.assessment.causes import GroupYears
from tasks.rules.assessment.unit_years import YEARS_OF_HISTORY
from tasks.rules.periods import Period, months_of
from tasks.rules.totals import sum_of_all
from tasks.rules.volumes.volumes import Twelve

Amounts = tuple[Decimal | None, Decimal | None]
"""A budget and an outcome (kr), None where missing."""
Group = Mapping[date, Sequence[Amounts]]
"""A group's amounts by month; a merged unit has several of one month."""
NOTHING = Decimal(0)


def group_years(
    transaction: Transaction, period: Period, months: Mapping[str, Months]
) -> dict[str, list[GroupYears]]:
    """Return some units' account groups, as known at the period's close, of its year and those before.

    months: the units' own months, by their codes. A group without a row in a month that its unit has is 0.
    """
    found = _groups(transaction, period, months)
    years = [
        [month.first_day for month in months_of(period.year - back)] for back in range(YEARS_OF_HISTORY + 1)
    ]
    return {
        code: [_group_years(name, found[code][name], _known(own), years) for name in sorted(found[code])]
        for code, own in months.items()
    }


def _groups(
    transaction: Transaction, period: Period, months: Mapping[str, Months]
) -> Mapping[str, Mapping[str, Group]]:
    """Read the groups by unit: its own and those of the units that it continues."""
    whose = {
        (stored, month.first_day): code
        for code, own in months.items()
        for month, one in own.items()
        for stored in one.stored
    }
    found: dict[str, dict[str, dict[date, list[Amounts]]]]
    found = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
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
                found[code][row.account_group][day].append(tuple(amounts))
    return found


def _known(own: Months) -> dict[date, Amounts]:
    """Return what a group without a row has in each of its unit's months."""
    return {
        month.first_day: (
            None if one.budget is None else NOTHING,
            None if one.outcome is None else NOTHING,
        )
        for month, one in own.items()
    }


def _group_years(
    name: str, group: Group, known: Mapping[date, Amounts], years: Sequence[Sequence[date]]
) -> GroupYears:
    budget, outcome = (_year(group, known, years[0], what) for what in (0, 1))
    past = tuple(_year(group, known, year, 1) for year in years[1:])
    return GroupYears(name, budget, outcome, past)


def _year(group: Group, known: Mapping[date, Amounts], year: Sequence[date], what: int) -> Twelve:
    return tuple(
        sum_of_all(amounts[what] for amounts in group[day])
        if day in group
        else known.get(day, (None, None))[what]
        for day in year
    )
