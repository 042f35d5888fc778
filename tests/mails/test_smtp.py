from contextlib import AbstractContextManager
from pathlib import Path
from time import monotonic

import pytest

from notifications.errors import (
    BadAddressError,
    DeliveryError,
    PermanentMailError,
    RecipientRefusedError,
    TemporaryMailError,
    UncertainMailError,
)
from notifications.mail_url import Server
from notifications.smtp import SmtpTransport
from notifications.transport import Transport, open_transport
from tests.mails.smtp_servers import (
    Act,
    Sink,
    certificate,
    free_port,
    hang,
    hang_up,
    misbehaving,
    say,
    serving,
    take_a_part,
    take_nothing_more,
    trickle,
)

MESSAGE = b"Subject: hej\r\n\r\nrad\r\n.ensam\r\n.\r\nslut\r\n"
ID = "<1@stad.example>"
SENDER, RECIPIENT = "manad@stad.example", "eva@stad.example"


def opened(port: int) -> AbstractContextManager[Transport]:
    return open_transport(f"smtp://127.0.0.1:{port}")


def send(transport: Transport, message: bytes = MESSAGE) -> None:
    transport.send(SENDER, RECIPIENT, message, ID)


def failure(port: int, seconds: float = 5.0, message: bytes = MESSAGE) -> DeliveryError:
    url = f"smtp://127.0.0.1:{port}"
    with open_transport(url, seconds=seconds) as transport, pytest.raises(DeliveryError) as caught:
        send(transport, message)
    assert caught.value.message_id == ID
    assert "\n" not in str(caught.value)
    return caught.value


def test_mails_arrive_unchanged_over_one_connection() -> None:
    sink = Sink()
    with serving(sink) as port, opened(port) as transport:
        for _ in range(3):
            send(transport)
    assert sink.mails == [(SENDER, RECIPIENT, MESSAGE)] * 3
    assert sink.connections == 1


def test_a_bare_line_feed_cannot_smuggle_in_a_second_mail() -> None:
    sink = Sink()
    with serving(sink) as port, opened(port) as transport:
        send(transport, b"X: y\r\n\r\na\n.\nMAIL FROM:<x@y>\r.\rslut")
    assert [mail[2] for mail in sink.mails] == [b"X: y\r\n\r\na\r\n.\r\nMAIL FROM:<x@y>\r\n.\r\nslut\r\n"]


def test_a_refused_recipient_is_named_and_the_next_mail_goes_out() -> None:
    sink = Sink(answers={"RCPT": "550 5.1.1 finns inte"})
    with serving(sink) as port, opened(port) as transport:
        with pytest.raises(RecipientRefusedError) as caught:
            send(transport)
        sink.answers.clear()
        send(transport)
    assert (caught.value.recipient, caught.value.code) == (RECIPIENT, 550)
    assert len(sink.mails) == sink.connections == 1


def test_of_two_recipients_the_one_that_is_accepted_gets_its_mail() -> None:
    sink = Sink(answers={RECIPIENT: "550 5.1.1 finns inte"})
    with serving(sink) as port, opened(port) as transport:
        with pytest.raises(RecipientRefusedError):
            send(transport)
        transport.send(SENDER, "karl@stad.example", MESSAGE, ID)
        with pytest.raises(RecipientRefusedError):
            send(transport)
    assert [recipient for _, recipient, _ in sink.mails] == ["karl@stad.example"]
    assert sink.connections == 1


def test_a_greylisted_mail_goes_out_when_it_is_tried_again_and_keeps_no_other_waiting() -> None:
    sink = Sink(answers={RECIPIENT: "451 4.7.1 försök senare"})
    with serving(sink) as port, opened(port) as transport:
        with pytest.raises(TemporaryMailError) as caught:
            send(transport)
        transport.send(SENDER, "karl@stad.example", MESSAGE, ID)
        sink.answers.clear()
        send(transport)
    assert not caught.value.concerns_every_mail
    assert [recipient for _, recipient, _ in sink.mails] == ["karl@stad.example", RECIPIENT]


