"""The step that reminds of plans that haven't come, and tells the heads of departments in the end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from notifications.mails.eskalering import Eskalering, MissingPlan
from notifications.mails.paminnelse import AwaitedPlan, Paminnelse
from sql.database import Transaction
from tasks.installation import Installation
from tasks.outbox.month_post import MonthPost, named, open_month_post, why_you
from tasks.plans.plan_mails import (
    head_of,
    link_to,
    link_to_department,
    manager_of,
    queue_plan_mail,
    queue_to_decide,
)
from tasks.plans.read_plans import Plan, plan_steps, plans_in
from tasks.rules.outbox.recipients import Recipient
from tasks.rules.outbox.states import MailState
from tasks.rules.periods import Period
from tasks.rules.plans.ladder import RUNGS, RUNGS_IN_WORDS, Awaited, NextStep, Rung, StepMail, next_step
from tasks.rules.swedish import day_words

REMINDERS: tuple[Rung, ...] = ("reminder_1", "reminder_2")


@dataclass(frozen=True)
class Coming:
    """A plan that is awaited, what became of its rungs, and what comes next for it."""

    plan: Plan
    awaited: Awaited
    next: NextStep

    @property
    def steps(self) -> Mapping[Rung, StepMail]:
        """Return what became of its rungs in this round."""
        return self.awaited.steps


@dataclass(frozen=True)
class Chased:
    """What a round did: plans by rung that was queued, heads told of plans to decide, and plans held up with
    the reason in words.
    """

    queued: Mapping[Rung, Sequence[str]]
    to_decide: int
    held_up: Mapping[str, str]


@dataclass(frozen=True)
class ChaseOutcome:
    """What a round did in all: plans chased, other reminders in words, mails by state, mails not final."""

    chased: Chased
    reminders: Sequence[str]
    sent: Mapping[str, int]
    unfinished: int


def chase_plans(installation: Installation, today: date) -> Chased:
    """Queue the reminders and escalations that are due on a day, one mail a person, month and rung.

    1. Hold every plan that nobody has decided: what is handed in now waits until this is committed.
    2. Ask the ladder what comes next for each.
    3. Queue what is due, and note on each plan which mail it was: a rung has one mail a round.
    A month is one transaction: killed before its end nothing has happened, and after it nothing is due.
    """
    with installation.database.transaction() as transaction:
        periods = [Period.of(row.period) for row in transaction.rows("plans/list_open_periods")]
    found = []
    for period in periods:
        with installation.database.transaction() as transaction:
            transaction.rows("plans/list_undecided", period=period.first_day)
            found.append(_of_month(installation, transaction, period, today))
    return Chased(
        queued={rung: [name for each in found for name in each.queued.get(rung, ())] for rung in RUNGS},
        to_decide=sum(each.to_decide for each in found),
        held_up={name: why for each in found for name, why in each.held_up.items()},
    )


def _of_month(installation: Installation, transaction: Transaction, period: Period, today: date) -> Chased:
    post = open_month_post(installation, transaction, period, today, as_of=Period.of(today))
    coming = _coming(post)
    held_up = {each.plan.name: each.next.held_up for each in coming if each.next.held_up}
    queued: dict[Rung, list[str]] = {}
    for rung in RUNGS:
        due = [each for each in coming if each.next.is_due and each.next.rung == rung]
        for to, group in _by_receiver(post, rung, due, held_up):
            _queue(post, rung, to, group)
            queued.setdefault(rung, []).extend(each.plan.name for each in group)
    return Chased(queued, queue_to_decide(post), held_up)


def _coming(post: MonthPost) -> list[Coming]:
    plans = plans_in(post.transaction, post.outbox.mode, period=post.period)
    ids = [plan.id for plan in plans]
    steps = plan_steps(post.transaction, ids, post.outbox.mode)
    first: dict[int, tuple[MailState, date | None]] = {}
    for row in post.transaction.rows("plans/list_first_mails", plans=ids, mode=post.outbox.mode):
        first.setdefault(row.plan_id, (row.state, row.sent_on))
    coming = []
    for plan in plans:
        state, sent_on = first.get(plan.id, (None, None))
        awaited = Awaited(plan.state, plan.due, state, steps.get(plan.id, {}), sent_on)
        step = next_step(awaited, post.today, post.calendar.ladder)
        if step is not None:
            coming.append(Coming(plan, awaited, step))
    return coming


def _by_receiver(
    post: MonthPost, rung: Rung, due: Iterable[Coming], held_up: dict[str, str]
) -> list[tuple[Recipient, list[Coming]]]:
    """Put the plans of one receiver (and of one department, in an escalation) together.

    A mail that failed isn't sent again to the same address: that would fail every day.
    """
    groups: dict[tuple[str, str | None], tuple[Recipient, list[Coming]]] = {}
    for each in due:
        to = head_of(post, each.plan) if rung == "escalation" else manager_of(post, each.plan)
        if each.next.again and not _may_go_again(post, each, rung, to):
            held_up[each.plan.name] = f"{RUNGS_IN_WORDS[rung]} till {to.address} misslyckades"
            continue
        key = to.address.lower(), each.plan.department if rung == "escalation" else None
        groups.setdefault(key, (to, []))[1].append(each)
    return list(groups.values())


def _may_go_again(post: MonthPost, each: Coming, rung: Rung, to: Recipient) -> bool:
    rows = post.transaction.rows("plans/list_steps", plans=[each.plan.id], mode=post.outbox.mode)
    failed = {row.address for row in rows if row.rung == rung}
    if to.address.lower() in failed:
        return False
    post.transaction.run(
        "plans/forget_failed_step",
        plan=each.plan.id,
        mode=post.outbox.mode,
        round=each.plan.round,
        rung=rung,
    )
    return True


def _queue(post: MonthPost, rung: Rung, to: Recipient, group: Sequence[Coming]) -> None:
    escalates = rung == "escalation"
    kind = "eskalering" if escalates else "paminnelse"
    step = group[0].plan.department or "" if escalates else str(REMINDERS.index(rung) + 1)
    occasion = post.transaction.value(
        "outbox/next_occasion",
        period=post.period.first_day,
        kind=kind,
        role=to.role,
        address=to.address.lower(),
        step=step,
        mode=post.outbox.mode,
    )
    values = _escalation(post, to, group) if escalates else _reminder(post, rung, to, group)
    plans = [each.plan for each in group]
    queue_plan_mail(post, kind, to, values, plans, step=step, occasion=occasion, rung=rung)


def _reminder(post: MonthPost, rung: Rung, to: Recipient, group: Sequence[Coming]) -> Paminnelse:
    return Paminnelse(
        organisation=post.organisation,
        would_have_gone_to=post.trial(to),
        why_you=why_you(to),
        period=post.period.swedish,
        number=str(REMINDERS.index(rung) + 1),
        of=str(len(REMINDERS)),
        parts=tuple(
            AwaitedPlan(
                unit=each.plan.name,
                headline=each.plan.headline,
                due=day_words(each.plan.due),
                next_steps=(_next_sentence(post, rung, each),),
                link=link_to(post, each.plan),
                returned=_returned(each.plan),
                comment=each.plan.comment if each.plan.state == "returned" else "",
            )
            for each in group
        ),
    )


def _next_sentence(post: MonthPost, rung: Rung, each: Coming) -> str:
    """Say what comes after a reminder that goes out today, and on which day."""
    sent = {**each.steps, rung: StepMail("sent", post.today)}
    after = next_step(replace(each.awaited, steps=sent), post.today, post.calendar.ladder)
    if after is None or after.day is None:
        raise LookupError("nothing comes after a reminder")
    day = day_words(after.day)
    if after.rung == "escalation":
        return f"Har vi ingen plan den {day} informerar vi {_head(post, each.plan)}."
    return f"Har planen inte kommit skickas påminnelse 2 den {day}."


def _escalation(post: MonthPost, to: Recipient, group: Sequence[Coming]) -> Eskalering:
    first = group[0].plan
    answer_by = post.calendar.decide_by(post.today)
    return Eskalering(
        organisation=post.organisation,
        would_have_gone_to=post.trial(to),
        period=post.period.swedish,
        department=first.department_name or "enheter utan avdelning",
        parts=tuple(
            MissingPlan(
                unit=each.plan.name,
                manager=named(post.receivers.unit(each.plan.unit), "chefen"),
                headline=each.plan.headline,
                due=day_words(each.plan.due),
                reminded=tuple(_sent_on(each.steps)),
                returned=_returned(each.plan),
            )
            for each in group
        ),
        answer_by=day_words(answer_by),
        next_step=f"Planer som saknas den {day_words(answer_by)} redovisas i månadens rapport.",
        link=link_to_department(post, first),
    )


def _sent_on(steps: Mapping[Rung, StepMail]) -> Iterable[str]:
    days = (steps[rung].sent_on for rung in REMINDERS if rung in steps)
    return (day_words(day) for day in days if day is not None)


def _returned(plan: Plan) -> str:
    """Return the day on which a plan that is to come anew was returned; empty for any other."""
    day = plan.last_day("return") if plan.state == "returned" else None
    return "" if day is None else day_words(day)


def _head(post: MonthPost, plan: Plan) -> str:
    head = None if plan.department is None else post.receivers.unit(plan.department)
    return named(head, "avdelningschefen")
