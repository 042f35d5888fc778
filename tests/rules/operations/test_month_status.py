"""What a month tells of itself, as data and by the contract."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tasks.rules.assessment.month_warnings import AssessmentResult
from tasks.rules.deliveries.completeness import NOTHING_LACKS, Completeness, Coverage
from tasks.rules.operations.month_status import (
    ListedDelivery,
    MadeStep,
    MonthStatus,
    PlansThere,
)
from tasks.rules.operations.state import REACHED
from tasks.rules.outbox.states import MailProblem
from tasks.rules.periods import Period
from tasks.rules.signals.watched import WatchedCount
from tasks.rules.swedish import NBSP

MORNING = datetime(2026, 10, 7, 6, 0, 5, 999, tzinfo=UTC)
LACKS = Completeness(("bistand",), (Coverage("ekonomi", ("101",), 14),), stops=True, reason="bistånd saknas")
ASSESSED = AssessmentResult(assessment=3, alarms=2, watched=5, assessed=12, units=14)
WATCHED = WatchedCount(signals=3, judged=41, months_lacking={"sjukfranvaro": 11})


def status(state="done", **made):
    return MonthStatus(
        period=Period(2026, 9),
        state=state,
        running=False,
        step=None,
        reason=None,
        steps=tuple(MadeStep(step, MORNING, result) for step, result in made.items()),
        deliveries=(
            ListedDelivery(7, "ekonomi", Period(2026, 9), "refused", None, 0, 3, 1, "ekonomi.csv", MORNING),
        ),
        mails={"sent": 1},
        mail_problems=(MailProblem(7, "uncertain", "anna@example.se", "Larm", None),),
        plans=(PlansThere("försenad, påmind 1", 2),),
    )


def test_the_months_of_sources_that_lag_are_told_but_for_what_is_missing():
    months = {"sjukfranvaro": Period(2026, 7), "bistand": Period(2026, 8)}
    told = status(check_month=replace(LACKS, months=months).as_data())
    assert told.lagging == {"sjukfranvaro": Period(2026, 7)}
    assert told.as_json()["lagging"] == {"sjukfranvaro": "2026-07"}
    assert told.lagging_sentence == "Annan månad: sjukfranvaro gäller juli 2026."
    assert status().lagging_sentence == ""


def test_a_delivery_of_another_month_is_called_with_it():
    told = status()
    (own,) = told.deliveries
    assert told.called(own) == "ekonomi"
    assert told.called(replace(own, source="bistand", period=Period(2026, 7))) == "bistand (juli)"


@pytest.mark.parametrize("state", REACHED)
def test_a_month_has_warnings_once_its_units_are_assessed(state):
    assert status(state).is_assessed is (state in ("assessed", "mails_queued", "reported", "done"))


def test_what_the_steps_stored_is_read_back_as_it_was():
    told = status(
        check_month=LACKS.as_data(),
        assess_units=ASSESSED.as_data(),
        watch_signals={"watch": 8, **WATCHED.as_data()},
    )
    assert (told.check, told.assessed, told.watched) == (LACKS, ASSESSED, WATCHED)


# assessed, units: sentence
ASSESSED_OF = {
    "no register": (0, 0, "Inga enheter har bedömts: organisationsregister saknas"),
    "no figures": (0, 14, "Inga enheter har kunnat bedömas: uppgifter saknas för 14 enheter"),
    "some": (12, 14, "12 av 14 enheter bedömda"),
    "all": (14, 14, "14 av 14 enheter bedömda"),
    "the only one": (1, 1, "1 av 1 enhet bedömda"),
}


@pytest.mark.parametrize(("assessed", "units", "sentence"), ASSESSED_OF.values(), ids=ASSESSED_OF)
def test_it_says_how_many_units_its_warnings_are_of(assessed, units, sentence):
    count = AssessmentResult(assessment=3, alarms=0, watched=0, assessed=assessed, units=units)
    assert count.sentence.replace(NBSP, " ") == sentence


def test_it_says_how_many_series_are_to_be_watched():
    assert WATCHED.sentence.replace(NBSP, " ") == "3 att bevaka av 41 serier"


def test_of_a_step_that_was_not_made_nothing_is_told():
    assert (status().check, status().assessed, status().watched) == (NOTHING_LACKS, None, None)


def test_its_json_is_the_contracts():
    assert status(close_month={"modes": ["live"]}).as_json() == {
        "period": "2026-09",
        "state": "done",
        "running": False,
        "step": None,
        "reason": None,
        "steps": [
            {
                "step": "close_month",
                "finished_at": "2026-10-07T06:00:05+00:00",
                "result": {"modes": ["live"]},
            }
        ],
        "deliveries": [
            {
                "id": 7,
                "source": "ekonomi",
                "period": "2026-09",
                "state": "refused",
                "revision": None,
                "rows": 0,
                "problems": 3,
                "warnings": 1,
                "file": "ekonomi.csv",
                "received_at": "2026-10-07T06:00:05+00:00",
            }
        ],
        "mails": {"sent": 1},
        "lagging": {},
        "mail_problems": [
            {
                "id": 7,
                "state": "uncertain",
                "to": "anna@example.se",
                "subject": "Larm",
                "reason": None,
            }
        ],
        "plans": [{"lage": "försenad, påmind 1", "antal": 2}],
    }
