"""What the terminal shows: tables of at most 100 columns that are readable without colour."""

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from datetime import date

from tasks.rules.json_values import as_number

WIDEST = 100
STEERING = (*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Signs that steer a terminal or turn the reading direction, as names in files may; not tab and newline."""
_SHOWN = {code: f"<{code:04X}>" for code in STEERING}


def say(text: str = "", *, end: str = "\n") -> None:
    """Print a line at once, so that progress shows while work goes on."""
    try:
        print(text.translate(_SHOWN), end=end, flush=True)
    except BrokenPipeError:  # nobody reads any more; what is being done is done all the same
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(text: str) -> None:
    """Print an error's one line."""
    print(text.translate(_SHOWN), file=sys.stderr, flush=True)


def width() -> int:
    """Return the columns that may be used."""
    return max(60, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = (), wide: int = 0
) -> str:
    """Lay out rows under a head and a line; columns in `right` are right-aligned, `wide` is cut to fit."""
    rows = [[cell.replace("\n", "⏎") for cell in row] for row in rows]
    columns = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    columns[wide] = min(columns[wide], max(12, width() - sum(columns) + columns[wide] - 2 * (len(head) - 1)))
    lines = [_line(row, columns, right) for row in (head, *rows)]
    return "\n".join([lines[0], "─" * min(width(), sum(columns) + 2 * (len(head) - 1)), *lines[1:]])


def as_json(value: object) -> str:
    """Write a value as JSON that no terminal is steered by: Decimals as numbers, days and moments as ISO."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=_as_json_value)
    return text.translate({code: f"\\u{code:04x}" for code in STEERING})


def _as_json_value(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else as_number(value)


def paragraph(text: str, indent: str = "") -> str:
    """Wrap a sentence to the terminal's width."""
    return textwrap.fill(text, width(), initial_indent=indent, subsequent_indent=indent)


def _line(row: Sequence[str], columns: Sequence[int], right: Sequence[int]) -> str:
    cells = [
        cut(text, size).rjust(size) if at in right else cut(text, size).ljust(size)
        for at, (text, size) in enumerate(zip(row, columns, strict=True))
    ]
    return "  ".join(cells).rstrip()


def cut(text: str, size: int) -> str:
    """Shorten a text to a number of columns."""
    return text if len(text) <= size else text[: size - 1] + "…"
