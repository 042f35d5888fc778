"""PostgreSQL's own log: kept short, and read for the line that tells why it didn't start."""

import os
import shutil
from pathlib import Path

from sql.errors import DiskFullError

LONGEST = 1_000_000  # bytes
KEPT = 100_000  # bytes that stay when the log is cut
ROOM = 16_000_000  # bytes: one WAL segment, without which PostgreSQL can't start
DISK_FULL = ("No space left on device", "Check free disk space", "Disk quota exceeded")


def cut(log: Path) -> None:
    """Keep only the log's end once it has grown too long; the server appends, so it may be running."""
    if length(log) <= LONGEST:
        return
    handle = os.open(log, os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW)
    with os.fdopen(handle, "r+b") as file:
        file.seek(-KEPT, os.SEEK_END)
        end = file.read()
        file.truncate(0)
        file.write(end)


def length(log: Path) -> int:
    """Return the log's length in bytes; 0 before the first start."""
    return log.lstat().st_size if log.exists() else 0


def since(log: Path, start: int) -> str:
    """Return what was written after the first `start` bytes."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(start)
        return file.read().decode(errors="replace").strip()


def telling_line(said: str) -> str:
    """Return the last line that names an error, else the last line."""
    lines = [line for line in said.strip().splitlines() if "hint:" not in line.lower()]
    errors = [line for line in lines if any(word in line for word in ("FATAL:", "PANIC:", "error:"))]
    return next(reversed(errors or lines), "PostgreSQL sade inget").strip()


def says_disk_full(said: str) -> bool:
    """Tell whether a program's or the system's message is about a full disk or quota."""
    return any(words in said for words in DISK_FULL)


def failure(said: str, folder: Path) -> DiskFullError | None:
    """Return the error of a full disk, if that is why PostgreSQL gave up; it may have kept the log silent."""
    if says_disk_full(said) or shutil.disk_usage(folder).free < ROOM:
        return DiskFullError(folder)
    return None
