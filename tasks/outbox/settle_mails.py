"""The operator's hand on the outbox: what lies there, send again, say what became of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tasks.errors import NotFoundError, UsageError
from tasks.installation import Installation
from tasks.rules.outbox.states import MAIL_STATES
from tasks.rules.periods import Period
from tasks.rules.state_words import mail_is


class MailNotOpenError(NotFoundError):
    """A mail that doesn't exist, or whose state leaves nothing to decide."""

    def __init__(self, mail: int, state: str | None) -> None:
        self.mail, self.state = mail, state
        said = "finns inte" if state is None else f"{mail_is(state)} och går inte att ändra så"
        super().__init__(f"Mejl {mail} {said}. Se mejlen med: manad mail list")


def list_mails(
    installation: Installation,
    state: str | None = None,
    *,
    period: Period | None = None,
    address: str | None = None,
    unit: str | None = None,
    kind: str | None = None,
) -> list[dict[str, Any]]:
    """Return the outbox, newest month first, or what is asked for of it. Raises UsageError for an unknown
    state.

    address: who was meant, or who got a trial's mail; unit: a code that the mail is about.
    """
    if state is not None and state not in MAIL_STATES:
        raise UsageError(f"Läget {state} finns inte. Välj bland {', '.join(MAIL_STATES)}.")
    with installation.database.transaction() as transaction:
        rows = transaction.rows(
            "outbox/list_mails",
            state=state,
            period=None if period is None else period.first_day,
            address=None if address is None else address.lower(),
            unit=unit,
            kind=kind,
        )
    return [row._asdict() for row in rows]


def read_mail(installation: Installation, mail: int) -> dict[str, Any]:
    """Return one mail as it was written, with the units that it is about. Raises MailNotOpenError."""
    with installation.database.transaction() as transaction:
        found = transaction.row("outbox/read_mail", mail=mail)
    if found is None:
        raise MailNotOpenError(mail, None)
    return found._asdict()


def resend_mails(installation: Installation, states: Sequence[str]) -> int:
    """Queue again every mail of the present mode that failed or is uncertain; return how many."""
    with installation.database.transaction() as transaction:
        rows = [
            row
            for state in states
            for row in transaction.rows(
                "outbox/list_mails", state=state, period=None, address=None, unit=None, kind=None
            )
            if row.mode == installation.mail_mode
        ]
        return sum(transaction.run("outbox/requeue_one", mail=row.id) for row in rows)


def resend_mail(installation: Installation, mail: int) -> str:
    """Queue a failed or uncertain mail again; return its subject. Raises MailNotOpenError."""
    return _change(installation, mail, "outbox/requeue_one", {})


def settle_mail(installation: Installation, mail: int, settled_as: str, settled_by: str, today: date) -> str:
    """Note a mail as `sent` or `dropped` by an operator; return its subject. Raises MailNotOpenError."""
    said = {"settled_as": settled_as, "settled_by": settled_by, "day": today}
    return _change(installation, mail, "outbox/settle_mail", said)


def _change(installation: Installation, mail: int, query: str, parameters: dict[str, Any]) -> str:
    with installation.database.transaction() as transaction:
        changed = transaction.value(query, mail=mail, **parameters)
        found = transaction.row("outbox/find_mail", mail=mail)
    if changed is None or found is None:
        raise MailNotOpenError(mail, None if found is None else found.state)
    return str(found.subject)
