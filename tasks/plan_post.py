"""The mails about plans on their way to the outbox: to whom, under which mail, with which links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notifications.mails import MailValues
from sql.database import Transaction
from tasks.installation import Installation
from tasks.links import Links, open_links
from tasks.outbox import MailKey, Outbox, open_outbox
from tasks.plan_words import PlanCalendar, plan_calendar
from tasks.read_plans import Plan
from tasks.receivers import Receivers, read_receivers
from tasks.rules.periods import Period
from tasks.rules.plan_ladder import Rung
from tasks.rules.recipients import Recipient


@dataclass(frozen=True)
class PlanPost:
    """What the mails about the plans of one month are made with, inside one transaction."""

    transaction: Transaction
    period: Period
    today: date
    organisation: str
    outbox: Outbox
    receivers: Receivers
    links: Links
    calendar: PlanCalendar

    def manager_of(self, plan: Plan) -> Recipient:
        """Return who gets the mails to a plan's manager."""
        return self.receivers.of_unit(plan.unit)

    def head_of(self, plan: Plan) -> Recipient:
        """Return who decides a plan."""
        return self.receivers.of_department(plan.department, plan.unit)

    def link_to(self, plan: Plan) -> str:
        """Return the link to a plan, for its manager."""
        return self.links.to_plan(self.transaction, plan.id, self.manager_of(plan).address)

    def link_to_department(self, plan: Plan) -> str:
        """Return the link to the plans of a plan's department, for its head; empty where it lies in none."""
        if plan.department is None:
            return ""
        address = self.head_of(plan).address
        return self.links.to_department(self.transaction, plan.department, self.period, address)

    def trial(self, recipient: Recipient) -> str:
        """Return what a redirected mail says of its true receiver."""
        return self.outbox.would_have_gone_to(recipient.address.lower())

    def queue(
        self,
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
        key = MailKey(self.period, kind, to.role, to.address.lower(), step=step, occasion=occasion)
        mail = self.outbox.queue(
            self.transaction,
            key,
            values,
            required=False,
            reply_to=self.receivers.controller_of(plans[0].unit).address,
            thread=self._thread(plans[0], key.address),
        )
        if mail is None:
            return False
        self.transaction.run("plan/delete_mail", mail=mail)
        for plan in plans:
            self.transaction.run(
                "plan/insert_mail",
                plan=plan.id,
                mail=mail,
                mode=self.outbox.mode,
                round=plan.round,
                rung=rung,
            )
        return True

    def _thread(self, plan: Plan, address: str) -> list[str]:
        rows = self.transaction.rows("plan/list_thread", plan=plan.id, mode=self.outbox.mode, address=address)
        return [row.message_id for row in rows]


def open_post(
    installation: Installation,
    transaction: Transaction,
    period: Period,
    today: date,
    *,
    as_of: Period | None = None,
) -> PlanPost:
    """Return what the mails about a month's plans are made with.

    as_of: whoever has the posts in that month gets them; without, those who had them in the plans' month.
    """
    return PlanPost(
        transaction=transaction,
        period=period,
        today=today,
        organisation=installation.config.mail.administration,
        outbox=open_outbox(installation, transaction),
        receivers=read_receivers(installation, transaction, period, as_of),
        links=open_links(installation, today),
        calendar=plan_calendar(installation.config, today),
    )
