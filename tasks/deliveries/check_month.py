"""The step that asks whether a month's deliveries suffice to assess it."""

from dataclasses import asdict
from typing import Any

from tasks.deliveries.month_deliveries import accepted_deliveries, read_completeness
from tasks.month import Month
from tasks.rules.deliveries.completeness import Completeness, absence_sentence
from tasks.rules.json_values import fingerprint
from tasks.rules.operations.state import Outcome, Step
from tasks.rules.swedish import joined

STEP: Step = "check_month"


def check_month(month: Month) -> bool:
    """Tell whether the month may be assessed; where it may not, it stops with the reason."""
    with month.reading() as transaction:
        accepted = accepted_deliveries(transaction, month.period)
        found = read_completeness(month.installation, transaction, month.period, accepted)
    outcome: Outcome = "done" if not found.stops else "allowed" if month.options.allow_missing else "missing"
    result = _told(found)
    mark = fingerprint([result, outcome])
    with month.saving() as transaction:
        made = month.made_before(transaction, STEP, mark) is None
        if outcome == "missing":
            month.stop(transaction, STEP, found.reason, outcome="missing")
        else:
            month.advance(transaction, STEP, outcome, made=made)
        month.remember(transaction, STEP, mark, result)
    month.progress(_words(found))
    return outcome != "missing"


def _words(found: Completeness) -> str:
    if found.stops:
        return f"ofullständigt: {found.reason}"
    lacking = [absence_sentence(each, each.source) for each in found.coverage if each.absent]
    return f"räcker, men {joined(lacking)}" if lacking else "komplett"


def _told(found: Completeness) -> dict[str, Any]:
    """Return what the report and later runs are told of a month's completeness."""
    return {
        "missing": list(found.missing_sources),
        "complete": not found.stops,
        "reason": found.reason,
        "coverage": [asdict(each) for each in found.coverage],
    }
