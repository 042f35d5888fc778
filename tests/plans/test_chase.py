"""Plans that don't come: reminded of twice, then escalated, each exactly once, whatever happens between."""

import pytest

from tests.mails.smtp_servers import Sink, free_port, hang_up, misbehaving, say, serving
from tests.worlds.small_administration import MANAGERS, UNITS, economy, organisation

NOT_FINISHED = 3
DUE, FIRST, SECOND, LAST = "2026-10-14", "2026-10-15", "2026-10-19", "2026-10-21"
"""First assessed on Wednesday the seventh: five working days, then one, three and five more."""
MEASURE = "Färre vikarier;biträdande rektor;2026-11;60 000;Sjukfrånvaron kan stiga"
LADDER = (
    "select kind, step, address, count(*)::int from mail where kind in ('paminnelse', 'eskalering') "
    "and state = 'sent' group by kind, step, address order by kind desc, step, address"
)


def warn_two(world):
    world.month(ekonomi=economy(over=("101", "102")))
    assert world.run().code == 0


@pytest.fixture
def warned(after):
    """Two managers are to hand in a plan."""
    return after(warn_two)


def chased(world, *days):
    for day in days:
        answer = world.manad("chase", "--today", day)
        assert answer.code == 0, answer
    return world.rows(LADDER)


def flat(text):
    return " ".join(text.split())


def plan_of(world, unit="101"):
    return world.value("select id from plan where unit = %s order by period desc", unit)


# The ladder


def test_nothing_is_reminded_of_on_the_day_that_a_plan_is_due(warned):
    assert chased(warned, "2026-10-08", DUE) == []


def test_each_step_of_the_ladder_is_mailed_exactly_once_however_often_it_is_chased(warned):
    days = [DUE, FIRST, FIRST, "2026-10-16", SECOND, SECOND, "2026-10-20", LAST, LAST, "2026-10-30"]
    assert chased(warned, *days) == [
        ("paminnelse", "1", "anna@example.se", 1),
        ("paminnelse", "1", "bo@example.se", 1),
        ("paminnelse", "2", "anna@example.se", 1),
        ("paminnelse", "2", "bo@example.se", 1),
        ("eskalering", "A1", "alva@example.se", 1),
    ]


def test_the_head_of_a_department_gets_one_mail_with_the_dates_of_the_reminders(warned):
    chased(warned, FIRST, SECOND, LAST)
    mail = next(mail for mail in warned.mails() if mail["To"] == "alva@example.se")
    text = flat(mail.get_body(("plain",)).get_content())
    assert all(name in text for name in (UNITS["101"], UNITS["102"], "15 oktober", "19 oktober"))


def test_a_reminder_stands_under_the_mail_that_asked_for_the_plan(warned):
    chased(warned, FIRST, SECOND)
    first, *reminders = [mail for mail in warned.mails() if mail["To"] == "anna@example.se"]
    assert [mail["Subject"][:20] for mail in reminders] == ["Påminnelse 1 av 2: å", "Påminnelse 2 av 2: å"]
    assert reminders[0]["In-Reply-To"] == first["Message-ID"]
    assert reminders[1]["References"].split() == [first["Message-ID"], reminders[0]["Message-ID"]]


def test_who_was_reminded_late_is_not_reminded_again_the_next_day(warned):
    assert [row[:2] for row in chased(warned, LAST)] == [("paminnelse", "1")] * 2
    assert len(chased(warned, "2026-10-22")) == 2
    assert [row[1] for row in chased(warned, "2026-10-23")] == ["1", "1", "2", "2"]
    assert len(chased(warned, "2026-10-26")) == 4
    assert [row[0] for row in chased(warned, "2026-10-27")][-1] == "eskalering"


@pytest.mark.parametrize("day", ["2026-10-17", "2026-10-18", "2026-12-24", "2027-07-15"])
def test_nothing_is_mailed_on_a_free_or_mute_day(warned, day):
    assert chased(warned, day) == []


def test_a_manager_with_two_late_plans_gets_one_reminder_with_both(world):
    world.month(
        organisation=organisation(MANAGERS | {"102": "anna@example.se"}), ekonomi=economy(over=("101", "102"))
    )
    world.run()
    assert chased(world, FIRST) == [("paminnelse", "1", "anna@example.se", 1)]
    text = flat(world.value("select body_text from mail where kind = 'paminnelse'"))
    assert UNITS["101"] in text
    assert UNITS["102"] in text


def test_a_month_that_queued_no_mails_reminds_nobody(world):
    world.month()
    world.run("--no-mail")
    answer = world.manad("chase", "--today", FIRST)
    assert "mejlet som ber om planen är inte köat" in " ".join(answer.out.split())
    assert world.rows(LADDER) == []


