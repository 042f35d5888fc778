"""What the year's calendar says of each entry: a title for a month's view, and who does what."""

from collections.abc import Mapping

from tasks.rules.operations.year_calendar import CalendarEntry, EntryKind
from tasks.rules.periods import Period
from tasks.rules.signals.sick_leave_meeting import quarter_words
from tasks.rules.swedish import joined

TITLES: dict[EntryKind, str] = {
    "reading": "Antal läses av: {month}",
    "delivery": "Lämna underlag för {month}",
    "month_done": "Uppföljningen av {month} klar",
    "tertial": "{report}",
    "plans_due": "Åtgärdsplaner för {month} ska vara inne",
    "escalation": "Planer som saknas för {month} går till avdelningschefen",
    "decisions_due": "Åtgärdsplaner för {month} ska vara beslutade",
    "meetings_booked": "Möten om sjukfrånvaro för {quarter} ska vara bokade",
}
TEXTS: dict[EntryKind, str] = {
    "reading": "Årets budget följer antalet denna månad: {about}. "
    "Enheterna ser till att det är rätt registrerat.",
    "delivery": "I dag är sista dagen för {about}. Den som lämnar får kvitto.",
    "month_done": "Chefer vars enheter avviker har fått mejl och rapporten finns. "
    "Är månaden inte klar får driften ett mejl.",
    "tertial": "Rapporten skrivs av månadens siffror: manad report {period} --tertial.",
    "plans_due": "Chefer med larm om underskott lämnar sin plan på länken i mejlet. "
    "Den som fått sitt mejl en annan dag har en annan sista dag; den står i mejlet.",
    "escalation": "Två påminnelser har gått. Avdelningschefen får veta vilka planer som inte har kommit.",
    "decisions_due": "Avdelningschefen godkänner eller återsänder de planer som kom i tid.",
    "meetings_booked": "Chefer vars enheter har hög sjukfrånvaro har fått mejl och träffar HR.",
}
TERTIAL_REPORTS = {4: "Tertialrapport 1", 8: "Tertialrapport 2", 12: "Verksamhetsberättelse"}


def entry_title(entry: CalendarEntry) -> str:
    """Return an entry's title: `Lämna underlag för september 2026`."""
    return TITLES[entry.kind].format_map(_words(entry, {}))


def entry_text(entry: CalendarEntry, names: Mapping[str, str]) -> str:
    """Return who does what. names: how a source or measure is called inside a sentence, else as it is."""
    return TEXTS[entry.kind].format_map(_words(entry, names))


def _words(entry: CalendarEntry, names: Mapping[str, str]) -> dict[str, str]:
    period = entry.period
    report = TERTIAL_REPORTS.get(period.month)
    return {
        "month": period.swedish,
        "period": str(period),
        "quarter": quarter_words(period),
        "report": f"{report} {period.year} skrivs",
        "about": joined([_called(name, month, period, names) for name, month in entry.about]),
    }


def _called(name: str, month: Period, period: Period, names: Mapping[str, str]) -> str:
    called = names.get(name, name)
    return called if month == period else f"{called} för {month.swedish}"
