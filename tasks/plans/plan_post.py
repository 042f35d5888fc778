"""The mails about plans on their way to the outbox: to whom, under which mail, with which links."""

from collections.abc import Sequence

from notifications.mails import MailValues
from tasks.outbox.month_post import MonthPost
from tasks.outbox.queue_mail import MailKey
from tasks.plans.read_plans import Plan
from tasks.rules.outbox.recipients import Recipient
from tasks.rules.plans.ladder import Rung


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


def _thread(post: MonthPost, plan: Plan, address: str) -> list[str]:
    rows = post.transaction.rows("plans/list_thread", plan=plan.id, mode=post.outbox.mode, address=address)
    return [row.message_id for row in rows]
