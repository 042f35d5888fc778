"""The mails about a month that are in the outbox already, and what each of them told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sql.database import Transaction
from tasks.rules.outbox.occasions import EarlierMail, MailedWarning
from tasks.rules.periods import Period

CORRECTION = "rattad_uppgift"


@dataclass(frozen=True)
class MonthMail:
    """A mail about the month that is already in the outbox, and what it tells.

    told_on: the day it went out, or was queued.
    """

    id: int
    kind: str
    role: str
    message_id: str
    told_on: date
    told: EarlierMail


def earlier_mails(
    transaction: Transaction, period: Period, mode: str, kinds: Collection[str]
) -> dict[str, list[MonthMail]]:
    """Return the month's mails of some kinds by address, in the order they were queued."""
    rows = transaction.rows("outbox/list_occasions", period=period.first_day, kinds=list(kinds), mode=mode)
    carried: dict[int, list[MailedWarning]] = {}
    for row in rows:
        if row.unit is not None:
            carried.setdefault(row.id, []).append(MailedWarning(row.unit, row.level, row.direction))
    earlier: dict[str, list[MonthMail]] = {}
    for row in {row.id: row for row in rows}.values():
        told = EarlierMail(
            row.occasion,
            row.state,
            tuple(carried.get(row.id, ())),
            row.assessment_id or 0,
            corrects=row.kind == CORRECTION,
        )
        earlier.setdefault(row.address, []).append(
            MonthMail(row.id, row.kind, row.recipient_role, row.message_id, row.told_on, told)
        )
    return earlier
