"""Is everything in place that a month needs? Each check says what it looked at, and what to do."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from notifications.transport import open_transport
from tasks.clock import Clock
from tasks.config import read_config
from tasks.errors import UsageError
from tasks.expected_errors import EXPECTED_ERRORS
from tasks.installation import open_installation
from tasks.settings import Settings


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `said` is what was found or what to do."""

    name: str
    is_well: bool
    said: str


def check_installation(settings: Settings, clock: Clock) -> list[Check]:
    """Look at every setting and reach for everything that a run uses; nothing is sent."""
    return [
        _check("MANAD_HOME", lambda: _home(settings.home)),
        _check("MANAD_CONFIG", lambda: _config(settings.config_file)),
        _check("MANAD_DATABASE_URL", lambda: _database(settings, clock)),
        _check("MANAD_INBOX", lambda: _inbox(settings.inbox)),
        _check("MANAD_MAIL_FROM", lambda: settings.sender),
        _check("MANAD_OPERATOR_EMAIL", lambda: settings.operator),
        _check(
            "MANAD_CONTROLLER_EMAIL",
            lambda: settings.controller_email or "inte satt: driften får mejlen i stället",
        ),
        _check("MANAD_MAIL_URL", lambda: _mail(settings)),
        _check("MANAD_MAIL_REDIRECT", lambda: _redirect(settings)),
    ]


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except EXPECTED_ERRORS as error:
        return Check(name, False, str(error))
    except OSError as error:
        return Check(name, False, f"{error.filename}: {error.strerror}")


def _home(home: Path) -> str:
    home.mkdir(parents=True, exist_ok=True)
    if not os.access(home, os.W_OK):
        raise UsageError(f"{home} går inte att skriva i.")
    return str(home)


def _config(path: Path) -> str:
    read_config(path)
    return str(path)


def _database(settings: Settings, clock: Clock) -> str:
    with (
        open_installation(settings, clock) as installation,
        installation.database.transaction() as transaction,
    ):
        installed = transaction.row("installation/find_installation")
    kind = "egen server" if settings.database_url else "inbyggd PostgreSQL"
    return f"{kind}, schema klart sedan {installed.installed_at:%Y-%m-%d}" if installed else kind


def _inbox(inbox: Path) -> str:
    if not inbox.is_dir():
        raise UsageError(f"{inbox} finns inte: skapa mappen eller sätt MANAD_INBOX.")
    return f"{inbox}, {sum(1 for path in inbox.iterdir() if path.is_file())} filer"


def _mail(settings: Settings) -> str:
    with open_transport(settings.mail_url, password=settings.mail_password, seconds=10) as transport:
        transport.check()
    return settings.mail_url.rpartition("@")[2] if "@" in settings.mail_url else settings.mail_url


def _redirect(settings: Settings) -> str:
    if settings.mail_redirect:
        return f"PROV: alla mejl går till {settings.mail_redirect}"
    return "inte satt: mejlen går till mottagarna"
