"""What runs without being asked: recent months, and schedules whose hour hasn't long passed."""

from datetime import date, datetime, timedelta

from tasks.rules.periods import Period

MONTHS_BACK = 2
"""Files of older months are history that was handed in late: nobody is to be mailed about them unasked."""

LATEST = timedelta(hours=20)
"""A scheduled run that begins so late is left to the next one: a daily schedule that was missed for three
days is run once."""


def first_unasked(today: date) -> Period:
    """Return the oldest month that is run unasked on a day."""
    return Period.of(today).plus(-MONTHS_BACK)


def runs_unasked(period: Period, today: date) -> bool:
    """Tell whether a month is run as soon as its deliveries suffice."""
    return first_unasked(today) <= period <= Period.of(today)


def is_stale(scheduled: datetime, now: datetime) -> bool:
    """Tell whether a scheduled run begins too late to be worth while."""
    return now - scheduled > LATEST