# What stops it


def test_a_plan_that_is_handed_in_stops_its_reminders_and_nobody_elses(warned):
    chased(warned, FIRST)
    done = warned.manad("plan", "submit", plan_of(warned), "--measure", MEASURE, "--today", "2026-10-16")
    assert done.code == 0, done
    assert [row[2] for row in chased(warned, SECOND, LAST) if row[1] == "2"] == ["bo@example.se"]
    text = flat(warned.value("select body_text from mail where kind = 'eskalering'"))
    assert UNITS["102"] in text
    assert UNITS["101"] not in text


def test_a_plan_that_is_handed_in_takes_back_the_reminder_that_waits_and_leaves_the_other_ones(
    world, by_smtp, monkeypatch
):
    world.month(
        organisation=organisation(MANAGERS | {"102": "anna@example.se"}), ekonomi=economy(over=("101", "102"))
    )
    world.run()
    with monkeypatch.context() as away:
        away.setattr("sys.stdin", None)
        by_smtp(free_port())
        assert world.manad("chase", "--today", FIRST).code == NOT_FINISHED
        world.manad("plan", "submit", plan_of(world), "--measure", MEASURE, "--today", FIRST)
    assert world.value("select state from mail where kind = 'paminnelse'") == "skipped"
    sink = Sink()
    with serving(sink) as port:
        by_smtp(port)
        world.manad("chase", "--today", "2026-10-16")
    assert world.rows("select occasion, state from mail where kind = 'paminnelse' order by occasion") == [
        (1, "skipped"),
        (2, "sent"),
    ]
    assert UNITS["101"] not in flat(world.value("select body_text from mail where occasion = 2"))


def test_a_plan_that_is_returned_has_a_ladder_of_its_own(warned):
    plan = plan_of(warned)
    chased(warned, FIRST)
    warned.manad("plan", "submit", plan, "--measure", MEASURE, "--today", "2026-10-16")
    warned.manad("plan", "return", plan, "--comment", "Ange vem som ansvarar.", "--today", SECOND)
    assert str(warned.value("select due from plan where id = %s", plan)) == "2026-10-26"
    days = [SECOND, LAST, "2026-10-26", "2026-10-27", "2026-10-29", "2026-11-02"]
    anna = [row for row in chased(warned, *days) if row[2] == "anna@example.se"]
    assert anna == [("paminnelse", "1", "anna@example.se", 2), ("paminnelse", "2", "anna@example.se", 1)]
    assert warned.value("select count(*) from mail where kind = 'eskalering'") == 2


def test_a_corrected_month_without_larm_stops_the_reminders(warned):
    chased(warned, FIRST)
    warned.put("ekonomi_2026-09.csv", economy(over=("102",)))
    warned.run("--mails", "changed")
    assert warned.value("select state from plan where unit = '101'") == "lapsed"
    assert [row[2] for row in chased(warned, SECOND) if row[1] == "2"] == ["bo@example.se"]


def test_a_unit_that_was_closed_is_reminded_of_no_more(warned):
    one_less = {code: name for code, name in UNITS.items() if code != "101"}
    warned.month_files("2026-10", names=one_less, closed=10, over=("102",))
    warned.manad("run", "2026-10", "--today", "2026-11-06")
    assert warned.value("select state from plan where unit = '101'") == "lapsed"
    assert "anna@example.se" not in [row[2] for row in chased(warned, "2026-11-09")]


# Mail that doesn't get through


def test_a_reminder_that_waits_holds_the_next_one_back(warned, by_smtp):
    by_smtp(free_port())
    assert warned.manad("chase", "--today", FIRST).code == NOT_FINISHED
    answer = warned.manad("chase", "--today", LAST)
    assert answer.code == NOT_FINISHED
    assert "påminnelse 1 " in answer.out
    assert warned.rows("select distinct step from mail where kind = 'paminnelse'") == [("1",)]
    with serving(Sink()) as port:
        by_smtp(port)
        assert [row[1] for row in chased(warned, "2026-10-22")] == ["1", "1"]
        assert [row[1] for row in chased(warned, "2026-10-23")] == ["1", "1"]
        assert [row[1] for row in chased(warned, "2026-10-26")] == ["1", "1", "2", "2"]


def test_nothing_is_escalated_while_a_reminder_is_uncertain(warned, by_smtp):
    chased(warned, FIRST)
    with misbehaving(END=hang_up) as (port, _):
        by_smtp(port)
        warned.manad("chase", "--today", SECOND)
    with serving(Sink()) as port:
        by_smtp(port)
        answer = warned.manad("chase", "--today", LAST)
        assert answer.code == NOT_FINISHED
        assert "osäker" in answer.out
        assert warned.value("select count(*) from mail where kind = 'eskalering'") == 0
        mail = warned.value("select id from mail_state where shown_state = 'uncertain'")
        warned.manad("mail", "settle", mail, "--sent")
        days = ["2026-12-01", "2026-12-03", "2026-12-07"]
        assert [row[0] for row in chased(warned, *days)].count("eskalering") == 1


