"""The operator's hand on the outbox: what lies there, send again, say what became of it."""

from typing import Any

from tasks.errors import NotFoundError, UsageError
from tasks.installation import Installation
from tasks.show_month import MAIL_STATES

SAID = {
    "queued": "väntar på att skickas, eller skickas just nu,",
    "retrying": "försöks igen",
    "sent": "är skickat",
    "failed": "är misslyckat",
    "skipped": "är återtaget",
    "settled": "är redan avgjort",
    "uncertain": "är osäkert",
}


class MailNotOpenError(NotFoundError):
    """A mail that doesn't exist, or whose state leaves nothing to decide."""

    def __init__(self, mail: int, state: str | None) -> None:
        self.mail, self.state = mail, state
        said = "finns inte" if state is None else f"{SAID[state]} och går inte att ändra så"
        super().__init__(f"Mejl {mail} {said}. Se mejlen med: manad mail list")


def list_mails(installation: Installation, state: str | None = None) -> list[dict[str, Any]]:
    """Return the outbox, newest month first. Raises UsageError for an unknown state."""
    if state is not None and state not in MAIL_STATES:
        raise UsageError(f"Läget {state} finns inte. Välj bland {', '.join(MAIL_STATES)}.")
    with installation.database.transaction() as transaction:
        return [row._asdict() for row in transaction.rows("mail/list_mails", state=state, period=None)]


def resend_mail(installation: Installation, mail: int) -> str:
    """Queue a failed or uncertain mail again; return its subject. Raises MailNotOpenError."""
    return _change(installation, mail, "mail/requeue_one", {})


def settle_mail(installation: Installation, mail: int, settled_as: str, settled_by: str) -> str:
    """Note a mail as `sent` or `dropped` by an operator; return its subject. Raises MailNotOpenError."""
    return _change(
        installation, mail, "mail/settle_mail", {"settled_as": settled_as, "settled_by": settled_by}
    )


def _change(installation: Installation, mail: int, query: str, parameters: dict[str, str]) -> str:
    with installation.database.transaction() as transaction:
        changed = transaction.value(query, mail=mail, **parameters)
        found = transaction.row("mail/find_mail", mail=mail)
    if changed is None or found is None:
        raise MailNotOpenError(mail, None if found is None else found.state)
    return str(found.subject)
