"""The outbox at the terminal: who is mailed what, what became of it, and one mail as it was written."""

from collections.abc import Sequence
from datetime import datetime

from flows.terminal.terminal import paragraph, table
from tasks.outbox.mails import ListedMail, WrittenMail
from tasks.outbox.words import clock_words
from tasks.rules.state_words import mail_state
from tasks.rules.swedish import joined


def mails_text(mails: Sequence[ListedMail]) -> str:
    """Lay out the outbox."""
    if not mails:
        return "Inga mejl."
    rows = [
        (
            str(mail.id),
            f"{mail.period:%Y-%m}",
            mail_state(mail.state),
            mail.sent_to,
            mail.subject,
        )
        for mail in mails
    ]
    reasons = [
        paragraph(f"{mail.id}: {mail.reason}", "  ")
        for mail in mails
        if mail.reason and mail.state in ("failed", "retrying", "uncertain")
    ]
    settled = [paragraph(_settled(mail), "  ") for mail in mails if mail.state == "settled"]
    return "\n".join(
        [table(("Id", "Månad", "Läge", "Till", "Ämne"), rows, right=(0,), wide=4), *reasons, *settled]
    )


def settled_words(settled_as: str | None) -> str:
    """Say what an operator's word on a mail means."""
    return "räknas som skickat" if settled_as == "sent" else "skickas inte"


def mail_text(mail: WrittenMail) -> str:
    """Show one mail: where it stands, whom it is about, and its text."""
    lines = [
        f"Mejl {mail.id}: {mail.subject}",
        f"  Läge      {mail_state(mail.state)}{_reason(mail)}",
        f"  Till      {mail.sent_to}{_meant_for(mail)}, som {mail.recipient_role}",
        f"  Om        {joined(mail.units) or '–'}",
        f"  Köat      {_when(mail.queued_at)}",
        f"  Skickat   {_when(mail.finished_at) if mail.state == 'sent' else '–'}",
        f"  Id        {mail.message_id}",
        "",
    ]
    if mail.bodies_removed_on is not None:
        return "\n".join([*lines, f"Texten togs bort {mail.bodies_removed_on} (mail.keep_texts_months)."])
    return "\n".join([*lines, mail.body_text.rstrip()])


def _settled(mail: ListedMail) -> str:
    who_and_when = f"{mail.settled_by} {_when(mail.finished_at)}"
    return f"{mail.id}: avgjort av {who_and_when}: {settled_words(mail.settled_as)}."


def _reason(mail: WrittenMail) -> str:
    return f": {mail.reason}" if mail.reason else ""


def _meant_for(mail: WrittenMail) -> str:
    return "" if mail.sent_to == mail.address else f" (prov; skulle ha gått till {mail.address})"


def _when(moment: datetime | None) -> str:
    return "–" if moment is None else clock_words(moment)
