"""Mails as files in a folder: for trials, and where no mail server may be used."""

import os
import re
from hashlib import sha256
from pathlib import Path

from notifications.errors import TemporaryMailError

_LONGEST_NAME = 120


class EmlFolder:
    """A folder of `.eml` files, one per Message-ID."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, envelope_from: str, envelope_to: str, message: bytes, message_id: str) -> None:  # noqa: ARG002
        """Write a mail whole or not at all, safe on disk before it gets its name.

        A Message-ID that is there already has been sent: its file stays as it is.
        Raises TemporaryMailError when the folder can't be written to.
        """
        target = self._folder / file_name(message_id)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                _write_whole(target, message)
        except OSError as error:
            raise _unwritable(self._folder, error, message_id) from error

    def check(self) -> None:
        """Make the folder and see that it can be written to. Raises TemporaryMailError."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            probe = self._folder / ".check.tmp"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise _unwritable(self._folder, error, "") from error


def file_name(message_id: str) -> str:
    """Name a mail's file: the Message-ID where it is safe, else what is safe of it and a checksum."""
    bare = message_id.strip("<>")
    safe = re.sub(r"[^A-Za-z0-9._@=+$-]", "_", bare).lstrip(".")[:_LONGEST_NAME]
    if safe == bare:
        return f"{safe}.eml"
    return f"{safe}-{sha256(message_id.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}.eml"


def _write_whole(target: Path, message: bytes) -> None:
    """Write beside the target and rename; a file left half written by a kill is written over next time."""
    half = target.with_name(f".{target.name}.tmp")
    with half.open("wb") as file:
        file.write(message)
        file.flush()
        os.fsync(file.fileno())
    half.replace(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(folder: Path, error: OSError, message_id: str) -> TemporaryMailError:
    return TemporaryMailError(
        f"Mejlet kunde inte sparas i {folder}: {error.strerror or error}. "
        "Kontrollera katalogens rättigheter och ledigt utrymme.",
        message_id=message_id,
        concerns_every_mail=True,
    )
