"""Action plans as people see them: the deviation, the measures, what happened, and where each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sql.database import Transaction
from tasks.errors import NotFoundError
from tasks.installation import Installation
from tasks.register import read_register
from tasks.rules.assessment.assessed_unit import KeptYear
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.plans.ladder import Rung, StepMail, highest_rung
from tasks.rules.plans.measures import Measure, months_after, promised
from tasks.rules.plans.state import AWAITED, UNMOVED, PlanAction, PlanEvent, PlanState, Reason
from tasks.rules.plans.words import remark, standing_words
from tasks.rules.wording import year_headline


class PlanNotFoundError(NotFoundError):
    """No plan has that number."""

    def __init__(self, plan: int) -> None:
        self.plan = plan
        super().__init__(f"Åtgärdsplan {plan} finns inte. Se planerna med: manad plan list")


@dataclass(frozen=True)
class Plan:
    """A unit's plan for a month; amounts are kr for the year, deviation = budget − forecast.

    previous: the measures of the unit's plan before this one. late: how far it has been reminded of, in the
    mail mode that was asked for. year: as the assessment kept it.
    """

    id: int
    unit: str
    name: str
    department: str | None
    department_name: str
    period: Period
    state: PlanState
    late: Rung | None
    due: date
    version: int
    round: int
    budget: Decimal | None
    forecast: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    deviation: Decimal | None
    deviation_percent: Decimal | None
    sentence: str
    rule: str
    measures: tuple[Measure, ...]
    previous: tuple[Measure, ...]
    previous_period: Period | None
    comment: str
    acknowledged_on: date | None
    events: tuple[PlanEvent, ...]
    year: KeptYear

    @property
    def state_words(self) -> str:
        """Return the state as people read it: `krävs`, `försenad, påmind 1`, `inlämnad` …"""
        return standing_words(self.state, self.late)

    @property
    def headline(self) -> str:
        """Return the deviation that it answers: `befarat underskott 0,8 mnkr`."""
        return year_headline(self.budget, self.forecast, is_whole_year=self.period.month == 12)

    @property
    def is_late(self) -> bool:
        """Tell whether it is awaited and has been reminded of."""
        return self.late is not None and self.state in AWAITED

    @property
    def remark(self) -> str:
        """Return what was said with its last move: a person's comment, or the program's reason."""
        moves = [event for event in self.events if event.action not in UNMOVED]
        return remark(moves[-1]) if moves else ""

    def last_day(self, action: PlanAction) -> date | None:
        """Return the day on which something was last done with it, None where it never was."""
        return next((event.day for event in reversed(self.events) if event.action == action), None)

    @property
    def promised(self) -> Decimal:
        """Return what the measures promise in the rest of the month's year (kr)."""
        return promised(self.measures, months_after(self.period))


def read_plan(installation: Installation, plan: int) -> Plan:
    """Return a plan. Raises PlanNotFoundError."""
    with installation.database.transaction() as transaction:
        return plan_in(transaction, plan, installation.mail_mode)


def plan_in(transaction: Transaction, plan: int, mode: str) -> Plan:
    """Return a plan as it is inside a transaction. Raises PlanNotFoundError."""
    found = plans_in(transaction, mode, plan=plan)
    if not found:
        raise PlanNotFoundError(plan)
    return found[0]


def list_plans(
    installation: Installation,
    *,
    period: Period | None = None,
    department: str | None = None,
    unit: str | None = None,
) -> list[Plan]:
    """Return plans, newest month first and the largest underskott first in each."""
    with installation.database.transaction() as transaction:
        plans = plans_in(transaction, installation.mail_mode, period=period, unit=unit)
    return [plan for plan in plans if department is None or plan.department == department]


