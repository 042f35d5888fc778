"""Reading the fictional administration's files as a delivery's receiver would."""

import csv
import re
from decimal import Decimal
from pathlib import Path

Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def number(text: str) -> Decimal:
    """Read as the contract does: no-break spaces only between groups of three, decimal comma."""
    assert re.fullmatch(r"-?(\d{1,3}(\u00a0\d{3})*|\d+)(,\d+)?", text), text
    return Decimal(text.replace("\u00a0", "").replace(",", "."))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.csv"))}


def deliveries(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.csv"), *folder.glob("tidigare/*.csv")])
