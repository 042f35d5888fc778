"""The mails about plans: those that follow on what is done with one, and how any of them is addressed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from notifications.mails import MailValues
from notifications.mails.measures import MeasureRow, MeasureTable
from notifications.mails.plan_atersand import PlanAtersand
from notifications.mails.plan_att_besluta import PlanAttBesluta, PlanToDecide
from notifications.mails.plan_godkand import PlanGodkand
from notifications.mails.plan_mottagen import PlanMottagen
from sql.database import Transaction
from tasks.installation import Installation
from tasks.outbox.month_post import MonthPost, named, open_month_post, why_you
from tasks.outbox.queue_mail import MailKey
from tasks.plans.read_plans import Plan, plans_in
from tasks.rules.outbox.recipients import Recipient
from tasks.rules.periods import Period
from tasks.rules.plans.ladder import Rung
from tasks.rules.plans.measures import Measure, months_after
from tasks.rules.plans.state import PlanAction
from tasks.rules.swedish import date_words, day_words, kronor, number

TO_DECIDE = "plan_att_besluta"


def queue_plan_mails(
    installation: Installation, transaction: Transaction, plan: Plan, action: PlanAction, today: date
) -> None:
    """Queue what tells of a plan that was handed in, approved or returned."""
    post = open_month_post(installation, transaction, plan.period, today, as_of=Period.of(today))
    if action == "submit":
        _queue_received(post, plan)
        queue_to_decide(post)
    elif action == "approve":
        _queue_approved(post, plan)
    elif action == "return":
        _queue_returned(post, plan)


def queue_to_decide(post: MonthPost) -> int:
    """Tell each head of the month's plans that wait and were never told of: one mail a day and head.

    Those that come after the day's mail went out are in the next day's. Returns how many mails were queued.
    """
    rows = post.transaction.rows(
        "plans/list_untold", period=post.period.first_day, mode=post.outbox.mode, day=str(post.today)
    )
    untold = {row.id for row in rows}
    plans = [
        plan for plan in plans_in(post.transaction, post.outbox.mode, period=post.period) if plan.id in untold
    ]
    departments = dict.fromkeys(plan.department for plan in plans)
    return sum(
        _queue_department(post, [plan for plan in plans if plan.department == code]) for code in departments
    )


def manager_of(post: MonthPost, plan: Plan) -> Recipient:
    """Return who gets the mails to a plan's manager."""
    return post.receivers.of_unit(plan.unit)


def head_of(post: MonthPost, plan: Plan) -> Recipient:
    """Return who decides a plan."""
    return post.receivers.of_department(plan.department, plan.unit)


def link_to(post: MonthPost, plan: Plan) -> str:
    """Return the link to a plan, for its manager."""
    return post.links.to_plan(post.transaction, plan.id, manager_of(post, plan).address)


def link_to_department(post: MonthPost, plan: Plan) -> str:
    """Return the link to the plans of a plan's department, for its head; empty where it lies in none."""
    if plan.department is None:
        return ""
    address = head_of(post, plan).address
    return post.links.to_department(post.transaction, plan.department, post.period, address)


def queue_plan_mail(
    post: MonthPost,
    kind: str,
    to: Recipient,
    values: MailValues,
    plans: Sequence[Plan],
    *,
    step: str,
    occasion: int = 1,
    rung: Rung | None = None,
) -> bool:
    """Queue a mail about plans, and note that it is; tell whether there was room for it.

    It stands under the first mail that its receiver got about the first of the plans.
    """
    key = MailKey(post.period, kind, to.role, to.address.lower(), step=step, occasion=occasion)
    mail = post.outbox.queue(
        post.transaction,
        key,
        values,
        required=False,
        reply_to=post.receivers.controller_of(plans[0].unit).address,
        thread=_thread(post, plans[0], key.address),
    )
    if mail is None:
        return False
    post.transaction.run("plans/delete_mail", mail=mail)
    for plan in plans:
        post.transaction.run(
            "plans/insert_mail",
            plan=plan.id,
            mail=mail,
            mode=post.outbox.mode,
            round=plan.round,
            rung=rung,
        )
    return True


