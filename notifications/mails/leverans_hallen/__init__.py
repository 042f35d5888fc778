"""To supplier, operator and controllers: a file is held, since its figures can't be right."""

from dataclasses import dataclass

from notifications.mails import MailValues


@dataclass(frozen=True, slots=True, kw_only=True)
class LeveransHallen(MailValues):
    """A held delivery.

    `meaning` says what the month does meanwhile. `decides` is set for those who may release it: they get the
    link (empty without web pages) and the command; a supplier is told to hand in another file, or to answer.
    """

    file: str
    source: str  # "Ekonomi"
    period: str  # "september 2026"
    received: str  # "2026-10-06 kl. 08.14"
    doubts: tuple[str, ...]  # a sentence each: what is wrong, with the figures compared, and what to do
    meaning: str  # "Månaden väntar: filen räknas som om den inte fanns."
    decides: bool
    command: str = ""  # 'manad release 17 --by NAMN --reason "…"'
    link: str = ""
    why_you: str  # "Du får det här som controller i organisationsregistret."
