"""Headers that are months: `jan` … `dec` side by side, alone or with the figure that stands below them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.rules.deliveries.columns import column_name
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.month_text import month_of
from tasks.rules.periods import Period


@dataclass(frozen=True)
class MonthHeader:
    """A column of one month: its place among the headers, and the figure that its header tells."""

    place: int
    month: Period
    figure: str | None


def month_headers(headers: Sequence[str], wanted: Wanted) -> list[MonthHeader]:
    """Return the headers that are months; one without a year is of the file's year."""
    found = (_month_header(place, header, wanted) for place, header in enumerate(headers))
    return [header for header in found if header is not None]


def is_wide(headers: Sequence[str], wanted: Wanted) -> bool:
    """Tell whether months stand side by side, and everything else that a row must say is there."""
    period = wanted.period_column
    meant = wanted.meant(headers)
    months = {header.month for header in month_headers(headers, wanted)}
    return (
        period is not None
        and period not in meant
        and len(months) > 1
        and all(group & meant or group <= {period, *wanted.figures} for group in wanted.needed)
    )


def month_of_name(name: str, year: int) -> Period | None:
    """Read a normalised name as a month: `sep_26`, `2026_09`, `jan` of a year; None when it is none."""
    words = name.replace("_", "-")
    day = month_of(f"{words}-{year}" if words.isalpha() else words)
    return None if day is None else Period.of(day)


def _month_header(place: int, header: str, wanted: Wanted) -> MonthHeader | None:
    name, year = column_name(header), wanted.period.year
    month = month_of_name(name, year)
    if month is not None:
        return MonthHeader(place, month, None)
    words = name.split("_")
    for cut in range(1, len(words)):
        first, last = "_".join(words[:cut]), "_".join(words[cut:])
        for figure, text in ((first, last), (last, first)):
            month = month_of_name(text, year)
            if month is not None and _is_figure(figure, wanted):
                return MonthHeader(place, month, figure)
    return None


def _is_figure(name: str, wanted: Wanted) -> bool:
    meaning = wanted.meanings.get(name)
    return meaning is not None and meaning.name in wanted.figures