@pytest.mark.parametrize(
    ("answers", "kind", "code"),
    [
        ({"RCPT": "450 4.2.0 försök senare"}, TemporaryMailError, 450),  # greylisting
        ({"RCPT": "451 4.7.1 försök senare"}, TemporaryMailError, 451),
        ({"DATA": "451 4.3.0 fullt"}, TemporaryMailError, 451),
        ({"DATA": "554 5.7.1 skräppost"}, PermanentMailError, 554),
        ({"DATA": "552 5.3.4 för stort"}, PermanentMailError, 552),
    ],
)
def test_an_answer_tells_whether_to_try_again(
    answers: dict[str, str], kind: type[DeliveryError], code: int
) -> None:
    with serving(Sink(answers=answers)) as port:
        error = failure(port)
    assert type(error) is kind
    assert error.code == code


@pytest.mark.parametrize(
    ("verb", "act", "kind"),
    [
        ("CONNECT", hang, TemporaryMailError),
        ("CONNECT", trickle, TemporaryMailError),
        ("CONNECT", say(b"554 stopp\r\n"), TemporaryMailError),  # the line's fault, not the mail's
        ("EHLO", hang_up, TemporaryMailError),
        ("MAIL", trickle, TemporaryMailError),
        ("MAIL", say(b"550 nej\r\n"), PermanentMailError),
        ("RCPT", hang_up, TemporaryMailError),
        ("RCPT", say(b"421 hej da\r\n"), TemporaryMailError),
        ("DATA", hang, TemporaryMailError),  # before a byte of the mail was sent
        ("DATA", trickle, TemporaryMailError),
        ("DATA", say(b"250 konstigt\r\n"), TemporaryMailError),
        ("END", say(b"452 fullt\r\n"), TemporaryMailError),
        ("END", say(b"421 hej da\r\n"), TemporaryMailError),
        ("END", hang, UncertainMailError),
        ("END", hang_up, UncertainMailError),
        ("END", trickle, UncertainMailError),
        ("END", say(b"goddag yxskaft\r\n"), UncertainMailError),
        ("END", say(b"250-ja\r\n250-"), UncertainMailError),  # an answer cut short
    ],
)
def test_a_misbehaving_server_is_judged_by_when_it_failed(
    verb: str, act: Act, kind: type[DeliveryError]
) -> None:
    began = monotonic()
    with misbehaving(**{verb: act}) as (port, _):
        error = failure(port, seconds=0.5)
    assert type(error) is kind
    assert monotonic() - began < 3


def test_a_server_that_stops_reading_is_not_waited_for() -> None:
    began = monotonic()
    with misbehaving(DATA=take_nothing_more) as (port, _):
        error = failure(port, seconds=0.5, message=b"en rad\r\n" * 2_000_000)
    assert type(error) is TemporaryMailError  # the final dot never left
    assert monotonic() - began < 5


def test_a_server_that_hangs_with_a_mail_that_it_may_have_taken_leaves_it_uncertain() -> None:
    began = monotonic()
    with misbehaving(DATA=take_nothing_more) as (port, _):
        error = failure(port, seconds=0.5)
    assert type(error) is UncertainMailError  # all of it, final dot too, is in the line's buffers
    assert monotonic() - began < 5


def test_a_server_that_hangs_up_in_the_middle_of_a_mail_did_not_get_it() -> None:
    with misbehaving(DATA=take_a_part) as (port, _):
        error = failure(port, message=b"en rad\r\n" * 2_000_000)
    assert type(error) is TemporaryMailError
    assert "bröt förbindelsen" in str(error)


def test_after_an_error_the_next_mail_gets_a_new_connection() -> None:
    with misbehaving(END=say(b"nej\r\n")) as (port, heard), opened(port) as transport:
        for _ in range(2):
            with pytest.raises(UncertainMailError):
                send(transport)
    assert heard.count("EHLO") == 2


