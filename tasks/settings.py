"""The environment, read once: the only room that knows `MANAD_` names."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from notifications.address import split_address
from notifications.errors import BadAddressError
from tasks.errors import UsageError
from tasks.rules.outbox.recipients import unusable_because

EXAMPLE_SENDER = "manadsuppfoljning@example.se"
EXAMPLE_OPERATOR = "drift@example.se"
SOURCE_TOKEN = "MANAD_SOURCE_TOKEN_"  # noqa: S105 - how such variables begin; the source's name follows


@dataclass(frozen=True)
class Settings:
    """What the installation is told by its environment. Paths are absolute; None means not set."""

    home: Path
    code: Path
    config_file: Path
    inbox: Path
    database_url: str | None
    database_owner_url: str | None
    mail_url: str
    given_password: str | None = field(repr=False)
    password_file: Path | None
    mail_from: str | None
    operator_email: str | None
    controller_email: str | None
    mail_redirect: str | None
    base_url: str | None
    secret_file: Path | None
    prefect_api_url: str | None
    prefect_database_url: str | None
    prefect_auth_file: Path | None
    webhook_url: str | None = field(repr=False)
    source_tokens: Mapping[str, str] = field(repr=False)

    @property
    def mails_to_folder(self) -> bool:
        """Tell whether mails only become files: then nothing can reach anybody by mistake."""
        return self.mail_url.startswith("eml:")

    @property
    def mail_folder(self) -> Path | None:
        """Return the folder that mails are written to, None when they go by SMTP."""
        return Path(self.mail_url.removeprefix("eml:")).absolute() if self.mails_to_folder else None

    def report_path(self, period: str, suffix: str = "html", name: str = "manadsrapport") -> Path:
        """Return where a report of a month (`YYYY-MM`) lies; name: which of its reports."""
        return self.home / "reports" / period / f"{name}_{period}.{suffix}"

    @property
    def sender(self) -> str:
        """Return the From address. Raises UsageError without one that can be used.

        Only where mails become files an example may stand in.
        """
        name = "MANAD_MAIL_FROM"
        return usable(name, self.mail_from) or self._only_in_folder(EXAMPLE_SENDER, name)

    @property
    def operator(self) -> str:
        """Return the operator's address. Raises UsageError as `sender` does."""
        name = "MANAD_OPERATOR_EMAIL"
        return usable(name, self.operator_email) or self._only_in_folder(EXAMPLE_OPERATOR, name)

    @property
    def mail_password(self) -> str | None:
        """Return the mail server's password. Raises UsageError when its file can't be read."""
        if self.given_password is not None or self.password_file is None:
            return self.given_password
        return read_secret("MANAD_MAIL_PASSWORD_FILE", self.password_file)

    def source_secret(self, source: str, file: str) -> str | None:
        """Return a source's token, the variable's before that of a file (named from the TOML file's folder).

        None without either. Raises UsageError when the file can't be read.
        """
        if source in self.source_tokens or not file:
            return self.source_tokens.get(source)
        path = self.config_file.parent / Path(file).expanduser()
        return read_secret(f"sources.{source}.token_file", path)

    def check_addresses(self) -> None:
        """Raise UsageError now rather than with a claimed mail in the hand; the password is read, too."""
        _ = (self.sender, self.operator, self.mail_password)
        usable("MANAD_CONTROLLER_EMAIL", self.controller_email)
        usable("MANAD_MAIL_REDIRECT", self.mail_redirect)

    def _only_in_folder(self, example: str, name: str) -> str:
        if not self.mails_to_folder:
            raise UsageError(f"{name} saknas: ange adressen innan mejl skickas med SMTP.")
        return example


def usable(name: str, address: str | None) -> str | None:
    """Return the address that a variable gives, None when it isn't set. Raises UsageError when unusable."""
    if address is None:
        return None
    reason = unusable_because(address)
    with suppress(BadAddressError):
        split_address(address)  # a name before the address must stand in a header, too
        if reason is None:
            return address
    raise UsageError(f"{name}: {reason or 'adressen är felskriven'} ({address[:80]!r}). Skriv namn@server.")


def read_secret(name: str, path: Path) -> str:
    """Return the secret in a file that a variable names. Raises UsageError when it can't be read."""
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "den är ingen text"
        raise UsageError(f"{name}: filen {path} går inte att läsa ({reason}).") from error
    if not secret:
        raise UsageError(f"{name}: filen {path} är tom.")
    return secret


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings, as they are: what can't be used is told by what uses it, and by `manad doctor`."""
    env = {k: v.strip() for k, v in (os.environ if environ is None else environ).items() if v.strip()}
    home = _path(env.get("MANAD_HOME", "~/.local/share/manad"))
    return Settings(
        home=home,
        code=_path(env.get("MANAD_CODE", str(Path(__file__).parent.parent))),
        config_file=_path(env.get("MANAD_CONFIG", str(home / "manad.toml"))),
        inbox=_path(env.get("MANAD_INBOX", str(home / "inbox"))),
        database_url=env.get("MANAD_DATABASE_URL"),
        database_owner_url=env.get("MANAD_DATABASE_OWNER_URL"),
        mail_url=env.get("MANAD_MAIL_URL", f"eml:{home / 'mails'}"),
        given_password=env.get("MANAD_MAIL_PASSWORD"),
        password_file=_path(env["MANAD_MAIL_PASSWORD_FILE"]) if "MANAD_MAIL_PASSWORD_FILE" in env else None,
        mail_from=env.get("MANAD_MAIL_FROM"),
        operator_email=env.get("MANAD_OPERATOR_EMAIL"),
        controller_email=env.get("MANAD_CONTROLLER_EMAIL"),
        mail_redirect=env.get("MANAD_MAIL_REDIRECT"),
        base_url=env.get("MANAD_BASE_URL"),
        secret_file=_path(env["MANAD_SECRET_FILE"]) if "MANAD_SECRET_FILE" in env else None,
        prefect_api_url=env.get("PREFECT_API_URL"),
        prefect_database_url=env.get("MANAD_PREFECT_DATABASE_URL"),
        prefect_auth_file=(
            _path(env["MANAD_PREFECT_AUTH_FILE"]) if "MANAD_PREFECT_AUTH_FILE" in env else None
        ),
        webhook_url=env.get("MANAD_WEBHOOK_URL"),
        source_tokens={
            name.removeprefix(SOURCE_TOKEN).lower(): value
            for name, value in env.items()
            if name.startswith(SOURCE_TOKEN)
        },
    )


def environment_with(values: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment for a process that it starts, with some values of its own."""
    return {**os.environ, **values}


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()
