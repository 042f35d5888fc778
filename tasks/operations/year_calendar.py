"""The year's calendar (årshjul) as a file: for a calendar program, or a page to read and print."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from notifications.page import render_page
from notifications.reports.calendar import CalendarDay, CalendarMonth, CalendarPage
from tasks.calendar import swedish_free_days, working_calendar
from tasks.config import Config
from tasks.errors import UsageError
from tasks.rules.operations.calendar_words import entry_text, entry_title
from tasks.rules.operations.year_calendar import (
    CalendarEntry,
    CalendarRules,
    FreeDays,
    calendar_entries,
)
from tasks.rules.periods import Period
from tasks.rules.swedish import mid_sentence, weekday
from tasks.rules.volumes.adjustment import measures_known
from tasks.signals.meeting_mails import BOOK_WORKING_DAYS
from tasks.sources import all_sources

PAGE, CALENDAR = ".html", ".ics"


def write_calendar(config: Config, year: int, today: date, out: Path) -> Path:
    """Write a year's calendar and return its path. Raises UsageError for another form, and when it can't be.

    out: `.ics` for a calendar program, `.html` a page. today: the day that an entry is told to be from, so
    that a calendar program takes a newer file's day before an older's.
    """
    form = out.suffix.casefold()
    if form not in (PAGE, CALENDAR):
        raise UsageError(f"{out.name} ska sluta på .ics (för kalendern) eller .html (en sida att läsa).")
    entries = year_entries(config, year)
    names = _names()
    if form == CALENDAR:
        from notifications.documents.calendar_file import CalendarEvent, calendar_file  # noqa: PLC0415 - one command

        events = [
            CalendarEvent(_uid(entry), entry.kind, entry.day, entry_title(entry), entry_text(entry, names))
            for entry in entries
        ]
        title = f"Årshjul {year} {config.mail.administration}"
        content = calendar_file(events, title, config.mail.list_id, today)
    else:
        content = render_page("calendar", _page(config, year, entries)).encode("utf-8")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(content)
    except OSError as error:
        raise UsageError(f"Det går inte att skriva {out}: {error.strerror}.") from error
    return out.absolute()


def year_entries(config: Config, year: int) -> list[CalendarEntry]:
    """Return what is to be done for each month of a year, by the administration's settings, day by day."""
    around = date(year, 12, 1)
    free = FreeDays(
        holidays=swedish_free_days(range(year, year + 2)), muted=working_calendar(config.ladder.mute, around)
    )
    return calendar_entries(year, _rules(config), free)


def _rules(config: Config) -> CalendarRules:
    sources = all_sources()
    measures = measures_known(sources["prestationer"].volumes, config.measures)
    own = {name: settings.reading_months for name, settings in config.measures.items()}
    readings = {
        name: own.get(name) or volume.reading_months
        for name, volume in measures.items()
        if not volume.part_of
    }
    return CalendarRules(
        deadlines={name: sources[name].deadline for name in config.completeness.required_sources},
        lags=config.lags,
        readings={name: months for name, months in readings.items() if months},
        done_by=config.watch.done_by_working_day,
        plan_days=config.plan.due_working_days,
        escalation_days=config.ladder.working_days[-1],
        decision_days=config.ladder.decision_working_days,
        booking_days=BOOK_WORKING_DAYS,
        meeting_months=config.sick_leave.meeting_months,
    )


def _names() -> dict[str, str]:
    """Return what sources and measures are called inside a sentence."""
    sources = all_sources()
    measures = [volume.name for volume in sources["prestationer"].volumes]
    return {name: mid_sentence(source.title) for name, source in sources.items()} | {
        name: mid_sentence(name) for name in measures
    }


def _uid(entry: CalendarEntry) -> str:
    """Return a name that the same entry always has, whatever its day; deliveries may have several."""
    about = f"-{entry.about[0][0]}" if entry.kind == "delivery" else ""
    return f"{entry.period}-{entry.kind}{about}"


def _page(config: Config, year: int, entries: list[CalendarEntry]) -> CalendarPage:
    return CalendarPage(
        organisation=config.mail.administration,
        year=str(year),
        months=tuple(_months(entries)),
    )


def _months(entries: list[CalendarEntry]) -> Iterator[CalendarMonth]:
    names = _names()
    for month in sorted({Period.of(entry.day) for entry in entries}):
        days = tuple(
            CalendarDay(
                day=f"{entry.day.day} {month.month_name}",
                weekday=weekday(entry.day),
                kind=entry.kind,
                title=entry_title(entry),
                text=entry_text(entry, names),
            )
            for entry in entries
            if Period.of(entry.day) == month
        )
        yield CalendarMonth(name=month.swedish, code=str(month), days=days)
