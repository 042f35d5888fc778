"""To whoever delivers: a deadline is near, or has passed."""

from dataclasses import dataclass

from notifications.mails import MailValues


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedDelivery:
    """One delivery that hasn't come."""

    source: str  # "ekonomi"
    file: str  # "ekonomi_2026-09.csv"
    contents: str  # "Budget och utfall per månad, enhet och kontogrupp."


@dataclass(frozen=True, slots=True, kw_only=True)
class LeveransPaminnelse(MailValues):
    """The deliveries that one supplier owes for a month and a day, at least one."""

    period: str  # "september 2026"
    overdue: bool  # the day has passed
    due: str  # "7 oktober"
    due_in: str  # "i morgon", "i dag"; empty when overdue
    deliveries: tuple[OwedDelivery, ...]
    where: str  # "Lägg filen i mappen /srv/inkorg." or "Svara på det här mejlet med filen."
    next_step: str  # "Saknas filen den 8 oktober kan månaden inte bedömas."
