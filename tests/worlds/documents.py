"""The documents as tests read them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ADRS = sorted((DOCS / "adr").glob("*.md"))
EVERY = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def table_rows(text, first_cell):
    """Return the cells of every table row whose first cell looks so, without the marks of code."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    return [cells for cells in rows if re.fullmatch(first_cell, cells[0])]


def bare(cell):
    return cell.strip("`")
