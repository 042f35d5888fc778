"""What each child, place or hour has cost so far: kr over volume, of the months where both are known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from tasks.rules.totals import sum_known, sum_of_all
from tasks.rules.volumes.volumes import NOTHING, MeasuredVolume, Season, Twelve, known_so_far, planned_months


@dataclass(frozen=True)
class UnitMoney:
    """A unit's net kr by month. Where the budget is a straight twelfth, give it by the unit's own pattern."""

    outcome: Twelve
    budget: Twelve
    last_year: Twelve = NOTHING


@dataclass(frozen=True)
class PlaceMoney:
    """A unit's or an area's kr by month, and the year's budget (kr), None where it is missing."""

    months: UnitMoney
    year_budget: Decimal | None


@dataclass(frozen=True)
class CostParts:
    """Net kr and volumes of the same months: so far, as planned, and in the same months a year before.

    Of a niva the volumes of the months are added up, so that kr for each is kr for each and month.
    """

    outcome: Decimal | None
    volume: Decimal | None
    budget: Decimal | None
    planned: Decimal | None
    outcome_before: Decimal | None
    volume_before: Decimal | None

    @property
    def each(self) -> Decimal | None:
        """Return kr for each so far; None unless both are above 0, as the others are."""
        return _each(self.outcome, self.volume)

    @property
    def planned_each(self) -> Decimal | None:
        """Return the budget over the plan."""
        return _each(self.budget, self.planned)

    @property
    def each_before(self) -> Decimal | None:
        """Return kr for each in the same months a year before."""
        return _each(self.outcome_before, self.volume_before)


def cost_months(volume: MeasuredVolume, money: UnitMoney, month: int, *, with_budget: bool) -> list[int]:
    """Return the months (0 is January) up to `month` (1–12) whose volume and kr are known.

    None where those are less than half of the months so far. with_budget: the budget must be known too.
    """
    months = [
        place
        for place in known_so_far(volume, month)
        if money.outcome[place] is not None and (money.budget[place] is not None or not with_budget)
    ]
    return months if 2 * len(months) >= month else []


def cost_parts(
    volume: MeasuredVolume, plan: Season | None, money: UnitMoney, months: Sequence[int]
) -> CostParts:
    """Add up some months (0 is January); what lacks one is missing, and so is the budget without a plan."""
    return CostParts(
        outcome=sum_of_months(money.outcome, months),
        volume=sum_of_months(volume.outcome, months),
        budget=None if plan is None else sum_of_months(money.budget, months),
        planned=None if plan is None else sum_of_months(plan, months),
        outcome_before=sum_of_months(money.last_year, months),
        volume_before=sum_of_months(volume.last_year, months),
    )


def costs_so_far(volume: MeasuredVolume, money: UnitMoney, month: int) -> CostParts | None:
    """Return a volume's kr and counts when `month` (1–12) is closed; None where too few months are known.

    Without a plan, or a budget of enough months, only the plan's part is missing.
    """
    plan = planned_months(volume, month)
    budgeted = [] if plan is None else cost_months(volume, money, month, with_budget=True)
    if budgeted:
        return cost_parts(volume, plan, money, budgeted)
    months = cost_months(volume, money, month, with_budget=False)
    return cost_parts(volume, None, money, months) if months else None


def sum_of_parts(parts: Iterable[CostParts]) -> CostParts:
    """Add up several units' kr and volumes of one measure.

    Only those with kr for each, and of plan and year before those that have that, count.
    """
    known = [each for each in parts if each.each is not None]
    planned = [each for each in known if each.planned_each is not None]
    before = [each for each in known if each.each_before is not None]
    of = {
        name: sum_known(getattr(each, name) for each in some)
        for some, names in (
            (known, ("outcome", "volume")),
            (planned, ("budget", "planned")),
            (before, ("outcome_before", "volume_before")),
        )
        for name in names
    }
    return CostParts(**of)


def sum_of_money(units: Sequence[PlaceMoney]) -> PlaceMoney:
    """Add up units' kr month by month, and their budgets; what a unit lacks is missing."""
    months = {
        each.name: [
            sum_of_all(month)
            for month in zip(*(getattr(unit.months, each.name) for unit in units), strict=True)
        ]
        for each in fields(UnitMoney)
    }
    return PlaceMoney(
        UnitMoney(**{name: tuple(sums) or NOTHING for name, sums in months.items()}),
        sum_of_all(unit.year_budget for unit in units),
    )


def sum_of_months(months: Sequence[Decimal | None], places: Sequence[int]) -> Decimal | None:
    """Add up some months; missing when one of them is."""
    return sum_of_all(months[place] for place in places)


def _each(kr: Decimal | None, volume: Decimal | None) -> Decimal | None:
    return kr / volume if kr is not None and volume is not None and kr > 0 and volume > 0 else None
