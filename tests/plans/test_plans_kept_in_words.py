"""What older versions kept of plans in words has codes after the migration, and says the same."""

import json
from datetime import date

import psycopg
import pytest

from sql.migrate import migrate
from tests.worlds.old_database import keep_assessment, keep_report, old_database

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
SENTENCES = {
    "larm_ended": "Larmet har upphört: enheten har inget larm i september 2026.",
    "covered": "Godkända åtgärder täcker underskottet i september 2026.",
    "corrected": "Rättade uppgifter: enheten har inget larm i september 2026 längre.",
    "unit_ended": "Enheten finns inte längre i september 2026.",
}
TAKEN_OVER = "Ersatt av kravet på en plan för september 2026."
OWN_WORDS = "Larmet har upphört: vi lade ned."
REPORT = """{"period": "2026-08", "atgardsplaner": [
 {"namn": "Alen", "lage": "försenad, påmind 2", "lovad_helar": 1.50},
 {"namn": "Bilan", "lage": "kravet har fallit bort"}, {"namn": "Cedern", "lage": "något annat"}],
 "avvikelser": [{"enhet": "101", "plan_lage": "godkänd"}, {"enhet": "102", "plan_lage": null}],
 "omraden": [], "complete": true}"""


@pytest.fixture
def old(server):
    """A database of the last version that kept plans' reasons in words, with August assessed."""
    with old_database(server, "0007") as (url, connection):
        keep_assessment(connection, AUGUST)
        yield url, connection


def keep_plan(connection, unit, state, *happened):
    """Keep a plan of August as it was kept, with what happened: action, actor, comment."""
    plan = connection.execute(
        "insert into plan (unit, period, assessment_id, due, state, comment) "
        "values (%s, '2026-08-01', 1, '2026-09-14', %s, %s) returning id",
        [unit, state, happened[-1][2]],
    ).fetchone()[0]
    for action, actor, comment in happened:
        connection.execute(
            "insert into plan_event (plan_id, happened_on, action, actor, comment, measures) "
            "values (%s, '2026-10-07', %s, %s, %s, '[]')",
            [plan, action, actor, comment],
        )


def events(connection, unit):
    return connection.execute(
        "select action, plan_event.comment, reason, reason_month from plan_event "
        "inner join plan on plan.id = plan_id where unit = %s order by plan_event.id",
        [unit],
    ).fetchall()


def comment(connection, unit):
    return connection.execute("select comment from plan where unit = %s", [unit]).fetchone()[0]


@pytest.mark.parametrize(("code", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_a_demand_that_fell_away_has_its_reason_and_month(old, code, sentence):
    url, connection = old
    keep_plan(connection, "101", "lapsed", ("demand", "programmet", ""), ("lapse", "programmet", sentence))
    migrate(url)
    assert events(connection, "101") == [("demand", "", None, None), ("lapse", "", code, SEPTEMBER)]
    assert comment(connection, "101") == ""


def test_a_demand_that_was_taken_over_has_its_reason_and_month(old):
    url, connection = old
    keep_plan(connection, "101", "replaced", ("replace", "programmet", TAKEN_OVER))
    migrate(url)
    assert events(connection, "101") == [("replace", "", "taken_over", SEPTEMBER)]
    assert comment(connection, "101") == ""


@pytest.mark.parametrize(
    ("actor", "said"),
    [("programmet", OWN_WORDS), ("chef@example.se", SENTENCES["covered"]), ("programmet", "")],
    ids=["words of its own", "a person's", "none"],
)
def test_what_is_no_sentence_of_the_programs_stays_as_it_was_written(old, actor, said):
    url, connection = old
    keep_plan(connection, "101", "lapsed", ("lapse", actor, said))
    migrate(url)
    assert events(connection, "101") == [("lapse", said, None, None)]
    assert comment(connection, "101") == said


def test_what_a_head_wrote_stays_with_the_plan_that_was_returned(old):
    url, connection = old
    keep_plan(connection, "101", "returned", ("return", "head@example.se", "Mer om vikarierna"))
    migrate(url)
    assert comment(connection, "101") == "Mer om vikarierna"


def test_a_plan_that_fell_away_and_was_demanded_anew_has_nothing_said(old):
    url, connection = old
    fell_away = ("lapse", "programmet", SENTENCES["corrected"])
    keep_plan(connection, "101", "required", fell_away, ("demand", "programmet", ""))
    migrate(url)
    assert events(connection, "101") == [("lapse", "", "corrected", SEPTEMBER), ("demand", "", None, None)]
    assert comment(connection, "101") == ""


def test_a_report_that_is_kept_says_the_same_and_has_codes_beside(old):
    url, connection = old
    keep_report(connection, AUGUST, REPORT)
    migrate(url)
    found, as_text = connection.execute("select content, content::text from month_report").fetchone()
    expected = json.loads(REPORT)
    alen, bilan, _ = expected["atgardsplaner"]
    alen |= {"lage_kod": None, "forsenad": "reminder_2"}
    bilan |= {"lage_kod": "lapsed", "forsenad": None}
    expected["avvikelser"][0] |= {"plan_lage_kod": "approved", "plan_forsenad": None}
    assert found == expected
    assert list(found) == list(expected)  # in the order that it was written
    assert "1.50" in as_text


def test_a_report_from_before_there_were_plans_stays_as_it_is(old):
    url, connection = old
    keep_report(connection, AUGUST, '{"atgardsplaner": [], "avvikelser": [{"enhet": "101"}]}')
    migrate(url)
    found = connection.execute("select content from month_report").fetchone()[0]
    assert found == {"atgardsplaner": [], "avvikelser": [{"enhet": "101"}]}


def test_a_reason_is_never_kept_without_its_month(old):
    url, connection = old
    migrate(url)
    keep_plan(connection, "101", "required", ("demand", "programmet", ""))
    with pytest.raises(psycopg.errors.CheckViolation):
        connection.execute("update plan_event set reason = 'covered'")
