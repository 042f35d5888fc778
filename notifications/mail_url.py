"""The address of where mails go: `eml:DIR`, `smtp://host:port`, `smtps://…` or `smtp+starttls://user@host`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from notifications.errors import MailUrlError

Security = Literal["none", "tls", "starttls"]
_SECURITY: dict[str, Security] = {"smtp": "none", "smtps": "tls", "smtp+starttls": "starttls"}
_PORTS: dict[Security, int] = {"none": 25, "tls": 465, "starttls": 587}


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
