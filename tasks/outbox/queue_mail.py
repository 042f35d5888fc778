"""The one way into the outbox: a mail is queued once for its key, with the warnings that it carries.

It goes out by send_mails.py, or ends by an operator's hand (settle_mails.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from notifications.mails import MailValues
from notifications.render import render
from sql.database import Transaction
from tasks.installation import Installation
from tasks.rules.json_values import message_id
from tasks.rules.outbox.occasions import MailedWarning
from tasks.rules.periods import Period

NO_PICTURES: Mapping[str, bytes] = {}


@dataclass(frozen=True)
class MailKey:
    """What makes a mail the same mail. `address` is the one before any redirection, in lower case."""

    period: Period
    kind: str
    role: str
    address: str
    step: str = ""
    occasion: int = 1


@dataclass(frozen=True)
class Outbox:
    """The outbox as this installation uses it: live, or redirected to one address for a trial."""

    installation: str
    list_id: str
    redirect: str | None
    mode: str

    def would_have_gone_to(self, address: str) -> str:
        """Return what a redirected mail says of its true receiver; empty for a live one."""
        return "" if self.redirect is None else address

    def queue(
        self,
        transaction: Transaction,
        key: MailKey,
        values: MailValues,
        *,
        required: bool,
        reply_to: str | None = None,
        warnings: Sequence[MailedWarning] = (),
        assessment: int | None = None,
        pictures: Mapping[str, bytes] = NO_PICTURES,
        thread: Sequence[str] = (),
    ) -> int | None:
        """Queue a mail, or put it in the place of one that was never tried; None when it has gone out.

        pictures: PNG by content-id; the same picture is kept once. thread: the Message-IDs that it stands
        under. Returns the mail's number.
        """
        rendered = render(values)
        parts = (str(key.period), key.kind, key.role, key.address, key.step, key.occasion, self.mode)
        mail = transaction.value(
            "outbox/queue_mail",
            period=key.period.first_day,
            kind=key.kind,
            recipient_role=key.role,
            address=key.address,
            step=key.step,
            occasion=key.occasion,
            mode=self.mode,
            sent_to=self.redirect or key.address,
            reply_to=reply_to,
            message_id=message_id(self.installation, self.list_id, parts),
            subject=rendered.subject,
            body_text=rendered.text,
            body_html=rendered.html,
            required=required,
            thread=list(thread),
        )
        if mail is None:
            return None
        transaction.run("outbox/delete_warnings", mail=mail)
        carried = [_carried(mail, warning, assessment) for warning in warnings]
        transaction.run_many("outbox/insert_warning", carried)
        _keep_pictures(transaction, mail, pictures)
        return int(mail)


def open_outbox(installation: Installation, transaction: Transaction) -> Outbox:
    """Open an installation's outbox."""
    identity = transaction.row("operations/find_installation")
    if identity is None:
        raise LookupError("the installation has no identity")
    list_id, redirect = installation.config.mail.list_id, installation.settings.mail_redirect
    return Outbox(str(identity.id), list_id, redirect, installation.mail_mode)


def _keep_pictures(transaction: Transaction, mail: int, pictures: Mapping[str, bytes]) -> None:
    transaction.run("outbox/delete_pictures", mail=mail)
    kept = [
        {"mail": mail, "content_id": content_id, "sha256": sha256(png).hexdigest(), "png": png}
        for content_id, png in pictures.items()
    ]
    transaction.run_many("outbox/keep_picture", kept)


def _carried(mail: int, warning: MailedWarning, assessment: int | None) -> dict[str, str | int | None]:
    return {
        "mail": mail,
        "unit": warning.unit,
        "level": warning.level,
        "direction": warning.direction,
        "assessment": assessment,
    }
