"""The mails that tell of a held delivery: its supplier, the operator, and every controller, once each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from notifications.mails.leverans_hallen import LeveransHallen
from sql.database import Transaction
from tasks.deliveries.receipt_mails import ReceiptPost, open_receipts, queue_receipts, queue_refusals
from tasks.figures.current_deliveries import delivery_in_month
from tasks.installation import Installation
from tasks.outbox.links import open_links
from tasks.outbox.queue_mail import MailKey
from tasks.outbox.receivers import OPERATOR, SUPPLIER, read_receivers, role_of, supplier_of
from tasks.outbox.words import clock_words
from tasks.rules.deliveries.receipt import Receipt
from tasks.rules.outbox.recipients import Contacts, Fallback, recipient_of
from tasks.rules.swedish import mid_sentence
from tasks.sources import all_sources

HELD = "leverans_hallen"
CONTROLLER = "controller"
WHY = {
    CONTROLLER: "Du får det här som controller: du kan säga om siffrorna är rätt.",
    OPERATOR: "Du får det här som driftansvarig för månadsuppföljningen.",
    SUPPLIER: "Du får det här som mottagare av kvitton för källan.",
}


@dataclass(frozen=True)
class _Held:
    number: int
    received_at: datetime
    receipt: Receipt
    mail_step: str


def tell_of_deliveries(installation: Installation, today: date) -> int:
    """Queue the receipts that nobody has been sent, and what is held; return how many mails."""
    with installation.database.transaction() as transaction:
        post = open_receipts(installation, transaction, today)
        refused = queue_refusals(post, transaction)
        return refused + queue_receipts(post, transaction) + queue_held(post, transaction)


def queue_held(post: ReceiptPost, transaction: Transaction) -> int:
    """Queue what nobody has been told of held deliveries; return how many mails."""
    held = [
        _Held(row.id, row.received_at, Receipt.of_data(row.receipt), row.mail_step)
        for row in transaction.rows("deliveries/list_held_unmailed", mode=post.outbox.mode)
    ]
    return sum(_queue(post, transaction, one) for one in held)


def _queue(post: ReceiptPost, transaction: Transaction, held: _Held) -> int:
    period, operator = held.receipt.period, post.installation.settings.operator
    queued = 0
    for address, role in _readers(post, transaction, held):
        key = MailKey(period, HELD, role, address, step=held.mail_step)
        values = _values(post, transaction, held, address, role)
        queued += post.outbox.queue(transaction, key, values, required=False, reply_to=operator) is not None
    return queued


def _readers(post: ReceiptPost, transaction: Transaction, held: _Held) -> Iterator[tuple[str, str]]:
    """Yield who is told, each address once, in the role in which it may do most."""
    to = supplier_of(post.installation, held.receipt.source, post.reach)
    operator = post.installation.settings.operator
    roles = dict.fromkeys(_controllers(post, transaction, held), CONTROLLER)
    roles.setdefault(operator.lower(), OPERATOR)
    roles.setdefault(to.address.lower(), role_of(to))
    yield from roles.items()


def _controllers(post: ReceiptPost, transaction: Transaction, held: _Held) -> list[str]:
    """Return the controllers of the month's units, and the configured one."""
    period, settings = held.receipt.period, post.installation.settings
    receivers = read_receivers(post.installation, transaction, period)
    found = [receivers.controller_of(code) for code in receivers.register.units_valid(period)]
    found.append(recipient_of(Contacts(), Fallback(settings.controller_email, settings.operator), post.reach))
    return sorted({one.address.lower() for one in found if one.role == CONTROLLER})


def _values(
    post: ReceiptPost, transaction: Transaction, held: _Held, address: str, role: str
) -> LeveransHallen:
    receipt, decides = held.receipt, role != SUPPLIER
    links = open_links(post.installation, post.today)
    return LeveransHallen(
        organisation=post.installation.config.mail.administration,
        would_have_gone_to=post.outbox.would_have_gone_to(address),
        file=receipt.file,
        source=receipt.source_title,
        period=receipt.when,
        received=clock_words(held.received_at),
        doubts=tuple(f"{doubt.rule}. {doubt.remedy}" for doubt in receipt.doubts),
        meaning=_meaning(post, transaction, receipt),
        decides=decides,
        command=f'manad release {held.number} --by NAMN --reason "varför siffrorna är rätt"'
        if decides
        else "",
        link=links.to_delivery(transaction, held.number, address) if decides else "",
        why_you=WHY[role],
    )


def _meaning(post: ReceiptPost, transaction: Transaction, receipt: Receipt) -> str:
    """Say what the month does while the delivery is held."""
    if receipt.months:
        return "Till dess räknas månaderna som saknade, utom de som en tidigare fil har tagits emot för."
    lags = post.installation.config.lags
    needed_in = receipt.period.plus(lags.get(receipt.source, 0))
    standing = delivery_in_month(transaction, receipt.source, needed_in, lags)
    if standing is not None:
        of = "" if standing.period == receipt.period else f" av {standing.period.swedish}"
        came = clock_words(standing.received_at)
        return f"Till dess gäller revision {standing.revision}{of}, mottagen {came}."
    if post.installation.config.completeness.requires(all_sources()[receipt.source]):
        return f"Till dess väntar {needed_in.swedish}: filen räknas som saknad, och inga chefer mejlas."
    return f"Till dess är {mid_sentence(receipt.source_title)} uppgift saknas i {needed_in.swedish}."
