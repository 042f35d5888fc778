"""A plan in a world where anything happens in any order: the clock, the chase, the mails, the people."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from tasks.rules.outbox.states import MailState
from tasks.rules.plans.ladder import RUNGS, Awaited, Ladder, StepMail, next_step
from tasks.rules.plans.state import AWAITED, START, PlanState, may, move_plan

JULY = frozenset(date(2026, 7, day) for day in range(1, 32))
HOLIDAYS = frozenset(
    date(2026, *day) for day in [(4, 3), (4, 6), (5, 1), (5, 14), (6, 19), (12, 24), (12, 25), (12, 31)]
)  # långfredagen, annandag påsk, första maj, Kristi himmelsfärd, midsommarafton, jul, nyårsafton
LADDER = Ladder((1, 3, 5), JULY | HOLIDAYS)
GAPS = {"reminder_1": 1, "reminder_2": 2, "escalation": 2}

UNSENT = ("queued", "retrying")
OVER = ("sent", "failed", "settled")


def working_days_between(after, until):
    """Count the working days later than one day, up to another: by the calendar, without the rule."""
    days = ((after + timedelta(days=n)) for n in range(1, (until - after).days + 1))
    return sum(day.weekday() < 5 and day not in LADDER.free_days for day in days)


@dataclass
class World:
    """One plan, its mails and a calendar.

    steps: the mails of this round as the outbox has them. gone: the day that each rung of this round really
    went out. maybe_gone: rungs of this round that may have (a mail was cut off in the middle).
    """

    today: date
    state: PlanState = START
    due: date = field(init=False)
    first: MailState | None = None
    first_sent_on: date | None = None
    steps: dict = field(default_factory=dict)
    gone: dict = field(default_factory=dict)
    maybe_gone: set = field(default_factory=set)
    escalations: int = 0

    def __post_init__(self):
        self.due = self.today + timedelta(days=7)

    def next(self, today=None):
        plan = Awaited(self.state, self.due, self.first, self.steps, self.first_sent_on)
        return next_step(plan, today or self.today, LADDER)

    # What may happen

    def days_go_by(self, days):
        self.today += timedelta(days=days)

    def chase(self, crash):
        """Mail the rung that is due; crash: before anything was stored, or between that and a second run."""
        step = self.next()
        if step is None or not step.is_due or crash == "before":
            return
        self.check_due(step)
        self.steps[step.rung] = StepMail("queued")
        if crash == "after":
            self.chase("none")

    def send(self, outcome):
        """Let what is queued or retried become something; what becomes uncertain may have gone out."""
        if self.first in UNSENT:
            self.first = outcome
            self.first_sent_on = self.today if outcome == "sent" else None
        for rung, step in self.steps.items():
            if step.state in UNSENT:
                self.become(rung, outcome)

    def become(self, rung, outcome):
        self.steps[rung] = StepMail(outcome, self.today if outcome == "sent" else None)
        if outcome == "sent":
            self.gone[rung] = self.today
        if outcome == "uncertain":
            self.maybe_gone.add(rung)

    def ask(self):
        """Let the month's run queue the mail that asks for the plan."""
        self.first = self.first or "queued"

    def operate(self, what):
        """Let an operator settle (as sent or dropped) or send again whatever isn't over."""
        if self.first in ("uncertain", "failed"):
            self.first = "queued" if what == "resend" else "settled"
        for rung, step in self.steps.items():
            if step.state in ("uncertain", "failed") or (step.state in UNSENT and what != "resend"):
                self.settle(rung, what)

    def settle(self, rung, what):
        if what == "resend":
            self.steps[rung] = StepMail("queued")
            self.maybe_gone.discard(rung)  # they asked the receiver
        elif what == "sent":
            self.steps[rung] = StepMail("settled", self.today)
            self.gone[rung] = self.today
        else:
            self.steps[rung] = StepMail("settled", stopped=True)

    def decide(self, action, forget):
        """Let manager or head move the plan; a mail that hasn't gone out is withdrawn, or (forget) gone."""
        if not may(self.state, action):
            return
        self.state = move_plan(self.state, action)
        unsent = [rung for rung, step in self.steps.items() if step.state in UNSENT]
        for rung in unsent if self.state not in AWAITED else ():
            self.steps[rung] = StepMail("skipped")
            if forget:
                del self.steps[rung]
        if action == "return":
            self.due = self.today + timedelta(days=7)
            self.steps, self.gone, self.maybe_gone = {}, {}, set()

    # What must hold

    def check(self):
        """What isn't awaited gets nothing; of any other the next rung is told until it is escalated."""
        step = self.next()
        if self.state not in AWAITED or "escalation" in self.gone:
            assert step is None
        else:
            self.check_told(step)

    def check_told(self, step):
        """Nothing is skipped silently: there is a day, today or later, or a mail that is waited for."""
        assert (step.day is None) == bool(step.held_up)
        if step.held_up:
            assert not step.is_due
            own = self.steps.get(step.rung)
            assert self.first not in OVER or own.state in (*UNSENT, "uncertain") or own.stopped
        elif not step.is_due:
            assert step.day > self.today
            then = self.next(step.day)
            assert (then.rung, then.is_due, then.again) == (step.rung, True, step.again)

    def check_due(self, step):
        rung, before = step.rung, RUNGS[: RUNGS.index(step.rung)]
        assert rung not in self.gone
        assert rung not in self.maybe_gone
        own = self.steps.get(rung)
        assert own is None or own.state in ("failed", "skipped")  # surely not gone out
        assert step.again == (own is not None and own.state == "failed")
        assert self.today.weekday() < 5
        assert self.today not in LADDER.free_days
        assert self.first in OVER
        assert working_days_between(self.due, self.today) >= (1, 3, 5)[len(before)]
        assert list(self.gone) == list(before)
        last = self.gone[before[-1]] if before else self.first_sent_on
        if last is not None:
            assert working_days_between(last, self.today) >= GAPS[rung]
        self.escalations += rung == "escalation"
