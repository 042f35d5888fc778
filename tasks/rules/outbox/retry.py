"""When a mail that met a temporary failure is tried again."""

from datetime import datetime, timedelta

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


def next_attempt(attempts: int, first_attempt_at: datetime, now: datetime) -> datetime | None:
    """Return when to try again after so many attempts (from 1), or None to give the mail up as failed.

    Both times know their zone. Raises ValueError when nothing has been attempted.
    """
    if attempts < 1:
        raise ValueError(attempts)
    again = now + DELAYS[min(attempts, len(DELAYS)) - 1]
    return again if again <= first_attempt_at + GIVE_UP_AFTER else None
