"""What was fetched lies in the inbox under a name of its own: replaced whole, and nobody else's file."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sql.database import Transaction
from tasks.deliveries.raw_files import StorageFullError, sha256_of, write_bytes_whole
from tasks.errors import ManadError
from tasks.installation import Installation
from tasks.rules.periods import Period

EXTENSIONS = ("csv", "xlsx")
_VALIDATOR = re.compile(r"[ -~]{1,500}")
"""What is kept of a server's validators: what can be sent back as it came."""


class ChangedByHandError(ManadError):
    """The file that a fetch would replace isn't the one that was fetched."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path.name} i inkorgen har ändrats för hand och skrivs inte över. "
            "Döp om den (eller ta bort den) och hämta igen."
        )


@dataclass(frozen=True)
class Place:
    """Where a source's fetched file of a month belongs. `request`: the fingerprint of what is asked for."""

    inbox: Path
    source: str
    period: Period
    request: str

    def path(self, extension: str) -> Path:
        """Return the one name of a fetched file."""
        return self.inbox / f"{self.source}_{self.period}_hamtad.{extension}"

    def lying(self) -> dict[Path, str]:
        """Return what lies there already, with its hash."""
        paths = [self.path(extension) for extension in EXTENSIONS]
        return {path: sha256_of(path) for path in paths if path.exists()}


def conditions(installation: Installation, place: Place) -> dict[str, str]:
    """Return the headers that ask for the file only if it has changed; none unless it still lies there."""
    with installation.database.transaction() as transaction:
        last = _last(transaction, place)
    if last is None or last.request_sha256 != place.request or last.file_sha256 not in place.lying().values():
        return {}
    said = {"If-None-Match": last.etag, "If-Modified-Since": last.last_modified}
    return {name: value for name, value in said.items() if value is not None}


def put_in_inbox(
    installation: Installation, place: Place, extension: str, data: bytes, headers: Mapping[str, str]
) -> bool:
    """Put a fetched file into the inbox in place of the last one; tell whether it is another one.

    What is remembered of it is committed after it lies there: who is killed between fetches it again.
    Raises ChangedByHandError, StorageFullError and DatabaseError.
    """
    target, sha256 = place.path(extension), hashlib.sha256(data).hexdigest()
    with installation.database.transaction() as transaction:
        transaction.row("deliveries/lock_fetch", source=place.source, period=str(place.period))
        last, lying = _last(transaction, place), place.lying()
        for path, its in lying.items():
            if its not in (sha256, last and last.file_sha256):
                raise ChangedByHandError(path)
        for left in place.inbox.glob(f".{target.stem}.*.part"):  # of one that was killed while it wrote
            _remove(left)
        if lying.get(target) != sha256:
            write_bytes_whole(target, data)
        for path in lying.keys() - {target}:
            _remove(path)
        transaction.run(
            "deliveries/save_fetch",
            source=place.source,
            period=place.period.first_day,
            request_sha256=place.request,
            file_sha256=sha256,
            etag=_kept(headers.get("ETag")),
            last_modified=_kept(headers.get("Last-Modified")),
        )
    return sha256 not in lying.values()


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageFullError(path.parent, error) from error


def _last(transaction: Transaction, place: Place) -> Any:
    return transaction.row("deliveries/find_fetch", source=place.source, period=place.period.first_day)


def _kept(validator: str | None) -> str | None:
    return validator if validator is not None and _VALIDATOR.fullmatch(validator) else None
