"""How a plan is demanded and changed: its state, its measures, and the note of what happened.

All of it is part of the caller's transaction.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sql.database import Transaction
from tasks.calendar import working_calendar
from tasks.config import Config
from tasks.rules.organisation import Register
from tasks.rules.periods import Period, add_working_days
from tasks.rules.plans.demand import PlanNow, month_demands
from tasks.rules.plans.measures import Measure
from tasks.rules.plans.state import SYSTEM, EventAction, PlanAction, PlanState, Reason, move_plan

OVERTAKEN = "Planen har kommit eller krävs inte längre."


@dataclass(frozen=True)
class HeldPlan:
    """A plan that is held until the transaction ends: nobody else changes it meanwhile."""

    id: int
    state: PlanState
    round: int
    version: int
    due: date
    acknowledged_on: date | None


@dataclass(frozen=True)
class Change:
    """Who changes a plan, on which day, and why: a person says it in a comment, the program by a reason."""

    day: date
    actor: str
    comment: str = ""
    reason: Reason | None = None


def hold_plan(transaction: Transaction, plan: int) -> HeldPlan | None:
    """Hold a plan, and all others of its unit in the order that a run takes them; None for no such plan."""
    transaction.rows("plans/lock_unit", plan=plan)
    row = transaction.row("plans/lock_plan", plan=plan)
    return None if row is None else _held(row)


def hold_older_approved(transaction: Transaction, plan: int) -> list[HeldPlan]:
    """Hold the approved plans of a plan's unit from earlier months."""
    return [_held(row) for row in transaction.rows("plans/list_older_approved", plan=plan)]


def change_plan(
    transaction: Transaction,
    plan: HeldPlan,
    action: PlanAction,
    change: Change,
    *,
    due: date | None = None,
    new_round: bool = False,
) -> HeldPlan:
    """Move a held plan, keep what happened, and take back what it would else have been reminded by.

    due: its new due day, else it stays. Returns the plan as it became. Raises PlanMoveError for a move that
    its state doesn't allow.
    """
    moved = replace(
        plan,
        state=move_plan(plan.state, action),
        round=plan.round + int(new_round),
        version=plan.version + 1,
        due=due or plan.due,
    )
    transaction.run(
        "plans/save_state",
        plan=plan.id,
        state=moved.state,
        round=moved.round,
        version=moved.version,
        due=moved.due,
        comment=change.comment,
    )
    note(transaction, plan.id, action, change)
    _take_back_steps(transaction, plan.id)
    return moved


def note(transaction: Transaction, plan: int, action: EventAction, change: Change) -> None:
    """Keep what happened to a plan, with its measures as they are."""
    reason = change.reason
    transaction.run(
        "plans/insert_event",
        plan=plan,
        day=change.day,
        action=action,
        actor=change.actor,
        comment=change.comment,
        reason=None if reason is None else reason.code,
        reason_month=None if reason is None else reason.month.first_day,
    )


def write_measures(transaction: Transaction, plan: int, measures: Sequence[Measure]) -> None:
    """Put measures in the place of those that a plan has."""
    transaction.run("plans/delete_measures", plan=plan)
    transaction.run_many(
        "plans/insert_measure",
        [
            {
                "plan": plan,
                "number": number,
                "what": each.what.strip(),
                "who": each.who.strip(),
                "from_month": None if each.from_month is None else each.from_month.first_day,
                "monthly_effect": each.monthly_effect,
                "risk": each.risk.strip(),
            }
            for number, each in enumerate(measures, start=1)
        ],
    )


def due_day(config: Config, asked_on: date) -> date:
    """Return the day by which a plan is due that is asked for on a day: free and mute days don't count."""
    free_days = working_calendar(config.ladder.mute, asked_on)
    return add_working_days(asked_on, config.plan.due_working_days, free_days=free_days)


def demand_plans(
    transaction: Transaction,
    period: Period,
    assessment: int,
    *,
    required: Collection[str],
    alarmed: Collection[str],
    register: Register,
    achieved: Mapping[int, bool],
    due: date,
    day: date,
) -> int:
    """Demand the plans of a month's new assessment, and move what is there; return how many are new.

    due: for what is demanded on a day. It is part of the transaction that stores the assessment. A unit that
    got another code has the plan that it had before. One month at a time: a unit has one undecided plan.
    """
    transaction.run("plans/lock_demands")
    rows = transaction.rows("plans/list_of_units", period=period.first_day)
    held = {row.id: _held(row) for row in rows}
    plans = [
        PlanNow(row.id, register.heir(row.unit, period), Period.of(row.period), row.state) for row in rows
    ]
    demands = month_demands(
        period,
        required,
        register.units_valid(period),
        plans,
        achieved,
        alarmed=alarmed,
        is_newest=transaction.row("assessment/find_later", period=period.first_day) is None,
    )
    for moved in demands.moved:
        change, again = Change(day, SYSTEM, reason=moved.reason), due if moved.action == "demand" else None
        plan = held[moved.plan]
        held[plan.id] = change_plan(transaction, plan, moved.action, change, due=again)
    for kept in demands.kept:
        transaction.run("plans/set_assessment", plan=kept, assessment=assessment)
    for unit in demands.new:
        new = transaction.value(
            "plans/insert_plan", unit=unit, period=period.first_day, assessment=assessment, due=due
        )
        note(transaction, new, "demand", Change(day, SYSTEM))
    return len(demands.new)


def _held(row: Any) -> HeldPlan:
    return HeldPlan(row.id, row.state, row.round, row.version, row.due, row.acknowledged_on)


def _take_back_steps(transaction: Transaction, plan: int) -> None:
    """Withdraw what asks for something that is overtaken; chase writes anew what other plans had in it."""
    for row in transaction.rows("plans/list_unsent_steps", plan=plan):
        if transaction.run("outbox/withdraw_mail", mail=row.mail_id, reason=OVERTAKEN):
            transaction.run("plans/delete_mail", mail=row.mail_id)
