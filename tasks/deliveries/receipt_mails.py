"""The mails that tell suppliers what became of their files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from notifications.mails.kvitto_mottagen import KvittoMottagen, MonthSums
from notifications.mails.kvitto_nekad import FileProblem, KvittoNekad
from sql.database import Transaction
from tasks.calendar import swedish_free_days
from tasks.installation import Installation
from tasks.outbox.queue_mail import MailKey, Outbox, open_outbox
from tasks.outbox.receivers import SUPPLIER, read_reach, role_of, supplier_of
from tasks.outbox.words import clock_words, source_title
from tasks.rules.declaration import Shape
from tasks.rules.operations.unasked import first_unasked
from tasks.rules.outbox.recipients import Reach
from tasks.rules.periods import Period, working_day_of_month
from tasks.rules.swedish import NBSP, counted, day_words, number
from tasks.sources import all_sources

REFUSED, ACCEPTED = "kvitto_nekad", "kvitto_mottagen"
NEWS = timedelta(days=7)
"""A delivery that was accepted longer ago is no news: its supplier was named afterwards."""
NAMED = 20
"""So many absent units are named; the rest are counted."""


@dataclass(frozen=True)
class ReceiptPost:
    """What receipts are written with, on a day."""

    installation: Installation
    today: date
    outbox: Outbox
    reach: Reach


def tell_suppliers(installation: Installation, today: date) -> int:
    """Queue the receipts that nobody has been sent; return how many."""
    with installation.database.transaction() as transaction:
        post = open_receipts(installation, transaction, today)
        return queue_refusals(post, transaction) + queue_receipts(post, transaction)


def open_receipts(installation: Installation, transaction: Transaction, today: date) -> ReceiptPost:
    """Open the post of receipts."""
    return ReceiptPost(
        installation, today, open_outbox(installation, transaction), read_reach(installation, transaction)
    )


def queue_refusals(post: ReceiptPost, transaction: Transaction) -> int:
    """Queue the receipts of refused files that nobody has been sent; return how many."""
    refused = transaction.rows("deliveries/list_refused_unmailed", mode=post.outbox.mode)
    for delivery in refused:
        to = supplier_of(post.installation, delivery.source, post.reach)
        key = MailKey(
            Period.of(delivery.period), REFUSED, role_of(to), to.address.lower(), step=delivery.mail_step
        )
        post.outbox.queue(transaction, key, _refusal(post, delivery, key.address), required=False)
    return len(refused)


def queue_receipts(post: ReceiptPost, transaction: Transaction) -> int:
    """Queue the receipts of accepted files that no supplier has been sent; return how many.

    Only to a supplier, since whoever else handed a file in was told at the terminal, and only of recent
    months: old ones come many at a time, when somebody follows them up in hindsight.
    """
    outbox, installation, queued = post.outbox, post.installation, 0
    suppliers = {name: supplier_of(installation, name, post.reach) for name in all_sources()}
    named = [name for name, to in suppliers.items() if role_of(to) == SUPPLIER]
    since = installation.clock.now() - NEWS
    first = first_unasked(post.today).first_day
    for delivery in transaction.rows(
        "deliveries/list_accepted_unmailed", sources=named, since=since, first=first, mode=outbox.mode
    ):
        address = suppliers[delivery.source].address.lower()
        key = MailKey(Period.of(delivery.period), ACCEPTED, SUPPLIER, address, step=delivery.mail_step)
        values = _receipt(post, delivery, address)
        queued += (
            outbox.queue(transaction, key, values, required=False, reply_to=installation.settings.operator)
            is not None
        )
    return queued


def _refusal(post: ReceiptPost, delivery: Any, address: str) -> KvittoNekad:
    receipt, period = delivery.receipt, Period.of(delivery.period)
    left_out = receipt["problem_count"] - len(receipt["problems"])
    return KvittoNekad(
        organisation=post.installation.config.mail.administration,
        would_have_gone_to=post.outbox.would_have_gone_to(address),
        file=receipt["file"],
        source=receipt["source_title"],
        period=period.swedish,
        received=clock_words(delivery.received_at),
        problem_count=str(receipt["problem_count"]),
        problems=tuple(_problem(each) for each in receipt["problems"]),
        left_out=str(left_out) if left_out else "",
        needed_by=_needed_by(post, delivery.source, period),
    )


def _problem(told: dict[str, Any]) -> FileProblem:
    return FileProblem(
        row=str(told["row"] or ""),
        column=told["column"] or "",
        value=told["value"] or "",
        rule=told["rule"],
        remedy=told["remedy"],
    )


def _needed_by(post: ReceiptPost, source: str, period: Period) -> str:
    """Return the source's deadline in words; empty when it has passed."""
    day = deadline(source, period)
    return day_words(day) if day >= post.today else ""


