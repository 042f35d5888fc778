"""When a plan that hasn't come is reminded of and escalated: a ladder of working days after its due day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tasks.rules.outbox.states import REPLACEABLE, MailState
from tasks.rules.periods import add_working_days, is_working_day
from tasks.rules.plans.state import AWAITED, PlanState
from tasks.rules.state_words import mail_is

Rung = Literal["reminder_1", "reminder_2", "escalation"]
RUNGS: tuple[Rung, ...] = ("reminder_1", "reminder_2", "escalation")
RUNGS_IN_WORDS: dict[Rung, str] = {
    "reminder_1": "påminnelse 1",
    "reminder_2": "påminnelse 2",
    "escalation": "eskalering",
}
LATE_IN_WORDS: dict[Rung, str] = {
    "reminder_1": "påmind 1",
    "reminder_2": "påmind 2",
    "escalation": "eskalerad",
}


@dataclass(frozen=True)
class Ladder:
    """Working days (growing, from 1) after the due day for each rung, and the days that don't count.

    free_days: holidays, and the days on which nothing is sent. Saturdays and Sundays need not be among them.
    """

    working_days: tuple[int, int, int]
    free_days: frozenset[date]

    def day(self, rung: Rung, due: date) -> date:
        """Return the day of a rung when everything goes by the plan."""
        return add_working_days(due, self.working_days[RUNGS.index(rung)], free_days=self.free_days)

    def earliest(self, rung: Rung, before: date) -> date:
        """Return the first day of a rung by when the mail before it went out (the first: the due day)."""
        at = RUNGS.index(rung)
        apart = self.working_days[at] - (self.working_days[at - 1] if at > 0 else 0)
        return add_working_days(before, apart, free_days=self.free_days)


@dataclass(frozen=True)
class StepMail:
    """What became of the mail of a rung. sent_on: the day that it really went out, None before that.

    stopped: an operator said that it shall not go out.
    """

    state: MailState
    sent_on: date | None = None
    stopped: bool = False


@dataclass(frozen=True)
class Awaited:
    """A plan as the ladder sees it.

    first_mail: what became of the mail that asked for it, None where none was queued.
    steps: the mails of its rungs in this round.
    first_sent_on: the day that the first mail really went out, where it is known.
    """

    state: PlanState
    due: date
    first_mail: MailState | None
    steps: Mapping[Rung, StepMail]
    first_sent_on: date | None = None


@dataclass(frozen=True)
class NextStep:
    """The rung that comes next: due now, or on a later day, or held up.

    day: the working day that it is due from (once due), or comes on; None where it is held up. again: its
    mail failed, and is to go to the next one in the chain. held_up: what it waits for, in words.
    """

    rung: Rung
    is_due: bool
    day: date | None = None
    again: bool = False
    held_up: str = ""


def next_step(plan: Awaited, today: date, ladder: Ladder) -> NextStep | None:
    """Return what comes next for a plan, None where nothing does: it isn't awaited, or was escalated.

    1. A rung is climbed by a mail that really went out; one that failed is mailed again to somebody else,
       and one that was withdrawn before it went out is mailed as if it had never been.
    2. A rung comes on its working day after the due day, and never closer to the mail before it than the
       ladder says: who was asked or reminded late isn't reminded again the next morning.
    3. While a mail before it waits or is uncertain, nothing more goes out, and the reason is told.
    """
    sent = {rung: step.sent_on for rung, step in plan.steps.items() if step.sent_on is not None}
    if plan.state not in AWAITED or "escalation" in sent:
        return None
    if plan.first_mail is None or not _is_over(plan.first_mail):
        return NextStep("reminder_1", is_due=False, held_up=_first_mail_waits(plan.first_mail))
    rung = next(rung for rung in RUNGS if rung not in sent)
    step = plan.steps.get(rung)
    if step is None or step.state in ("failed", "skipped"):
        before = max(sent.values(), default=plan.first_sent_on or plan.due)
        day = max(ladder.day(rung, plan.due), ladder.earliest(rung, before))
        return _coming(rung, day, today, ladder, again=step is not None and step.state == "failed")
    return NextStep(rung, is_due=False, held_up=_step_waits(rung, step))


def highest_rung(steps: Mapping[Rung, StepMail]) -> Rung | None:
    """Return how far up the ladder a plan has come: the last rung whose mail really went out, if any did."""
    climbed = [rung for rung in RUNGS if rung in steps and steps[rung].sent_on is not None]
    return climbed[-1] if climbed else None


_BESIDES: dict[MailState, str] = {
    "uncertain": ": avgör det med manad mail settle",
    "sent": ", men dagen är okänd",
    "settled": ", men dagen är okänd",
}
"""What is said of a mail that keeps a rung waiting, after where it stands."""


def _coming(rung: Rung, day: date, today: date, ladder: Ladder, *, again: bool) -> NextStep:
    if today >= day and is_working_day(today, free_days=ladder.free_days):
        return NextStep(rung, is_due=True, day=day, again=again)
    # A rung whose day has passed waits over a weekend, a holiday or a mute period for the first working day.
    tomorrow = add_working_days(today, 1, free_days=ladder.free_days)
    return NextStep(rung, is_due=False, day=max(day, tomorrow), again=again)


def _is_over(state: MailState) -> bool:
    return state not in REPLACEABLE and state != "uncertain"


def _first_mail_waits(state: MailState | None) -> str:
    return f"mejlet som ber om planen {'är inte köat' if state is None else _stands(state)}"


def _step_waits(rung: Rung, step: StepMail) -> str:
    if step.stopped:
        return f"{RUNGS_IN_WORDS[rung]} stoppades av driften"
    return f"mejlet med {RUNGS_IN_WORDS[rung]} {_stands(step.state)}"


def _stands(state: MailState) -> str:
    return mail_is(state) + _BESIDES.get(state, "")
