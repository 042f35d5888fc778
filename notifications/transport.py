"""Where mails go: a folder or a mail server, behind one door."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from notifications.eml import EmlFolder
from notifications.mail_url import Folder, parse_mail_url
from notifications.smtp import SmtpTransport


class Transport(Protocol):
    """Sends one mail at a time; a mail that `send` returns from has been delivered."""

    def send(self, envelope_from: str, envelope_to: str, message: bytes, message_id: str) -> None:
        """Send a mail. Raises PermanentMailError, TemporaryMailError or UncertainMailError."""

    def check(self) -> None:
        """Do all but send: connect, log in, or write to the folder. Raises TemporaryMailError."""


@contextmanager
def open_transport(
    url: str, *, password: str | None = None, ca_file: Path | None = None, seconds: float = 30.0
) -> Iterator[Transport]:
    """Open the transport that `url` names, and close its connection in the end.

    `ca_file` is a certificate to trust beside the system's, `seconds` the longest that one mail may take.
    Raises MailUrlError; a server is first contacted by the first mail.
    """
    target = parse_mail_url(url)
    if isinstance(target, Folder):
        yield EmlFolder(target.path)
        return
    transport = SmtpTransport(target, password=password, ca_file=ca_file, seconds=seconds)
    try:
        yield transport
    finally:
        transport.close()
