"""The life of a month: its states, the steps between them, which moves are allowed, and how its run ends."""

from collections.abc import Iterable
from typing import Literal

from tasks.errors import ManadError
from tasks.rules.outbox.states import MailState, are_final

State = Literal[
    "waiting",
    "complete",
    "assessed",
    "mails_queued",
    "reported",
    "done",
    "incomplete",
    "failed",
]
Step = Literal[
    "receive_deliveries",
    "check_month",
    "assess_units",
    "watch_signals",
    "queue_mails",
    "write_report",
    "send_mails",
    "close_month",
]
Outcome = Literal["done", "missing", "allowed", "skipped", "pending", "failed"]
"""missing: deliveries are; allowed: they are, but the operator goes on; skipped: no mails were wanted;
pending: mails are not final."""
STEPS: tuple[Step, ...] = (
    "receive_deliveries",
    "check_month",
    "assess_units",
    "watch_signals",
    "queue_mails",
    "write_report",
    "send_mails",
    "close_month",
)
AFTER: dict[tuple[Step, Outcome], State] = {
    ("receive_deliveries", "done"): "waiting",
    ("check_month", "done"): "complete",
    ("check_month", "allowed"): "complete",
    ("check_month", "missing"): "incomplete",
    ("assess_units", "done"): "assessed",
    ("watch_signals", "done"): "assessed",
    ("queue_mails", "done"): "mails_queued",
    ("queue_mails", "skipped"): "assessed",
    ("write_report", "done"): "reported",
    ("send_mails", "done"): "reported",
    ("send_mails", "pending"): "reported",
    ("close_month", "done"): "done",
    ("close_month", "pending"): "reported",
}
FORWARD: dict[State, frozenset[State]] = {
    "waiting": frozenset({"complete"}),
    "incomplete": frozenset({"complete"}),
    "complete": frozenset({"assessed"}),
    "assessed": frozenset({"mails_queued", "reported"}),  # reported at once where no mails were wanted
    "mails_queued": frozenset({"reported"}),
    "reported": frozenset({"done"}),
    "done": frozenset(),
    # The step that failed is tried again, and a step's failure says nothing against those before it.
    "failed": frozenset({"complete", "assessed", "mails_queued", "reported", "done"}),
}
REACHED: dict[State, int] = {
    "failed": 0,
    "incomplete": 0,
    "waiting": 0,
    "complete": 1,
    "assessed": 2,
    "mails_queued": 3,
    "reported": 4,
    "done": 5,
}
"""How far a month has come: any step up to there may be made again, and any step may fail."""
STOPPED: frozenset[State] = frozenset({"failed", "incomplete"})
"""The states of a month whose last run came to no report: it waits for deliveries, or for a fault's end."""

DONE, REFUSED, NOT_FINISHED, FAILED = 0, 1, 3, 4
"""The exit codes of a run."""


class IllegalStepError(ManadError):
    """A step was made out of its order: `state` is the month's, `step` and `outcome` what happened."""

    def __init__(self, state: State, step: Step, outcome: Outcome) -> None:
        self.state, self.step, self.outcome = state, step, outcome
        super().__init__(
            f"Steget {step} ({outcome}) kan inte följa på läget {state}: kör månaden igen från början."
        )


def state_after(step: Step, outcome: Outcome) -> State:
    """Return the state that a step leaves the month in. Raises KeyError for an outcome it can't have."""
    return "failed" if outcome == "failed" else AFTER[step, outcome]


def may_follow(before: State, after: State) -> bool:
    """Tell whether a month may go from one state to another: a step on, or back to make a step again."""
    return after in FORWARD[before] or REACHED[after] <= REACHED[before]


def move(state: State, step: Step, outcome: Outcome) -> State:
    """Return the month's next state. Raises IllegalStepError where a step was left out, KeyError as above."""
    after = state_after(step, outcome)
    if not may_follow(state, after):
        raise IllegalStepError(state, step, outcome)
    return after


def steps_from(first: Step | None) -> tuple[Step, ...]:
    """Return the steps of a run that begins at one of them: all without."""
    return STEPS if first is None else STEPS[STEPS.index(first) :]


def close_outcome(required_mails: Iterable[MailState], *, mails_were_queued: bool) -> Outcome:
    """Tell whether the month is done: its mails were queued, and every required one has a final state."""
    return "done" if mails_were_queued and are_final(required_mails) else "pending"


def exit_code(state: State, *, refused: bool, mails_final: bool) -> int:
    """Return a run's exit code by the contract: the highest that applies.

    A missing required source is 3 even when a file was refused.
    """
    return max(
        FAILED if state == "failed" else DONE,
        NOT_FINISHED if state == "incomplete" or not mails_final else DONE,
        REFUSED if refused else DONE,
    )
