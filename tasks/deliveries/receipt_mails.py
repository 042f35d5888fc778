"""The mails that tell suppliers what became of their files."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from notifications.mails.kvitto_mottagen import KvittoMottagen, MonthSums
from notifications.mails.kvitto_nekad import FileProblem, KvittoNekad
from sql.database import Transaction
from tasks.calendar import swedish_free_days
from tasks.installation import Installation
from tasks.outbox.queue_mail import MailKey, Outbox, open_outbox
from tasks.outbox.receivers import SUPPLIER, read_reach, role_of, supplier_of
from tasks.outbox.words import clock_words, source_title
from tasks.rules.declaration import Shape, Source
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.problem_words import example_words, place_words, remedies, rows_words
from tasks.rules.deliveries.receipt import Receipt, ReceiptSum
from tasks.rules.operations.unasked import first_unasked
from tasks.rules.outbox.recipients import Reach
from tasks.rules.periods import Period, working_day_of_month
from tasks.rules.swedish import counted, day_words, number
from tasks.sources import all_sources

REFUSED, ACCEPTED = "kvitto_nekad", "kvitto_mottagen"
NEWS = timedelta(days=7)
"""A delivery that was accepted longer ago is no news: its supplier was named afterwards."""
NAMED = 20
"""So many absent units are named; the rest are counted."""


@dataclass(frozen=True)
class UnmailedReceipt:
    """A receipt that nobody has been mailed. mail_step: what tells its mail from other receipts' mails.

    revision: None of a refused file. previous: the revision before an accepted one, and when that came.
    """

    receipt: Receipt
    received_at: datetime
    mail_step: str
    revision: int | None = None
    previous: tuple[int, datetime] | None = None


@dataclass(frozen=True)
class ReceiptPost:
    """What receipts are written with, on a day."""

    installation: Installation
    today: date
    outbox: Outbox
    reach: Reach


def open_receipts(installation: Installation, transaction: Transaction, today: date) -> ReceiptPost:
    """Open the post of receipts."""
    return ReceiptPost(
        installation, today, open_outbox(installation, transaction), read_reach(installation, transaction)
    )


def queue_refusals(post: ReceiptPost, transaction: Transaction) -> int:
    """Queue the receipts of refused files that nobody has been sent; return how many."""
    refused = _refused(post, transaction)
    for unmailed in refused:
        to = supplier_of(post.installation, unmailed.receipt.source, post.reach)
        key = MailKey(
            unmailed.receipt.period, REFUSED, role_of(to), to.address.lower(), step=unmailed.mail_step
        )
        post.outbox.queue(transaction, key, _refusal(post, unmailed, key.address), required=False)
    return len(refused)


def queue_receipts(post: ReceiptPost, transaction: Transaction) -> int:
    """Queue the receipts of accepted files that no supplier has been sent; return how many.

    Only to a supplier, since whoever else handed a file in was told at the terminal, and only of recent
    months: old ones come many at a time, when somebody follows them up in hindsight.
    """
    outbox, installation, queued = post.outbox, post.installation, 0
    suppliers = {name: supplier_of(installation, name, post.reach) for name in all_sources()}
    named = [name for name, to in suppliers.items() if role_of(to) == SUPPLIER]
    for unmailed in _accepted(post, transaction, named):
        address = suppliers[unmailed.receipt.source].address.lower()
        key = MailKey(unmailed.receipt.period, ACCEPTED, SUPPLIER, address, step=unmailed.mail_step)
        values = _acceptance(post, unmailed, address)
        queued += (
            outbox.queue(transaction, key, values, required=False, reply_to=installation.settings.operator)
            is not None
        )
    return queued


def deadline(source: str, period: Period) -> date:
    """Return the day on which a source's delivery of a month is to be there."""
    after = period.plus(1)
    free_days = swedish_free_days(range(after.year, after.year + 1))
    return working_day_of_month(after, all_sources()[source].deadline, free_days=free_days)


def _refused(post: ReceiptPost, transaction: Transaction) -> list[UnmailedReceipt]:
    return [
        UnmailedReceipt(Receipt.of_data(row.receipt), row.received_at, row.mail_step)
        for row in transaction.rows("deliveries/list_refused_unmailed", mode=post.outbox.mode)
    ]


def _accepted(post: ReceiptPost, transaction: Transaction, sources: list[str]) -> list[UnmailedReceipt]:
    """Return the unmailed receipts of some sources, of recent days and of months that recent ones need."""
    lags = post.installation.config.lags
    rows = [
        row
        for source in sources
        for row in transaction.rows(
            "deliveries/list_accepted_unmailed",
            source=source,
            since=post.installation.clock.now() - NEWS,
            first=first_unasked(post.today).plus(-lags.get(source, 0)).first_day,
            mode=post.outbox.mode,
        )
    ]
    return [
        UnmailedReceipt(
            Receipt.of_data(row.receipt),
            row.received_at,
            row.mail_step,
            revision=row.revision,
            previous=None
            if row.previous_revision is None
            else (row.previous_revision, row.previous_received_at),
        )
        for row in rows
    ]


