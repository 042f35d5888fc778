"""Is everything in place that a month needs? Each check says what it looked at, and what to do."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from notifications.mail_url import Server, parse_mail_url
from notifications.transport import open_transport
from tasks.clock import Clock
from tasks.config import read_config
from tasks.deliveries.source_access import read_source_secret
from tasks.errors import UsageError
from tasks.installation import EXPECTED_ERRORS, open_installation
from tasks.outbox.words import source_title
from tasks.rules.swedish import counted, joined
from tasks.settings import SOURCE_TOKEN, Settings, read_secret, usable


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `finding`: what is there, or all that is wrong and what to do."""

    name: str
    is_well: bool
    finding: str


def check_installation(settings: Settings, clock: Clock) -> list[Check]:
    """Look at every setting and reach for everything that a run uses; nothing is sent."""
    return [
        _check("MANAD_HOME", lambda: _home(settings.home)),
        _check("MANAD_CODE", lambda: _code(settings.code)),
        _check("MANAD_CONFIG", lambda: _config(settings.config_file)),
        _check("MANAD_DATABASE_URL", lambda: _database(settings, clock)),
        _check("MANAD_DATABASE_OWNER_URL", lambda: _owner(settings.database_owner_url)),
        _check("MANAD_INBOX", lambda: _inbox(settings.inbox)),
        _check("MANAD_MAIL_FROM", lambda: settings.sender),
        _check("MANAD_OPERATOR_EMAIL", lambda: settings.operator),
        _check(
            "MANAD_CONTROLLER_EMAIL",
            lambda: (
                usable("MANAD_CONTROLLER_EMAIL", settings.controller_email) or "inte satt: driften får mejlen"
            ),
        ),
        _check("MANAD_MAIL_REDIRECT", lambda: _redirect(settings.mail_redirect)),
        _check("MANAD_MAIL_PASSWORD", lambda: "satt" if settings.given_password else "inte satt"),
        _check(
            "MANAD_MAIL_PASSWORD_FILE",
            lambda: _secret("MANAD_MAIL_PASSWORD_FILE", settings.password_file, "inte satt"),
        ),
        _check("MANAD_MAIL_URL", lambda: _mail(settings)),
        _check("MANAD_BASE_URL", lambda: _base_url(settings.base_url)),
        _check(
            "MANAD_SECRET_FILE",
            lambda: _secret("MANAD_SECRET_FILE", settings.secret_file, "inte satt: MANAD_HOME/secret skapas"),
        ),
        _check(
            "MANAD_PREFECT_DATABASE_URL",
            lambda: _prefect_database(settings.prefect_database_url),
        ),
        _check(
            "MANAD_PREFECT_AUTH_FILE",
            lambda: _prefect_auth(settings.prefect_auth_file),
        ),
        _check("MANAD_WEBHOOK_URL", lambda: _webhook(settings.webhook_url)),
        _check(f"{SOURCE_TOKEN}<KÄLLA>", lambda: _sources(settings)),
    ]


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except EXPECTED_ERRORS as error:
        return Check(name, False, str(error))
    except OSError as error:
        return Check(name, False, f"{error.filename}: {error.strerror}")


def _prefect_database(url: str | None) -> str:
    if url is None:
        return "inte satt: en egen i den inbyggda PostgreSQL"
    if not url.startswith("postgresql+asyncpg://"):
        raise UsageError("MANAD_PREFECT_DATABASE_URL ska börja med postgresql+asyncpg://.")
    return "satt"


def _prefect_auth(path: Path | None) -> str:
    if path is None:
        return "inte satt: Prefects sidor nås bara från den här datorn"
    if ":" not in read_secret("MANAD_PREFECT_AUTH_FILE", path):
        raise UsageError(f"MANAD_PREFECT_AUTH_FILE: {path} ska innehålla namn:lösenord.")
    return "satt"


def _webhook(url: str | None) -> str:
    if url is None:
        return "inte satt"
    if not url.startswith("https://") and not url.startswith("http://127.0.0.1"):
        raise UsageError("MANAD_WEBHOOK_URL ska börja med https://.")
    return "satt"


def _home(home: Path) -> str:
    home.mkdir(parents=True, exist_ok=True)
    if not os.access(home, os.W_OK):
        raise UsageError(f"{home} går inte att skriva i: ändra rättigheterna eller sätt MANAD_HOME.")
    return str(home)


def _code(code: Path) -> str:
    if not (code / "prefect.yaml").is_file():
        raise UsageError(f"{code} har ingen prefect.yaml: sätt MANAD_CODE till programmets mapp.")
    return str(code)


def _config(path: Path) -> str:
    late = [
        f"{source_title(source)} {counted(months, 'månad', 'månader')}"
        for source, months in read_config(path).lags.items()
    ]
    return f"senare kommer {joined(late)}; {path}" if late else str(path)


def _database(settings: Settings, clock: Clock) -> str:
    with (
        open_installation(settings, clock) as installation,
        installation.database.transaction() as transaction,
    ):
        installed = transaction.row("operations/find_installation")
    kind = "egen server" if settings.database_url else "inbyggd PostgreSQL"
    return f"{kind}, schema klart sedan {installed.installed_at:%Y-%m-%d}" if installed else kind


def _owner(url: str | None) -> str:
    if url is None:
        return "inte satt: samma roll som MANAD_DATABASE_URL"
    return url.rpartition("@")[2]  # never its password


def _inbox(inbox: Path) -> str:
    if not inbox.is_dir():
        raise UsageError(f"{inbox} finns inte: skapa mappen eller sätt MANAD_INBOX.")
    return f"{inbox}, {sum(1 for path in inbox.iterdir() if path.is_file())} filer"


def _mail(settings: Settings) -> str:
    target = parse_mail_url(settings.mail_url)
    password = settings.mail_password if isinstance(target, Server) else None
    if isinstance(target, Server) and target.user and not password:
        raise UsageError(
            f"Lösenordet till {target.user}@{target.host} saknas: lägg det i en fil och sätt "
            "MANAD_MAIL_PASSWORD_FILE till den."
        )
    with open_transport(settings.mail_url, password=password, seconds=10) as transport:
        transport.check()
    return settings.mail_url.rpartition("@")[2] if "@" in settings.mail_url else settings.mail_url


def _redirect(address: str | None) -> str:
    if usable("MANAD_MAIL_REDIRECT", address) is None:
        return "inte satt: mejlen går till mottagarna"
    return f"PROV: alla mejl går till {address}"


def _secret(name: str, path: Path | None, not_set: str) -> str:
    if path is None:
        return not_set
    read_secret(name, path)
    return str(path)


def _sources(settings: Settings) -> str:
    """Read the secrets of the sources that are fetched; their servers aren't asked."""
    fetched = {
        name: source for name, source in read_config(settings.config_file).sources.items() if source.url
    }
    for name in settings.source_tokens.keys() - fetched.keys():
        raise UsageError(
            f"{SOURCE_TOKEN}{name.upper()} är satt, men källan {name} har ingen url i manad.toml."
        )
    named = [
        f"{name} ({'utan' if read_source_secret(settings, name, source) is None else 'med'} inloggning)"
        for name, source in fetched.items()
    ]
    return f"hämtas: {', '.join(named)}" if named else "inte satt: inga källor hämtas"


def _base_url(url: str | None) -> str:
    if url is None:
        return "inte satt: mejlen har inga länkar"
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise UsageError(f"{url!r} är ingen webbadress: skriv till exempel https://manad.example.se.")
    return url
