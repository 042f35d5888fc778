"""What a month tells whoever asks how far it has come: state, steps, deliveries, mails and plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tasks.rules.assessment.month_warnings import AssessmentResult
from tasks.rules.deliveries.completeness import NOTHING_LACKS, Completeness, with_month
from tasks.rules.json_values import Json
from tasks.rules.operations.state import REACHED, State
from tasks.rules.outbox.states import MailProblem
from tasks.rules.periods import Period
from tasks.rules.signals.watched import WatchedCount
from tasks.rules.swedish import joined

DeliveryState = Literal["accepted", "refused", "held", "superseded"]


@dataclass(frozen=True)
class MadeStep:
    """A step that the month has made, and what it stored of itself."""

    step: str
    finished_at: datetime
    result: Json

    def as_json(self) -> Json:
        """Return it as `manad status --json` shows it."""
        return {"step": self.step, "finished_at": _second(self.finished_at), "result": self.result}


@dataclass(frozen=True)
class ListedDelivery:
    """A delivery of the month; revision: None of one that was refused or is held."""

    id: int
    source: str
    period: Period
    state: DeliveryState
    revision: int | None
    rows: int
    problems: int
    warnings: int
    file: str
    received_at: datetime

    def as_json(self) -> Json:
        """Return it as `manad status --json` shows it."""
        return {**vars(self), "period": str(self.period), "received_at": _second(self.received_at)}


@dataclass(frozen=True)
class PlansThere:
    """How many of the month's plans stand somewhere, in words: `försenad, påmind 1`."""

    words: str
    count: int

    def as_json(self) -> Json:
        """Return it as `manad status --json` shows it."""
        return {"lage": self.words, "antal": self.count}


@dataclass(frozen=True)
class MonthStatus:
    """Where a month stands.

    running: somebody works on it now. step, reason: where and why it stopped, None where it didn't. steps: in
    the order they were finished. mails: how many stand in each state. plans: the first due first.
    """

    period: Period
    state: State
    running: bool
    step: str | None
    reason: str | None
    steps: tuple[MadeStep, ...]
    deliveries: tuple[ListedDelivery, ...]
    mails: Mapping[str, int]
    mail_problems: tuple[MailProblem, ...]
    plans: tuple[PlansThere, ...]

    @property
    def is_assessed(self) -> bool:
        """Tell whether the month has come to its warnings."""
        return REACHED[self.state] >= REACHED["assessed"]

    @property
    def check(self) -> Completeness:
        """Return what lacks of the month's deliveries, as far as it was looked at."""
        stored = self._result("check_month")
        return NOTHING_LACKS if stored is None else Completeness.of_data(stored)

    @property
    def lagging(self) -> Mapping[str, Period]:
        """Return by source the month whose figures count, of those whose figures are of another month."""
        check = self.check
        return {
            source: month for source, month in check.months.items() if source not in check.missing_sources
        }

    @property
    def lagging_sentence(self) -> str:
        """Say which sources' figures are of another month; empty where none are."""
        months = [f"{source} gäller {month.swedish}" for source, month in self.lagging.items()]
        return f"Annan månad: {joined(months)}." if months else ""

    def called(self, delivery: ListedDelivery) -> str:
        """Return a delivery's source, with its month where that is another one."""
        return with_month(delivery.source, None if delivery.period == self.period else delivery.period)

    @property
    def assessed(self) -> AssessmentResult | None:
        """Return how many units could be assessed; None while none has been."""
        stored = self._result("assess_units")
        return None if stored is None else AssessmentResult.of_data(stored)

    @property
    def watched(self) -> WatchedCount | None:
        """Return how many early signals there are; None while they haven't been read."""
        stored = self._result("watch_signals")
        return None if stored is None else WatchedCount.of_data(stored)

    def _result(self, step: str) -> Json | None:
        return next((made.result for made in self.steps if made.step == step), None)

    def as_json(self) -> Json:
        """Return the status by the contract: `manad status --json`."""
        return {
            "period": str(self.period),
            "state": self.state,
            "running": self.running,
            "step": self.step,
            "reason": self.reason,
            "steps": [made.as_json() for made in self.steps],
            "deliveries": [delivery.as_json() for delivery in self.deliveries],
            "lagging": {source: str(month) for source, month in self.lagging.items()},
            "mails": dict(self.mails),
            "mail_problems": [_problem_json(mail) for mail in self.mail_problems],
            "plans": [plans.as_json() for plans in self.plans],
        }


def _second(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _problem_json(mail: MailProblem) -> Json:
    return {
        "id": mail.id,
        "state": mail.state,
        "to": mail.sent_to,
        "subject": mail.subject,
        "reason": mail.reason,
    }
