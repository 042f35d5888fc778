"""A department's plans as its head sees them: those that wait for a decision first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tasks.plans.action_plans import Plan
from tasks.rules.plans.measures import Measure
from tasks.rules.plans.state import AWAITED
from tasks.rules.swedish import counted, date_words, joined
from web.plans.bands import head_comment, state_mark
from web.plans.plan_page import PlanView, view_of

CHARGES = {
    "submitted": "Godkänn planen eller återsänd den med en kommentar.",
    "approved": "Planen gäller.",
    "following": "Planen gäller.",
    "achieved": "Planen har gett den effekt som den lovade.",
    "ended": "Planens tid är slut, och den gav inte hela sin effekt.",
    "replaced": "En senare plan gäller i stället.",
    "lapsed": "Ingen plan behöver lämnas in.",
}


@dataclass(frozen=True)
class DepartmentPlan:
    """A plan on the page; fault and typed are about the comment that was sent with it."""

    id: str
    version: str
    view: PlanView
    mark: str
    state: str
    lead: str
    more: str
    is_waiting: bool
    fault: str = ""
    typed: str = ""


@dataclass(frozen=True)
class Comment:
    """A comment that was sent with a plan and isn't kept: what was typed, and what to mend in it.

    version: the plan's when it was typed, None: as it is now.
    """

    plan: int
    typed: str
    fault: str = ""
    version: int | None = None


def department_plan(plan: Plan, comment: Comment | None) -> DepartmentPlan:
    """Return a plan in ready strings."""
    mine = comment if comment is not None and comment.plan == plan.id else None
    version = plan.version if mine is None or mine.version is None else mine.version
    return DepartmentPlan(
        id=str(plan.id),
        version=str(version),
        view=view_of(plan, handed_in(plan)),
        mark=state_mark(plan),
        state=plan.state_words.upper(),
        lead=_lead(plan),
        more=_more(plan),
        is_waiting=plan.state == "submitted",
        fault="" if mine is None else mine.fault,
        typed="" if mine is None else mine.typed,
    )


def handed_in(plan: Plan) -> tuple[Measure, ...]:
    """Return the measures that others than the manager may read: a draft's are the manager's own."""
    return () if plan.state in AWAITED else plan.measures


def by_urgency(plans: Sequence[Plan], today: date, *, waiting_first: bool) -> list[Plan]:
    """Return plans with those first that somebody must do something about; else in the order they have.

    waiting_first: those that wait for a decision before those that are late.
    """
    first = ("submitted", "late") if waiting_first else ("late", "submitted")
    order = (*first, "awaited", "decided")
    return sorted(plans, key=lambda plan: order.index(urgency(plan, today)))


def urgency(plan: Plan, today: date) -> str:
    """Return submitted, late, awaited or decided."""
    if plan.state == "submitted":
        return "submitted"
    if plan.state in AWAITED:
        return "late" if plan.late is not None or today > plan.due else "awaited"
    return "decided"


def told_together(plans: Sequence[Plan], today: date) -> str:
    """Say how many plans there are and where they stand."""
    found = [urgency(plan, today) for plan in plans]
    words = {
        "submitted": "väntar på beslut",
        "late": "är försenade" if found.count("late") != 1 else "är försenad",
        "awaited": "ska lämnas in",
        "decided": "är avslutade eller beslutade" if found.count("decided") != 1 else "är beslutad",
    }
    parts = [f"{found.count(kind)} {words[kind]}" for kind in words if kind in found]
    return f"{joined(parts)}.".capitalize() if parts else ""


def counted_plans(plans: Sequence[Plan]) -> str:
    """Say how many plans there are."""
    return counted(len(plans), "åtgärdsplan", "åtgärdsplaner")


def _more(plan: Plan) -> str:
    return f"Kommentar: {plan.comment}" if head_comment(plan) else plan.remark


def _lead(plan: Plan) -> str:
    if plan.state in AWAITED:
        return f"Chefen ska lämna in planen senast den {date_words(plan.due)}."
    return CHARGES[plan.state]
