"""A plan as a month sees it: without what later months did to it, so that a month's report stays the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tasks.rules.periods import Period, months_of
from tasks.rules.plans.effect import Approved, is_achieved, realised_effects
from tasks.rules.plans.measures import months_after, promised
from tasks.rules.plans.state import MOVES, START, PlanEvent, PlanState

LATER_MONTHS = frozenset({"follow", "achieve", "end", "replace"})
"""Only the assessment of a month after the plan's own, or a plan of such a month, moves it so."""


@dataclass(frozen=True)
class Seen:
    """A plan's state by what happened to it, and when it was handed in and approved; None: it isn't."""

    state: PlanState
    submitted_on: date | None
    approved_on: date | None


def seen_alone(period: Period, events: Sequence[PlanEvent]) -> Seen:
    """Return what a plan of a month has become by itself: without what later months did to it."""
    state, submitted, approved = START, None, None
    for event in events:
        moved = None if _is_of_later_month(event, period) else MOVES.get((state, event.action))
        if moved is not None:
            state = moved
            submitted = None if moved == "withdrawn" else event.day if moved == "submitted" else submitted
            approved = event.day if moved == "approved" else approved
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


def _is_of_later_month(event: PlanEvent, period: Period) -> bool:
    """Tell whether a later month did it: a demand lapses by its own month's assessment or a later one's."""
    if event.action == "lapse":
        return event.reason is None or event.reason.month > period
    return event.action in LATER_MONTHS
