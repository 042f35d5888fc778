"""A file that is handed in: which source and month it is for, and the hash of its bytes."""

from dataclasses import dataclass, replace
from pathlib import Path

from tasks.deliveries.raw_files import FileChangedError, sha256_of
from tasks.rules.declaration import Source
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.deliveries.year_files import DECEMBER
from tasks.rules.periods import Period

LONGEST_NAME = 255


@dataclass(frozen=True)
class Declared:
    """What a file's name, or whoever hands it in, says that it is for. names_year: of the whole year that
    `period` is the last month of. taken_as: the half of the source that it holds alone, and is read as.
    """

    named: Source
    period: Period
    names_year: bool = False
    taken_as: Source | None = None

    @property
    def source(self) -> Source:
        """Return the source that it is of."""
        return self.taken_as or self.named

    @property
    def is_year(self) -> bool:
        """Tell whether each of a year's months is a delivery of its own."""
        return self.names_year and self.source.has_year_files


@dataclass(frozen=True)
class IncomingFile:
    """A file, and what it is declared as."""

    path: Path
    declared: Declared
    sha256: str
    stamp: tuple[int, int]
    """Size (bytes) and time of change (ns) when the hash was made."""

    @property
    def source(self) -> Source:
        """Return the source that it is of."""
        return self.declared.source

    @property
    def period(self) -> Period:
        """Return the month that it is for, a year's last one."""
        return self.declared.period

    @property
    def may_be_year(self) -> bool:
        """Tell whether it may hold several months as deliveries of their own."""
        is_december = self.source.has_own_months and self.period.month == DECEMBER
        return self.source.has_year_files and (self.declared.is_year or is_december)

    @property
    def wanted(self) -> Wanted:
        """Return what it must hold."""
        return Wanted(self.source, self.period, self.declared.is_year)

    @property
    def described(self) -> dict[str, str | int]:
        """Return what is stored of the file itself."""
        return {
            "sha256": self.sha256,
            "file_name": self.path.name[:LONGEST_NAME],
            "size_bytes": self.path.stat().st_size,
        }

    def taken_as(self, source: Source) -> "IncomingFile":
        """Return the file as one of the source that its table was found to be of."""
        if source == self.source:
            return self
        return replace(self, declared=replace(self.declared, taken_as=source))

    def must_be_unchanged(self) -> None:
        """Raise FileChangedError when the file is no longer the one that the hash was made of."""
        if _stamp(self.path) != self.stamp:
            raise FileChangedError(self.path)


def incoming_file(path: Path, declared: Declared) -> IncomingFile:
    """Note a file and the hash of its bytes."""
    stamp = _stamp(path)
    return IncomingFile(path, declared, sha256_of(path), stamp)


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns
