"""Which units a manager was told wrong: what the last mail said is no longer so, and no new warning says it.

A correction never warns: no old larm is mailed again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tasks.rules.outbox.occasions import Direction, EarlierMail, Level, UnitWarning, in_order


@dataclass(frozen=True)
class Standing:
    """A unit as a mail tells of it: its warning, and its figures as they are read.

    level: `inget` where there is no warning. figures: budget, forecast and deviation in words.
    """

    level: Level
    direction: Direction
    figures: tuple[str, ...]


@dataclass(frozen=True)
class LastWord:
    """What a receiver was told last of a unit, and the assessment that it stood on."""

    warning: UnitWarning
    assessment: int


def last_words(mails: Iterable[EarlierMail]) -> dict[str, LastWord]:
    """Return what was told last of each unit, by warnings and corrections that went out or may have."""
    return {each.unit: LastWord(each, mail.assessment) for mail in in_order(mails) for each in mail.warnings}


def to_correct(
    told: Mapping[str, Standing], now: Mapping[str, Standing], told_anew: Collection[str]
) -> tuple[UnitWarning, ...]:
    """Return what is now true of the units that were told otherwise, in the order of `now`.

    told: as the last mail had it. told_anew: units that a new warning tells of.
    """
    return tuple(
        UnitWarning(unit, standing.level, standing.direction)
        for unit, standing in now.items()
        if unit in told and unit not in told_anew and _is_wrong(told[unit], standing)
    )


def _is_wrong(told: Standing, now: Standing) -> bool:
    """Tell whether a reader must be told: nobody needs the figures of a unit without a warning."""
    if told.level == "inget":
        return False
    return told != now