def _queue_department(post: MonthPost, plans: Sequence[Plan]) -> int:
    first = plans[0]
    to, decide_by = head_of(post, first), post.calendar.decide_by(post.today)
    values = PlanAttBesluta(
        organisation=post.organisation,
        would_have_gone_to=post.trial(to),
        period=post.period.swedish,
        department=first.department_name or "enheter utan avdelning",
        parts=tuple(
            PlanToDecide(
                unit=plan.name,
                manager=named(post.receivers.unit(plan.unit), "chefen"),
                headline=plan.headline,
                received=day_words(plan.last_day("submit") or post.today),
                plan=_measure_table(plan),
            )
            for plan in plans
        ),
        decide_by=day_words(decide_by),
        next_step="Den som har lämnat en plan får ditt beslut i ett mejl samma dag.",
        link=link_to_department(post, first),
    )
    step = f"{first.department or ''} {post.today}"
    return int(queue_plan_mail(post, TO_DECIDE, to, values, plans, step=step))


def _queue_received(post: MonthPost, plan: Plan) -> None:
    to = manager_of(post, plan)
    values = PlanMottagen(
        organisation=post.organisation,
        would_have_gone_to=post.trial(to),
        why_you=why_you(to),
        period=plan.period.swedish,
        unit=plan.name,
        headline=plan.headline,
        received=date_words(post.today),
        plan=_measure_table(plan),
        decider=_decider(post, plan),
        decide_by=day_words(post.calendar.decide_by(post.today)),
        link=link_to(post, plan),
    )
    queue_plan_mail(post, "plan_mottagen", to, values, [plan], step=_step(plan))


def _queue_approved(post: MonthPost, plan: Plan) -> None:
    to = manager_of(post, plan)
    about = day_words(post.calendar.next_figures(plan.period))
    values = PlanGodkand(
        organisation=post.organisation,
        would_have_gone_to=post.trial(to),
        why_you=why_you(to),
        period=plan.period.swedish,
        unit=plan.name,
        headline=plan.headline,
        approved=date_words(post.today),
        decider=_decider(post, plan),
        plan=_measure_table(plan),
        next_step=f"Effekten följs upp i kronor varje månad, första gången omkring den {about}.",
        comment=plan.comment,
        link=link_to(post, plan),
    )
    queue_plan_mail(post, "plan_godkand", to, values, [plan], step=_step(plan))


def _queue_returned(post: MonthPost, plan: Plan) -> None:
    to = manager_of(post, plan)
    reminded = day_words(post.calendar.ladder.day("reminder_1", plan.due))
    values = PlanAtersand(
        organisation=post.organisation,
        would_have_gone_to=post.trial(to),
        why_you=why_you(to),
        period=plan.period.swedish,
        unit=plan.name,
        headline=plan.headline,
        returned=date_words(post.today),
        decider=_decider(post, plan),
        comment=plan.comment,
        due=day_words(plan.due),
        plan=_measure_table(plan),
        next_step=f"Har planen inte kommit skickas påminnelse 1 den {reminded}.",
        link=link_to(post, plan),
    )
    queue_plan_mail(post, "plan_atersand", to, values, [plan], step=_step(plan))


def _thread(post: MonthPost, plan: Plan, address: str) -> list[str]:
    rows = post.transaction.rows("plans/list_thread", plan=plan.id, mode=post.outbox.mode, address=address)
    return [row.message_id for row in rows]


def _decider(post: MonthPost, plan: Plan) -> str:
    head = None if plan.department is None else post.receivers.unit(plan.department)
    return named(head, "avdelningschefen")


def _step(plan: Plan) -> str:
    """Name the change that a mail tells of: each is told once."""
    return f"{plan.id}/{plan.version}"


def _measure_table(plan: Plan) -> MeasureTable:
    """Lay out a plan's measures with what they add up to."""
    return MeasureTable(
        measures=tuple(_measure_row(measure, plan) for measure in plan.measures),
        months=f"resten av {plan.period.year}",
        total=number(plan.promised),
        against=_against(plan),
    )


def _against(plan: Plan) -> str:
    """Hold what measures promise against the underskott, in one or two sentences."""
    if plan.deviation is None:
        return f"Åtgärderna ger {kronor(plan.promised)} under resten av {plan.period.year}."
    deficit, total = -plan.deviation, plan.promised
    left = deficit - total
    if left <= 0:
        return f"Åtgärderna täcker hela underskottet på {kronor(deficit)}."
    return (
        f"Åtgärderna täcker {kronor(total)} av underskottet på {kronor(deficit)}. "
        f"Det återstår {kronor(left)}."
    )


def _measure_row(measure: Measure, plan: Plan) -> MeasureRow:
    return MeasureRow(
        what=measure.what,
        who=measure.who,
        from_month="" if measure.from_month is None else measure.from_month.swedish,
        monthly=number(measure.monthly_effect or Decimal(0)),
        sum=number(measure.promised(months_after(plan.period))),
        risk=measure.risk,
    )
