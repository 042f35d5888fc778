"""How the cells of a delivery that aren't figures are read."""

import re
from datetime import date

YES = frozenset({"ja", "j", "yes", "true", "1", "x"})
NO = frozenset({"nej", "n", "no", "false", "0"})
_DAY = re.compile(r"([12][0-9]{3})-?([0-9]{2})-?([0-9]{2})(?:[ T]00:00(?::00(?:[.,]0+)?)?)?")
_NO_DAY = re.compile(
    r"(?:(?:[3-9][0-9]{3}|2999)-?[0-9]{2}-?[0-9]{2}|1899-12-3[01]|1900-01-00|000[01]-0[01]-0[01])"
    r"(?:[ T][0-9:.,]+)?"
    r"|0|00:00:00"
)
_NAMED_EMAIL = re.compile(r"(?P<name>[^<>\r\n]*)<\s*(?:mailto:)?(?P<address>[^<>\s]+)\s*>;?")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_TOTAL = re.compile(
    r"\s*(?:[Σ∑].*|(?:del|slut|total)?summa\b.*|total(?:t|en)?\b.*|tot\.?|s:a\b.*"
    r"|samtliga|alla|båda(?: könen)?)",
    re.IGNORECASE | re.DOTALL,
)
_GRADE = re.compile(r"([0-9]+)\s*[-\u2013\u2014.:=]\s*[^\W\d_].*", re.DOTALL)
_NOBODY = frozenset({"vakant", "vakans", "saknas", "ingen", "-", "\u2013", "\u2014"})
LONGEST_EMAIL = 254


def day_of(text: str) -> date | None:
    """Read a day: `2026-09-30`, `20260930`, or with the midnight that a spreadsheet adds."""
    match = _DAY.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def is_no_day(text: str) -> bool:
    """Tell whether a text is how systems write that there is no day: 9999-12-31, or a spreadsheet's day 0."""
    return _NO_DAY.fullmatch(text) is not None


def year_of(text: str) -> date | None:
    """Read a year as its first day."""
    return date(int(text), 1, 1) if re.fullmatch(r"[12][0-9]{3}", text) else None


def yes_or_no(text: str) -> bool | None:
    """Read ja or nej; None for anything else."""
    word = text.casefold()
    return True if word in YES else False if word in NO else None


def is_email(text: str) -> bool:
    """Tell whether a text is one plain address, with nothing that could start another mail header."""
    return len(text) <= LONGEST_EMAIL and _EMAIL.fullmatch(text) is not None


def plain_address(text: str) -> str:
    """Return the address of `Namn <adress>`, as mail programs copy it; any other text as it is."""
    match = _NAMED_EMAIL.fullmatch(text)
    if match is None or not is_email(match["address"]) or "@" in match["name"]:
        return text
    return match["address"]


def is_vacant(text: str) -> bool:
    """Tell whether a text says that nobody is there to have an address."""
    return text.casefold() in _NOBODY


def grade_number(text: str) -> str:
    """Return the number of a grade that is named beside it, `3 - Möjlig`; any other text as it is."""
    match = _GRADE.fullmatch(text)
    return text if match is None else match[1]


def looks_like_a_total(text: str) -> bool:
    """Tell whether a text names a sum of other rows: Summa, Totalt, Σ."""
    return _TOTAL.fullmatch(text) is not None


def codes_of(text: str | None) -> tuple[str, ...]:
    """Read a list of codes with commas or semicolons between them."""
    return tuple(code for part in re.split("[,;]", text or "") if (code := part.strip()))
