"""One month being followed up: where it stands, who holds it, what is asked for, and which steps are made."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal
from uuid import UUID

from sql.database import Transaction
from tasks.clock import STOCKHOLM
from tasks.errors import ManadError
from tasks.installation import Installation
from tasks.rules.json_values import Json
from tasks.rules.operations.state import REACHED, STOPPED, Outcome, State, Step, move, state_after, steps_from
from tasks.rules.periods import Period
from tasks.worker import worker_at_work

MailChoice = Literal["none", "failed", "changed"]
Progress = Callable[[str], None]


class MonthHeldError(ManadError):
    """Another run works on the month."""

    exit_code = 5

    def __init__(self, period: Period, holder: str) -> None:
        self.period, self.holder = period, holder
        super().__init__(
            f"{period.swedish.capitalize()} körs redan ({holder}). Vänta tills den är klar och kör igen."
        )


class MonthLostError(ManadError):
    """Another run took the month over while this one stood still."""

    def __init__(self, period: Period) -> None:
        self.period = period
        super().__init__(
            f"En annan körning har tagit över {period.swedish}. Se läget med: manad status {period}"
        )


@dataclass(frozen=True)
class Options:
    """What a run of a month was asked to do otherwise than by itself."""

    inbox: Path
    no_mail: bool = False
    allow_missing: bool = False
    from_step: Step | None = None
    mails: MailChoice | None = None


@dataclass(frozen=True)
class KnownMonth:
    """Where a month stands that has been run: its state, and in which step and why it stopped, if it did.

    done_in: the modes of mail (see Installation.mail_mode) in which it has been done. running: a living
    process works on it now.
    """

    period: Period
    state: State
    step: str | None
    reason: str | None
    done_in: tuple[str, ...]
    running: bool

    @property
    def has_stopped(self) -> bool:
        """Tell whether its last run came to a stop before the report."""
        return self.state in STOPPED

    def has_reached(self, state: State) -> bool:
        """Tell whether it has come at least as far as a state."""
        return REACHED[self.state] >= REACHED[state]


def known_month(transaction: Transaction, period: Period) -> KnownMonth | None:
    """Return where a month stands; None for one that nobody has run."""
    row = transaction.row("operations/find_month", period=period.first_day)
    if row is None:
        return None
    return KnownMonth(period, row.state, row.step, row.reason, tuple(row.done_in), row.running)


def step_result(transaction: Transaction, period: Period, step: str) -> Json | None:
    """Return what a month's step has stored, of whatever it was made; None where it wasn't made."""
    stored = transaction.row("operations/find_step", period=period.first_day, step=step)
    return None if stored is None else stored.result


@dataclass(frozen=True)
class Month:
    """A month that this worker holds. `today` is the day that the run is said to happen on."""

    installation: Installation
    period: Period
    today: date
    options: Options
    worker: UUID
    progress: Progress

    @contextmanager
    def saving(self) -> Iterator[Transaction]:
        """Save what a step made, if the month is still this worker's. Raises MonthLostError."""
        with self.installation.database.transaction() as transaction:
            if (
                transaction.row("operations/confirm_hold", period=self.period.first_day, worker=self.worker)
                is None
            ):
                raise MonthLostError(self.period)
            yield transaction

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Read what a step is made of."""
        with self.installation.database.transaction() as transaction:
            yield transaction

    def made_before(self, transaction: Transaction, step: str, fingerprint: str) -> Json | None:
        """Return a step's stored result when it was made of the same inputs."""
        stored = transaction.row("operations/find_step", period=self.period.first_day, step=step)
        return stored.result if stored is not None and stored.fingerprint == fingerprint else None

    def remember(self, transaction: Transaction, step: str, fingerprint: str, result: Json) -> None:
        """Store a step's result with the fingerprint of what it was made of."""
        transaction.run(
            "operations/save_step",
            period=self.period.first_day,
            step=step,
            fingerprint=fingerprint,
            result=dict(result),
        )

    def advance(self, transaction: Transaction, step: Step, outcome: Outcome, *, made: bool = True) -> None:
        """Move the month on after a step; a step that had nothing new to make never moves it back."""
        before = self.known(transaction).state
        if made or REACHED[before] < REACHED[state_after(step, outcome)]:
            self._set_state(transaction, move(before, step, outcome))

    def stop(self, transaction: Transaction, step: str, reason: str, *, outcome: Outcome) -> None:
        """Stop the month at a step, for a reason in Swedish: `missing` deliveries, or `failed`."""
        state: State = "incomplete" if outcome == "missing" else "failed"
        self._set_state(transaction, state, step, reason)

    def known(self, transaction: Transaction) -> KnownMonth:
        """Return where the month stands. Raises MonthLostError when it has gone."""
        known = known_month(transaction, self.period)
        if known is None:
            raise MonthLostError(self.period)
        return known

    def _set_state(
        self, transaction: Transaction, state: State, step: str | None = None, reason: str | None = None
    ) -> None:
        transaction.run(
            "operations/set_state",
            period=self.period.first_day,
            state=state,
            step=step,
            reason=reason,
            mode=self.installation.mail_mode,
        )


@contextmanager
def hold_month(
    installation: Installation, period: Period, today: date, options: Options, progress: Progress
) -> Iterator[Month]:
    """Hold a month while the block runs. Raises MonthHeldError when another living process does.

    A run whose block is cut off, by Ctrl-C or a stopped service too, has no end: its work is found again.
    """
    with worker_at_work(installation) as worker:
        month = Month(installation, period, today, options, worker, progress)
        run = _take(month)
        try:
            yield month
        except BaseException:
            _give_back(month)
            raise
        _give_back(month, ended=run)


def _take(month: Month) -> int:
    day = month.period.first_day
    with month.installation.database.transaction() as transaction:
        transaction.run("operations/lock_month", period=day)
        if transaction.row("operations/hold_month", period=day, worker=month.worker) is None:
            raise MonthHeldError(month.period, _holder(transaction, month.period))
        if month.options.from_step is not None:
            transaction.run(
                "operations/forget_steps", period=day, steps=list(steps_from(month.options.from_step))
            )
        return int(transaction.value("operations/insert_run", period=day, worker=month.worker))


def _holder(transaction: Transaction, period: Period) -> str:
    held = transaction.row("operations/find_holder", period=period.first_day)
    return (
        "okänd"
        if held is None
        else f"process {held.process_id} på {held.host} sedan {held.started_at.astimezone(STOCKHOLM):%H.%M}"
    )


def _give_back(month: Month, *, ended: int | None = None) -> None:
    day = month.period.first_day
    with month.installation.database.transaction() as transaction:
        known = known_month(transaction, month.period)
        transaction.run("operations/release_month", period=day, worker=month.worker)
        if known is not None and ended is not None:
            transaction.run("operations/end_run", run=ended, state=known.state, reason=known.reason)


def count_runs(installation: Installation, period: Period) -> int:
    """Return how many runs of a month have begun."""
    with installation.database.transaction() as transaction:
        return int(transaction.value("operations/count_runs", period=period.first_day))
