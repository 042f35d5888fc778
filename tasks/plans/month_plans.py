"""The plans of a month: those that its forecast counts, and those that its report and warnings tell of.

Nothing that a later month did is among it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sql.database import Transaction
from tasks.figures.unit_months import MonthsOfUnit, unit_months
from tasks.plans.read_plans import Plan, plans_in, read_measures
from tasks.register import read_register
from tasks.rules.assessment.assessed_unit import AssessedUnit, KeptYear
from tasks.rules.assessment.deviation import Deviation
from tasks.rules.organisation import Register
from tasks.rules.periods import Period, months_of
from tasks.rules.plans.effect import Approved, Realised, counted_effect, is_achieved, realised_effects
from tasks.rules.plans.measures import months_after, promised
from tasks.rules.plans.reach import PlanStanding
from tasks.rules.plans.seen import Seen, followed_state, seen_alone
from tasks.rules.plans.state import COUNTED, UNDECIDED
from tasks.rules.totals import sum_of_all

Outcomes = Mapping[str, Mapping[Period, Decimal]]
"""Units' known outcomes (kr) of the year's closed months."""


@dataclass(frozen=True)
class CountedPlan:
    """An approved plan: its number in the database and what the forecast reads of it."""

    id: int
    approved: Approved


def counted_plans(transaction: Transaction, register: Register, period: Period) -> dict[str, CountedPlan]:
    """Return, by unit of a month, the newest plan of the year up to it that was ever approved.

    What is approved of later months changes nothing in an earlier one. A unit that got another code has the
    plan that it had before.
    """
    rows = transaction.rows("plans/list_counted", period=period.first_day, first=date(period.year, 1, 1))
    measures = read_measures(transaction, [row.id for row in rows])
    return {
        register.heir(row.unit, period): CountedPlan(
            row.id,
            Approved(
                period=Period.of(row.period),
                forecast=row.forecast,
                measures=measures[row.id],
                ahead=_ahead(Period.of(row.period), KeptYear.of_data(row.evidence.get("year", {}))),
            ),
        )
        for row in sorted(rows, key=lambda row: (row.period, row.id))
    }


def _ahead(period: Period, year: KeptYear) -> dict[Period, Decimal]:
    """Return what the forecast of a month expected of each month after (kr); empty where it wasn't kept."""
    months = months_after(period)
    return dict(zip(months, year.ahead, strict=True)) if len(year.ahead) == len(months) else {}


def effects(
    plans: Mapping[str, CountedPlan], found: Mapping[str, Deviation], period: Period
) -> dict[str, Decimal]:
    """Return what is counted of each unit's plan in the month's forecast (kr)."""
    counted = {}
    for unit, plan in plans.items():
        facts = found[unit].facts if unit in found else None
        if facts is not None and facts.forecast is not None and facts.budget is not None:
            counted[unit] = counted_effect(plan.approved, period, facts.forecast, facts.budget).counted
    return counted


def achieved(
    plans: Mapping[str, CountedPlan], months: Mapping[str, MonthsOfUnit], period: Period
) -> dict[int, bool]:
    """Tell of each plan whether what came up to the month is what it promised for the year."""
    return {
        plan.id: is_achieved(
            realised_effects(plan.approved, period, closed_months(months.get(unit, {}), period)),
            promised(plan.approved.measures, months_after(plan.approved.period)),
        )
        for unit, plan in plans.items()
    }


def closed_months(months: MonthsOfUnit, period: Period) -> dict[Period, Decimal]:
    """Return a unit's known outcomes (kr) of the year's closed months."""
    closed = months_of(period.year)[: period.month]
    known = {month: months[month].outcome for month in closed if month in months}
    return {month: kr for month, kr in known.items() if kr is not None}


