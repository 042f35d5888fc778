"""Whether a receiver's warnings are mailed: once, and again only for what is new or worse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tasks.rules.mail_states import REPLACEABLE, MailState

Level = Literal["bevaka", "larm"]
Direction = Literal["underskott", "överskott"]
Action = Literal["queue", "replace", "withdraw", "nothing"]

RANK: dict[Level, int] = {"bevaka": 1, "larm": 2}


@dataclass(frozen=True)
class UnitWarning:
    """A unit's warning as a mail carries it."""

    unit: str
    level: Level
    direction: Direction


@dataclass(frozen=True)
class EarlierMail:
    """A mail of the same month, kind and receiver; `occasion` counts from 1."""

    occasion: int
    state: MailState
    warnings: tuple[UnitWarning, ...]


@dataclass(frozen=True)
class Decision:
    """What to do, with the mail of which occasion, and what that mail then carries."""

    action: Action
    occasion: int | None = None
    warnings: tuple[UnitWarning, ...] = ()


def decide_mail(now: Sequence[UnitWarning], earlier: Sequence[EarlierMail]) -> Decision:
    """Decide what a receiver is mailed, of the warnings as known now and of all earlier mails.

    1. What went out, or may have (uncertain, failed, settled), counts as told and is never mailed again.
    2. What is new, or worse by a level than was told, is to be told.
    3. A mail that hasn't gone out is replaced by that, or withdrawn when nothing is left to tell.
    4. Else what is to be told makes the next occasion.
    """
    to_tell = _new_or_worse(now, _told(earlier))
    unsent = max(
        (mail for mail in earlier if mail.state in REPLACEABLE), key=lambda mail: mail.occasion, default=None
    )
    if unsent is None:
        occasion = max((mail.occasion for mail in earlier), default=0) + 1
        return Decision("queue", occasion, to_tell) if to_tell else Decision("nothing")
    if to_tell:
        return Decision("replace", unsent.occasion, to_tell)
    return Decision("nothing") if unsent.state == "skipped" else Decision("withdraw", unsent.occasion)


def _told(earlier: Iterable[EarlierMail]) -> dict[tuple[str, Direction], int]:
    """Return the worst level (rank) that was told of each unit and direction."""
    told: dict[tuple[str, Direction], int] = {}
    for mail in earlier:
        for each in mail.warnings if mail.state not in REPLACEABLE else ():
            key = each.unit, each.direction
            told[key] = max(RANK[each.level], told.get(key, 0))
    return told


def _new_or_worse(
    now: Iterable[UnitWarning], told: dict[tuple[str, Direction], int]
) -> tuple[UnitWarning, ...]:
    return tuple(each for each in now if RANK[each.level] > told.get((each.unit, each.direction), 0))
