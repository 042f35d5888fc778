"""The step that asks whether a month's deliveries suffice to assess it."""

from dataclasses import asdict
from typing import Any

from sql.database import Transaction
from tasks.month import Month
from tasks.register import code_of, read_register
from tasks.rules.completeness import Completeness, absence_sentence, month_completeness
from tasks.rules.declaration import Shape
from tasks.rules.fingerprint import fingerprint
from tasks.rules.month_state import Outcome, Step
from tasks.rules.swedish import joined
from tasks.sources import all_sources

STEP: Step = "check_month"


def check_month(month: Month) -> bool:
    """Tell whether the month may be assessed; where it may not, it stops with the reason."""
    with month.reading() as transaction:
        found = _decide(month, transaction)
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


def _decide(month: Month, transaction: Transaction) -> Completeness:
    day, register = month.period.first_day, read_register(transaction, month.period)
    accepted = {
        name: rows[0].id
        for name in all_sources()
        if (rows := transaction.rows("delivery/list_current", source=name, first=day, last=day))
    }
    return month_completeness(
        accepted,
        {
            name: [code_of(register, unit, month.period) for unit in _units(transaction, name, delivery)]
            for name, delivery in accepted.items()
            if _covers(name)
        },
        register.units_valid(month.period),
        month.installation.config.completeness,
        titles={name: source.title for name, source in all_sources().items()},
    )


def _words(found: Completeness) -> str:
    if found.stops:
        return f"ofullständigt: {found.reason}"
    lacking = [absence_sentence(each, each.source) for each in found.coverage if each.absent]
    return f"räcker, men {joined(lacking)}" if lacking else "komplett"


def _covers(name: str) -> bool:
    return all_sources()[name].covers_every_unit


def _units(transaction: Transaction, name: str, delivery: int) -> list[str]:
    ledger = all_sources()[name].shape is Shape.LEDGER
    query = "ledger/list_units" if ledger else "figure/list_units"
    return [row.unit for row in transaction.rows(query, delivery=delivery)]


def _told(found: Completeness) -> dict[str, Any]:
    """Return what the report and later runs are told of a month's completeness."""
    return {
        "missing": list(found.missing_sources),
        "complete": not found.stops,
        "reason": found.reason,
        "coverage": [asdict(each) for each in found.coverage],
    }
