"""Activities that have passed their last day, who answers for them, and which haven't been told of."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from tasks.rules.outbox.recipients import Reach, unusable_because

_NO_DEVIATION = re.compile(r"|[-\u2013\u2014]+|nej|(?:ingen|inga)(?: avvikelser?)?\.?", re.IGNORECASE)
_DONE = re.compile(
    r"(?:är )?(?:klar[ta]?|genomförda?|genomfört|slutförda?|slutfört|avslutade?|avslutat|avbruten|avbrutet)"
    r"(?: (?:den )?\d{4}-\d\d-\d\d)?(?:[.,;:!].*)?",
    re.IGNORECASE | re.DOTALL,
)
"""A comment says done where it begins so: `Klar 2026-08-30`, `Genomförd.`, but not `Klar i december` or
`Två av fem är klara`. A state (läge) does as well."""


@dataclass(frozen=True)
class Activity:
    """An activity as delivered: `comment` is its deviation, `state` its läge, `row` where it stands."""

    name: str
    responsible: str
    start: date
    end: date
    comment: str
    row: int
    state: str = ""


@dataclass(frozen=True)
class ToldActivity:
    """An activity that a mail told somebody of; failed: the mail was not delivered."""

    name: str
    end: date
    address: str
    failed: bool


def late_activities(activities: Iterable[Activity], today: date) -> list[Activity]:
    """Return the activities that have ended with a deviation and aren't said to be done, the oldest first.

    One without a deviation was done as planned: that is how the boards print it. One that stands under two
    goals is told once.
    """
    late = [each for each in activities if each.end < today and is_late(each.comment, each.state)]
    once = {(each.name, each.end, each.responsible.casefold()): each for each in reversed(late)}
    return sorted(once.values(), key=lambda each: (each.end, each.name))


def is_late(comment: str, state: str) -> bool:
    """Tell whether an activity that has ended has a deviation and isn't said to be done or broken off."""
    return has_deviation(comment) and not is_done(comment) and not is_done(state)


def has_deviation(comment: str) -> bool:
    """Tell whether the cell Avvikelse says that there is one."""
    return _NO_DEVIATION.fullmatch(comment.strip()) is None


def is_done(comment: str) -> bool:
    """Tell whether a comment says that an activity is done, or has been broken off."""
    return _DONE.fullmatch(comment.strip()) is not None


def may_be_written_to(address: str, known: Collection[str], reach: Reach) -> bool:
    """Tell whether a responsible person's address may be used, which comes from no register.

    It stands in the organisation's register (known: in lower case), or lies in a domain that is allowed.
    """
    if unusable_because(address) is not None or reach.bars(address.strip(), is_configured=False) is not None:
        return False
    return address.strip().lower() in known or bool(reach.domains)


def is_told(activity: Activity, address: str, told: Iterable[ToldActivity]) -> bool:
    """Tell whether a mail has told of an activity and its last day; a new last day is told of anew.

    One that failed is told again to somebody else only: to the same address it would fail every day.
    """
    return any(
        not each.failed or each.address == address.lower()
        for each in told
        if (each.name, each.end) == (activity.name, activity.end)
    )
