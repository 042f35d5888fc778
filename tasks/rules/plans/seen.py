"""A plan as a month sees it: without what later months did to it, so that a month's report stays the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tasks.rules.periods import Period, months_of
from tasks.rules.plans.demand import CORRECTED
from tasks.rules.plans.effect import Approved, is_achieved, realised_effects
from tasks.rules.plans.measures import months_after, promised
from tasks.rules.plans.state import AWAITED, COUNTED, MOVES, START, PlanState
from tasks.rules.swedish import day_words
from tasks.rules.wording import amount

LATER_MONTHS = frozenset({"follow", "achieve", "end", "replace"})
"""Only the assessment of a month after the plan's own, or a plan of such a month, moves it so."""


@dataclass(frozen=True)
class Happened:
    """Something that happened to a plan, with what was said of it."""

    action: str
    day: date
    why: str = ""


@dataclass(frozen=True)
class Seen:
    """A plan's state by what happened to it, and when it was handed in and approved; None: it isn't."""

    state: PlanState
    submitted_on: date | None
    approved_on: date | None


def seen_alone(period: Period, history: Sequence[Happened]) -> Seen:
    """Return what a plan of a month has become by itself: without what later months did to it."""
    state, submitted, approved = START, None, None
    for each in history:
        moved = None if _is_of_later_month(each, period) else _MOVED.get((state, each.action))
        if moved is not None:
            state = moved
            submitted = None if moved == "withdrawn" else each.day if moved == "submitted" else submitted
            approved = each.day if moved == "approved" else approved
    return Seen(state, submitted, approved)


def followed_state(plan: Approved, period: Period, outcomes: Mapping[Period, Decimal]) -> PlanState:
    """Return the state of an approved plan in a later month of its year, by the outcomes (kr) up to it.

    What was achieved once stays so. In December a plan that wasn't has ended without its full effect.
    """
    whole = promised(plan.measures, months_after(plan.period))
    months = [month for month in months_of(period.year) if plan.period < month <= period]
    if any(is_achieved(realised_effects(plan, month, outcomes), whole) for month in months):
        return "achieved"
    return "ended" if period.month == 12 else "following"


def plan_note(
    state: PlanState, state_words: str, *, late: bool, due: date, submitted_on: date | None, effect: Decimal
) -> str:
    """Say in a few words where a warned unit's plan stands, with the day or amount (effect, kr) that counts.

    `senast 14 oktober`, `försenad, påmind 1`, `inlämnad 12 oktober`, `godkänd: 0,3 mnkr`; one that was
    returned or withdrawn is to come anew: `ny senast 20 oktober`.
    """
    if state in COUNTED:
        return f"{state_words}: {amount(effect)}" if effect > 0 else state_words
    if state not in AWAITED:
        return state_words if submitted_on is None else f"{state_words} {day_words(submitted_on)}"
    if late:
        return state_words
    by = f"senast {day_words(due)}"
    return by if state == START else f"ny {by}"


def is_late(state_words: str) -> bool:
    """Tell whether the words of a plan's state say that it has been reminded of: `försenad, påmind 1`."""
    return state_words.startswith("försenad")


def late_words(count: int) -> str:
    """Say at a sentence's end how many of its plans are late; empty for none."""
    return f"; {count} är försenad{'' if count == 1 else 'e'}" if count else ""


_MOVED: Mapping[tuple[str, str], PlanState] = {
    (before, action): after for (before, action), after in MOVES.items()
}


def _is_of_later_month(happened: Happened, period: Period) -> bool:
    if happened.action == "lapse":
        return happened.why != CORRECTED.format(month=period.swedish)
    return happened.action in LATER_MONTHS