def deadline(source: str, period: Period) -> date:
    """Return the day on which a source's delivery of a month is to be there."""
    after = period.plus(1)
    free_days = swedish_free_days(range(after.year, after.year + 1))
    return working_day_of_month(after, all_sources()[source].deadline, free_days=free_days)


def _receipt(post: ReceiptPost, delivery: Any, address: str) -> KvittoMottagen:
    receipt, absent = delivery.receipt, delivery.receipt["absent_units"]
    left_out = len(absent) - NAMED
    return KvittoMottagen(
        organisation=post.installation.config.mail.administration,
        would_have_gone_to=post.outbox.would_have_gone_to(address),
        file=receipt["file"],
        source=source_title(delivery.source),
        period=Period.of(delivery.period).swedish,
        received=clock_words(delivery.received_at),
        revision=str(delivery.revision),
        rows=number(delivery.row_count),
        units=_units(receipt),
        next_step=_next_delivery(post, delivery.source, Period.of(delivery.period)),
        months=_sums(delivery.source, receipt["totals"]),
        previous=_previous(delivery),
        absent=tuple(absent[:NAMED]),
        absent_more=number(left_out) if left_out > 0 else "",
        warnings=tuple(_warning(each) for each in receipt["warnings"]),
    )


def _units(receipt: Mapping[str, Any]) -> str:
    valid, absent = receipt["valid_units"], len(receipt["absent_units"])
    if valid:
        return f"{number(valid - absent)} av {counted(valid, 'enhet', 'enheter')}"
    if receipt["units"]:
        return counted(receipt["units"], "enhet eller område", "enheter eller områden")
    return "hela förvaltningen"


def _previous(delivery: Any) -> str:
    if delivery.previous_revision is None:
        return ""
    return f"revision {delivery.previous_revision}, mottagen {clock_words(delivery.previous_received_at)}"


def _next_delivery(post: ReceiptPost, source: str, period: Period) -> str:
    """Say which delivery comes next: the first one of a later month whose deadline hasn't passed."""
    if source not in post.installation.config.completeness.required_sources:
        return "Lämna en ny fil när uppgifterna har ändrats."
    following = max(period.plus(1), Period.of(post.today).plus(-1))
    while deadline(source, following) < post.today:
        following = following.plus(1)
    day = day_words(deadline(source, following))
    return f"Nästa leverans är {following.swedish}, senast den {day}."


def _sums(source: str, totals: Sequence[Mapping[str, Any]]) -> tuple[MonthSums, ...]:
    """Lay out a ledger's budget and outcome by month; another source has none."""
    if all_sources()[source].shape is not Shape.LEDGER:
        return ()
    months: dict[str, dict[str, Mapping[str, Any]]] = {}
    for total in totals:
        months.setdefault(total["period"], {})[total["measure"]] = total
    return tuple(
        MonthSums(
            month=Period.parse(period).swedish.split()[0],
            budget=_kr(of_month.get("budget", {}).get("total")),
            outcome=_kr(of_month.get("utfall", {}).get("total")),
            budget_change=_change(of_month.get("budget", {}).get("change")),
            outcome_change=_change(of_month.get("utfall", {}).get("change")),
        )
        for period, of_month in sorted(months.items())
    )


def _kr(text: str | None) -> str:
    return "–" if text is None else number(Decimal(text))


def _change(text: str | None) -> str:
    """Write a change with its sign; empty in a first revision."""
    if text is None:
        return ""
    return f"{'+' if Decimal(text) > 0 else ''}{number(Decimal(text))}"


def _warning(told: Mapping[str, Any]) -> str:
    place = [f"Rad{NBSP}{told['row']}"] if told["row"] else []
    place += [f"kolumn {told['column']}"] if told["column"] else []
    place += [f"”{told['value']}”"] if told["value"] else []
    said = f"{told['rule']}. {told['remedy']}"
    return f"{', '.join(place)}: {said}" if place else said
