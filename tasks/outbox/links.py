"""Links to the web pages: made for a mail, opened by whoever holds one, revoked by an operator."""

import os
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sql.database import Transaction
from tasks.installation import Installation
from tasks.rules.outbox.signed_link import (
    Link,
    LinkError,
    LinkRole,
    delivery_subject,
    department_subject,
    month_subject,
    plan_subject,
    read_link,
    sign,
)
from tasks.rules.periods import Period
from tasks.settings import Settings, read_secret

SECRET_BYTES = 32
SEEN = "tagit-del"
"""Below a plan's page: the page with the button that says so."""


@dataclass(frozen=True)
class Links:
    """Makes the links of mails; all of them are empty where the web pages have no address."""

    base_url: str | None
    secret: bytes
    expires: date

    def to_plan(self, transaction: Transaction, plan: int, address: str) -> str:
        """Return the link to a plan, for its unit's manager."""
        return self._url(transaction, "plan", "chef", plan_subject(plan), address)

    def to_department(self, transaction: Transaction, code: str, period: Period, address: str) -> str:
        """Return the link to a department's plans of a month, for its head."""
        subject = department_subject(code, period)
        return self._url(transaction, "avdelning", "avdelningschef", subject, address)

    def to_month(self, transaction: Transaction, period: Period, address: str) -> str:
        """Return the link to all plans of a month, for a controller."""
        return self._url(transaction, "manad", "controller", month_subject(period), address)

    def to_delivery(self, transaction: Transaction, delivery: int, address: str) -> str:
        """Return the link to a held delivery, for who may release it: a controller or the operator."""
        return self._url(transaction, "leverans", "controller", delivery_subject(delivery), address)

    def _url(self, transaction: Transaction, page: str, role: LinkRole, subject: str, address: str) -> str:
        if self.base_url is None:
            return ""
        link = Link(role, subject, address, self.expires, _epoch(transaction, subject))
        return f"{self.base_url.rstrip('/')}/{page}/{sign(link, self.secret)}"


def open_links(installation: Installation, today: date) -> Links:
    """Return what makes the links of mails that are written on a day."""
    days = timedelta(days=installation.config.web.link_days)
    # A run that is told another day makes links that can be opened all the same.
    expires = max(today, installation.clock.today()) + days
    settings = installation.settings
    secret = b"" if settings.base_url is None else link_secret(settings, make=not installation.rehearsal)
    return Links(settings.base_url, secret, expires)


def open_link(installation: Installation, token: str, today: date) -> Link:
    """Return what a token opens. Raises LinkError: `forged`, `expired` or `revoked`."""
    link = read_link(token, link_secret(installation.settings), today)
    with installation.database.transaction() as transaction:
        if link.epoch < _epoch(transaction, link.subject):
            raise LinkError("revoked")
    return link


def revoke_links(installation: Installation, subject: str, today: date) -> None:
    """Revoke every link to a subject that was made up to now."""
    with installation.database.transaction() as transaction:
        transaction.run("outbox/revoke_links", subject=subject, day=today)


def link_secret(settings: Settings, *, make: bool = True) -> bytes:
    """Return the secret that signs links: the named file's, else one of our own, made on first use.

    A rehearsal makes none: its links open nothing. Raises UsageError when the file can't be read.
    """
    if settings.secret_file is not None:
        return read_secret("MANAD_SECRET_FILE", settings.secret_file).encode()
    own = settings.home / "secret"
    if not own.exists():
        if not make:
            return b""
        _make_secret(own)
    return read_secret("MANAD_HOME/secret", own).encode()


def _make_secret(path: Path) -> None:
    """Write a new secret whole, readable by its owner alone; one that another process just made stays."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(SECRET_BYTES))
    try:
        os.link(unfinished, path)
    except FileExistsError:
        return
    finally:
        unfinished.unlink()


def _epoch(transaction: Transaction, subject: str) -> int:
    return int(transaction.value("outbox/find_link_epoch", subject=subject) or 0)
