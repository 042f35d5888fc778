"""When a tertial's report is made, and what it is called: T1, T2, and the year's verksamhetsberättelse."""

from tasks.rules.periods import Period

_TERTIALS = {4: 1, 8: 2}


def is_tertial(period: Period) -> bool:
    """Tell whether a tertial ends with the month."""
    return period.month % 4 == 0


def report_title(period: Period) -> str:
    """Return what the report is called: `Tertialrapport 1 2026`, `Verksamhetsberättelse 2026`."""
    return f"{_kind(period)} {period.year}"


def report_in_sentence(period: Period) -> str:
    """Return the same inside a sentence: `tertialrapport 1 2026`."""
    title = report_title(period)
    return f"{title[0].lower()}{title[1:]}"


def _kind(period: Period) -> str:
    tertial = _TERTIALS.get(period.month)
    return "Verksamhetsberättelse" if tertial is None else f"Tertialrapport {tertial}"


def year_end_word(period: Period) -> str:
    """Return what the year's end is called in heads: a forecast until December has closed."""
    return "Bokslut" if period.month == 12 else "Prognos"
