"""The life of an action plan: its states, what moves it between them, and what has happened to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tasks.errors import ManadError
from tasks.rules.periods import Period

PlanState = Literal[
    "required",
    "submitted",
    "returned",
    "withdrawn",
    "approved",
    "following",
    "achieved",
    "ended",
    "replaced",
    "lapsed",
]
PlanAction = Literal[
    "submit", "withdraw", "approve", "return", "replace", "lapse", "demand", "follow", "achieve", "end"
]
EventAction = Literal[PlanAction, "draft", "acknowledge"]
"""What can happen to a plan: its moves, and what leaves it in its state."""
UNMOVED: frozenset[EventAction] = frozenset({"draft", "acknowledge"})
ReasonCode = Literal["larm_ended", "covered", "corrected", "unit_ended", "taken_over"]
SYSTEM = "programmet"
"""Who did what nobody did by hand."""

START: PlanState = "required"

MOVES: Mapping[tuple[PlanState, EventAction], PlanState] = {
    ("required", "submit"): "submitted",
    ("required", "replace"): "replaced",
    ("required", "lapse"): "lapsed",
    ("submitted", "withdraw"): "withdrawn",
    ("submitted", "return"): "returned",
    ("submitted", "approve"): "approved",
    ("submitted", "replace"): "replaced",
    ("returned", "submit"): "submitted",
    ("returned", "replace"): "replaced",
    ("returned", "lapse"): "lapsed",
    ("withdrawn", "submit"): "submitted",
    ("withdrawn", "replace"): "replaced",
    ("withdrawn", "lapse"): "lapsed",
    ("lapsed", "demand"): "required",
    ("approved", "follow"): "following",
    ("approved", "replace"): "replaced",
    ("following", "replace"): "replaced",
    ("following", "achieve"): "achieved",
    ("following", "end"): "ended",
}
"""What moves a plan; docs/plan_states.md is the picture of it, and a test holds both alike."""

STATES_IN_WORDS: dict[PlanState, str] = {
    "required": "krävs",
    "submitted": "inlämnad",
    "returned": "återsänd för komplettering",
    "withdrawn": "återtagen",
    "approved": "godkänd",
    "following": "följs upp",
    "achieved": "åtgärdad",
    "ended": "avslutad utan full effekt",
    "replaced": "ersatt av en senare plan",
    "lapsed": "kravet har fallit bort",
}

AWAITED: frozenset[PlanState] = frozenset({"required", "returned", "withdrawn"})
"""The manager is to hand it in: it may be written in, and is reminded of."""

UNDECIDED: frozenset[PlanState] = AWAITED | {"submitted"}
"""Nobody has decided it; a unit has at most one such plan."""

COUNTED: frozenset[PlanState] = frozenset({"approved", "following", "achieved", "ended"})
"""It was approved, and no later plan took its place while it was followed."""


@dataclass(frozen=True)
class Reason:
    """Why the program moved a plan, and the month whose assessment gave it."""

    code: ReasonCode
    month: Period


@dataclass(frozen=True)
class PlanEvent:
    """Something that happened to a plan: what a person did, with a comment, or the program, with a reason.

    actor: an address or a name, SYSTEM for the program.
    """

    action: EventAction
    day: date
    actor: str = SYSTEM
    comment: str = ""
    reason: Reason | None = None

    @property
    def is_by_program(self) -> bool:
        """Tell whether nobody did it by hand."""
        return self.actor == SYSTEM


class PlanMoveError(ManadError):
    """What was asked for can't be done with a plan in its state."""

    exit_code = 1

    def __init__(self, state: PlanState, action: PlanAction) -> None:
        self.state, self.action = state, action
        super().__init__(
            f"Planen kan inte {_DONE[action]} i läget ”{STATES_IN_WORDS[state]}”. Se den med: manad plan show"
        )


_DONE: dict[PlanAction, str] = {
    "submit": "lämnas in",
    "withdraw": "återtas",
    "approve": "godkännas",
    "return": "återsändas",
    "replace": "ersättas",
    "lapse": "falla bort",
    "demand": "krävas igen",
    "follow": "följas upp",
    "achieve": "bli åtgärdad",
    "end": "avslutas",
}


def move_plan(state: PlanState, action: PlanAction) -> PlanState:
    """Return a plan's next state. Raises PlanMoveError for a move that its state doesn't allow."""
    after = MOVES.get((state, action))
    if after is None:
        raise PlanMoveError(state, action)
    return after


def may(state: PlanState, action: PlanAction) -> bool:
    """Tell whether a plan in a state may be moved so."""
    return (state, action) in MOVES
