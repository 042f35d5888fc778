"""The bytes of every delivery, kept under their hash: written once, never changed."""

import errno
import hashlib
import os
import shutil
from pathlib import Path

from tasks.errors import ManadError

BLOCK = 1024 * 1024
IN_SWEDISH = {
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet som kontot får använda är slut",
    errno.EFBIG: "filen är större än vad som får skrivas",
    errno.EACCES: "rättigheter saknas",
    errno.EROFS: "disken är skrivskyddad",
}


class StorageFullError(ManadError):
    """A delivery's bytes could not be kept."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(
            f"Det går inte att spara i {folder}: {reason}. "
            "Frigör utrymme och kör igen; inget har sparats halvt."
        )


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def raw_path(folder: Path, sha256: str) -> Path:
    """Return where the bytes of a hash are kept."""
    return folder / sha256[:2] / sha256


def keep_raw_file(source: Path, folder: Path, sha256: str) -> None:
    """Copy a file to its place under its hash, whole or not at all. Raises StorageFullError."""
    target = raw_path(folder, sha256)
    if target.exists():
        return
    unfinished = target.with_name(f"{sha256}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as reader, unfinished.open("wb") as writer:
            shutil.copyfileobj(reader, writer, BLOCK)
            writer.flush()
            os.fsync(writer.fileno())
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        reason = IN_SWEDISH.get(error.errno or 0, error.strerror or type(error).__name__)
        raise StorageFullError(folder, reason) from error
