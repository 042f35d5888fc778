"""How a run of a month is told to operators."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.rules.deliveries.completeness import NOTHING_LACKS, Coverage
from tasks.rules.operations.month_status import ListedDelivery, MadeStep, MonthStatus
from tasks.rules.operations.verdict import judge_run
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP

MAILS = dict.fromkeys(("queued", "retrying", "sent", "failed", "skipped", "settled", "uncertain"), 0)
MORNING = datetime(2026, 10, 7, 8, tzinfo=UTC)


def status(mails=(), deliveries=(), absent=(), *, checked=True):
    coverage = Coverage("ekonomi", tuple(absent), 14)
    check = MadeStep("check_month", MORNING, replace(NOTHING_LACKS, coverage=(coverage,)).as_data())
    return MonthStatus(
        period=Period(2026, 9),
        state="done",
        running=False,
        step=None,
        reason=None,
        steps=(MadeStep("receive_deliveries", MORNING, {}), *([check] if checked else [])),
        deliveries=tuple(
            ListedDelivery(
                at,
                source,
                Period(2026, 9),
                state,
                1,
                3,
                0,
                0,
                f"{source}.csv",
                MORNING + timedelta(minutes=at),
            )
            for at, (source, state) in enumerate(deliveries)
        ),
        mails=MAILS | dict(mails),
        mail_problems=(),
        plans=(),
    )


# (state, reason, status, is done, name, message)
RUNS = {
    "all is well": ("done", None, status({"sent": 27}), True, None, "Klar: 27 mejl skickade."),
    "one mail": ("done", None, status({"sent": 1}), True, None, "Klar: 1 mejl skickat."),
    "a mail failed": (
        "done",
        None,
        status({"sent": 3, "failed": 2}),
        True,
        "CompletedWithWarnings",
        "Klar, men 2 mejl är misslyckade.",
    ),
    "units are absent and a file was refused": (
        "done",
        None,
        status(deliveries=[("prognos", "accepted"), ("prognos", "refused")], absent=["101", "102"]),
        True,
        "CompletedWithWarnings",
        "Klar, men en fil nekades: prognos och ekonomi saknas för 2 av 14 enheter.",
    ),
    "a newer file is held": (
        "done",
        None,
        status(deliveries=[("ekonomi", "accepted"), ("ekonomi", "held")]),
        True,
        "CompletedWithWarnings",
        "Klar, men en fil är hållen: ekonomi.",
    ),
    "a refused file was mended": (
        "done",
        None,
        status(deliveries=[("prognos", "refused"), ("prognos", "accepted")]),
        True,
        None,
        "Klar: 0 mejl skickade.",
    ),
    "a source is missing": (
        "incomplete",
        "sjukfrånvaro saknas",
        status(),
        False,
        "Incomplete",
        "sjukfrånvaro saknas",
    ),
    "an error": ("failed", "disken är full", status(), False, "MonthStopped", "disken är full"),
    "a mail that was sent again is uncertain": (
        "done",
        None,
        status({"sent": 2, "uncertain": 1, "queued": 2}),
        True,
        "CompletedWithWarnings",
        "Klar, men 1 mejl är osäkert och 2 mejl väntar.",
    ),
    "the mail server was away": (
        "reported",
        None,
        status({"queued": 2, "retrying": 1}),
        False,
        "MailsNotFinal",
        "Rapporten är skriven, men 3 mejl återstår.",
    ),
    "a mail is uncertain": (
        "reported",
        None,
        status({"sent": 2, "uncertain": 1}),
        False,
        "MailsNotFinal",
        "Rapporten är skriven, men 1 mejl är osäkert: avgör med manad mail settle.",
    ),
    "no mails were wanted": (
        "reported",
        None,
        status(),
        False,
        "MailsNotFinal",
        "Rapporten är skriven, men mejl är inte köade.",
    ),
}


@pytest.mark.parametrize(("state", "reason", "told", "is_done", "name", "message"), RUNS.values(), ids=RUNS)
def test_a_run_says_whether_the_month_is_done_and_what_to_know(state, reason, told, is_done, name, message):
    verdict = judge_run(state, reason, told)
    assert (verdict.is_done, verdict.name, verdict.message.replace(NBSP, " ")) == (is_done, name, message)


def test_a_month_that_was_never_checked_has_no_absent_units():
    assert judge_run("done", None, status(absent=["101"], checked=False)).name is None
