"""The bytes of every delivery, kept under their hash: written once, never changed."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tasks.errors import ManadError
from tasks.rules.deliveries.personal import holds_personal_number

BLOCK = 1024 * 1024
IN_SWEDISH = {
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet som kontot får använda är slut",
    errno.EFBIG: "filen är större än vad som får skrivas",
    errno.EACCES: "rättigheter saknas",
    errno.ENOTDIR: "en del av sökvägen är en fil",
    errno.EEXIST: "en del av sökvägen är en fil",
    errno.EROFS: "disken är skrivskyddad",
    errno.ENOENT: "den finns inte längre",
    errno.EIO: "disken eller nätet svarar med ett fel",
}


class StorageFullError(ManadError):
    """A delivery's bytes could not be kept."""

    def __init__(self, folder: Path, error: OSError) -> None:
        self.folder = folder
        super().__init__(
            f"Det går inte att spara i {folder}: {_in_swedish(error)}. "
            "Åtgärda det och kör igen; inget har sparats halvt."
        )


class UnreadableFileError(ManadError):
    """A delivery's bytes can't be read at all."""

    def __init__(self, path: Path, error: OSError) -> None:
        self.path = path
        super().__init__(
            f"Filen {path} går inte att läsa: {_in_swedish(error)}. "
            "Åtgärda det eller flytta bort filen, och kör igen."
        )


class FileChangedError(ManadError):
    """A delivery's bytes changed while it was taken in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"Filen {path} ändrades medan den togs in: lämna in den igen när den är färdig.")


def _in_swedish(error: OSError) -> str:
    return IN_SWEDISH.get(error.errno or 0, error.strerror or type(error).__name__)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal. Raises UnreadableFileError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFileError(path, error) from error


def has_personal_number(path: Path, *, max_bytes: int) -> bool:
    """Tell whether a personal number stands in the bytes of a file that is small enough to be kept."""
    if path.stat().st_size > max_bytes:
        return False
    data = path.read_bytes()
    return any(holds_personal_number([data.decode(encoding, "ignore")]) for encoding in ("latin-1", "utf-16"))


def _raw_path(folder: Path, sha256: str) -> Path:
    """Return where the bytes of a hash are kept."""
    return folder / sha256[:2] / sha256


def keep_raw_file(source: Path, folder: Path, sha256: str) -> None:
    """Copy a file to its place under its hash, whole or not at all.

    Raises FileChangedError when its bytes no longer have that hash, and StorageFullError.
    """
    target = _raw_path(folder, sha256)
    if target.exists():
        return
    with _written_whole(target) as unfinished:
        with source.open("rb") as reader, unfinished.open("wb") as writer:
            shutil.copyfileobj(reader, writer, BLOCK)
            writer.flush()
            os.fsync(writer.fileno())
        if sha256_of(unfinished) != sha256:
            unfinished.unlink()
            raise FileChangedError(source)


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all; an older one stays until then. Raises StorageFullError."""
    with _written_whole(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")


def write_bytes_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is whole even after a power failure, or not there. Raises StorageFullError."""
    with _written_whole(path) as unfinished, unfinished.open("wb") as writer:
        writer.write(data)
        writer.flush()
        os.fsync(writer.fileno())


@contextmanager
def _written_whole(target: Path) -> Iterator[Path]:
    """Lend a name to write under; what was written gets its own name when the block ends well."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")  # hidden: no delivery
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield unfinished
        unfinished.replace(target)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise StorageFullError(target.parent, error) from error
