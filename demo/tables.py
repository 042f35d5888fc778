"""CSV as Swedish systems write it: semicolon, decimal comma, UTF-8; the same bytes on every machine."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

NBSP = "\u00a0"


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write the rows below their header, lines ended by LF; return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path


def columns(header: str) -> list[str]:
    """Return the names of a header written as one line: `period;enhet`."""
    return header.split(";")


def whole(value: int) -> str:
    """Write a whole number with no-break spaces between groups of three: `1 234 567`."""
    return f"{value:,}".replace(",", NBSP)


def hundredths(value: int, *, grouped: bool = True) -> str:
    """Write hundredths (öre) as a number with two decimals: 123456 is `1 234,56`, or `1234,56` ungrouped."""
    sign, (kronor, ore) = "-" if value < 0 else "", divmod(abs(value), 100)
    return f"{sign}{whole(kronor) if grouped else kronor},{ore:02d}"


def tenths(value: int) -> str:
    """Write tenths as a number with one decimal: 12345 is `1 234,5`."""
    sign, (whole_part, tenth) = "-" if value < 0 else "", divmod(abs(value), 10)
    return f"{sign}{whole(whole_part)},{tenth}"
