"""What the mails about one month are written with: who gets them, their links, and the days that count.

Whoever writes a mail opens a `MonthPost`, and queues what is written in its outbox (queue_mail.py).
"""

from dataclasses import dataclass
from datetime import date

from sql.database import Transaction
from tasks.calendar import working_calendar
from tasks.config import Config
from tasks.installation import Installation
from tasks.outbox.links import Links, open_links
from tasks.outbox.queue_mail import Outbox, open_outbox
from tasks.outbox.receivers import Receivers, read_receivers
from tasks.rules.organisation import UnitVersion
from tasks.rules.outbox.recipients import Recipient
from tasks.rules.periods import Period, add_working_days, working_day_of_month
from tasks.rules.plans.ladder import Ladder
from tasks.rules.swedish import day_words
from tasks.sources import all_sources

STAND_INS = {
    "chef": "chef för enheten",
    "ersattare": "ersättare för enhetens chef",
    "controller": "controller, eftersom varken chef eller ersättare går att nå",
    "operator": "driftansvarig, eftersom ingen annan går att nå",
}


@dataclass(frozen=True)
class PlanCalendar:
    """The days of plans: deadlines of the ladder and of decisions."""

    ladder: Ladder
    decision_working_days: int
    holidays: frozenset[date]

    def decide_by(self, today: date) -> date:
        """Return the day on which a plan that came today is to be decided."""
        days = self.decision_working_days
        return add_working_days(today, days, free_days=self.ladder.free_days)

    def next_figures(self, period: Period) -> date:
        """Return about when the figures of the month after a month can be read."""
        closing = all_sources()["ekonomi"].deadline
        return working_day_of_month(period.plus(2), closing + 1, free_days=self.holidays)


def plan_calendar(config: Config, today: date) -> PlanCalendar:
    """Return the days that count around a day."""
    first, second, third = config.ladder.working_days
    free_days = working_calendar(config.ladder.mute, today)
    return PlanCalendar(
        Ladder((first, second, third), free_days),
        config.ladder.decision_working_days,
        working_calendar((), today),
    )


@dataclass(frozen=True)
class MonthPost:
    """What the mails about one month are written with, and the outbox that they are queued in.

    transaction: all of it is read and queued inside one.
    """

    transaction: Transaction
    period: Period
    today: date
    organisation: str
    outbox: Outbox
    receivers: Receivers
    links: Links
    calendar: PlanCalendar

    @property
    def next_news(self) -> str:
        """Say when the receivers hear of the next month."""
        following = self.period.plus(1).month_name
        about = day_words(self.calendar.next_figures(self.period))
        return f"Nästa besked, om {following}, kommer omkring den {about}."

    def trial(self, recipient: Recipient) -> str:
        """Return what a redirected mail says of its true receiver."""
        return self.outbox.would_have_gone_to(recipient.address.lower())


def open_month_post(
    installation: Installation,
    transaction: Transaction,
    period: Period,
    today: date,
    *,
    as_of: Period | None = None,
) -> MonthPost:
    """Return what the mails about a month are written with.

    as_of: whoever has the posts in that month gets them; without, those who had them in the mails' month.
    """
    return MonthPost(
        transaction=transaction,
        period=period,
        today=today,
        organisation=installation.config.mail.administration,
        outbox=open_outbox(installation, transaction),
        receivers=read_receivers(installation, transaction, period, as_of),
        links=open_links(installation, today),
        calendar=plan_calendar(installation.config, today),
    )


def why_you(recipient: Recipient) -> str:
    """Say why a receiver of a unit's mail got it."""
    return f"Du får det här som {STAND_INS[recipient.role]} i organisationsregistret."


def named(unit: UnitVersion | None, role: str) -> str:
    """Return somebody with role and, where the register has it, name: `avdelningschefen Karin Exempel`."""
    return role if unit is None or not unit.manager else f"{role} {unit.manager}"
