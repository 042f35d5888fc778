"""The days on which a Swedish administration is closed, besides Saturdays and Sundays."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from tasks.rules.periods import days_of_spans


def swedish_free_days(years: Iterable[int]) -> frozenset[date]:
    """Return the public holidays and the eves that in practice are free, such as midsommarafton.

    Ordinary Sundays are not among them: whoever counts working days looks at the weekday. The bank calendar
    is not used, because it counts half-days as holidays.
    """
    return frozenset(day for year in years for day in _free_days_of(year))


@cache
def _free_days_of(year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415 - takes 0.1 s, and few commands need a date

    return frozenset(
        holidays.country_holidays("SE", years=year, categories=("public", "de_facto"), language="sv")
    )


def working_calendar(mute: Sequence[str], around: date) -> frozenset[date]:
    """Return the days around one on which nobody is asked for anything: free days and mute spans.

    It covers the year of the day, the one before it and the one after.
    """
    years = range(around.year - 1, around.year + 2)
    return swedish_free_days(years) | days_of_spans(mute, years)
