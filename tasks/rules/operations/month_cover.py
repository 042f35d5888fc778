"""What a month came to, counted over the whole administration: the figures that controllers are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tasks.rules.outbox.states import MailState
from tasks.rules.plans.state import AWAITED, PlanState

NOT_DEMANDED: frozenset[PlanState] = frozenset({"lapsed", "replaced"})


@dataclass(frozen=True)
class CountedUnit:
    """A unit of the month: its deviation (kr), None where it couldn't be assessed, and its signal."""

    deviation: Decimal | None
    signal: str | None


@dataclass(frozen=True)
class DemandedPlan:
    """A plan that the month demanded."""

    state: PlanState
    due: date


@dataclass(frozen=True)
class CountedMail:
    """A mail that the month waited for; dropped: an operator said that it shall not go out."""

    state: MailState
    dropped: bool = False


@dataclass(frozen=True)
class MonthCover:
    """Numbers of units, plans and mails.

    plans_in: handed in, whatever was decided since. plans_late: awaited although their day has passed.
    """

    units: int
    assessed: int
    alarms: int
    watched: int
    plans_required: int
    plans_in: int
    plans_late: int
    plans_approved: int
    mails_sent: int
    mails_failed: int
    mails_dropped: int
    mails_uncertain: int


def month_cover(
    units: Iterable[CountedUnit], plans: Iterable[DemandedPlan], mails: Iterable[CountedMail], today: date
) -> MonthCover:
    """Count a month on a day."""
    units, mails = list(units), list(mails)
    demanded = [plan for plan in plans if plan.state not in NOT_DEMANDED]
    awaited = [plan for plan in demanded if plan.state in AWAITED]
    return MonthCover(
        units=len(units),
        assessed=sum(unit.deviation is not None for unit in units),
        alarms=sum(unit.signal == "larm" for unit in units),
        watched=sum(unit.signal == "bevaka" for unit in units),
        plans_required=len(demanded),
        plans_in=len(demanded) - len(awaited),
        plans_late=sum(plan.due < today for plan in awaited),
        plans_approved=sum(plan.state not in AWAITED | {"submitted"} for plan in demanded),
        mails_sent=sum(_is_sent(mail) for mail in mails),
        mails_failed=sum(mail.state == "failed" for mail in mails),
        mails_dropped=sum(mail.state == "settled" and mail.dropped for mail in mails),
        mails_uncertain=sum(mail.state == "uncertain" for mail in mails),
    )


def _is_sent(mail: CountedMail) -> bool:
    return mail.state == "sent" or (mail.state == "settled" and not mail.dropped)
