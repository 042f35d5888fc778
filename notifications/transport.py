"""Where mails go: a folder or a mail server, behind one door."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from notifications.errors import MailUrlError

Security = Literal["none", "tls", "starttls"]
_SECURITY: dict[str, Security] = {"smtp": "none", "smtps": "tls", "smtp+starttls": "starttls"}
_PORTS: dict[Security, int] = {"none": 25, "tls": 465, "starttls": 587}


class Transport(Protocol):
    """Sends one mail at a time; a mail that `send` returns from has been delivered."""

    def send(self, envelope_from: str, envelope_to: str, message: bytes, message_id: str) -> None:
        """Send a mail. Raises PermanentMailError, TemporaryMailError or UncertainMailError."""

    def check(self) -> None:
        """Do all but send: connect, log in, or write to the folder. Raises TemporaryMailError."""


@dataclass(frozen=True, slots=True)
class Folder:
    """`eml:DIR`."""

    path: Path


@dataclass(frozen=True, slots=True)
class Server:
    """`smtp://host:port`, `smtps://…` or `smtp+starttls://user@host`; `user` is "" without login."""

    host: str
    port: int
    security: Security
    user: str = ""


def parse_mail_url(url: str) -> Folder | Server:
    """Read the address of a transport. Raises MailUrlError, which never shows a password."""
    if url.startswith("eml:"):
        return _folder(url)
    scheme, _, rest = url.partition("://")
    shown = f"{scheme}://{rest.rpartition('@')[2]}" if rest else url.rpartition("@")[2]
    security = _SECURITY.get(scheme)
    if security is None:
        raise MailUrlError(shown, "okänd början")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise MailUrlError(shown, "servernamnet är felskrivet") from None
    if parts.password is not None:
        raise MailUrlError(shown, "lösenordet ska ges för sig, inte i adressen")
    if parts.username and security == "none":
        raise MailUrlError(shown, "smtp:// skickar lösenord oskyddat, använd smtps:// eller smtp+starttls://")
    port = _port(parts, shown)
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise MailUrlError(shown, "servernamn saknas eller följs av något mer")
    return Server(parts.hostname, port or _PORTS[security], security, unquote(parts.username or ""))


def _folder(url: str) -> Folder:
    path = url.removeprefix("eml:")
    if not path:
        raise MailUrlError(url, "katalogen saknas")
    return Folder(Path(path))


def _port(parts: SplitResult, shown: str) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise MailUrlError(shown, "porten är inget tal mellan 1 och 65535") from None


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
        from notifications.eml import EmlFolder  # noqa: PLC0415  (a folder needs no smtplib)

        yield EmlFolder(target.path)
        return
    from notifications.smtp import SmtpTransport  # noqa: PLC0415

    transport = SmtpTransport(target, password=password, ca_file=ca_file, seconds=seconds)
    try:
        yield transport
    finally:
        transport.close()
