"""How a run of a month is told to operators: done, done with warnings and why, or not done and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


def judge_run(state: str, reason: str | None, status: Mapping[str, Any]) -> RunVerdict:
    """Judge a run by the month's state and reason, and what its status tells (`manad status --json`)."""
    if state != "done":
        return RunVerdict(False, NOT_DONE.get(state), reason or _unfinished(status["mails"]))
    warnings = [*_deliveries(status["deliveries"]), *_absent(status["steps"]), *_mails(status["mails"])]
    if warnings:
        return RunVerdict(True, "CompletedWithWarnings", f"Klar, men {joined(warnings)}.")
    return RunVerdict(
        True, None, f"Klar: {counted(status['mails']['sent'], 'mejl skickat', 'mejl skickade')}."
    )


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


def _deliveries(deliveries: Any) -> list[str]:
    """Name the sources whose last file was refused."""
    last = {
        one["source"]: one["state"] for one in sorted(deliveries, key=lambda one: str(one["received_at"]))
    }
    refused = [source for source, state in last.items() if state == "refused"]
    return [f"en fil nekades: {joined(refused)}"] if refused else []


def _absent(steps: Any) -> list[str]:
    coverage = next((one["result"].get("coverage", ()) for one in steps if one["step"] == "check_month"), ())
    return [
        f"{each['source']} saknas för {len(each['absent'])} av {each['expected']} enheter"
        for each in coverage
        if each["absent"]
    ]


def _mails(mails: Mapping[str, int]) -> list[str]:
    states = ("failed", "uncertain", "queued", "retrying")
    return [mails_are(mails[state], state) for state in states if mails[state]]
