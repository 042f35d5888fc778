"""The days of a year's follow-up follow from its months and the settings, and from nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from tasks.rules.operations.calendar_words import entry_text, entry_title
from tasks.rules.operations.year_calendar import (
    CalendarEntry,
    CalendarRules,
    FreeDays,
    calendar_entries,
)
from tasks.rules.periods import Period, days_of_spans

HOLIDAYS = frozenset({date(2026, 10, 30), date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)})
FREE = FreeDays(HOLIDAYS, HOLIDAYS | days_of_spans(["07-01--07-31"], [2026, 2027]))
RULES = CalendarRules(
    deadlines={"ekonomi": 5, "prestationer": 5, "sjukfranvaro": 7},
    lags={"sjukfranvaro": 2},
    readings={"Inskrivna barn": (9, 10), "LSS-insatser": (3, 9)},
    done_by=8,
    plan_days=5,
    escalation_days=5,
    decision_days=6,
    booking_days=15,
    meeting_months=(3, 6, 9, 12),
)
ENTRIES = calendar_entries(2026, RULES, FREE)
SEPTEMBER, OCTOBER = Period(2026, 9), Period(2026, 10)


def days(period, entries=ENTRIES):
    return [(entry.kind, f"{entry.day:%m-%d}") for entry in entries if entry.period == period]


@pytest.mark.parametrize(
    ("period", "wanted"),
    [
        (
            SEPTEMBER,
            [
                ("reading", "09-30"),
                ("delivery", "10-07"),
                ("delivery", "10-09"),
                ("month_done", "10-12"),
                ("plans_due", "10-19"),
                ("escalation", "10-26"),
                ("decisions_due", "10-27"),
                ("meetings_booked", "11-03"),  # fifteen working days, one of them free
            ],
        ),
        (
            OCTOBER,  # its last working day is the day before a free one
            [
                ("reading", "10-29"),
                ("delivery", "11-06"),
                ("delivery", "11-10"),
                ("month_done", "11-11"),
                ("plans_due", "11-18"),
                ("escalation", "11-25"),
                ("decisions_due", "11-26"),
            ],
        ),
        (
            Period(2026, 6),  # done in July, when nobody is asked for a plan
            [
                ("delivery", "07-07"),
                ("delivery", "07-09"),
                ("month_done", "07-10"),
                ("plans_due", "08-07"),
                ("escalation", "08-14"),
                ("decisions_due", "08-17"),
                ("meetings_booked", "08-21"),
            ],
        ),
        (
            Period(2026, 8),
            [
                ("delivery", "09-07"),
                ("delivery", "09-09"),
                ("month_done", "09-10"),
                ("tertial", "09-10"),
                ("plans_due", "09-17"),
                ("escalation", "09-24"),
                ("decisions_due", "09-25"),
            ],
        ),
        (
            Period(2026, 12),  # a year that is over demands no plan
            [
                ("delivery", "01-08"),
                ("delivery", "01-12"),
                ("month_done", "01-13"),
                ("tertial", "01-13"),
                ("meetings_booked", "02-03"),
            ],
        ),
    ],
)
def test_the_days_of_a_month(period, wanted):
    assert days(period) == wanted


def test_the_days_come_in_order_and_every_month_is_done_once():
    assert [entry.day for entry in ENTRIES] == sorted(entry.day for entry in ENTRIES)
    assert [entry.period.month for entry in ENTRIES if entry.kind == "month_done"] == [*range(1, 13)]


def test_nothing_is_asked_for_on_a_free_day():
    assert not [entry for entry in ENTRIES if entry.day.weekday() > 4 or entry.day in HOLIDAYS]


def test_a_deadline_that_no_month_has_is_told():
    with pytest.raises(ValueError, match="40"):
        calendar_entries(2026, replace(RULES, done_by=40), FREE)


def test_a_source_that_lags_is_named_with_its_month_and_measures_with_those_that_are_read():
    owed = [entry.about for entry in ENTRIES if entry.kind == "delivery" and entry.period == SEPTEMBER]
    assert owed == [
        (("ekonomi", SEPTEMBER), ("prestationer", SEPTEMBER)),
        (("sjukfranvaro", Period(2026, 7)),),
    ]
    (read,) = (entry for entry in ENTRIES if entry.kind == "reading" and entry.period == OCTOBER)
    assert read.about == (("Inskrivna barn", OCTOBER),)


NAMES = {"ekonomi": "ekonomi", "sjukfranvaro": "sjukfrånvaro", "Inskrivna barn": "inskrivna barn"}


@pytest.mark.parametrize(
    ("kind", "about", "title", "text"),
    [
        (
            "delivery",
            (("ekonomi", SEPTEMBER), ("sjukfranvaro", Period(2026, 7))),
            "Lämna underlag för september 2026",
            "I dag är sista dagen för ekonomi och sjukfrånvaro för juli 2026. Den som lämnar får kvitto.",
        ),
        (
            "reading",
            (("Inskrivna barn", SEPTEMBER), ("Egna platser", SEPTEMBER)),
            "Antal läses av: september 2026",
            (
                "Årets budget följer antalet denna månad: inskrivna barn och Egna platser. "
                "Enheterna ser till att det är rätt registrerat."
            ),
        ),
        (
            "meetings_booked",
            (),
            "Möten om sjukfrånvaro för tredje kvartalet 2026 ska vara bokade",
            "Chefer vars enheter har hög sjukfrånvaro har fått mejl och träffar HR.",
        ),
    ],
)
def test_an_entry_says_what_is_to_be_done_and_by_whom(kind, about, title, text):
    entry = CalendarEntry(kind, SEPTEMBER, date(2026, 10, 7), about)
    assert (entry_title(entry), entry_text(entry, NAMES)) == (title, text)


@pytest.mark.parametrize(
    ("month", "title"),
    [
        (4, "Tertialrapport 1 2026 skrivs"),
        (8, "Tertialrapport 2 2026 skrivs"),
        (12, "Verksamhetsberättelse 2026 skrivs"),
    ],
)
def test_the_report_of_a_tertial_has_its_name(month, title):
    (entry,) = (entry for entry in ENTRIES if entry.kind == "tertial" and entry.period.month == month)
    assert entry_title(entry) == title
    assert entry_text(entry, {}) == (
        f"Rapporten skrivs av månadens siffror: manad report 2026-{month:02d} --tertial."
    )
