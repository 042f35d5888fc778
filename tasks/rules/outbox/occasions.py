"""What of a month's warnings a receiver is mailed: once, again only for what is new or worse, and corrected.

Three mails tell of a month's warnings: a warning, a correction of what an earlier one said, and an all-clear
where nothing is wrong. A correction never warns: no old larm is mailed again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tasks.rules.outbox.states import REPLACEABLE, MailState

Level = Literal["inget", "bevaka", "larm"]
Direction = Literal["underskott", "överskott"]
Action = Literal["queue", "replace", "withdraw", "nothing"]
UnitVerdict = Literal["larm", "bevaka", "unwarned", "unknown"]
"""What a month's assessment says of a unit; one that lacks figures is unknown."""

RANK: dict[Level, int] = {"inget": 0, "bevaka": 1, "larm": 2}


@dataclass(frozen=True)
class MailedWarning:
    """A unit's warning as a mail carries it; a correction may say that there is none any more (`inget`)."""

    unit: str
    level: Level
    direction: Direction


@dataclass(frozen=True)
class EarlierMail:
    """A mail of the same month and receiver; `occasion` counts from 1 within its kind.

    assessment: the one that it told of; later ones have greater numbers. corrects: it told what had been
    told wrong, else it warned.
    """

    occasion: int
    state: MailState
    warnings: tuple[MailedWarning, ...]
    assessment: int = 0
    corrects: bool = False

    @property
    def is_told(self) -> bool:
        """Tell whether it went out, or may have."""
        return self.state not in REPLACEABLE


@dataclass(frozen=True)
class Decision:
    """What to do, with the mail of which occasion, and what that mail then carries."""

    action: Action
    occasion: int | None = None
    warnings: tuple[MailedWarning, ...] = ()


@dataclass(frozen=True)
class Standing:
    """A unit as a mail tells of it: its warning, and its figures as they are read.

    level: `inget` where there is no warning. figures: budget, forecast and deviation (kr), rounded as they
    are written.
    """

    level: Level
    direction: Direction
    figures: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class LastWord:
    """What a receiver was told last of a unit, and the assessment that it stood on."""

    warning: MailedWarning
    assessment: int


def mails_are_wanted(choice: str | None, *, done_before: bool) -> bool:
    """Tell whether a run may mail anything new: of a month that was done before only where it is asked for.

    choice: `none`, `failed` or `changed`, as the run was asked; None where it wasn't.
    """
    return choice != "none" and (not done_before or choice == "changed")


def decide_mail(
    now: Sequence[MailedWarning], earlier: Sequence[EarlierMail], corrections: Sequence[EarlierMail] = ()
) -> Decision:
    """Decide what a receiver is warned of, by the warnings as known now and all earlier mails.

    1. What went out, or may have (uncertain, failed, settled), counts as told and is never mailed again.
    2. What is new, or worse by a level than was told, is to be told. Told is what the mails said in the
       order of what they knew: a larm that comes back after it was told to be gone is new.
    3. A mail that hasn't gone out is replaced by that, or withdrawn when nothing is left to tell.
    4. Else what is to be told makes the next occasion.
    """
    told_levels = _told([*earlier, *corrections])
    to_tell = (warning for warning in now if _is_new_or_worse(warning, told_levels.get(warning.unit, {})))
    return place(tuple(to_tell), earlier)


def last_words(mails: Iterable[EarlierMail]) -> dict[str, LastWord]:
    """Return what was told last of each unit, by warnings and corrections that went out or may have."""
    return {
        warning.unit: LastWord(warning, mail.assessment)
        for mail in _in_order(mails)
        for warning in mail.warnings
    }


def to_correct(
    told: Mapping[str, Standing], now: Mapping[str, Standing], told_anew: Collection[str]
) -> tuple[MailedWarning, ...]:
    """Return what is now true of the units that were told otherwise, in the order of `now`.

    told: as the last mail had it. told_anew: units that a new warning tells of.
    """
    return tuple(
        MailedWarning(unit, standing.level, standing.direction)
        for unit, standing in now.items()
        if unit in told and unit not in told_anew and _is_wrong(told[unit], standing)
    )


def decide_all_clear(
    units: Collection[UnitVerdict], warnings: Sequence[EarlierMail], earlier: Sequence[EarlierMail]
) -> Decision:
    """Decide on a receiver's all-clear by all units that they answer for.

    warnings, earlier: the month's mails of warnings and of all-clears to the same receiver. What is unknown
    is not in balance. One that hasn't gone out is withdrawn when a unit is warned of after all.
    """
    is_clear = bool(units) and set(units) == {"unwarned"} and not any(mail.is_told for mail in warnings)
    if any(mail.is_told for mail in earlier):
        return Decision("nothing")
    if is_clear:
        return Decision("replace" if earlier else "queue", 1)
    waits = any(mail.state != "skipped" for mail in earlier)
    return Decision("withdraw", 1) if waits else Decision("nothing")


def place(to_tell: tuple[MailedWarning, ...], earlier: Sequence[EarlierMail]) -> Decision:
    """Decide what becomes of what is to be told, and of the mail of the same kind that hasn't gone out."""
    unsent = max((mail for mail in earlier if not mail.is_told), key=lambda mail: mail.occasion, default=None)
    if unsent is None:
        occasion = max((mail.occasion for mail in earlier), default=0) + 1
        return Decision("queue", occasion, to_tell) if to_tell else Decision("nothing")
    if to_tell:
        return Decision("replace", unsent.occasion, to_tell)
    return Decision("nothing") if unsent.state == "skipped" else Decision("withdraw", unsent.occasion)


def _told(mails: Iterable[EarlierMail]) -> dict[str, dict[Direction, int]]:
    """Return by unit the worst level (rank) that was told of each direction, and not taken back since."""
    told: dict[str, dict[Direction, int]] = {}
    for mail in _in_order(mails):
        for warning in mail.warnings:
            ranks = told.setdefault(warning.unit, {})
            if warning.level == "inget":
                ranks.clear()
            elif mail.corrects:
                ranks[warning.direction] = RANK[warning.level]
            else:
                ranks[warning.direction] = max(RANK[warning.level], ranks.get(warning.direction, 0))
    return told


def _is_new_or_worse(warning: MailedWarning, told: dict[Direction, int]) -> bool:
    return RANK[warning.level] > told.get(warning.direction, 0)


def _is_wrong(told: Standing, now: Standing) -> bool:
    """Tell whether a reader must be told: nobody needs the figures of a unit without a warning."""
    if told.level == "inget":
        return False
    return told != now


def _in_order(mails: Iterable[EarlierMail]) -> list[EarlierMail]:
    """Return the mails that are told, in the order of the assessments that they told of."""
    return sorted((mail for mail in mails if mail.is_told), key=lambda mail: mail.assessment)