def _refusal(post: ReceiptPost, unmailed: UnmailedReceipt, address: str) -> KvittoNekad:
    receipt = unmailed.receipt
    told = sum(problem.count for problem in receipt.problems)
    left_out = receipt.problem_count - told
    return KvittoNekad(
        organisation=post.installation.config.mail.administration,
        would_have_gone_to=post.outbox.would_have_gone_to(address),
        file=receipt.file,
        source=receipt.source_title,
        period=receipt.when,
        received=clock_words(unmailed.received_at),
        problem_count=str(len(receipt.problems)),
        places=number(receipt.problem_count) if told > len(receipt.problems) else "",
        problems=tuple(map(_file_problem, receipt.problems)),
        left_out=str(left_out) if left_out else "",
        needed_by=_needed_by(post, receipt.source, receipt.period),
    )


def _file_problem(problem: Problem) -> FileProblem:
    return FileProblem(
        row=str(problem.row or ""),
        column=problem.column or "",
        value=problem.value or "",
        rule=problem.rule,
        remedies=tuple(remedies(problem)),
        rows=rows_words(problem),
        examples=tuple(map(example_words, problem.examples)),
    )


def _needed_by(post: ReceiptPost, source: str, period: Period) -> str:
    """Return in words the day by which a delivery is needed; empty when it has passed."""
    day = _due(post, source, period)
    return day_words(day) if day >= post.today else ""


def _acceptance(post: ReceiptPost, unmailed: UnmailedReceipt, address: str) -> KvittoMottagen:
    receipt = unmailed.receipt
    left_out = len(receipt.absent_units) - NAMED
    return KvittoMottagen(
        organisation=post.installation.config.mail.administration,
        would_have_gone_to=post.outbox.would_have_gone_to(address),
        file=receipt.file,
        source=source_title(receipt.source),
        period=receipt.when,
        received=clock_words(unmailed.received_at),
        revision=str(unmailed.revision),
        rows=number(receipt.rows),
        units=_units(receipt),
        next_step=_next_delivery(post, receipt.source, receipt.period),
        months=_sums(receipt),
        previous=_previous(unmailed),
        absent=receipt.absent_units[:NAMED],
        absent_more=number(left_out) if left_out > 0 else "",
        warnings=tuple(map(_warning, receipt.warnings)),
        notes=tuple(map(_warning, receipt.notes)),
    )


def _units(receipt: Receipt) -> str:
    valid, absent = receipt.valid_units, len(receipt.absent_units)
    if valid:
        return f"{number(valid - absent)} av {counted(valid, 'enhet', 'enheter')}"
    if receipt.units:
        return counted(receipt.units, "enhet eller område", "enheter eller områden")
    return "hela förvaltningen"


def _previous(unmailed: UnmailedReceipt) -> str:
    if unmailed.previous is None:
        return ""
    revision, received_at = unmailed.previous
    return f"revision {revision}, mottagen {clock_words(received_at)}"


def _next_delivery(post: ReceiptPost, source: str, period: Period) -> str:
    """Say which delivery comes next: the first one of a later month whose deadline hasn't passed."""
    if not post.installation.config.completeness.requires(all_sources()[source]):
        return "Lämna en ny fil när uppgifterna har ändrats."
    following = period.plus(1)
    while _due(post, source, following) < post.today:
        following = following.plus(1)
    return f"Nästa leverans är {following.swedish}, senast den {day_words(_due(post, source, following))}."


def _due(post: ReceiptPost, source: str, delivered: Period) -> date:
    """Return when a delivery of a month is to be there: by the deadline of the month that needs it."""
    return deadline(source, delivered.plus(post.installation.config.lags.get(source, 0)))


def _sums(receipt: Receipt) -> tuple[MonthSums, ...]:
    """Lay out a ledger's budget and outcome by month; another source has none."""
    if all_sources()[receipt.source].shape is not Shape.LEDGER:
        return ()
    months: dict[Period, dict[str, ReceiptSum]] = {}
    for total in receipt.totals:
        months.setdefault(total.period, {})[total.measure] = total
    source = all_sources()[receipt.source]
    return tuple(
        _month_sums(source, period, of_month.get("budget"), of_month.get("utfall"))
        for period, of_month in sorted(months.items())
    )


def _month_sums(
    source: Source, period: Period, budget: ReceiptSum | None, outcome: ReceiptSum | None
) -> MonthSums:
    return MonthSums(
        month=period.month_name,
        budget=_kr(budget) if source.tells("budget") else "",
        outcome=_kr(outcome) if source.tells("utfall") else "",
        budget_change=_change(budget),
        outcome_change=_change(outcome),
    )


def _kr(total: ReceiptSum | None) -> str:
    return "–" if total is None or total.total is None else number(total.total)


def _change(total: ReceiptSum | None) -> str:
    """Write a change with its sign; empty in a first revision."""
    if total is None or total.change is None:
        return ""
    return f"{'+' if total.change > 0 else ''}{number(total.change)}"


def _warning(problem: Problem) -> str:
    rule = f"{problem.rule}. {' '.join(remedies(problem))}".rstrip()
    return f"{place_words(problem)}: {rule}" if problem.row or problem.column or problem.value else rule
