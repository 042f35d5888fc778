"""What leaves the outbox, to whom, and what a sick mail server or a wrong address does to it."""

import re

import pytest

from tasks.errors import UsageError
from tasks.settings import read_settings
from tests.bad_deliveries import MANAGER, OPERATOR, one_line, quietly, tells
from tests.documents import text_of
from tests.notifications.smtp_servers import Sink, certificate, free_port, hang_up, misbehaving, say, serving
from tests.small_administration import MANAGERS, economy

FAILED, USAGE, NOT_FINISHED = 4, 2, 3
TRIAL = "prov@example.se"
EVERYBODY = sorted(MANAGERS.values())
STATES = "select mode, state, count(*)::int from mail group by mode, state order by mode, state"


@pytest.fixture
def by_smtp(world, monkeypatch):
    """Send mail by SMTP, to the port that is told."""
    monkeypatch.setenv("MANAD_MAIL_FROM", "manad@example.se")
    monkeypatch.setenv("MANAD_OPERATOR_EMAIL", OPERATOR)
    (world.home / "manad.toml").write_text("[mail]\ntimeout_seconds = 1\n", encoding="utf-8")
    return lambda port: monkeypatch.setenv("MANAD_MAIL_URL", f"smtp://127.0.0.1:{port}")


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
        assert receivers(three, by_smtp) == [TRIAL] * 3
    assert three.rows(STATES) == [("live", "queued", 2), ("live", "retrying", 1), ("redirected", "sent", 3)]
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
    assert receivers(world, by_smtp, "--mails", "failed") == [TRIAL]
    assert world.rows(STATES) == [("live", "failed", 1), ("redirected", "sent", 1)]


def test_a_preview_of_a_trial_shows_no_mail_of_the_real_ones(world, by_smtp, monkeypatch, tmp_path):
    world.month()
    by_smtp(free_port())
    world.run()
    monkeypatch.setenv("MANAD_MAIL_REDIRECT", TRIAL)
    assert world.manad("preview", "2026-09", "--out", tmp_path / "ut", "--today", "2026-10-07").code == 0
    (text,) = (tmp_path / "ut").glob("mejl_*.txt")
    assert f"Till: {TRIAL}\n" in text.read_text(encoding="utf-8")


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
    assert three.rows(STATES) == [("live", "failed", 3)]


@pytest.mark.parametrize(("claimed_for", "code", "written"), [("smtp", NOT_FINISHED, 0), ("folder", 0, 1)])
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
    assert receivers(world, by_smtp) == [MANAGER]
    assert world.value("select claimed_for from mail") == "smtp"


def test_a_claim_for_a_file_says_so(world):
    world.month()
    world.run()
    assert world.value("select claimed_for from mail") == "folder"


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
    assert receivers(three, by_smtp, "--mails", "none") == EVERYBODY
    assert three.value("select state from month") == "done"


def test_a_month_is_not_done_by_old_mails_when_its_new_ones_were_not_wanted(world, by_smtp):
    world.month()
    by_smtp(free_port())
    world.run()
    world.put("ekonomi_2026-09_rattad.csv", economy(over=("101", "102")))
    assert receivers(world, by_smtp, "--mails", "none") == [MANAGER]
    assert world.value("select state from month") == "reported"
    assert receivers(world, by_smtp) == [MANAGERS["102"]]
    assert world.value("select state from month") == "done"


def test_a_done_month_stays_done_where_no_new_mail_is_wanted(world):
    world.month()
    world.run()
    before = world.contents()
    assert quietly(world.run("--mails", "none")).code == 0
    assert world.contents() == before
    world.put("ekonomi_2026-09_rattad.csv", economy(over=("101", "102")))
    assert quietly(world.run("--mails", "none")).code == 0
    assert world.value("select state from month") == "done"
    assert len(world.mails()) == 1


# Wrong addresses and the doctor

ADDRESSES = (
    "MANAD_MAIL_FROM",
    "MANAD_OPERATOR_EMAIL",
    "MANAD_CONTROLLER_EMAIL",
    "MANAD_MAIL_REDIRECT",
)
UNUSABLE = ("ekonomi", "inte en adress", "a@example.se, b@example.se", "a@example.se\nBcc: b@example.se")


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("address", UNUSABLE)
def test_a_wrong_address_is_told_by_the_name_of_its_variable_in_one_line(name, address):
    settings = read_settings({name: address})
    with pytest.raises(UsageError) as caught:
        settings.check_addresses()
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


