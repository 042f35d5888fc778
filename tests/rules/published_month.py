"""The published month of tests/reference/2021-04 as plain figures in kr."""

import csv
import json
from decimal import Decimal
from pathlib import Path

from tasks.rules.swedish import round_half_up

FOLDER = Path(__file__).parent.parent / "reference" / "2021-04"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"), parse_float=Decimal)


def rows_of(source):
    """Read a tiny delivery: a list of dicts of text."""
    with (FOLDER / f"{source}_2021-04.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def kr(mnkr):
    """Read an amount in mnkr as printed; an empty cell is missing."""
    return Decimal(mnkr.replace(",", ".")) * 1_000_000 if mnkr else None


def in_mnkr(kronor):
    """Show an amount as the report prints it."""
    return round_half_up(kronor / 1_000_000, 1)
