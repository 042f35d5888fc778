"""To whoever answers for activities: they have passed their last day."""

from dataclasses import dataclass

from notifications.mails import MailValues


@dataclass(frozen=True, slots=True, kw_only=True)
class LateActivity:
    """One activity; `deviation` is what was last told of it, empty when nothing was."""

    name: str
    start: str  # "1 februari 2026"
    end: str  # "31 augusti 2026"
    deviation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AktivitetSen(MailValues):
    """The late activities of one reader, the oldest first, at least one."""

    period: str  # "september 2026"
    activities: tuple[LateActivity, ...]
    answer_by: str  # "21 oktober"
    next_step: str  # "Det du svarar står i månadens rapport, som blir klar omkring den 23 oktober."
    sources: tuple[str, ...]
    why_you: str = "Du får det här eftersom du står som ansvarig för aktiviteterna."
