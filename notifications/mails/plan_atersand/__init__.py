"""To a manager: the action plan is sent back to be completed."""

from dataclasses import dataclass

from notifications.mails import ManagerMail
from notifications.mails.measures import MeasureTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAtersand(ManagerMail):
    """A plan that was sent back, with the decider's words and a new day to hand it in."""

    period: str  # "september 2026"
    unit: str
    headline: str  # "befarat underskott 0,8 mnkr"
    returned: str  # "16 oktober 2026"
    decider: str  # "avdelningschefen Karin Exempel"
    comment: str
    due: str  # "23 oktober"
    plan: MeasureTable
    next_step: str  # "Har planen inte kommit skickas påminnelse 1 den 26 oktober."
    link: str = ""