def test_a_connection_that_went_stale_between_mails_is_replaced() -> None:
    with misbehaving(RSET=hang_up) as (port, heard), opened(port) as transport:
        send(transport)
        send(transport)
    assert " ".join(heard) == "EHLO MAIL RCPT DATA END RSET EHLO MAIL RCPT DATA END QUIT"


def test_a_server_that_is_down_is_temporary() -> None:
    error = failure(free_port())
    assert type(error) is TemporaryMailError
    assert "tar inte emot förbindelser" in str(error)


@pytest.mark.parametrize("address", ["eva@stad.example>\r\nRCPT TO:<alla@x", "eva@stad.example\n"])
def test_an_envelope_address_with_a_line_break_is_refused(address: str) -> None:
    with opened(free_port()) as transport, pytest.raises(BadAddressError):
        transport.send(SENDER, address, MESSAGE, ID)


def test_a_domain_with_swedish_letters_is_sent_in_ascii() -> None:
    sink = Sink()
    with serving(sink) as port, opened(port) as transport:
        transport.send(SENDER, "eva@skärholmen.example", MESSAGE, ID)
    assert [recipient for _, recipient, _ in sink.mails] == ["eva@xn--skrholmen-w2a.example"]


def test_a_name_with_swedish_letters_before_the_at_sign_is_refused_before_anything_is_sent() -> None:
    with misbehaving() as (port, heard):
        with opened(port) as transport, pytest.raises(BadAddressError, match="åsa@"):
            transport.send(SENDER, "åsa@stad.example", MESSAGE, ID)
        assert heard == []


def test_starttls_and_login_with_a_trusted_certificate(tmp_path: Path) -> None:
    trusted, tls = certificate(tmp_path)
    sink = Sink()
    with serving(sink, tls) as port:
        url = f"smtp+starttls://manad@127.0.0.1:{port}"
        with open_transport(url, password="hemligt", ca_file=trusted) as transport:
            transport.check()
            send(transport)
    assert sink.users == [b"manad"]
    assert [mail[2] for mail in sink.mails] == [MESSAGE]


def test_a_wrong_password_is_told_and_no_mail_is_lost(tmp_path: Path) -> None:
    trusted, tls = certificate(tmp_path)
    sink = Sink()
    with serving(sink, tls) as port:
        url = f"smtp+starttls://manad@127.0.0.1:{port}"
        with (
            open_transport(url, password="fel", ca_file=trusted) as transport,
            pytest.raises(TemporaryMailError, match="nekade inloggningen") as caught,
        ):
            send(transport)
    assert caught.value.code == 535
    assert sink.mails == []


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    _, tls = certificate(tmp_path)
    sink = Sink()
    with serving(sink, tls) as port:
        url = f"smtp+starttls://manad@127.0.0.1:{port}"
        with (
            open_transport(url, password="hemligt") as transport,
            pytest.raises(TemporaryMailError, match="certifikat"),
        ):
            send(transport)
    assert sink.users == []


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    trusted, tls = certificate(tmp_path, "127.0.0.2")
    with serving(Sink(), tls) as port:
        url = f"smtp+starttls://manad@127.0.0.1:{port}"
        with (
            open_transport(url, password="hemligt", ca_file=trusted) as transport,
            pytest.raises(TemporaryMailError, match="certifikat"),
        ):
            transport.check()


def test_a_server_without_starttls_never_gets_the_password() -> None:
    with misbehaving() as (port, heard):
        url = f"smtp+starttls://manad@127.0.0.1:{port}"
        with (
            open_transport(url, password="hemligt") as transport,
            pytest.raises(TemporaryMailError, match="saknar den kryptering"),
        ):
            transport.check()
    assert "AUTH" not in heard


def test_a_hanging_tls_greeting_ends_by_the_deadline() -> None:
    began = monotonic()
    with misbehaving(CONNECT=hang) as (port, _):
        transport = SmtpTransport(Server("127.0.0.1", port, "tls"), password=None, seconds=0.5)
        with pytest.raises(TemporaryMailError, match="svarade inte i tid"):
            transport.check()
    assert monotonic() - began < 3
