"""The page of a month in Prefect's own pages: what an operator reads first."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flows.runs.month_page import month_markdown
from tasks.rules.assessment.month_warnings import UnitWarning
from tasks.rules.json_keys import of_json
from tasks.rules.operations.month_status import (
    ListedDelivery,
    MadeStep,
    MonthStatus,
    PlansThere,
)
from tasks.rules.outbox.states import MAIL_STATES, MailProblem
from tasks.rules.periods import Period
from tests.worlds.report_content import warning

AT_EIGHT = datetime(2026, 10, 7, 6, 0, 5, tzinfo=UTC)
STATUS = MonthStatus(
    period=Period(2026, 9),
    state="done",
    running=False,
    step=None,
    reason=None,
    steps=(MadeStep("assess_units", AT_EIGHT, {}),),
    deliveries=(
        ListedDelivery(7, "ekonomi", Period(2026, 9), "superseded", 1, 3, 0, 0, "gammal.csv", AT_EIGHT),
        ListedDelivery(
            8, "ekonomi", Period(2026, 9), "accepted", 2, 3, 0, 0, "ekonomi_2026-09.csv", AT_EIGHT
        ),
        ListedDelivery(9, "prognos", Period(2026, 9), "held", None, 3, 0, 0, "prognos_2026-09.csv", AT_EIGHT),
    ),
    mails=dict.fromkeys(MAIL_STATES, 0) | {"sent": 1, "failed": 1},
    mail_problems=(MailProblem(7, "failed", "anna@example.se", "Larm | 2", "550"),),
    plans=(PlansThere("krävs", 1),),
)
WARNINGS = [
    of_json(
        UnitWarning,
        warning("Norr [x](javascript:1) <b>", "larm", 12_000_000, 13_200_000, planmening="senast 14 oktober"),
    )
]


def page(**changed):
    return month_markdown(Period(2026, 9), replace(STATUS, **changed), WARNINGS, Path("rapport.html"))


def test_it_says_where_the_month_stands_and_what_to_look_at():
    text = page().replace("\N{NO-BREAK SPACE}", " ")
    assert text.startswith("# September 2026: klar")
    assert "1 larm, 0 att bevaka. Mejl: 1 skickat, 1 MISSLYCKAT. Åtgärdsplaner: 1 krävs." in text
    assert "| ekonomi | mottagen | 2 | 3 | ekonomi\\_2026-09.csv |" in text
    assert "| prognos | HÅLLEN (nr 9) |" in text
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
    assert "Mejl som någon måste se på" not in page(mail_problems=())
