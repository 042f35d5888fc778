"""Which groups' sick leave may be shown over a year: those that could be shown in each of its months."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tasks.rules.delivered import Delivered
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.signals.sick_leave import Row
from tasks.rules.signals.sick_leave_tree import hidden_together, sick_leave_tree

YEAR = 12


@dataclass(frozen=True)
class HiddenGroups:
    """Places (code, None for everybody) by sex (None for both), and sets of units, that are not shown."""

    places: frozenset[tuple[str | None, str | None]]
    together: frozenset[frozenset[str]]


def hidden_groups(
    rows: Iterable[Delivered],
    register: Register,
    period: Period,
    together: Collection[frozenset[str]],
    *,
    fewest: int,
) -> HiddenGroups:
    """Return what is hidden in any of the twelve months up to the period, by the units as they are in it.

    A figure over twelve months that lay beside eleven shown months would tell the hidden one. fewest:
    employees. together: units that are told of as one group.
    """
    by_month: dict[Period, list[Row]] = {}
    for row in rows:
        if period.plus(-YEAR) < row.period <= period:
            present = {**row.as_row, "unit": register.heir(row.unit or "", period)}
            by_month.setdefault(row.period, []).append(present)
    places: set[tuple[str | None, str | None]] = set()
    groups: set[frozenset[str]] = set()
    for month in by_month.values():
        tree = sick_leave_tree(month, register, period, fewest=fewest)
        places |= {(each.code, each.sex) for each in tree if each.figures.is_hidden}
        groups |= hidden_together(month, register, period, together, fewest=fewest)
    return HiddenGroups(frozenset(places), frozenset(groups))
