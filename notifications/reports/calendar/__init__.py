"""The year's calendar (årshjul) as a page: every day of the follow-up, month by month."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """What is to be done on a day. kind: its code, which the page marks it by."""

    day: str
    weekday: str
    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMonth:
    """The days of a month; `code` is YYYY-MM."""

    name: str
    code: str
    days: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """A year's months with something to do."""

    organisation: str
    year: str
    months: tuple[CalendarMonth, ...]
