"""How a cell says hours: `152:30` and `152:30:00` are a hundred and fifty-two and a half."""

import re
from decimal import Decimal

SMALLEST = Decimal("1e-10")
"""Hours are kept to a ten-thousand-millionth: a third of one has no end."""
_CLOCK = re.compile("(?P<sign>-?)(?P<hours>[0-9]{1,9}):(?P<minutes>[0-5][0-9])(?::(?P<seconds>[0-5][0-9]))?")


def decimal_hours(text: str) -> str:
    """Write hours, minutes and seconds as hours with decimals; any other text stays as it is.

    Three decimals get a zero, so that the comma can't be taken for one between thousands.
    """
    match = _CLOCK.fullmatch(text)
    if match is None:
        return text
    seconds = int(match["minutes"]) * 60 + int(match["seconds"] or 0)
    hours = (int(match["hours"]) + Decimal(seconds) / 3600).quantize(SMALLEST)
    whole, _, decimals = f"{hours:f}".partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) == 3:
        decimals += "0"
    return match["sign"] + (f"{whole},{decimals}" if decimals else whole)
