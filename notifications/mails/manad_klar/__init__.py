"""To a controller: the month is done, its figures, and what the reader's own units were told."""

from dataclasses import dataclass
from typing import Literal

from notifications.mails import MailValues


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the month came to, counted over the whole administration: "12 av 14", "3"."""

    units: str  # "12 av 14"
    alarms: str
    watched: str
    plans_required: str
    plans_in: str
    plans_late: str
    plans_approved: str
    mails_sent: str
    mails_failed: str
    mails_uncertain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One of the reader's units that was warned of; `plan` is "krävs senast 14 oktober", "behövs inte" …"""

    unit: str
    signal: Literal["larm", "bevaka"]
    headline: str  # "befarat underskott 0,8 mnkr"
    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManadKlar(MailValues):
    """A month that is done. `units` is empty when none of the reader's was warned of.

    `care` says what to do about mails that failed or are uncertain; empty when all went well.
    """

    period: str  # "september 2026"
    cover: Cover
    missing: tuple[str, ...]  # "sjukfrånvaro för 2 av 14 enheter"
    units: tuple[Unit, ...]
    report: str  # where it is: "manad report 2026-09 --format html"
    next_step: str  # "Den 15 oktober påminns de som inte har lämnat plan."
    care: str = ""  # "Ett mejl kom inte fram: manad mail list --state failed visar vilket."
    link: str = ""  # the controller's page
    why_you: str = "Du får det här som controller i organisationsregistret."
