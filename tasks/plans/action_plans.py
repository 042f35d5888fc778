"""What managers and their heads do with action plans, from the web pages and from the command line."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sql.database import Transaction
from tasks.errors import ManadError, UsageError
from tasks.installation import Installation, PlanNews
from tasks.outbox.links import revoke_links
from tasks.outbox.month_post import open_month_post
from tasks.plans.plan_mails import link_to, queue_plan_mails
from tasks.plans.plan_store import (
    Change,
    HeldPlan,
    change_plan,
    due_day,
    hold_older_approved,
    hold_plan,
    note,
    write_measures,
)
from tasks.plans.read_plans import Plan, PlanNotFoundError, list_plans, plan_in, read_plan
from tasks.rules.outbox.signed_link import plan_subject
from tasks.rules.periods import Period
from tasks.rules.plans.measures import (
    LONGEST_COMMENT,
    Measure,
    PlanProblem,
    plan_problems,
    text_problem,
    text_problems,
)
from tasks.rules.plans.state import AWAITED, PlanAction, PlanMoveError

__all__ = [
    "Plan",
    "PlanDesk",
    "PlanMoveError",
    "PlanNotFoundError",
    "PlanProblemsError",
    "StalePlanError",
    "list_plans",
    "read_plan",
]


class StalePlanError(ManadError):
    """Somebody changed the plan since the one who now changes it read it."""

    exit_code = 1

    def __init__(self, plan: int, version: int) -> None:
        self.plan, self.version = plan, version
        super().__init__(
            f"Åtgärdsplan {plan} har ändrats av någon annan sedan du öppnade den. Läs den igen: "
            f"manad plan show {plan}"
        )


class PlanProblemsError(ManadError):
    """A plan that can't be kept or handed in as it is; `problems` says what to mend, where."""

    exit_code = 1

    def __init__(self, problems: Sequence[PlanProblem]) -> None:
        self.problems = tuple(problems)
        first = problems[0]
        place = f"åtgärd {first.number}: " if first.number else ""
        rest = len(problems) - 1
        more = f" ({rest} fel till)" if rest else ""
        super().__init__(f"Planen går inte att lämna in. {place.capitalize()}{first.text}{more}")


@dataclass(frozen=True)
class PlanDesk:
    """Where plans are changed: by whom, on which day. Every change is one transaction.

    It locks the plan, keeps what happened, and queues the mails that tell of it. `version` is the plan's as
    the one who changes it read it, None to change it whatever it has become.
    """

    installation: Installation
    today: date
    actor: str

    def save_draft(self, plan: int, version: int | None, measures: Sequence[Measure]) -> Plan:
        """Keep measures without handing them in. Raises the module's errors."""
        with self._changing(plan, version) as (transaction, held):
            if held.state not in AWAITED:
                raise PlanMoveError(held.state, "submit")
            _must_be_mended(text_problems(measures))
            write_measures(transaction, plan, measures)
            transaction.run("plans/touch_version", plan=plan)
            note(transaction, plan, "draft", self._change())
            return self._read(transaction, plan)

    def submit(self, plan: int, version: int | None, measures: Sequence[Measure]) -> Plan:
        """Hand in a plan with its measures. Raises the module's errors."""
        with self._changing(plan, version) as (transaction, held):
            before = self._read(transaction, plan)
            _must_be_mended(plan_problems(measures, before.period, _yardstick(before)))
            write_measures(transaction, plan, measures)
            change_plan(transaction, held, "submit", self._change())
            changed = self._told(transaction, plan, "submit")
        self.installation.hear(PlanNews("submitted", changed.id, changed.unit, changed.period))
        return changed

    def withdraw(self, plan: int, version: int | None) -> Plan:
        """Take back a plan that nobody has decided. Raises the module's errors."""
        with self._changing(plan, version) as (transaction, held):
            change_plan(transaction, held, "withdraw", self._change())
            return self._read(transaction, plan)

    def approve(self, plan: int, version: int | None, comment: str = "") -> Plan:
        """Approve a plan; the unit's plan before it gives way to it. Raises the module's errors."""
        with self._changing(plan, version) as (transaction, held):
            _must_be_mended(_comment_problems(comment))
            change_plan(transaction, held, "approve", self._change(comment))
            for older in hold_older_approved(transaction, plan):
                change_plan(transaction, older, "replace", self._change())
            changed = self._told(transaction, plan, "approve")
        self.installation.hear(PlanNews("approved", changed.id, changed.unit, changed.period))
        return changed

    def send_back(self, plan: int, version: int | None, comment: str) -> Plan:
        """Return a plan to be completed, with a comment and a new due day. Raises the module's errors."""
        with self._changing(plan, version) as (transaction, held):
            _must_be_mended(_comment_problems(comment, needed=True))
            due = due_day(self.installation.config, self.today)
            change_plan(transaction, held, "return", self._change(comment), due=due, new_round=True)
            return self._told(transaction, plan, "return")

    def acknowledge(self, plan: int) -> Plan:
        """Note that the manager has taken part of the larm; again changes nothing."""
        with self._changing(plan, None) as (transaction, held):
            if held.acknowledged_on is None:
                transaction.run("plans/acknowledge", plan=plan, day=self.today)
                note(transaction, plan, "acknowledge", self._change())
            return self._read(transaction, plan)

    @contextmanager
    def _changing(self, plan: int, version: int | None) -> Iterator[tuple[Transaction, HeldPlan]]:
        with self.installation.database.transaction() as transaction:
            held = hold_plan(transaction, plan)
            if held is None:
                raise PlanNotFoundError(plan)
            if version is not None and held.version != version:
                raise StalePlanError(plan, held.version)
            yield transaction, held

    def _change(self, comment: str = "") -> Change:
        return Change(self.today, self.actor, comment.strip())

    def _read(self, transaction: Transaction, plan: int) -> Plan:
        return plan_in(transaction, plan, self.installation.mail_mode)

    def _told(self, transaction: Transaction, plan: int, action: PlanAction) -> Plan:
        changed = self._read(transaction, plan)
        queue_plan_mails(self.installation, transaction, changed, action, self.today)
        return changed


def _yardstick(plan: Plan) -> Decimal | None:
    """Return the budget (kr) that no measure may be above; None where it is smaller than the underskott."""
    if plan.budget is None or plan.deviation is None or abs(plan.budget) < abs(plan.deviation):
        return None
    return plan.budget


def _must_be_mended(problems: Sequence[PlanProblem]) -> None:
    if problems:
        raise PlanProblemsError(problems)


def _comment_problems(comment: str, *, needed: bool = False) -> tuple[PlanProblem, ...]:
    if needed and not comment.strip():
        return (PlanProblem(0, "comment", "Skriv vad som ska kompletteras."),)
    text = text_problem(comment, LONGEST_COMMENT)
    return (PlanProblem(0, "comment", text),) if text else ()


def manager_link(installation: Installation, plan: int, today: date) -> str:
    """Return the link that a plan's manager gets. Raises PlanNotFoundError, UsageError without web pages."""
    if installation.settings.base_url is None:
        raise UsageError("MANAD_BASE_URL är inte satt: ange webbsidornas adress, så finns länkar.")
    with installation.database.transaction() as transaction:
        found = plan_in(transaction, plan, installation.mail_mode)
        post = open_month_post(installation, transaction, found.period, today, as_of=Period.of(today))
        return link_to(post, found)


def revoke_plan_links(installation: Installation, plan: int, today: date) -> None:
    """Revoke the links to a plan that were made up to now. Raises PlanNotFoundError."""
    read_plan(installation, plan)
    revoke_links(installation, plan_subject(plan), today)
