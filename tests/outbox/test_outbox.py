"""What leaves the outbox, to whom, and what a sick mail server does to it."""

import pytest

from tests.mails.smtp_servers import Sink, certificate, free_port, hang_up, misbehaving, say, serving
from tests.worlds.bad_deliveries import MANAGER, one_line, quietly, tells
from tests.worlds.small_administration import CONTROLLER, MANAGERS, economy

FAILED, USAGE, NOT_FINISHED = 4, 2, 3
TRIAL = "prov@example.se"
EVERYBODY = sorted([*MANAGERS.values(), CONTROLLER])
"""Three managers who are warned, and the controller who is told that the month is done."""
STATES = "select mode, state, count(*)::int from mail group by mode, state order by mode, state"


@pytest.fixture
def three(world):
    """Three managers are to be warned."""
    world.month(ekonomi=economy(over=tuple(MANAGERS)))
    return world


def receivers(world, by_smtp, *words, code=0):
    """Run with a server that works; return who was mailed."""
    sink = Sink()
    with serving(sink) as port:
        by_smtp(port)
        answer = quietly(world.run(*words))
    assert answer.code == code, answer.out
    return sorted(to for _, to, _ in sink.mails)


# A trial and the real mails


def test_a_trial_never_sends_what_was_queued_for_real(three, by_smtp, monkeypatch):
    by_smtp(free_port())
    assert quietly(three.run()).code == NOT_FINISHED
    with monkeypatch.context() as trial:
        trial.setenv("MANAD_MAIL_REDIRECT", TRIAL)
        assert receivers(three, by_smtp) == [TRIAL] * 4
    assert three.rows(STATES) == [("live", "queued", 2), ("live", "retrying", 1), ("redirected", "sent", 4)]
    assert receivers(three, by_smtp) == EVERYBODY


def test_a_run_for_real_never_sends_what_a_trial_left(three, by_smtp, monkeypatch):
    by_smtp(free_port())
    with monkeypatch.context() as trial:
        trial.setenv("MANAD_MAIL_REDIRECT", TRIAL)
        assert quietly(three.run()).code == NOT_FINISHED
    assert receivers(three, by_smtp) == EVERYBODY
    assert receivers(three, by_smtp) == []
    assert three.value("select done_in from month") == ["live"]


def test_a_trial_takes_up_no_failed_mail_of_the_real_ones(world, by_smtp, monkeypatch):
    world.month()
    with misbehaving(RCPT=say(b"550 okand\r\n")) as (port, _):
        by_smtp(port)
        world.run()
    monkeypatch.setenv("MANAD_MAIL_REDIRECT", TRIAL)
    assert receivers(world, by_smtp, "--mails", "failed") == [TRIAL] * 2
    assert world.rows(STATES) == [("live", "failed", 2), ("redirected", "sent", 2)]


def test_a_preview_of_a_trial_shows_no_mail_of_the_real_ones(world, by_smtp, monkeypatch, tmp_path):
    world.month()
    by_smtp(free_port())
    world.run()
    monkeypatch.setenv("MANAD_MAIL_REDIRECT", TRIAL)
    assert world.manad("preview", "2026-09", "--out", tmp_path / "ut", "--today", "2026-10-07").code == 0
    texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "ut").glob("mejl_*.txt")]
    assert len(texts) == 2
    assert all(f"Till: {TRIAL}\n" in text for text in texts)


# A sick mail server

CONCERN_EVERY_MAIL = {
    "greets with a refusal": ({"CONNECT": say(b"554 nej\r\n")}, "svarade 554"),
    "is busy for everybody": ({"MAIL": say(b"421 upptagen\r\n")}, "svarade 421"),
    "doesn't take the sender": ({"MAIL": say(b"550 nej\r\n")}, "Kontrollera avsändaren"),
    "speaks in riddles": ({"DATA": say(b"250 ja\r\n")}, "svarade 250"),
}


@pytest.mark.parametrize(("acts", "said"), CONCERN_EVERY_MAIL.values(), ids=CONCERN_EVERY_MAIL)
def test_one_mail_is_tried_and_none_is_given_up_with_a_server_that(three, by_smtp, acts, said):
    connections = []

    def greet(client, stop):
        connections.append(client)
        acts.get("CONNECT", say(b"220 hej\r\n"))(client, stop)

    with misbehaving(**acts | {"CONNECT": greet}) as (port, _):
        by_smtp(port)
        assert quietly(three.run()).code == NOT_FINISHED
    assert len(connections) == 1
    assert three.rows(STATES) == [("live", "queued", 2), ("live", "retrying", 1)]
    assert said in three.value("select reason from mail where state = 'retrying'")
    assert receivers(three, by_smtp) == EVERYBODY


