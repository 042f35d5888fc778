"""How a run of a month is told to operators: done, done with warnings and why, or not done and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.rules.deliveries.completeness import Completeness, absence_sentence
from tasks.rules.operations.month_status import ListedDelivery, MonthStatus
from tasks.rules.operations.state import State
from tasks.rules.state_words import mails_are
from tasks.rules.swedish import counted, joined

NOT_DONE = {
    "incomplete": "Incomplete",
    "failed": "MonthStopped",
    "reported": "MailsNotFinal",
}
"""The name of the state of a run that did not end its month and has mailed the operator why itself: Prefect's
own name, Failed, is left to what nobody foresaw, which an automation tells of."""


@dataclass(frozen=True)
class RunVerdict:
    """is_done: the month came to its end. name: of the run's state, None for Prefect's own. message: why."""

    is_done: bool
    name: str | None
    message: str


def judge_run(state: State, reason: str | None, status: MonthStatus) -> RunVerdict:
    """Judge a run by the state and reason that it ended with, and what the month's status tells."""
    if state != "done":
        return RunVerdict(False, NOT_DONE.get(state), reason or _unfinished(status.mails))
    warnings = [*_deliveries(status.deliveries), *_absent(status.check), *_mails(status.mails)]
    if warnings:
        return RunVerdict(True, "CompletedWithWarnings", f"Klar, men {joined(warnings)}.")
    return RunVerdict(True, None, f"Klar: {counted(status.mails['sent'], 'mejl skickat', 'mejl skickade')}.")


def _unfinished(mails: Mapping[str, int]) -> str:
    left = mails["queued"] + mails["retrying"]
    parts = [f"{counted(left, 'mejl', 'mejl')} återstår"] if left else []
    if mails["uncertain"]:
        parts.append(f"{mails_are(mails['uncertain'], 'uncertain')}: avgör med manad mail settle")
    return (
        f"Rapporten är skriven, men {joined(parts)}."
        if parts
        else "Rapporten är skriven, men mejl är inte köade."
    )


def _deliveries(deliveries: Sequence[ListedDelivery]) -> list[str]:
    """Name the sources whose last file was refused, or is held."""
    in_order = sorted(deliveries, key=lambda delivery: delivery.received_at)
    last = {delivery.source: delivery.state for delivery in in_order}
    refused = [source for source, state in last.items() if state == "refused"]
    held = [source for source, state in last.items() if state == "held"]
    parts = [f"en fil nekades: {joined(refused)}"] if refused else []
    return [*parts, f"en fil är hållen: {joined(held)}"] if held else parts


def _absent(check: Completeness) -> list[str]:
    return [
        absence_sentence(coverage, check.called(coverage.source, coverage.source))
        for coverage in check.partly
    ]


def _mails(mails: Mapping[str, int]) -> list[str]:
    states = ("failed", "uncertain", "queued", "retrying")
    return [mails_are(mails[state], state) for state in states if mails[state]]
