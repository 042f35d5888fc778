"""A place for what a test needs no disk for: a database is made of hundreds of files."""

import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
"""Linux's folder in memory."""
ROOM = 2 * 2**30
"""Bytes that must be free there."""


def folder_in_memory(prefix: str) -> Path:
    """Make a folder that other accounts may enter: in memory where there is room, else where others are."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if has_room else None))
    folder.chmod(0o755)
    return folder
