"""To the head of a department: plans are still missing, although their managers were reminded."""

from dataclasses import dataclass

from notifications.mails import MailValues


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPlan:
    """One unit whose plan is missing; `reminded` are the days when reminders really were mailed."""

    unit: str
    manager: str  # name or role: "rektor Anna Exempel"; "chef saknas i registret"
    headline: str  # "befarat underskott 0,8 mnkr"
    due: str  # "14 oktober"
    reminded: tuple[str, ...]  # "15 oktober", "19 oktober"
    returned: str = ""  # the day the plan was sent back: "16 oktober"


@dataclass(frozen=True, slots=True, kw_only=True)
class Eskalering(MailValues):
    """The missing plans of one department, worst deviation first, at least one part."""

    period: str  # "september 2026"
    department: str
    parts: tuple[MissingPlan, ...]
    answer_by: str  # "28 oktober"
    next_step: str  # a sentence: "Planer som saknas den 28 oktober redovisas i månadens rapport."
    link: str = ""  # the department's page
    why_you: str = "Du får det här som avdelningschef i organisationsregistret."