def test_a_refused_login_is_tried_once_and_not_for_every_mail(three, by_smtp, monkeypatch, tmp_path):
    trusted, tls = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    monkeypatch.setenv("MANAD_MAIL_PASSWORD", "fel")
    sink = Sink()
    with serving(sink, tls) as port:
        by_smtp(port)
        monkeypatch.setenv("MANAD_MAIL_URL", f"smtp+starttls://manad@127.0.0.1:{port}")
        assert quietly(three.run()).code == NOT_FINISHED
    assert 1 <= len(sink.users) <= 2  # of one login; smtplib tries the server's two mechanisms
    assert three.rows(STATES) == [("live", "queued", 2), ("live", "retrying", 1)]
    assert "nekade inloggningen" in three.value("select reason from mail where state = 'retrying'")


def test_a_server_that_drops_every_line_after_the_mail_leaves_one_mail_in_doubt(three, by_smtp):
    with misbehaving(END=hang_up) as (port, heard):
        by_smtp(port)
        assert quietly(three.run()).code == NOT_FINISHED
    assert heard.count("END") == 1
    mails = three.manad("status", "2026-09", "--json").json["mails"]
    assert (mails["uncertain"], mails["queued"]) == (1, 2)
    assert len(receivers(three, by_smtp, code=NOT_FINISHED)) == 2


def test_a_mail_whose_receiver_is_refused_holds_up_no_other(three, by_smtp):
    refused = Sink(answers={"RCPT": "550 okand"})
    with serving(refused) as port:
        by_smtp(port)
        quietly(three.run())
    assert three.rows(STATES) == [("live", "failed", 4)]  # and the controller is told, which fails, too


@pytest.mark.parametrize(("claimed_for", "code", "written"), [("smtp", NOT_FINISHED, 0), ("folder", 0, 2)])
def test_a_run_that_writes_files_takes_up_only_claims_made_for_a_folder(
    world, by_smtp, monkeypatch, claimed_for, code, written
):
    world.month()
    by_smtp(free_port())
    world.run()
    died = "state = 'claimed', worker_id = (select id from worker limit 1), claimed_for"
    world.execute(f"update mail set {died} = '{claimed_for}'")
    monkeypatch.delenv("MANAD_MAIL_URL")
    assert quietly(world.run()).code == code
    assert len(world.mails()) == written


def test_a_claim_says_what_it_was_made_for(world, by_smtp):
    world.month()
    assert receivers(world, by_smtp) == [MANAGER, CONTROLLER]
    assert world.rows("select distinct claimed_for from mail") == [("smtp",)]


@pytest.mark.usefixtures("done_month")
def test_a_claim_for_a_file_says_so(world):
    assert world.rows("select distinct claimed_for from mail") == [("folder",)]


# No new mails


def test_no_mail_is_queued_where_none_is_wanted_and_the_next_run_queues_them(three):
    answer = quietly(three.run("--mails", "none"))
    assert answer.code == 0
    assert three.value("select count(*) from mail") == 0
    assert three.value("select state from month") == "reported"
    assert three.value("select done_in from month") == []
    assert quietly(three.run()).code == 0
    assert sorted(mail["To"] for mail in three.mails()) == EVERYBODY


def test_mails_that_are_queued_are_finished_where_no_new_one_is_wanted(three, by_smtp):
    by_smtp(free_port())
    three.run()
    assert receivers(three, by_smtp, "--mails", "none") == sorted(MANAGERS.values())
    assert three.value("select state from month") == "done"
    assert receivers(three, by_smtp) == [CONTROLLER]
    assert receivers(three, by_smtp) == []


def test_a_month_is_not_done_by_old_mails_when_its_new_ones_were_not_wanted(world, by_smtp):
    world.month()
    by_smtp(free_port())
    world.run()
    world.put("ekonomi_2026-09_rattad.csv", economy(over=("101", "102")))
    assert receivers(world, by_smtp, "--mails", "none") == [MANAGER]
    assert world.value("select state from month") == "reported"
    corrected = MANAGER
    assert receivers(world, by_smtp) == [corrected, MANAGERS["102"], CONTROLLER]
    assert world.value("select state from month") == "done"


@pytest.mark.usefixtures("done_month")
def test_a_done_month_stays_done_where_no_new_mail_is_wanted(world):
    before = world.contents()
    assert quietly(world.run("--mails", "none")).code == 0
    assert world.contents() == before
    world.put("ekonomi_2026-09_rattad.csv", economy(over=("101", "102")))
    assert quietly(world.run("--mails", "none")).code == 0
    assert world.value("select state from month") == "done"
    assert [mail["To"] for mail in world.mails()] == [MANAGER, CONTROLLER]


# The operator's hand


@pytest.mark.parametrize("how", [("resend",), ("settle", "--sent")])
@pytest.mark.usefixtures("done_month")
def test_a_mail_that_is_sent_is_said_to_be_so_in_swedish_and_stays_so(world, how):
    verb, *flags = how
    answer = world.manad("mail", verb, world.value("select id from mail"), *flags)
    assert answer.code == 1
    tells(one_line(answer), "är skickat och går inte att ändra så. Se mejlen med: manad mail list")