def test_addresses_with_and_without_a_name_are_taken():
    both = dict(zip(ADDRESSES, ["a@example.se", "Drift <d@example.se>"] * 2, strict=True))
    read_settings(both).check_addresses()
    read_settings({}).check_addresses()


def test_a_wrong_sender_stops_the_run_before_anything_is_stored(world, monkeypatch):
    world.month()
    monkeypatch.setenv("MANAD_MAIL_FROM", "ekonomi")
    answer = world.run()
    assert answer.code == USAGE
    tells(one_line(answer), "MANAD_MAIL_FROM: adressen är felskriven ('ekonomi'). Skriv namn@server.")
    assert not any(world.counts().values())


def rows_of(answer):
    """Return each setting's verdict."""
    found = re.findall(r"^(OK|FEL)\s+(MANAD_\w+)  ", answer.out, re.MULTILINE)
    return {name: verdict for verdict, name in found}


def test_the_doctor_shows_every_setting_that_is_documented(world):
    documented = re.findall(r"^\| `(MANAD_\w+)`", text_of("docs/settings.md"), re.MULTILINE)
    answer = world.manad("doctor")
    assert answer.code == 0, answer.out
    assert rows_of(answer) == dict.fromkeys(documented, "OK")
    assert max(map(len, answer.out.splitlines())) <= 100


WRONG = {
    "MANAD_CODE": (
        "/finns/inte",
        "/finns/inte har ingen prefect.yaml: sätt MANAD_CODE till programmets mapp.",
    ),
    "MANAD_BASE_URL": ("manad", "'manad' är ingen webbadress: skriv till exempel https://manad.example.se."),
    "MANAD_SECRET_FILE": ("/finns/inte", "MANAD_SECRET_FILE: filen /finns/inte går inte att läsa"),
    "MANAD_MAIL_PASSWORD_FILE": (
        "/finns/inte",
        "MANAD_MAIL_PASSWORD_FILE: filen /finns/inte går inte att läsa",
    ),
    "MANAD_MAIL_FROM": ("ekonomi", "MANAD_MAIL_FROM: adressen är felskriven ('ekonomi'). Skriv namn@server."),
    "MANAD_CONTROLLER_EMAIL": ("x y", "MANAD_CONTROLLER_EMAIL: adressen är felskriven ('x y')."),
    "MANAD_MAIL_REDIRECT": ("inte en adress", "MANAD_MAIL_REDIRECT: adressen är felskriven"),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_doctor_tells_whole_what_is_wrong_and_what_to_do(world, monkeypatch, name):
    value, said = WRONG[name]
    monkeypatch.setenv(name, value)
    answer = world.manad("doctor")
    assert answer.code == FAILED
    assert [one for one, verdict in rows_of(answer).items() if verdict == "FEL"] == [name]
    tells(answer.out, said, "1 sak behöver åtgärdas.")


def test_the_doctor_never_shows_a_password(world, monkeypatch, tmp_path):
    (tmp_path / "losen").write_text("hemligt\n", encoding="utf-8")
    monkeypatch.setenv("MANAD_MAIL_PASSWORD_FILE", str(tmp_path / "losen"))
    monkeypatch.setenv("MANAD_MAIL_PASSWORD", "hemligt")
    assert "hemligt" not in world.manad("doctor").out
    assert "hemligt" not in repr(read_settings())


def test_the_doctor_misses_the_password_of_a_login(world, by_smtp, monkeypatch):
    by_smtp(free_port())
    monkeypatch.setenv("MANAD_MAIL_URL", f"smtps://manad@127.0.0.1:{free_port()}")
    tells(world.manad("doctor").out, "Lösenordet till manad@127.0.0.1 saknas")


# The operator's hand


@pytest.mark.parametrize("how", [("resend",), ("settle", "--sent")])
def test_a_mail_that_is_sent_is_said_to_be_so_in_swedish_and_stays_so(world, how):
    world.month()
    world.run()
    verb, *flags = how
    answer = world.manad("mail", verb, world.value("select id from mail"), *flags)
    assert answer.code == 1
    tells(one_line(answer), "är skickat och går inte att ändra så. Se mejlen med: manad mail list")
