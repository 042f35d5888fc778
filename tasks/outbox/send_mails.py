"""The step that sends what is queued: claim, send, mark; a kill leaves at most one mail in doubt."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from notifications.errors import (
    BadAddressError,
    BadHeaderError,
    DeliveryError,
    PermanentMailError,
    RecipientRefusedError,
    UncertainMailError,
)
from notifications.message import build_message
from notifications.render import Rendered
from notifications.transport import Transport, open_transport
from sql.database import Transaction
from tasks.installation import Installation
from tasks.month import Month
from tasks.outbox.mails import mail_pictures
from tasks.rules.outbox.states import next_attempt
from tasks.rules.periods import Period
from tasks.rules.state_words import counted_mails
from tasks.worker import worker_at_work

Ended = Literal["sent", "failed", "retrying", "claimed"]


@dataclass(frozen=True)
class Verdict:
    """What became of a mail; `claimed` by nobody is uncertain. `ends_round`: the next would fare alike."""

    state: Ended
    reason: str | None = None
    next_attempt_at: datetime | None = None
    recipient_refused: bool = False
    ends_round: bool = False


@dataclass(frozen=True)
class ClaimedMail:
    """A mail that this worker sends, whole.

    thread: the Message-IDs that it stands under. attempts: this one counted. pictures: PNG by content-id.
    """

    id: int
    sent_to: str
    reply_to: str | None
    message_id: str
    thread: Sequence[str]
    subject: str
    body_text: str
    body_html: str
    queued_at: datetime
    attempts: int
    first_attempt_at: datetime
    pictures: Mapping[str, bytes]


@dataclass(frozen=True)
class Round:
    """A round of sending: who sends on which day, in what a mail is claimed, and which mails it is about.

    period: the month whose mails are sent, receipts too; None for every month. notices_only: nothing that the
    month waits for.
    """

    installation: Installation
    worker: UUID
    today: date
    claiming: Callable[[], AbstractContextManager[Transaction]]
    period: Period | None
    notices_only: bool = False


def send_mails(month: Month) -> dict[str, int]:
    """Send the month's mails that are due, and receipts; of a stopped month only what tells that it stopped.

    Only mails of the run's own mode: a trial never sends what was queued for real, nor the other way round.
    1. A mail that a killed run had claimed is uncertain and left to an operator; only one that was to
       become a file, by one rename, is simply sent again, where mails still become files.
    2. Claim one mail by a conditional update that commits before anything is sent.
    3. Send it over the one connection.
    4. Mark it: sent, failed for good, to be tried again later, or uncertain.
    When the server, the login or the sender is at fault, or a mail became uncertain, the rest stays queued
    for the next run: a sick server isn't hammered, and leaves one mail in doubt.
    Returns how many mails came to which state.
    """
    if month.installation.rehearsal or month.options.no_mail:
        return {}
    with month.saving() as transaction:
        if month.options.mails == "failed":
            transaction.run(
                "outbox/requeue_failed", period=month.period.first_day, mode=month.installation.mail_mode
            )
        stopped = month.known(transaction).has_stopped
    round_ = Round(month.installation, month.worker, month.today, month.saving, month.period, stopped)
    counts = _send_all(round_)
    if counts:
        month.progress(sent_in_words(counts))
    return counts


def send_waiting(installation: Installation, worker: UUID, today: date) -> dict[str, int]:
    """Send every month's mails that are due, as `send_mails` does; of a month that hasn't been reported
    only what it doesn't wait for.
    """
    if installation.rehearsal:
        return {}
    return _send_all(Round(installation, worker, today, installation.database.transaction, period=None))


def send_waiting_mails(installation: Installation, today: date) -> dict[str, int]:
    """Send what waits, in a worker of its own: after a plan was handed in or decided."""
    with worker_at_work(installation) as worker:
        return send_waiting(installation, worker, today)


def _send_all(round_: Round) -> dict[str, int]:
    installation = round_.installation
    settings = installation.settings
    counts: Counter[str] = Counter()
    if settings.mails_to_folder:
        with round_.claiming() as transaction:
            transaction.run("outbox/requeue_abandoned")
    with open_transport(
        settings.mail_url,
        password=settings.mail_password,
        seconds=installation.config.mail.timeout_seconds,
    ) as transport:
        while (mail := _claim(round_)) is not None:
            verdict = _send(installation, transport, mail)
            _mark(round_, mail.id, verdict)
            counts[verdict.state] += 1
            if verdict.ends_round:
                break
            _wait_for_room(installation)
    return dict(counts)


def _wait_for_room(installation: Installation) -> None:
    """Wait until the mail server's limit a minute lets one more through, whoever sent the ones before."""
    per_minute = installation.config.mail.per_minute
    if not per_minute or installation.settings.mails_to_folder:
        return
    with installation.database.transaction() as transaction:
        seconds = transaction.value(
            "outbox/seconds_to_room", mode=installation.mail_mode, per_minute=per_minute
        )
    if seconds is not None:
        installation.clock.wait(float(seconds))


