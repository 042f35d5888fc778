"""Held deliveries: seen, released or refused by a person, whose name and reason are kept for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sql.database import Transaction
from tasks.deliveries.store_delivery import lock_months, opposed_deliveries
from tasks.deliveries.take_in_delivery import Arrival
from tasks.errors import ManadError, NotFoundError, UsageError
from tasks.figures.current_deliveries import deliveries_in_month, rows_of_month
from tasks.installation import Installation
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.halves.together import mixed_with
from tasks.rules.deliveries.receipt import Decision, Receipt, decided
from tasks.rules.periods import Period
from tasks.sources import all_sources

LONGEST = 500
"""Characters of a name or a reason; more is no name, and no reason that anybody reads."""


class NotHeldError(ManadError):
    """A delivery isn't held, or not any longer: what became of it is said."""

    exit_code = 1


@dataclass(frozen=True)
class HeldDelivery:
    """A delivery that is or was held. decided_at: when a person decided, None while nobody has.

    state: superseded when an accepted file has come after it, so that nothing is left to decide.
    """

    id: int
    source: str
    period: Period
    state: Literal["accepted", "refused", "held", "superseded"]
    file_name: str
    received_at: datetime
    receipt: Receipt
    decided_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for a decision."""
        return self.state == "held"


def held_delivery(installation: Installation, number: int) -> HeldDelivery:
    """Return a delivery that is or was held. Raises NotFoundError."""
    with installation.database.transaction() as transaction:
        return _find(transaction, number)


def held_in_month(installation: Installation, period: Period) -> list[HeldDelivery]:
    """Return the deliveries that a month may be told by and that wait for a decision."""
    with installation.database.transaction() as transaction:
        rows = rows_of_month(transaction, period, installation.config.lags)
        numbers = dict.fromkeys(row.id for row in rows if row.state == "held")
        return [_find(transaction, number) for number in numbers]


def doubtful_units(transaction: Transaction, period: Period, lags: Mapping[str, int]) -> dict[str, str]:
    """Return the units of a month whose figures are a thousand times off, each with the sentence about it.

    Nobody is mailed of them: their deliveries were let in, for the others are right.
    """
    counting = deliveries_in_month(transaction, period, lags).values()
    rows = transaction.rows("deliveries/list_doubtful", deliveries=[delivery.id for delivery in counting])
    return {
        unit.unit: unit.sentence
        for row in rows
        for unit in Receipt.of_data(row.receipt).doubtful
        if unit.period in (None, Period.of(row.period))
    }


def release_delivery(installation: Installation, number: int, *, by: str, reason: str) -> Arrival:
    """Let a held delivery in, since its figures are right; return it as one that has just been accepted.

    Raises NotFoundError, NotHeldError, and UsageError without a name or a reason.
    """
    return _decide(installation, number, Decision("released", _said(by, "--by"), _said(reason, "--reason")))


def refuse_delivery(installation: Installation, number: int, *, by: str, reason: str = "") -> Arrival:
    """Refuse a held delivery, since its figures are wrong; the same bytes are not let in later either.

    Raises NotFoundError, NotHeldError, and UsageError without a name.
    """
    return _decide(
        installation, number, Decision("refused", _said(by, "--by"), " ".join(reason.split())[:LONGEST])
    )


def _decide(installation: Installation, number: int, decision: Decision) -> Arrival:
    with installation.database.transaction() as transaction:
        held = _find(transaction, number)
        months, source = held.receipt.months or (held.period,), all_sources()[held.source]
        lock_months(transaction, source, months)
        held = _find(transaction, number)
        if not held.is_open:
            raise NotHeldError(_why_not(held))
        opposed = opposed_deliveries(transaction, source, months)
        if opposed and decision.decision == "released":
            raise NotHeldError(_mixed(held, mixed_with(source, opposed)))
        receipt = decided(held.receipt, decision)
        revision = _save(transaction, held, decision)
    state: Literal["accepted", "refused"] = "refused" if revision is None else "accepted"
    return Arrival(
        held.file_name,
        state,
        held.source,
        held.period,
        revision,
        receipt.rows,
        receipt,
        months=receipt.months,
    )


def _save(transaction: Transaction, held: HeldDelivery, decision: Decision) -> int | None:
    """Keep a decision; return the revision that a released delivery got, None of a refused one.

    Of a year's file the months that a newer file has replaced stay as they are.
    """
    transaction.run(
        "deliveries/insert_decision",
        delivery=held.id,
        decision=decision.decision,
        decided_by=decision.decided_by,
        reason=decision.reason,
    )
    revision = None
    for month in transaction.rows("deliveries/list_held_months", delivery=held.id):
        own = decided(Receipt.of_data(month.receipt), decision)
        stored = {"delivery": month.id, "receipt": own.as_data()}
        if decision.decision == "released":
            revision = int(transaction.value("deliveries/release_held", **stored))
        else:
            transaction.run("deliveries/refuse_held", problem_count=own.problem_count, **stored)
    return revision


def _find(transaction: Transaction, number: int) -> HeldDelivery:
    row = transaction.row("deliveries/find_delivery", delivery=number)
    if row is None or not (row.state in ("held", "superseded") or row.decision is not None):
        raise NotFoundError(
            f"Det finns ingen hållen leverans med nummer {number}: numren står i manad status PERIOD."
        )
    return HeldDelivery(
        id=row.id,
        source=row.source,
        period=Period.of(row.period),
        state=row.state,
        file_name=row.file_name,
        received_at=row.received_at,
        receipt=Receipt.of_data(row.receipt),
        decided_at=row.decided_at,
    )


def _why_not(held: HeldDelivery) -> str:
    if held.state == "superseded":
        return (
            f"Leverans {held.id} ({held.file_name}) är inte hållen längre: "
            "en nyare fil har tagits emot och gäller."
        )
    decision = held.receipt.decision
    by = "" if decision is None else f" av {decision.decided_by}"
    done = "släppts in" if held.state == "accepted" else "nekats"
    return f"Leverans {held.id} ({held.file_name}) är inte hållen längre: den har redan {done}{by}."


def _mixed(held: HeldDelivery, why: Problem) -> str:
    return f"Leverans {held.id} ({held.file_name}) kan inte släppas in. {why.rule}. {why.remedy}"


def _said(text: str, option: str) -> str:
    """Return what a person said, on one line. Raises UsageError where it is nothing, or endless."""
    said = " ".join(text.split())
    if not said:
        raise UsageError(f"{option} är tomt: skriv vem som svarar för beslutet och varför.")
    if len(said) > LONGEST:
        raise UsageError(f"{option} är längre än {LONGEST} tecken: korta texten.")
    return said