def test_a_reminder_that_a_manager_who_left_cannot_get_goes_to_the_controller(warned, by_smtp):
    with misbehaving(RCPT=say(b"550 ingen sadan har\r\n")) as (port, _):
        by_smtp(port)
        warned.manad("chase", "--today", FIRST)
    assert warned.rows("select distinct state, recipient_refused from mail where kind = 'paminnelse'") == [
        ("failed", True)
    ]
    with serving(Sink()) as port:
        by_smtp(port)
        assert chased(warned, "2026-10-16") == [("paminnelse", "1", "kontroll@example.se", 1)]
        assert chased(warned, SECOND) == [("paminnelse", "1", "kontroll@example.se", 1)]


def test_a_reminder_that_fails_for_another_reason_is_not_tried_again_every_day(warned, by_smtp):
    with misbehaving(END=say(b"554 for stort\r\n")) as (port, _):
        by_smtp(port)
        warned.manad("chase", "--today", FIRST)
        answer = warned.manad("chase", "--today", "2026-10-16")
    assert "misslyckades" in answer.out
    assert warned.value("select count(*) from mail where kind = 'paminnelse'") == 2


def test_a_trial_has_a_ladder_of_its_own(warned, monkeypatch):
    with monkeypatch.context() as trial:
        trial.setenv("MANAD_MAIL_REDIRECT", "prov@example.se")
        warned.run("--mails", "changed")
        warned.manad("chase", "--today", FIRST)
    assert warned.rows("select distinct mode, sent_to from mail where kind = 'paminnelse'") == [
        ("redirected", "prov@example.se")
    ]
    chased(warned, FIRST)
    assert warned.value("select count(*)::int from mail where kind = 'paminnelse'") == 4


def test_a_server_that_may_not_pass_on_mail_makes_nobody_lose_their_post(warned, by_smtp):
    with misbehaving(RCPT=say(b"550 5.7.1 Relaying denied\r\n")) as (port, _):
        by_smtp(port)
        warned.manad("chase", "--today", FIRST)
    assert warned.rows("select distinct state, recipient_refused from mail where kind = 'paminnelse'") == [
        ("failed", False)
    ]
    with serving(Sink()) as port:
        by_smtp(port)
        warned.manad("mail", "resend", "--failed")
        assert [row[2] for row in chased(warned, "2026-10-16")] == ["anna@example.se", "bo@example.se"]


def test_a_reminder_of_a_plan_that_was_handed_in_is_not_sent_again_on_request(warned, by_smtp):
    with misbehaving(END=say(b"554 for stort\r\n")) as (port, _):
        by_smtp(port)
        warned.manad("chase", "--today", FIRST)
        warned.manad("plan", "submit", plan_of(warned), "--measure", MEASURE, "--today", FIRST)
    with serving(Sink()) as port:
        by_smtp(port)
        warned.manad("mail", "resend", "--failed")
        assert [row[2] for row in chased(warned, "2026-10-16")] == ["bo@example.se"]


# Whom it concerns


def test_nobody_is_told_of_their_own_silence_as_head_of_the_department(world):
    world.month(organisation=organisation(MANAGERS | {"101": "alva@example.se"}))
    world.run()
    assert chased(world, FIRST, SECOND, LAST)[-1] == ("eskalering", "A1", "kontroll@example.se", 1)


def test_who_has_taken_over_a_unit_by_now_is_reminded(warned):
    later = MANAGERS | {"101": "nya@example.se"}
    file = warned.put("organisation_2026-10.csv", organisation(later))
    assert warned.manad("deliver", file).code == 0
    assert [row[2] for row in chased(warned, FIRST)] == ["bo@example.se", "nya@example.se"]


def test_a_plan_that_a_correction_demands_later_has_five_working_days_of_its_own(warned):
    warned.put("ekonomi_2026-09.csv", economy(over=("101", "102", "103")))
    answer = warned.manad(
        "run", "2026-09", "--inbox", warned.inbox, "--today", "2026-10-20", "--mails", "changed"
    )
    assert answer.code == 0
    assert warned.rows("select unit, due::text from plan order by unit") == [
        ("101", DUE),
        ("102", DUE),
        ("103", "2026-10-27"),
    ]
    assert "cia@example.se" not in [row[2] for row in chased(warned, LAST, "2026-10-27")]
    assert "cia@example.se" in [row[2] for row in chased(warned, "2026-10-28")]
