"""To a manager: the action plan is approved."""

from dataclasses import dataclass

from notifications.mails import ManagerMail
from notifications.mails.measures import MeasureTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGodkand(ManagerMail):
    """An approved plan; `comment` is empty when the decider wrote none."""

    period: str  # "september 2026"
    unit: str
    headline: str  # "befarat underskott 0,8 mnkr"
    approved: str  # "16 oktober 2026"
    decider: str  # "avdelningschefen Karin Exempel"
    plan: MeasureTable
    next_step: str  # "Effekten följs upp varje månad, första gången omkring den 9 november."
    comment: str = ""
    link: str = ""
