"""`manad calendar`: a year's days for a calendar program and as a page, by the settings."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from notifications.documents.calendar_file import MAILED_AT
from tests.worlds.documents import ROOT

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def written(tmp_path, monkeypatch, capsys):
    """Call `manad calendar` in a home of its own, without a database; return the file that it names."""
    from flows.cli.main import main  # noqa: PLC0415

    home = tmp_path / "home"
    monkeypatch.setenv("MANAD_HOME", str(home))
    home.mkdir()

    def write(name, *words, settings="", code=0):
        (home / "manad.toml").write_text(settings, encoding="utf-8")
        out = tmp_path / name
        assert main(["calendar", "--out", str(out), "--today", "2026-01-05", *words]) == code
        said = capsys.readouterr()
        return Path(said.out.strip()) if code == 0 else said.err

    return write


def events(path):
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_the_year_is_written_for_a_calendar_program(written):
    told = events(written("arshjul.ics"))
    assert len([uid for uid in told if "-month_done@" in uid]) == 12
    done = told["2026-09-month_done@manadsuppfoljning.example.se"]
    assert (done["dtstart"].dt, done["dtend"].dt) == (date(2026, 10, 12), date(2026, 10, 13))
    assert done["summary"] == "Uppföljningen av september 2026 klar"
    assert {event["transp"] for event in told.values()} == {"TRANSPARENT"}
    owed = told["2026-09-delivery-ekonomi@manadsuppfoljning.example.se"]
    assert owed["dtstart"].dt == date(2026, 10, 7)
    assert "ekonomi, prestationer, ekonomiskt bistånd och sjukfrånvaro" in owed["description"]


@pytest.mark.parametrize(
    ("uid", "day", "hours"),
    [
        ("2026-01-escalation", (2026, 2, 25), 1),
        ("2026-09-escalation", (2026, 10, 26), 1),
        ("2026-05-escalation", (2026, 6, 25), 2),
    ],
)
def test_what_is_mailed_has_the_hour_of_stockholm_in_winter_and_in_summer(written, uid, day, hours):
    path = written("arshjul.ics")
    event = events(path)[f"{uid}@manadsuppfoljning.example.se"]
    assert event["dtstart"].dt == datetime(*day, 7, 30, tzinfo=STOCKHOLM)
    assert event["dtstart"].dt.utcoffset() == timedelta(hours=hours)
    assert "BEGIN:VTIMEZONE" in path.read_text("utf-8")


def test_the_hour_is_that_of_the_round(written):
    (cron,) = re.findall(
        r"chase_action_plans\n(?:.*\n)*?.*cron: \"(\d+) (\d+) \* \* 1-5\"",
        (ROOT / "prefect.yaml").read_text("utf-8"),
    )
    assert (int(cron[1]), int(cron[0])) == (MAILED_AT.hour, MAILED_AT.minute)


def test_the_same_entries_have_the_same_names_when_a_setting_moves_their_days(written):
    before = events(written("forst.ics"))
    settings = (
        "[watch]\ndone_by_working_day = 10\n[ladder]\nmute = []\n[sources.sjukfranvaro]\nlag_months = 2\n"
    )
    after = events(written("sedan.ics", settings=settings))
    assert after.keys() == before.keys()
    moved = after["2026-09-month_done@manadsuppfoljning.example.se"]
    assert moved["dtstart"].dt == date(2026, 10, 14)
    assert (
        "sjukfrånvaro för juli 2026"
        in after["2026-09-delivery-ekonomi@manadsuppfoljning.example.se"]["description"]
    )


def test_the_same_day_writes_the_same_bytes(written):
    assert written("a.ics").read_bytes() == written("b.ics").read_bytes()


def test_the_page_has_every_day_of_the_calendar(written):
    page = written("arshjul.html", settings='[mail]\nadministration = "<Norra> & Södra"\n').read_text("utf-8")
    told = events(written("arshjul.ics"))
    assert page.count("<dt>") == len(told)
    assert "<h1>Årshjul 2026</h1>" in page
    assert "&lt;Norra&gt; &amp; Södra" in page
    assert "<Norra>" not in page


def test_another_year_is_that_years(written):
    told = events(written("arshjul.ics", "--year", "2027"))
    assert {uid[:4] for uid in told} == {"2027"}


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("arshjul.pdf", (), "ska sluta på .ics"),
        ("arshjul", (), "ska sluta på .ics"),
        ("home/manad.toml/arshjul.ics", (), "Det går inte att skriva"),
    ],
)
def test_what_cannot_be_written_is_told(written, name, words, said):
    assert said in written(name, *words, code=2)
