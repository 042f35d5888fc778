"""The log of mails: who was mailed what and when, sending again, and texts that are let go of."""

import pytest

from tasks.clock import STOCKHOLM, Clock
from tasks.rules.periods import Period
from tests.mails.smtp_servers import Sink, hang_up, misbehaving, say, serving
from tests.worlds.beginnings import run_a_month
from tests.worlds.small_administration import CONTROLLER, MANAGERS, economy, organisation

USAGE, NOT_FOUND = 2, 1


def warn_and_remind(world):
    run_a_month(world)
    world.manad("chase", "--today", "2026-10-15")


@pytest.fixture
def mailed(after):
    """One manager was warned and reminded."""
    return after(warn_and_remind)


def listed(world, *words):
    return world.manad("mail", "list", "--json", *words).json


def test_the_log_tells_what_somebody_was_mailed(mailed):
    kinds = {mail["kind"] for mail in listed(mailed, "--address", "ANNA@example.se")}
    assert kinds == {"avvikelse", "paminnelse"}
    assert listed(mailed, "--address", "bo@example.se") == []


def test_the_log_tells_who_was_mailed_about_a_unit(mailed):
    assert {mail["address"] for mail in listed(mailed, "--unit", "101", "--kind", "paminnelse")} == {
        "anna@example.se"
    }
    assert listed(mailed, "--unit", "102") == []


def test_a_mail_is_shown_as_it_was_written(mailed):
    number = listed(mailed, "--kind", "paminnelse")[0]["id"]
    shown = mailed.manad("mail", "show", number).out
    assert "Påminnelse 1 av 2" in shown
    assert "Om        101" in shown
    assert mailed.manad("mail", "show", 999).code == NOT_FOUND


@pytest.mark.parametrize("words", [[], ["1", "--failed"]])
def test_what_is_to_be_sent_again_must_be_told_in_one_way(mailed, words):
    assert mailed.manad("mail", "resend", *words).code == USAGE


@pytest.mark.parametrize(
    ("act", "flag"), [({"RCPT": say(b"550 nej\r\n")}, "--failed"), ({"END": hang_up}, "--uncertain")]
)
def test_all_that_failed_or_is_uncertain_is_sent_again_on_request(world, by_smtp, act, flag):
    world.month()
    with misbehaving(**act) as (port, _):
        by_smtp(port)
        world.run()
    sink = Sink()
    with serving(sink) as port:
        by_smtp(port)
        world.manad("chase", "--today", "2026-10-08")
        assert sink.mails == []
        assert "köade igen" in world.manad("mail", "resend", flag).out
        world.manad("chase", "--today", "2026-10-08")
    assert [to for _, to, _ in sink.mails].count("anna@example.se") == 1


def test_texts_are_removed_after_their_time_and_the_log_stays(mailed):
    (mailed.home / "manad.toml").write_text("[mail]\nkeep_texts_months = 12\n", encoding="utf-8")
    before = mailed.value("select max(id) from mail")
    empty = f"select count(*)::int from mail where body_text = '' and body_html = '' and id <= {before}"
    sent = Period.of(mailed.value("select max(finished_at) from mail").astimezone(STOCKHOLM).date())
    mailed.manad("chase", "--today", sent.plus(12).first_day)
    assert mailed.value(empty) == 0
    removed = sent.plus(13).first_day
    mailed.manad("chase", "--today", removed)
    assert mailed.value(empty) == before
    assert mailed.value("select count(*) from mail_picture") == 0
    assert mailed.value("select count(*) from picture") == 0
    shown = mailed.manad("mail", "show", 1).out
    assert f"Texten togs bort {removed}" in shown
    assert "Månadsuppföljning september 2026" in shown


def test_texts_are_kept_for_good_when_no_time_is_set(mailed):
    (mailed.home / "manad.toml").write_text("[mail]\nkeep_texts_months = 0\n", encoding="utf-8")
    mailed.manad("chase", "--today", "2036-11-03")
    assert mailed.value("select count(*) from mail where body_text = ''") == 0


def test_mails_go_out_no_faster_than_the_limit_a_minute(world, by_smtp, monkeypatch):
    waited = []
    monkeypatch.setattr("flows.cli.run_commands.Clock", lambda: Clock(wait=waited.append))
    world.month(organisation=organisation().replace(CONTROLLER, ""), ekonomi=economy(over=tuple(MANAGERS)))
    with serving(Sink()) as port:
        by_smtp(port)
        (world.home / "manad.toml").write_text("[mail]\nper_minute = 2\n", encoding="utf-8")
        assert world.run().code == 0
    assert len(waited) == 1
    assert 50 < waited[0] <= 60
