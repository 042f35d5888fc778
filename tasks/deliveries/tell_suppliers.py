"""The step that tells suppliers what became of their files, without a run of any month."""

from datetime import date

from tasks.deliveries.receipt_mails import open_receipts, queue_receipts, queue_refusals
from tasks.installation import Installation


def tell_suppliers(installation: Installation, today: date) -> int:
    """Queue the receipts that nobody has been sent; return how many."""
    with installation.database.transaction() as transaction:
        post = open_receipts(installation, transaction, today)
        return queue_refusals(post, transaction) + queue_receipts(post, transaction)
