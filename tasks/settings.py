"""The environment, read once: the only room that knows `MANAD_` names."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tasks.errors import UsageError

EXAMPLE_SENDER = "manadsuppfoljning@example.se"
EXAMPLE_OPERATOR = "drift@example.se"


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
    mail_password: str | None
    mail_from: str | None
    operator_email: str | None
    controller_email: str | None
    mail_redirect: str | None
    base_url: str | None
    secret_file: Path | None

    @property
    def mails_to_folder(self) -> bool:
        """Tell whether mails only become files: then nothing can reach anybody by mistake."""
        return self.mail_url.startswith("eml:")

    @property
    def mail_folder(self) -> Path | None:
        """Return the folder that mails are written to, None when they go by SMTP."""
        return Path(self.mail_url.removeprefix("eml:")).absolute() if self.mails_to_folder else None

    def report_path(self, period: str, suffix: str = "html") -> Path:
        """Return where a month's (`YYYY-MM`) report lies."""
        return self.home / "reports" / period / f"manadsrapport_{period}.{suffix}"

    @property
    def sender(self) -> str:
        """Return the From address. Raises UsageError when mail leaves the machine without one."""
        return self.mail_from or self._only_in_folder(EXAMPLE_SENDER, "MANAD_MAIL_FROM")

    @property
    def operator(self) -> str:
        """Return the operator's address. Raises UsageError when mail leaves the machine without one."""
        return self.operator_email or self._only_in_folder(EXAMPLE_OPERATOR, "MANAD_OPERATOR_EMAIL")

    def _only_in_folder(self, example: str, name: str) -> str:
        if not self.mails_to_folder:
            raise UsageError(f"{name} saknas: ange adressen innan mejl skickas med SMTP.")
        return example


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises UsageError when a secret's file can't be read."""
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
        mail_password=_password(env),
        mail_from=env.get("MANAD_MAIL_FROM"),
        operator_email=env.get("MANAD_OPERATOR_EMAIL"),
        controller_email=env.get("MANAD_CONTROLLER_EMAIL"),
        mail_redirect=env.get("MANAD_MAIL_REDIRECT"),
        base_url=env.get("MANAD_BASE_URL"),
        secret_file=_path(env["MANAD_SECRET_FILE"]) if "MANAD_SECRET_FILE" in env else None,
    )


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _password(env: Mapping[str, str]) -> str | None:
    if "MANAD_MAIL_PASSWORD" in env:
        return env["MANAD_MAIL_PASSWORD"]
    if "MANAD_MAIL_PASSWORD_FILE" not in env:
        return None
    path = _path(env["MANAD_MAIL_PASSWORD_FILE"])
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UsageError(f"Lösenordsfilen {path} går inte att läsa: {error.strerror}.") from error
