"""The year's target (årsmål) of sick leave, as a figure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.delivered import Delivered, RowRange

COLUMN = "arsmal"
_PERCENT = re.compile(r"(?:max|högst)?\s*(\d{1,2}(?:[.,]\d+)?)\s*%?", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """A year's target in %, None where there is none that is a figure, and the rows that it stands on."""

    percent: Decimal | None = None
    rows: tuple[RowRange, ...] = ()


def target_percent(text: str | None) -> Decimal | None:
    """Read a published target (`7,0 %`, `Max 7 %`) in %; None for one that is no figure (`minska`)."""
    found = _PERCENT.fullmatch((text or "").strip())
    return None if found is None else Decimal(found[1].replace(",", "."))


def years_target(rows: Iterable[Delivered], indicator: str) -> Target:
    """Return the newest target of an indicator that is a figure.

    rows: of indikatorer, in the months of one year in their order.
    """
    targets = [
        Target(percent, (row.range,))
        for row in rows
        if row.item == indicator and (percent := target_percent(row.cells.get(COLUMN))) is not None
    ]
    return targets[-1] if targets else Target()
