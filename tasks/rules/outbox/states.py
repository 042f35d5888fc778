"""The states of a mail in the outbox: what each means to others, and when a failed attempt is made again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

MailState = Literal["queued", "retrying", "sent", "failed", "skipped", "settled", "uncertain"]
MAIL_STATES: tuple[MailState, ...] = get_args(MailState)

FINAL: frozenset[MailState] = frozenset({"sent", "failed", "skipped", "settled"})
"""Nothing more happens by itself."""

REPLACEABLE: frozenset[MailState] = frozenset({"queued", "retrying", "skipped"})
"""It has surely not gone out, so what it says may still be exchanged. A skipped one was withdrawn."""

DELAYS = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
)
"""After the first, second … attempt; the last one goes on."""
GIVE_UP_AFTER = timedelta(hours=72)
"""Mail servers give up after days, not weeks, and a warning is then better given by other means."""


@dataclass(frozen=True)
class MailProblem:
    """A mail that nobody has got for certain: failed or uncertain, and why."""

    id: int
    state: MailState
    sent_to: str
    subject: str
    reason: str | None


def are_final(states: Iterable[MailState]) -> bool:
    """Tell whether every mail has its final state."""
    return all(state in FINAL for state in states)


def next_attempt(attempts: int, first_attempt_at: datetime, now: datetime) -> datetime | None:
    """Return when a mail that met a temporary failure is tried again; None to give it up as failed.

    attempts: how many were made, from 1. Both times know their zone. Raises ValueError for none.
    """
    if attempts < 1:
        raise ValueError(attempts)
    again = now + DELAYS[min(attempts, len(DELAYS)) - 1]
    return again if again <= first_attempt_at + GIVE_UP_AFTER else None
