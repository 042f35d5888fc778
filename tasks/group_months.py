"""Units' account groups out of the ledger: the months that the units' own are sums of."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sql.database import Transaction
from tasks.rules.group_years import GroupYears
from tasks.rules.measured_volume import Twelve
from tasks.rules.periods import Period, months_of
from tasks.rules.totals import sum_of_all
from tasks.rules.unit_years import YEARS_OF_HISTORY
from tasks.unit_months import Months, What


@dataclass(frozen=True)
class _Amounts:
    """A group's budget and outcome of one month (kr), None where missing."""

    budget: Decimal | None
    outcome: Decimal | None


_Groups = Mapping[str, Mapping[Period, Sequence[_Amounts]]]


def group_years(
    transaction: Transaction, period: Period, months: Mapping[str, Months]
) -> dict[str, list[GroupYears]]:
    """Return some units' account groups, as known at the period's close, of its year and those before.

    months: the units' own months, by their codes. A group without a row in a month that its unit has is 0.
    """
    found = _amounts(transaction, period, months)
    return {code: _groups(found[code], own, period) for code, own in months.items()}


def _amounts(transaction: Transaction, period: Period, months: Mapping[str, Months]) -> Mapping[str, _Groups]:
    """Read the groups' amounts by unit, group and month; merged units have several of each."""
    whose = {
        (stored, month): code
        for code, own in months.items()
        for month, one in own.items()
        for stored in one.stored
    }
    found: dict[str, dict[str, dict[Period, list[_Amounts]]]]
    found = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row in transaction.rows(
        "ledger/list_group_months",
        period=period.first_day,
        first=Period(period.year - YEARS_OF_HISTORY, 1).first_day,
        last=Period(period.year, 12).first_day,
        units=_names(whose),
    ):
        code = whose.get((row.unit, Period.of(row.period)))
        if code is not None:
            amounts = _Amounts(row.budget, row.outcome)
            found[code][row.account_group][Period.of(row.period)].append(amounts)
    return found


def _names(whose: Collection[tuple[str, Period]]) -> list[str]:
    return sorted({stored for stored, _ in whose})


def _groups(found: _Groups, own: Months, period: Period) -> list[GroupYears]:
    return [
        GroupYears(
            name=group,
            budget=_year(found[group], own, period.year, "budget"),
            outcome=_year(found[group], own, period.year, "outcome"),
            past=tuple(
                _year(found[group], own, period.year - back, "outcome")
                for back in range(1, YEARS_OF_HISTORY + 1)
            ),
        )
        for group in sorted(found)
    ]


def _year(group: Mapping[Period, Sequence[_Amounts]], own: Months, year: int, what: What) -> Twelve:
    return tuple(_month(group.get(month, ()), own, month, what) for month in months_of(year))


def _month(amounts: Sequence[_Amounts], own: Months, month: Period, what: What) -> Decimal | None:
    if amounts:
        return sum_of_all(getattr(each, what) for each in amounts)
    return None if month not in own or getattr(own[month], what) is None else Decimal(0)
