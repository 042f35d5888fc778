"""A calendar for Outlook and others, whose entries have stable names: read again, a file adds nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

STOCKHOLM, UTC = ZoneInfo("Europe/Stockholm"), ZoneInfo("UTC")
MAILED_AT, MAILED_UNTIL = time(7, 30), time(7, 45)
"""When the round of working days sends what is due (prefect.yaml)."""
AT_A_TIME = frozenset({"escalation"})
"""Entries that happen at that time; the others are for the whole day."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One entry. name: unlike every other's and always the same for the same entry. kind: its code."""

    name: str
    kind: str
    day: date
    title: str
    text: str


def calendar_file(events: Sequence[CalendarEvent], title: str, domain: str, made_on: date) -> bytes:
    """Return events as a calendar (RFC 5545). domain: within which the names are unique.

    made_on: the day that the entries are told to be from. None shows anybody as busy, and none reminds.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//manad//årshjul//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", STOCKHOLM.key)
    for each in events:
        calendar.add_component(_event(each, domain, made_on))
    days = [each.day for each in events]
    calendar.add_missing_timezones(min(days).replace(month=1, day=1), max(days).replace(month=12, day=31))
    return bytes(calendar.to_ical())


def _event(told: CalendarEvent, domain: str, made_on: date) -> Event:
    event = Event()
    event.add("uid", f"{told.name}@{domain}")
    event.add("dtstamp", datetime.combine(made_on, time(), UTC))
    if told.kind in AT_A_TIME:
        event.add("dtstart", datetime.combine(told.day, MAILED_AT, STOCKHOLM))
        event.add("dtend", datetime.combine(told.day, MAILED_UNTIL, STOCKHOLM))
    else:
        event.add("dtstart", told.day)
        event.add("dtend", told.day + timedelta(days=1))
    event.add("summary", told.title)
    event.add("description", told.text)
    event.add("categories", [told.kind])
    event.add("transp", "TRANSPARENT")
    return event
