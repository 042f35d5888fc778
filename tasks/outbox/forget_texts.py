"""What the log of mails keeps: texts for a time, who was mailed what and when for good."""

from datetime import date, datetime, time

from tasks.clock import STOCKHOLM
from tasks.installation import Installation
from tasks.rules.periods import Period


def forget_texts(installation: Installation, today: date) -> int:
    """Remove the texts of mails that came to their end long ago; return of how many.

    How long is `mail.keep_texts_months`; 0 keeps them for good.
    """
    months = installation.config.mail.keep_texts_months
    if not months:
        return 0
    first_kept = Period.of(today).plus(-months).first_day
    before = datetime.combine(first_kept, time.min, tzinfo=STOCKHOLM)
    with installation.database.transaction() as transaction:
        removed = transaction.run("outbox/remove_old_texts", before=before, today=today)
        transaction.run("outbox/remove_unused_pictures")
    return removed


def count_unfinished(installation: Installation) -> int:
    """Return how many mails that may go out haven't come to their end, uncertain ones among them."""
    with installation.database.transaction() as transaction:
        return int(transaction.value("outbox/count_unfinished", mode=installation.mail_mode))
