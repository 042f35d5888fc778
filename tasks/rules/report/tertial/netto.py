"""The first table of the tertial report: net, costs and incomes, and what result units bring and take.

Amounts are kr; a deviation is budget + adjustments + changes − forecast, so a surplus is positive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.report.driftbudget import BudgetTotal
from tasks.rules.report.result_units import CarriedAmounts
from tasks.rules.report.tertial_tables import BudgetSide
from tasks.rules.totals import sum_known, sum_of_all


@dataclass(frozen=True)
class NettoTable:
    """The table: `net` is of the costs and incomes below it.

    before, after: the deviation before and after result units' dispositions. carried_in: what they bring from
    the year before, carried_out: what they take to the next, both with överskott +.
    """

    net: BudgetSide
    sides: tuple[BudgetSide, ...]
    before: Decimal | None
    carried_in: Decimal | None
    carried_out: Decimal | None
    after: Decimal | None


def netto_table(
    sides: Sequence[BudgetSide], total: BudgetTotal, carried: CarriedAmounts
) -> NettoTable | None:
    """Make the table; None where costs and incomes aren't delivered.

    What dispositions change is what the areas' forecasts say, before and after; where those don't, what the
    result units bring less what they take.
    """
    if not sides:
        return None
    net = BudgetSide(
        side="netto",
        budget=sum_of_all(side.budget for side in sides),
        requested=sum_known(side.requested for side in sides),
        changes=sum_known(side.changes for side in sides),
        forecast=sum_of_all(side.forecast for side in sides),
        deviation=sum_of_all(side.deviation for side in sides),
    )
    carried_in = None if carried.carried_in is None else -carried.carried_in
    change = _difference(total.amounts.deviation_after, total.amounts.deviation_before)
    if change is None:
        change = _difference(carried_in, carried.carried_out)
    return NettoTable(
        net=net,
        sides=tuple(sides),
        before=net.deviation,
        carried_in=carried_in,
        carried_out=carried.carried_out,
        after=None if change is None else sum_of_all((net.deviation, change)),
    )


def _difference(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other
