"""The mails of the outbox as they are read back: whole to be sent or looked at, or in a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sql.database import Transaction
from tasks.errors import NotFoundError, UsageError
from tasks.installation import Installation
from tasks.rules.outbox.states import MAIL_STATES, MailProblem, MailState
from tasks.rules.periods import Period
from tasks.rules.state_words import mail_is


class MailNotOpenError(NotFoundError):
    """A mail that doesn't exist, or whose state leaves nothing to decide."""

    def __init__(self, mail: int, state: MailState | None) -> None:
        self.mail, self.state = mail, state
        sentence = "finns inte" if state is None else f"{mail_is(state)} och går inte att ändra så"
        super().__init__(f"Mejl {mail} {sentence}. Se mejlen med: manad mail list")


@dataclass(frozen=True)
class ListedMail:
    """A mail in a list of the outbox: to whom, about what, and where it stands.

    address: whom it is meant for; sent_to: another one where the mail is a trial. occasion: 1 for the first
    of its kind. settled_as: `sent` or `dropped`, by an operator. `manad mail list --json` shows these fields
    in this order.
    """

    id: int
    period: date
    kind: str
    recipient_role: str
    address: str
    sent_to: str
    occasion: int
    mode: str
    subject: str
    state: MailState
    attempts: int
    next_attempt_at: datetime | None
    finished_at: datetime | None
    reason: str | None
    settled_by: str | None
    settled_as: str | None
    message_id: str


@dataclass(frozen=True)
class WrittenMail:
    """A mail as it was written, with the codes of the units that it is about.

    bodies_removed_on: its text is empty from that day on.
    """

    id: int
    subject: str
    state: MailState
    reason: str | None
    sent_to: str
    address: str
    recipient_role: str
    queued_at: datetime
    finished_at: datetime | None
    message_id: str
    body_text: str
    bodies_removed_on: date | None
    units: Sequence[str]


@dataclass(frozen=True)
class UnsentMail:
    """A mail that the next run would send, whole. pictures: PNG by content-id."""

    id: int
    kind: str
    sent_to: str
    subject: str
    body_text: str
    body_html: str
    pictures: Mapping[str, bytes]


@dataclass(frozen=True)
class MailOfKind:
    """A mail of a kind about a month: to whom, in which step of its kind, and where it stands."""

    id: int
    address: str
    step: str
    state: MailState


def list_mails(
    installation: Installation,
    state: str | None = None,
    *,
    period: Period | None = None,
    address: str | None = None,
    unit: str | None = None,
    kind: str | None = None,
) -> list[ListedMail]:
    """Return the outbox, newest month first, or what is asked for of it. Raises UsageError for an unknown
    state.

    address: who was meant, or who got a trial's mail; unit: a code that the mail is about.
    """
    if state is not None and state not in MAIL_STATES:
        raise UsageError(f"Läget {state} finns inte. Välj bland {', '.join(MAIL_STATES)}.")
    with installation.database.transaction() as transaction:
        rows = transaction.rows(
            "outbox/list_mails",
            state=state,
            period=None if period is None else period.first_day,
            address=None if address is None else address.lower(),
            unit=unit,
            kind=kind,
        )
    return [ListedMail(**row._asdict()) for row in rows]


def read_mail(installation: Installation, mail: int) -> WrittenMail:
    """Return one mail as it was written. Raises MailNotOpenError where there is none."""
    with installation.database.transaction() as transaction:
        row = transaction.row("outbox/read_mail", mail=mail)
    if row is None:
        raise MailNotOpenError(mail, None)
    return WrittenMail(**row._asdict())


def count_unfinished(installation: Installation) -> int:
    """Return how many mails that may go out haven't come to their end, uncertain ones among them."""
    with installation.database.transaction() as transaction:
        return int(transaction.value("outbox/count_unfinished", mode=installation.mail_mode))


def mail_problems(transaction: Transaction, period: Period) -> list[MailProblem]:
    """Return a month's mails that somebody must look at, in the order they were queued."""
    rows = transaction.rows("outbox/list_problems", period=period.first_day)
    return [MailProblem(**row._asdict()) for row in rows]


def unsent_mails(transaction: Transaction, period: Period, mode: str) -> list[UnsentMail]:
    """Return the mails that the next run of a month in a mode would send, in the order they were queued."""
    rows = transaction.rows("outbox/list_unsent", period=period.first_day, mode=mode)
    return [UnsentMail(**row._asdict(), pictures=mail_pictures(transaction, row.id)) for row in rows]


def mails_of_kind(transaction: Transaction, period: Period, kind: str, mode: str) -> list[MailOfKind]:
    """Return the mails of a kind about a month, in the order they were queued."""
    rows = transaction.rows("outbox/list_of_kind", period=period.first_day, kind=kind, mode=mode)
    return [MailOfKind(**row._asdict()) for row in rows]


def mail_pictures(transaction: Transaction, mail: int) -> dict[str, bytes]:
    """Return the pictures that a mail shows: PNG by content-id."""
    return {row.content_id: bytes(row.png) for row in transaction.rows("outbox/list_pictures", mail=mail)}
