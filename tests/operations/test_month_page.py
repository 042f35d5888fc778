"""The page of a month in Prefect's own pages: what an operator reads first."""

from pathlib import Path

from flows.runs.month_page import month_markdown
from tasks.rules.outbox.states import MAIL_STATES
from tasks.rules.periods import Period
from tests.worlds.assessed_units import warned_unit

STATUS = {
    "state": "done",
    "step": None,
    "reason": None,
    "steps": [{"step": "assess_units", "finished_at": "2026-10-07T06:00:05+00:00", "result": {}}],
    "deliveries": [
        {"source": "ekonomi", "state": "superseded", "revision": 1, "rows": 3, "file": "gammal.csv"},
        {"source": "ekonomi", "state": "accepted", "revision": 2, "rows": 3, "file": "ekonomi_2026-09.csv"},
    ],
    "mails": dict.fromkeys(MAIL_STATES, 0) | {"sent": 1, "failed": 1},
    "mail_problems": [
        {"id": 7, "state": "failed", "to": "anna@example.se", "subject": "Larm | 2", "reason": "550"}
    ],
    "plans": [{"lage": "krävs", "antal": 1}],
}
WARNED = [warned_unit(name="Norr [x](javascript:1) <b>")]


def page(**changed):
    return month_markdown(Period(2026, 9), STATUS | changed, WARNED, Path("rapport.html"))


def test_it_says_where_the_month_stands_and_what_to_look_at():
    text = page().replace("\N{NO-BREAK SPACE}", " ")
    assert text.startswith("# September 2026: klar")
    assert "1 larm, 0 att bevaka. Mejl: 1 skickat, 1 MISSLYCKAT. Åtgärdsplaner: 1 krävs." in text
    assert "| ekonomi | mottagen | 2 | 3 | ekonomi\\_2026-09.csv |" in text
    assert "gammal.csv" not in text
    assert "| Bedömer enheter | 2026-10-07 kl. 08.00.05 |" in text
    assert "underskott 1,2 mnkr | senast 14 oktober |" in text
    assert "Rapporten: `rapport.html`" in text


def test_what_files_and_servers_say_is_only_text():
    text = page()
    assert "| 7 | Larm \\| 2 | MISSLYCKAT |" in text
    assert "anna@" not in text
    assert "Norr \\[x\\](javascript:1) \\<b\\>" in text


def test_a_month_that_stopped_says_where_and_why_first():
    text = page(state="failed", step="write_report", reason="disken är full")
    assert text.startswith("# September 2026: STOPPAD\n\n**Stannade i write_report:** disken är full")


def test_what_is_not_there_has_no_heading():
    assert "Mejl som någon måste se på" not in page(mail_problems=[])
