"""How a plan is changed: its state, its measures, and the note of what happened, all in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sql.database import Transaction
from tasks.rules.periods import Period
from tasks.rules.plans.measures import Measure
from tasks.rules.plans.state import PlanAction, PlanState, move_plan

SYSTEM = "programmet"
"""Who did what nobody did by hand."""
OVERTAKEN = "Planen har kommit eller krävs inte längre."


@dataclass(frozen=True)
class Change:
    """What is done with a plan, by whom and when; comment: what the one who did it says of it."""

    action: PlanAction
    day: date
    actor: str
    comment: str = ""


def change_plan(
    transaction: Transaction, plan: Any, change: Change, *, due: date | None = None, new_round: bool = False
) -> PlanState:
    """Move a locked plan, keep what happened, and take back what it would else have been reminded by.

    due: its new due day, else it stays. Raises PlanMoveError for a move that its state doesn't allow.
    """
    state = move_plan(plan.state, change.action)
    transaction.run(
        "plans/save_state",
        plan=plan.id,
        state=state,
        round=plan.round + int(new_round),
        due=due or plan.due,
        comment=change.comment,
    )
    note(transaction, plan.id, change.action, change)
    _take_back_steps(transaction, plan.id)
    return state


def note(transaction: Transaction, plan: int, action: str, change: Change) -> None:
    """Keep what happened to a plan, with its measures as they are."""
    transaction.run(
        "plans/insert_event",
        plan=plan,
        day=change.day,
        action=action,
        actor=change.actor,
        comment=change.comment,
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


def read_measures(transaction: Transaction, plans: Sequence[int]) -> dict[int, tuple[Measure, ...]]:
    """Return the measures of plans, in their order; every plan has an entry."""
    found: dict[int, list[Measure]] = {plan: [] for plan in plans}
    for row in transaction.rows("plans/list_measures", plans=list(plans)):
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


def _take_back_steps(transaction: Transaction, plan: int) -> None:
    """Withdraw what asks for something that is overtaken; chase writes anew what other plans had in it."""
    for row in transaction.rows("plans/list_unsent_steps", plan=plan):
        if transaction.run("outbox/withdraw_mail", mail=row.mail_id, reason=OVERTAKEN):
            transaction.run("plans/delete_mail", mail=row.mail_id)
