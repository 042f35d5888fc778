"""The step that sends what is queued: claim, send, mark; a kill leaves at most one mail in doubt."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from notifications.errors import (
    BadAddressError,
    BadHeaderError,
    DeliveryError,
    PermanentMailError,
    UncertainMailError,
)
from notifications.message import build_message
from notifications.render import Rendered
from notifications.transport import Transport, open_transport
from tasks.installation import Installation
from tasks.month import Month
from tasks.rules.retry import next_attempt


@dataclass(frozen=True)
class Verdict:
    """What became of a mail; `claimed` by nobody is uncertain. `ends_round`: the next would fare alike."""

    state: str
    reason: str | None = None
    next_attempt_at: datetime | None = None
    ends_round: bool = False


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
    settings = month.installation.settings
    notices_only = _prepare(month)
    counts: Counter[str] = Counter()
    with open_transport(
        settings.mail_url,
        password=settings.mail_password,
        seconds=month.installation.config.mail.timeout_seconds,
    ) as transport:
        while (mail := _claim(month, notices_only=notices_only)) is not None:
            verdict = _send(month.installation, transport, mail)
            _mark(month, mail.id, verdict)
            counts[verdict.state] += 1
            if verdict.ends_round:
                break
    if counts:
        month.progress(_told(counts))
    return dict(counts)


def _prepare(month: Month) -> bool:
    """Take up what may be sent again; tell whether only notices may go out."""
    with month.saving() as transaction:
        if month.installation.settings.mails_to_folder:
            transaction.run("mail/requeue_abandoned")
        if month.options.mails == "failed":
            transaction.run(
                "mail/requeue_failed", period=month.period.first_day, mode=month.installation.mail_mode
            )
        found = transaction.row("month/find_month", period=month.period.first_day)
    return found is not None and found.state in ("failed", "incomplete")


def _claim(month: Month, *, notices_only: bool) -> Any:
    with month.saving() as transaction:
        return transaction.row(
            "mail/claim_next",
            worker=month.worker,
            claimed_for="folder" if month.installation.settings.mails_to_folder else "smtp",
            now=month.installation.clock.now(),
            period=month.period.first_day,
            mode=month.installation.mail_mode,
            notices_only=notices_only,
        )


def _mark(month: Month, mail: int, verdict: Verdict) -> None:
    with month.installation.database.transaction() as transaction:
        transaction.run(
            "mail/finish_mail",
            mail=mail,
            worker=month.worker,
            state=verdict.state,
            reason=verdict.reason,
            next_attempt_at=verdict.next_attempt_at,
        )


def _send(installation: Installation, transport: Transport, mail: Any) -> Verdict:
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
        )
        transport.send(settings.sender, mail.sent_to, message, mail.message_id)
    except (BadAddressError, BadHeaderError) as error:
        return Verdict("failed", str(error))
    except DeliveryError as error:
        return _undelivered(installation, mail, error)
    return Verdict("sent")


def _undelivered(installation: Installation, mail: Any, error: DeliveryError) -> Verdict:
    if isinstance(error, UncertainMailError):
        return Verdict("claimed", str(error), ends_round=True)
    if isinstance(error, PermanentMailError) and not error.concerns_every_mail:
        return Verdict("failed", str(error))
    return _later(installation, mail, error)


def _later(installation: Installation, mail: Any, error: DeliveryError) -> Verdict:
    now, everybody = installation.clock.now(), error.concerns_every_mail
    again = next_attempt(mail.attempts, mail.first_attempt_at, now)
    if again is None:
        reason = f"{error} Inga fler försök: det första gjordes för mer än 72 timmar sedan."
        return Verdict("failed", reason, ends_round=everybody)
    # Nobody said no to this mail: the next run may try as soon as what was at fault is mended.
    return Verdict("retrying", str(error), now if everybody else again, ends_round=everybody)


def _told(counts: Counter[str]) -> str:
    words = {"sent": "skickade", "failed": "misslyckade", "retrying": "försöks igen", "claimed": "osäkra"}
    return ", ".join(f"{number} mejl {words[state]}" for state, number in counts.items())
