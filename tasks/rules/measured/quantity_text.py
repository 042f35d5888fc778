"""A number with its unit in one cell, as it is printed: `28 st`, `1,5 kg CO2 per kg livsmedel`."""

import re
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.number_text import Missing, NumberTextError, parse_amount

PERCENT = "%"
PIECES = "st"
_NOUN = re.compile("[a-zåäö]{3,}")
_MEASURED = {
    "kwh", "mwh", "gwh", "twh", "ton", "tkr", "mnkr", "kronor", "sek", "procent", "procentenheter", "timmar",
    "dagar", "kvm", "meter",
}  # fmt: skip
"""Units that look like nouns and aren't what is counted one by one."""
_QUANTITY = re.compile(
    r"(?P<number>[-+\u2212]?\s*[0-9](?:[0-9.,\s]*[0-9])?)\s*(?P<unit>[%‰°]|(?:[^\W\d_]).*)", re.DOTALL
)
_OTHER_WORDS = re.compile(r"(?:av|till|och|eller|mot|men|[eE][-+]?[0-9]+)(?:\s|$)")
"""What may follow a number and is no unit: `28 av 30`, `10 till 12`, `1e5`."""
_FREE_DIGIT = re.compile(r"(?<![^\W_])(?<!per )(?<!/)[0-9]")
"""A digit that stands by itself and not in a unit's name (`CO2`, `m2`, `per 14 dagar`): another number."""


@dataclass(frozen=True)
class Quantity:
    """A number and its unit as written; the unit is empty where there is none."""

    number: Decimal
    unit: str = ""


def number_part(text: str) -> str:
    """Return the number of a cell without its unit; a text that is no number with a unit as it is."""
    return _parts(text)[0]


def unit_part(text: str | None) -> str:
    """Return the unit of a cell, empty where it has none: `28 st` is `st`."""
    return "" if text is None else _parts(text)[1]


def parse_quantity(text: str) -> Quantity | None:
    """Read a number with or without a unit; None for words, a mark that says missing, and what may be two."""
    number, unit = _parts(text)
    try:
        read = parse_amount(number)
    except NumberTextError:
        return None
    return None if isinstance(read, Missing) else Quantity(read, unit)


def same_unit(one: str, other: str) -> bool:
    """Tell whether two units are the same, one of them isn't said, or one is `st` of what is counted."""
    units = {one.casefold(), other.casefold()}
    return "" in units or len(units) == 1 or (all(map(_is_counted, units - {PIECES})) and PIECES in units)


def _is_counted(unit: str) -> bool:
    return _NOUN.fullmatch(unit) is not None and unit not in _MEASURED


def _parts(text: str) -> tuple[str, str]:
    match = _QUANTITY.fullmatch(text.strip())
    if match is None:
        return text, ""
    unit = " ".join(match["unit"].split())
    if _OTHER_WORDS.match(unit) or _FREE_DIGIT.search(unit):
        return text, ""
    return match["number"].strip(), unit
