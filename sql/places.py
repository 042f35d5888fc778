"""Where the embedded PostgreSQL lies: under MANAD_HOME, or where its account can reach."""

import hashlib
import json
import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sql.account import Account, account_for
from sql.errors import DatabaseFolderError

STATE = Path("/var/lib")
SHORT = Path("/tmp")  # noqa: S108 - the folder below is ours alone, and checked to be
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 103  # bytes; macOS is the narrowest


@dataclass(frozen=True)
class Places:
    """The folders of one cluster: `base` holds data and log, `socket` the socket; both are mode 0700."""

    base: Path
    socket: Path
    account: Account

    @property
    def data(self) -> Path:
        """The cluster itself; it exists only when it is whole."""
        return self.base / "data"

    @property
    def log(self) -> Path:
        """PostgreSQL's own log."""
        return self.base / "server.log"


def find_places(home: Path, *, state: Path = STATE, short: Path = SHORT) -> Places:
    """Find or make the folders of a home's cluster, and say in `postgres.json` where they are.

    Raises DatabaseFolderError, AccountMissingError and OSError.
    """
    note = home / "postgres.json"
    token = _token(note) or secrets.token_hex(4)
    inside, outside = home / "postgres", state / f"manad-{_hash(home)}-{token}"
    account = account_for(home, _owner(outside) or _owner(inside))
    base = _base(account, inside, outside)
    socket = _socket_folder(account, base, short)
    places = Places(base, socket, account)
    _write(note, places, token)  # before the folders: a folder that no note names belongs to a deleted home
    for folder in {base, socket}:
        _make(account, folder)
    return places


def places_of_deleted_homes(home: Path, places: Places, *, state: Path = STATE) -> list[Places]:
    """Find clusters of a home that was deleted and made anew; their data stays untouched."""
    found = state.glob(f"manad-{_hash(home)}-*") if places.account.is_another else ()
    return [Places(base, base, places.account) for base in found if base != places.base]


def _base(account: Account, inside: Path, outside: Path) -> Path:
    for made in (outside, inside):
        if (made / "data").exists():
            return made
    return inside if account.can_enter(inside.parent) else outside


def _socket_folder(account: Account, base: Path, short: Path) -> Path:
    path = str(base / SOCKET)
    if len(path) <= LONGEST_SOCKET and path.isascii() and "," not in path:  # to libpq a comma means two hosts
        return base
    return short / f"manad-{account.uid}-{_hash(base)}"


def _make(account: Account, folder: Path) -> None:
    account.make_folder(folder)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)  # never what a link points at
    try:
        found = os.fstat(handle)
        if found.st_uid != account.uid:
            raise DatabaseFolderError(folder, f"den tillhör inte kontot {account.name}")
        if found.st_mode & 0o077:  # who reaches the socket is trusted
            os.fchmod(handle, 0o700)
    finally:
        os.close(handle)


def _owner(folder: Path) -> int | None:
    try:
        return folder.lstat().st_uid
    except OSError:
        return None


def _hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _token(note: Path) -> str | None:
    """Read which cluster is this home's; a home made anew has no note, and gets a new cluster."""
    if not note.exists():
        return None
    try:
        token = str(json.loads(_read(note))["id"])
    except (ValueError, KeyError, TypeError):
        token = ""
    if not re.fullmatch(r"[0-9a-f]{8}", token):  # to guess would be to start empty beside the month's data
        raise DatabaseFolderError(note, "filen är skadad")
    return token


def _read(note: Path) -> str:
    return note.read_text(encoding="utf-8", errors="surrogateescape")


def _write(note: Path, places: Places, token: str) -> None:
    facts = {"data": places.data, "socket": places.socket, "log": places.log, "account": places.account.name}
    text = json.dumps(facts | {"id": token}, default=str, indent=2, ensure_ascii=False) + "\n"
    if note.exists() and _read(note) == text:
        return
    handle, name = tempfile.mkstemp(prefix=".postgres.json-", dir=note.parent)
    with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)
        file.flush()
        os.fsync(handle)  # an empty note after a power cut would hide the cluster
    Path(name).chmod(0o644)
    Path(name).replace(note)
