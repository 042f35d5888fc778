"""To the head of a department: action plans wait for a decision."""

from dataclasses import dataclass

from notifications.mails import MailValues
from notifications.mails.measures import MeasureTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanToDecide:
    """One plan that waits."""

    unit: str
    manager: str  # "rektor Anna Exempel"
    headline: str  # "befarat underskott 0,8 mnkr"
    received: str  # "12 oktober"
    plan: MeasureTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAttBesluta(MailValues):
    """The plans of one department, worst deviation first, at least one part."""

    period: str  # "september 2026"
    department: str
    parts: tuple[PlanToDecide, ...]
    decide_by: str  # "26 oktober"
    next_step: str  # a sentence: "Den som har lämnat planen får ditt beslut samma dag."
    link: str = ""  # the department's page
    why_you: str = "Du får det här som avdelningschef i organisationsregistret."
