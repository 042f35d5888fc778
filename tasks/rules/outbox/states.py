"""The states of a mail in the outbox, and what each means to others."""

from collections.abc import Iterable
from typing import Literal, get_args

MailState = Literal["queued", "retrying", "sent", "failed", "skipped", "settled", "uncertain"]
MAIL_STATES: tuple[MailState, ...] = get_args(MailState)

FINAL: frozenset[MailState] = frozenset({"sent", "failed", "skipped", "settled"})
"""Nothing more happens by itself."""

REPLACEABLE: frozenset[MailState] = frozenset({"queued", "retrying", "skipped"})
"""It has surely not gone out, so what it says may still be exchanged. A skipped one was withdrawn."""


def are_final(states: Iterable[MailState]) -> bool:
    """Tell whether every mail has its final state."""
    return all(state in FINAL for state in states)
