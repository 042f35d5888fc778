"""The year's calendar (årshjul): what is to be done on which day for the follow-up of each of its months.

Every day follows from the months and the administration's settings, so a year's calendar is known before it
begins. A day that depends on when a mail really went is the day it is when all goes as planned.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tasks.rules.periods import Period, add_working_days, is_working_day, working_day_of_month

EntryKind = Literal[
    "reading",
    "delivery",
    "month_done",
    "tertial",
    "plans_due",
    "escalation",
    "decisions_due",
    "meetings_booked",
]
TERTIAL_MONTHS = (4, 8, 12)
"""The months that a tertial ends with; the last is the year's."""


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """What decides the days.

    deadlines: by source the working day of the next month on which it is to be there. lags: by source how
    many months later it comes. readings: by measure the months (1–12) whose count the budget follows.
    done_by: the working day of the next month by which a month is done. The others are working days:
    plan_days after that until a plan is due, escalation_days from then until it is escalated, decision_days
    until it is decided, booking_days from the month's mails until a meeting is booked, after each of
    meeting_months (1–12).
    """

    deadlines: Mapping[str, int]
    lags: Mapping[str, int]
    readings: Mapping[str, Sequence[int]]
    done_by: int
    plan_days: int
    escalation_days: int
    decision_days: int
    booking_days: int
    meeting_months: Sequence[int]


@dataclass(frozen=True, slots=True)
class FreeDays:
    """Days that are no working days: holidays, and those with the mute times, which plans wait over."""

    holidays: frozenset[date]
    muted: frozenset[date]


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What is to be done on a day for the follow-up of a month. about: sources or measures, and of when."""

    kind: EntryKind
    period: Period
    day: date
    about: tuple[tuple[str, Period], ...] = ()


def calendar_entries(year: int, rules: CalendarRules, free: FreeDays) -> list[CalendarEntry]:
    """Return what is to be done for each month of a year, day by day; the last days lie in the year after.

    Raises ValueError where a month has no such working day.
    """
    periods = [Period(year, month) for month in range(1, 13)]
    entries = [entry for period in periods for entry in _of_month(period, rules, free)]
    return sorted(entries, key=lambda entry: (entry.day, entry.period))


def _of_month(period: Period, rules: CalendarRules, free: FreeDays) -> Iterator[CalendarEntry]:
    after = period.plus(1)
    read = tuple((name, period) for name, months in rules.readings.items() if period.month in months)
    if read:
        yield CalendarEntry("reading", period, _last_working_day(period, free.holidays), read)
    for number in sorted(set(rules.deadlines.values())):
        owed = tuple(
            (source, period.plus(-rules.lags.get(source, 0)))
            for source, deadline in rules.deadlines.items()
            if deadline == number
        )
        yield CalendarEntry(
            "delivery", period, working_day_of_month(after, number, free_days=free.holidays), owed
        )
    done = working_day_of_month(after, rules.done_by, free_days=free.holidays)
    yield CalendarEntry("month_done", period, done)
    if period.month in TERTIAL_MONTHS:
        yield CalendarEntry("tertial", period, done)
    if period.month in rules.meeting_months:
        booked = add_working_days(done, rules.booking_days, free_days=free.muted)
        yield CalendarEntry("meetings_booked", period, booked)
    if period.month < 12:  # a year that is over demands no plans
        yield from _plans(period, done, rules, free)


def _plans(period: Period, done: date, rules: CalendarRules, free: FreeDays) -> Iterator[CalendarEntry]:
    due = add_working_days(done, rules.plan_days, free_days=free.muted)
    yield CalendarEntry("plans_due", period, due)
    yield CalendarEntry(
        "escalation", period, add_working_days(due, rules.escalation_days, free_days=free.muted)
    )
    yield CalendarEntry(
        "decisions_due", period, add_working_days(due, rules.decision_days, free_days=free.muted)
    )


def _last_working_day(period: Period, holidays: frozenset[date]) -> date:
    days = (date(period.year, period.month, number) for number in range(period.last_day.day, 0, -1))
    return next(day for day in days if is_working_day(day, free_days=holidays))
