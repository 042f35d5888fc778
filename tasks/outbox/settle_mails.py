"""What is done with mails afterwards: queued again, settled by an operator's word, their texts forgotten."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Literal

from tasks.clock import STOCKHOLM
from tasks.installation import Installation
from tasks.outbox.mails import MailNotOpenError, list_mails
from tasks.rules.periods import Period

SettledAs = Literal["sent", "dropped"]


def resend_mails(installation: Installation, states: Sequence[str]) -> int:
    """Queue again every mail of the present mode that failed or is uncertain; return how many."""
    mails = [mail for state in states for mail in list_mails(installation, state)]
    with installation.database.transaction() as transaction:
        return sum(
            transaction.run("outbox/requeue_one", mail=mail.id)
            for mail in mails
            if mail.mode == installation.mail_mode
        )


def resend_mail(installation: Installation, mail: int) -> str:
    """Queue a failed or uncertain mail again; return its subject. Raises MailNotOpenError."""
    return _change(installation, mail, "outbox/requeue_one")


def settle_mail(
    installation: Installation, mail: int, settled_as: SettledAs, settled_by: str, today: date
) -> str:
    """Note what an operator says became of a mail; return its subject. Raises MailNotOpenError."""
    return _change(
        installation, mail, "outbox/settle_mail", settled_as=settled_as, settled_by=settled_by, day=today
    )


def forget_texts(installation: Installation, today: date) -> int:
    """Remove the texts of mails that came to their end long ago; return of how many.

    How long is `mail.keep_texts_months`; 0 keeps them for good. Who was mailed what and when is always kept.
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


def _change(installation: Installation, mail: int, query: str, **parameters: str | date) -> str:
    with installation.database.transaction() as transaction:
        changed = transaction.value(query, mail=mail, **parameters)
        row = transaction.row("outbox/find_mail", mail=mail)
    if changed is None or row is None:
        raise MailNotOpenError(mail, None if row is None else row.state)
    return str(row.subject)
