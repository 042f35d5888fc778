"""Numbers, dates and lists in the words that a Swedish reader expects."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tasks.rules.periods import MONTH_NAMES

NBSP = "\u00a0"
MINUS = "\u2212"
MISSING = "uppgift saknas"
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def round_half_up(value: Decimal, decimals: int = 0) -> Decimal:
    """Round a half away from zero, as the published reports do; never return minus zero."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def number(value: Decimal | int, decimals: int = 0) -> str:
    """Write a number with decimal comma, groups of three and a real minus: `−1 234,5`."""
    rounded = round_half_up(Decimal(value), decimals)
    written = f"{rounded:,f}"
    return written.replace(",", NBSP).replace(".", ",").replace("-", MINUS)


def mnkr(kr: Decimal | None, decimals: int = 1) -> str:
    """Write kronor in millions: `12,4 mnkr`."""
    return _with_unit(None if kr is None else kr.scaleb(-6), decimals, "mnkr")


def tkr(kr: Decimal | None, decimals: int = 0) -> str:
    """Write kronor in thousands: `1 234 tkr`."""
    return _with_unit(None if kr is None else kr.scaleb(-3), decimals, "tkr")


def kronor(kr: Decimal | None, decimals: int = 0) -> str:
    """Write kronor: `9 153 kronor`."""
    return _with_unit(kr, decimals, "kronor")


def percent(value: Decimal | None, decimals: int = 1) -> str:
    """Write a figure that already is in per cent: `3,6 %`."""
    return _with_unit(value, decimals, "%")


def limit_percent(value: Decimal) -> str:
    """Write a limit as exactly as it is held to, with at most two decimals: `2,25 %`, `1,5 %`, `2 %`."""
    exact = round_half_up(value, 2).normalize()
    return percent(exact, max(0, -int(exact.as_tuple().exponent)))


def percentage_points(value: Decimal | None, decimals: int = 1) -> str:
    """Write a difference between two percentages: `0,4 procentenheter`."""
    return _with_unit(value, decimals, "procentenheter")


def date_words(day: date) -> str:
    """Write a date in words: `16 november 2026`."""
    return f"{day_words(day)} {day.year}"


def day_words(day: date) -> str:
    """Write a date whose year is plain from its surroundings: `16 november`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]}"


def weekday(day: date) -> str:
    """Return the name of the day: `måndag`."""
    return WEEKDAYS[day.weekday()]


def joined(words: Sequence[str]) -> str:
    """Join words as a sentence does: `a, b och c`; nothing for no words."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} och {words[-1]}"


def shortened(words: Sequence[str], most: int, noun: str = "") -> str:
    """Join the first words and count the rest: `a, b och c`, `a, b och 7 till`, `a, b och 7 ställen till`."""
    rest = len(words) - most
    return joined(words if rest <= 0 else [*words[:most], _more(rest, noun)])


def and_more(count: int, most: int, noun: str = "") -> str:
    """Count what a list is cut short of: `… och 7 till`, `… och 7 fel till`; empty where it is whole."""
    return f"… och {_more(count - most, noun)}" if count > most else ""


def counted(count: int, singular: str, plural: str) -> str:
    """Write a count with its noun: `1 enhet`, `14 enheter`."""
    return f"{number(count)}{NBSP}{singular if count == 1 else plural}"


def mid_sentence(title: str) -> str:
    """Write a title as it stands inside a sentence: `ekonomiskt bistånd`, but `LSS-boende`."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def sort_key(text: str) -> str:
    """Return what to sort by for å, ä and ö to come last, in that order, whatever the case."""
    return text.casefold().translate(_LAST_LETTERS)


_LAST_LETTERS = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e", "ü": "y"})


def _more(count: int, noun: str) -> str:
    return " ".join(filter(None, (number(count), noun, "till")))


def _with_unit(value: Decimal | None, decimals: int, unit: str) -> str:
    return MISSING if value is None else f"{number(value, decimals)}{NBSP}{unit}"
