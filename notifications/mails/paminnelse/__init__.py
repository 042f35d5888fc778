"""To a manager: action plans that should have been handed in are missing."""

from dataclasses import dataclass

from notifications.mails import ManagerMail


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedPlan:
    """One unit whose plan is missing.

    `returned` ("16 oktober") and `comment` are filled when a plan was sent back, and `due` is then its new
    day. `next_steps` are sentences with their dates: the next reminder, and who is told when.
    """

    unit: str
    headline: str  # "befarat underskott 0,8 mnkr"
    due: str  # the day that passed: "14 oktober"
    next_steps: tuple[str, ...]
    link: str = ""
    returned: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paminnelse(ManagerMail):
    """One reminder about one manager's plans, worst deviation first, at least one part."""

    period: str  # "september 2026"
    number: str  # "1"
    of: str  # "2"
    parts: tuple[AwaitedPlan, ...]
