"""How a cell says a month: as systems, spreadsheets and people write it, where it can be but one."""

import re
from collections.abc import Iterator
from datetime import date

from tasks.rules.periods import MONTH_NAMES

_ENGLISH = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_YEAR = "(?P<year>[12][0-9]{3})"
_CLOCK = "(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)?"
_NUMBERED = tuple(
    re.compile(shape)
    for shape in (
        rf"{_YEAR}[-./ ]?(?P<month>[0-9]{{2}})",  # 2026-09  202609
        rf"{_YEAR}[-./ ](?P<month>[0-9])",  # 2026-9
        rf"{_YEAR} ?[Mm](?P<month>[0-9]{{1,2}})",  # 2026M09 as Statistics Sweden writes it
        rf"(?P<month>[0-9]{{1,2}})[-./]{_YEAR}",  # 09/2026
    )
)
_DAY = re.compile(rf"{_YEAR}(?P<between>[-./]?)(?P<month>[0-9]{{2}})(?P=between)(?P<day>[0-9]{{2}}){_CLOCK}")
_NAME_FIRST = re.compile(r"(?P<name>[a-z]+)\.?[ ,_/-]*(?P<year>[12][0-9]{3}|[0-9]{2})")
_YEAR_FIRST = re.compile(rf"{_YEAR}[ ,_/-]*(?P<name>[a-z]+)\.?")
FIRST_YEAR, LAST_YEAR = 1900, 2099
THIS_CENTURY = 2000


def month_of(text: str) -> date | None:
    """Read a month as its first day; None for what is none or may be two (`01/02/2026`, `26-09`)."""
    read = _numbered(text)
    if read is None:
        return _day_in_month(text) or _named(text)
    year, month = read
    return _first_day(year, month)


def is_adjustment_period(text: str) -> bool:
    """Tell whether a text is a period of the ledger that is no month: 202613 for the closing, 202600."""
    read = _numbered(text)
    return read is not None and _is_year(read[0]) and not 1 <= read[1] <= len(MONTH_NAMES)


def _numbered(text: str) -> tuple[int, int] | None:
    found = next((match for shape in _NUMBERED if (match := shape.fullmatch(text))), None)
    return None if found is None else (int(found["year"]), int(found["month"]))


def _day_in_month(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return _first_day(day.year, day.month)


def _named(text: str) -> date | None:
    plain = text.casefold()
    match = _NAME_FIRST.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain)
    number = None if match is None else _NUMBERS.get(match["name"])
    if match is None or number is None:
        return None
    year = int(match["year"])
    return _first_day(year if year >= FIRST_YEAR else THIS_CENTURY + year, number)


def _first_day(year: int, month: int) -> date | None:
    return date(year, month, 1) if _is_year(year) and 1 <= month <= len(MONTH_NAMES) else None


def _is_year(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _spellings() -> Iterator[tuple[str, int]]:
    for names in (MONTH_NAMES, _ENGLISH):
        for number, name in enumerate(names, start=1):
            yield name, number
            yield name[:3], number
    yield "sept", MONTH_NAMES.index("september") + 1


_NUMBERS = dict(_spellings())
