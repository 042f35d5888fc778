"""The machine's processes, as the kernel tells of them."""

from pathlib import Path


def processes():
    return [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]


def children_of(parent):
    """Return the processes that a process has started, and what those have."""
    own = [
        pid for pid in processes() if read(pid, "stat").rpartition(b")")[2].split()[1:2] == [b"%d" % parent]
    ]
    return [pid for child in own for pid in (child, *children_of(child))]


def read(pid, name):
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