def _claim(round_: Round) -> ClaimedMail | None:
    installation = round_.installation
    with round_.claiming() as transaction:
        row = transaction.row(
            "outbox/claim_next",
            worker=round_.worker,
            claimed_for="folder" if installation.settings.mails_to_folder else "smtp",
            now=installation.clock.now(),
            mode=installation.mail_mode,
            period=None if round_.period is None else round_.period.first_day,
            any_month=round_.period is None,
            notices_only=round_.notices_only,
        )
        if row is None:
            return None
        return ClaimedMail(**row._asdict(), pictures=mail_pictures(transaction, row.id))


def _mark(round_: Round, mail: int, verdict: Verdict) -> None:
    with round_.installation.database.transaction() as transaction:
        transaction.run(
            "outbox/finish_mail",
            mail=mail,
            worker=round_.worker,
            day=round_.today,
            state=verdict.state,
            reason=verdict.reason,
            next_attempt_at=verdict.next_attempt_at,
            recipient_refused=verdict.recipient_refused,
        )


def _send(installation: Installation, transport: Transport, mail: ClaimedMail) -> Verdict:
    settings = installation.settings
    try:
        message = build_message(
            Rendered(mail.subject, mail.body_text, mail.body_html),
            sender=settings.sender,
            to=mail.sent_to,
            reply_to=mail.reply_to,
            message_id=mail.message_id,
            date=mail.queued_at,
            list_id=installation.config.mail.list_id,
            pictures=mail.pictures,
            thread=mail.thread,
        )
        transport.send(settings.sender, mail.sent_to, message, mail.message_id)
    except (BadAddressError, BadHeaderError) as error:
        return Verdict("failed", str(error))
    except DeliveryError as error:
        return _undelivered(installation, mail, error)
    return Verdict("sent")


def _undelivered(installation: Installation, mail: ClaimedMail, error: DeliveryError) -> Verdict:
    if isinstance(error, UncertainMailError):
        return Verdict("claimed", str(error), ends_round=True)
    if isinstance(error, PermanentMailError) and not error.concerns_every_mail:
        return Verdict("failed", str(error), recipient_refused=_nobody_is_there(error))
    return _later(installation, mail, error)


def _nobody_is_there(error: DeliveryError) -> bool:
    return isinstance(error, RecipientRefusedError) and error.is_unknown


def _later(installation: Installation, mail: ClaimedMail, error: DeliveryError) -> Verdict:
    now, everybody = installation.clock.now(), error.concerns_every_mail
    again = next_attempt(mail.attempts, mail.first_attempt_at, now)
    if again is None:
        reason = f"{error} Inga fler försök: det första gjordes för mer än 72 timmar sedan."
        return Verdict("failed", reason, ends_round=everybody)
    # Nobody said no to this mail: the next run may try as soon as what was at fault is mended.
    return Verdict("retrying", str(error), now if everybody else again, ends_round=everybody)


def sent_in_words(counts: Mapping[str, int]) -> str:
    """Say how many mails came to which state: `27 skickade, 1 MISSLYCKAT`."""
    return counted_mails({"uncertain" if state == "claimed" else state: n for state, n in counts.items()})
