"""How the cells of a delivery that aren't figures are read."""

import re
from datetime import date

YES = frozenset({"ja", "j", "yes", "true", "1", "x"})
NO = frozenset({"nej", "n", "no", "false", "0"})
_MONTH = re.compile(r"([12][0-9]{3})-?(0[1-9]|1[0-2])(?:-01(?:[ T]00:00:00)?)?")
_DAY = re.compile(r"([12][0-9]{3})-?([0-9]{2})-?([0-9]{2})(?:[ T]00:00:00)?")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_TOTAL = re.compile(
    r"\s*(?:[Σ∑].*|(?:del|slut|total)?summa\b.*|total(?:t|en)?\b.*|tot\.?|s:a\b.*)", re.IGNORECASE | re.DOTALL
)
LONGEST_EMAIL = 254


def month_of(text: str) -> date | None:
    """Read a month as its first day: `2026-09`, `202609`, or the first day that a spreadsheet made of it."""
    match = _MONTH.fullmatch(text)
    return date(int(match[1]), int(match[2]), 1) if match else None


def day_of(text: str) -> date | None:
    """Read a day: `2026-09-30`, `20260930`, or with the midnight that a spreadsheet adds."""
    match = _DAY.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


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


def looks_like_a_total(text: str) -> bool:
    """Tell whether a text names a sum of other rows: Summa, Totalt, Σ."""
    return _TOTAL.fullmatch(text) is not None


def codes_of(text: str | None) -> tuple[str, ...]:
    """Read a list of codes with commas or semicolons between them."""
    return tuple(code for part in re.split("[,;]", text or "") if (code := part.strip()))
