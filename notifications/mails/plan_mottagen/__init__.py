"""To a manager: the action plan has come, and this is what happens with it."""

from dataclasses import dataclass

from notifications.mails import ManagerMail
from notifications.mails.measures import MeasureTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMottagen(ManagerMail):
    """A plan that was handed in; `decide_by` is the day it is to be decided."""

    period: str  # "september 2026"
    unit: str
    headline: str  # "befarat underskott 0,8 mnkr"
    received: str  # "12 oktober 2026 kl. 14.02"
    plan: MeasureTable
    decider: str  # "avdelningschefen Karin Exempel"
    decide_by: str  # "26 oktober"
    link: str = ""