def plans_in(
    transaction: Transaction,
    mode: str,
    *,
    plan: int | None = None,
    period: Period | None = None,
    unit: str | None = None,
) -> list[Plan]:
    """Return plans as they are inside a transaction, in the order of `list_plans`."""
    rows = transaction.rows(
        "plans/list_plans", plan=plan, period=None if period is None else period.first_day, unit=unit
    )
    if not rows:
        return []
    ids = [row.id for row in rows]
    earlier = {row.plan_id: row for row in transaction.rows("plans/list_earlier", plans=ids)}
    measures = read_measures(transaction, [*ids, *(row.earlier_id for row in earlier.values())])
    events, steps = _events(transaction, ids), plan_steps(transaction, ids, mode)
    registers = {day: read_register(transaction, Period.of(day)) for day in {row.period for row in rows}}
    return [
        _plan(
            row,
            registers[row.period],
            measures[row.id],
            (Period.of(earlier[row.id].earlier_period), measures[earlier[row.id].earlier_id])
            if row.id in earlier
            else (None, ()),
            events.get(row.id, ()),
            steps.get(row.id, {}),
        )
        for row in rows
    ]


def plan_steps(transaction: Transaction, plans: Sequence[int], mode: str) -> dict[int, dict[Rung, StepMail]]:
    """Return what became of the reminders and escalations of plans in their present round, by plan."""
    steps: dict[int, dict[Rung, StepMail]] = {}
    for row in transaction.rows("plans/list_steps", plans=list(plans), mode=mode):
        stopped = row.settled_as == "dropped"
        steps.setdefault(row.plan_id, {})[row.rung] = StepMail(row.state, row.sent_on, stopped)
    return steps


def read_measures(transaction: Transaction, plans: Sequence[int]) -> dict[int, tuple[Measure, ...]]:
    """Return the measures of plans, in their order; every plan has an entry."""
    found: dict[int, list[Measure]] = {plan: [] for plan in plans}
    for row in transaction.rows("plans/list_measures", plans=list(plans)) if plans else ():
        found[row.plan_id].append(
            Measure(
                what=row.what,
                who=row.who,
                from_month=None if row.from_month is None else Period.of(row.from_month),
                monthly_effect=None if row.monthly_effect is None else Decimal(row.monthly_effect),
                risk=row.risk,
            )
        )
    return {plan: tuple(measures) for plan, measures in found.items()}


def _events(transaction: Transaction, plans: Sequence[int]) -> dict[int, tuple[PlanEvent, ...]]:
    events: dict[int, list[PlanEvent]] = {}
    for row in transaction.rows("plans/list_events", plans=list(plans)):
        reason = None if row.reason is None else Reason(row.reason, Period.of(row.reason_month))
        event = PlanEvent(row.action, row.happened_on, row.actor, row.comment, reason)
        events.setdefault(row.plan_id, []).append(event)
    return {plan: tuple(each) for plan, each in events.items()}


def _plan(
    row: Any,
    register: Register,
    measures: tuple[Measure, ...],
    previous: tuple[Period | None, tuple[Measure, ...]],
    events: tuple[PlanEvent, ...],
    steps: Mapping[Rung, StepMail],
) -> Plan:
    period = Period.of(row.period)
    code = register.department_of(row.unit, period)
    department = None if code is None else register.unit(code, period)
    return Plan(
        id=row.id,
        unit=row.unit,
        name=row.name,
        department=code,
        department_name="" if department is None else department.name,
        period=period,
        state=row.state,
        late=highest_rung(steps),
        due=row.due,
        version=row.version,
        round=row.round,
        budget=row.budget,
        forecast=row.forecast,
        lower=row.lower_80,
        upper=row.upper_80,
        deviation=row.deviation,
        deviation_percent=row.deviation_percent,
        sentence=row.sentence,
        rule=row.rule,
        measures=measures,
        previous=previous[1],
        previous_period=previous[0],
        comment=row.comment,
        acknowledged_on=row.acknowledged_on,
        events=events,
        year=KeptYear.of_data(row.evidence.get("year", {})),
    )