@dataclass(frozen=True)
class MonthPlan:
    """A plan with the state that the month sees. Amounts are kr.

    effects: of each measure that was handed in, up to the month. forecast: the month's, before measures;
    effect: what it counts of this plan; both None where the unit wasn't assessed.
    is_demanded: the month waits or waited for it; else it is followed from an earlier month.
    """

    plan: Plan
    seen: Seen
    effects: tuple[Realised, ...]
    forecast: Decimal | None
    effect: Decimal | None
    is_demanded: bool

    @property
    def promised(self) -> Decimal | None:
        """Return what was promised up to the month; None for a plan that isn't handed in."""
        return sum_of_all(each.promised for each in self.effects)

    @property
    def realised(self) -> Decimal | None:
        """Return what came up to the month; None where it can't be told, or nothing has begun."""
        return sum_of_all(each.realised for each in self.effects) if self.promised else None

    @property
    def standing(self) -> PlanStanding:
        """Return the plan as the board's summary counts it."""
        plan = self.plan
        return PlanStanding(
            plan.state, plan.late, self.is_demanded, self.promised or Decimal(0), self.realised
        )


def month_plans(
    transaction: Transaction, mode: str, period: Period, units: Sequence[AssessedUnit]
) -> list[MonthPlan]:
    """Return the month's plans, and those of earlier months that its units still have, in the units' order.

    Of earlier months come the plan that is counted, and one that
    waits for its decision and so answers the month's larm too. mode: of mails, for how late a plan is.
    """
    counted = counted_plans(transaction, read_register(transaction, period), period)
    followed = {unit: each for unit, each in counted.items() if each.approved.period < period}
    found = [*_plans(transaction, mode, period, followed, units)]
    outcomes = _outcomes(transaction, period) if followed else {}
    rows = {unit.code: (at, unit) for at, unit in enumerate(units)}
    seen = [
        _seen(plan, followed.get(plan.unit), rows[plan.unit][1], period, outcomes)
        for plan in found
        if plan.unit in rows
    ]
    shown = [each for each in seen if each.plan.period == period or each.plan.state in COUNTED | UNDECIDED]
    return sorted(shown, key=lambda each: (rows[each.plan.unit][0], not each.is_demanded))


def _plans(
    transaction: Transaction,
    mode: str,
    period: Period,
    followed: Mapping[str, CountedPlan],
    units: Iterable[AssessedUnit],
) -> Iterator[Plan]:
    own = plans_in(transaction, mode, period=period)
    yield from own
    ids = {each.id for each in followed.values()}
    for earlier in sorted({each.approved.period for each in followed.values()}):
        yield from (plan for plan in plans_in(transaction, mode, period=earlier) if plan.id in ids)
    answered = {unit.code for unit in units if unit.plan_required} - {plan.unit for plan in own}
    for unit in sorted(answered):
        before = [plan for plan in plans_in(transaction, mode, unit=unit) if plan.period < period]
        yield from (plan for plan in before[:1] if plan.id not in ids)


def _outcomes(transaction: Transaction, period: Period) -> Outcomes:
    months = unit_months(read_register(transaction, period), transaction, period, 0)
    return {unit: closed_months(own, period) for unit, own in months.items()}


def _seen(
    plan: Plan,
    followed: CountedPlan | None,
    unit: AssessedUnit,
    period: Period,
    outcomes: Outcomes,
) -> MonthPlan:
    seen, closed = seen_alone(plan.period, plan.events), outcomes.get(plan.unit, {})
    effects = _promised(plan, period) if seen.state in COUNTED | {"submitted"} else ()
    if is_followed := followed is not None and followed.id == plan.id:
        seen = replace(seen, state=followed_state(followed.approved, period, closed))
        effects = realised_effects(followed.approved, period, closed)
    return MonthPlan(
        plan=replace(plan, state=seen.state),
        seen=seen,
        effects=effects,
        forecast=unit.forecast,
        effect=None if unit.forecast is None else unit.plan_effect if unit.plan_id == plan.id else Decimal(0),
        is_demanded=not is_followed,
    )


def _promised(plan: Plan, period: Period) -> tuple[Realised, ...]:
    """Return what the measures of a plan that nothing is followed of have promised up to the month."""
    closed = [month for month in months_of(plan.period.year) if plan.period < month <= period]
    return tuple(Realised(each, each.promised(closed), None) for each in plan.measures)
