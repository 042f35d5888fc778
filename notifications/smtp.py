"""Mails to a mail server over one connection that is used again."""

import re
import smtplib
import ssl
from contextlib import suppress
from pathlib import Path
from socket import gaierror
from time import monotonic

from notifications.address import bare_address
from notifications.deadline import DeadlineSMTP
from notifications.errors import (
    DeliveryError,
    PermanentMailError,
    RecipientRefusedError,
    TemporaryMailError,
    UncertainMailError,
)
from notifications.mail_url import Server

_NOBODY_THERE = (550, 551, 553)
_ALIVE_SECONDS = 5.0  # an idle connection that a firewall forgot answers nothing at all
_QUIT_SECONDS = 2.0
_Answer = tuple[int, bytes]


class SmtpTransport:
    """One connection to a mail server, made by the first mail; not to be shared by threads."""

    def __init__(
        self, server: Server, *, password: str | None, ca_file: Path | None = None, seconds: float = 30.0
    ) -> None:
        """Prepare; `seconds` is the longest that a mail may take, connecting included."""
        self._server = server
        self._password = password
        self._seconds = seconds
        self._tls = None if server.security == "none" else ssl.create_default_context(cafile=ca_file)
        if self._tls and ca_file:
            self._tls.load_default_certs()
        self._client: DeadlineSMTP | None = None

    def send(self, envelope_from: str, envelope_to: str, message: bytes, message_id: str) -> None:
        """Hand a mail to the server and wait for its yes.

        Raises BadAddressError, RecipientRefusedError, PermanentMailError (5xx), TemporaryMailError (4xx,
        no connection, too slow) and UncertainMailError (no answer after the whole mail was sent). What is
        wrong with the server, the login, the line or the sender `concerns_every_mail`.
        """
        sender, recipient = bare_address(envelope_from), bare_address(envelope_to)
        handed_over = False
        try:
            client = self._ready()
            self._accepted(client.mail(sender), message_id, is_sender=True)
            self._accepted(client.rcpt(recipient), message_id, recipient=recipient)
            self._accepted(client.docmd("DATA"), message_id, expected=3)
            client.send(_on_the_wire(message))
            handed_over = True
            answer = client.getreply()
        except (OSError, UnicodeError) as error:
            self._hang_up()
            raise self._broken(error, message_id, handed_over=handed_over) from error
        self._judge_last(answer, message_id)

    def check(self) -> None:
        """Connect and log in. Raises TemporaryMailError."""
        try:
            self._ready()
        except (OSError, UnicodeError) as error:
            self._hang_up()
            raise self._broken(error, "", handed_over=False) from error

    def close(self) -> None:
        """Say goodbye, without waiting for long."""
        if self._client is not None:
            with suppress(OSError):
                self._client.restart(_QUIT_SECONDS)
                self._client.quit()
        self._hang_up()

    def _ready(self) -> DeadlineSMTP:
        """Return the connection, new if the old one has gone; it has this mail's time left."""
        ends = monotonic() + self._seconds
        if self._client is not None and self._is_alive(self._client):
            self._client.restart(ends - monotonic())
            return self._client
        self._hang_up()
        self._client = DeadlineSMTP(ends - monotonic(), self._tls if self._server.security == "tls" else None)
        self._greet(self._client)
        return self._client

    def _is_alive(self, client: DeadlineSMTP) -> bool:
        client.restart(min(_ALIVE_SECONDS, self._seconds))
        with suppress(OSError):
            return client.rset()[0] == 250
        return False

    def _greet(self, client: DeadlineSMTP) -> None:
        """Connect, secure the line and log in. Raises OSError, of which smtplib's errors are a kind."""
        code, answer = client.connect(self._server.host, self._server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, answer)
        if self._server.security == "starttls":
            code, answer = client.starttls(context=self._tls)
            if code != 220:
                raise smtplib.SMTPConnectError(code, answer)
        client.ehlo_or_helo_if_needed()
        if self._server.user:
            client.login(self._server.user, self._password or "")

    def _accepted(
        self,
        answer: _Answer,
        message_id: str,
        *,
        expected: int = 2,
        recipient: str = "",
        is_sender: bool = False,
    ) -> None:
        """Pass a good answer; raise what any other means, all before the mail was handed over."""
        code, answered = answer[0], self._said(answer)
        if code // 100 == expected:
            return
        if code // 100 == 5 and recipient:
            raise RecipientRefusedError(
                f"{answered} Rätta adressen {recipient}.",
                message_id=message_id,
                code=code,
                recipient=recipient,
                is_unknown=_is_unknown(code, answer[1]),
            )
        if code // 100 == 5:
            raise PermanentMailError(
                f"{answered} Kontrollera avsändaren och serverns regler.",
                message_id=message_id,
                code=code,
                concerns_every_mail=is_sender,
            )
        line_is_lost = code // 100 != 4 or code == 421
        if line_is_lost:
            self._hang_up()
        raise TemporaryMailError(
            f"{answered} Mejlet försöks igen.",
            message_id=message_id,
            code=code,
            concerns_every_mail=line_is_lost or is_sender,
        )

    def _judge_last(self, answer: _Answer, message_id: str) -> None:
        """Judge the answer to the whole mail: an answer that can't be read leaves it uncertain."""
        if answer[0] // 100 in (2, 4, 5):
            self._accepted(answer, message_id)
            return
        self._hang_up()
        raise UncertainMailError(
            f"{self._said(answer)} {_ASK}", message_id=message_id, code=answer[0], concerns_every_mail=True
        )

    def _broken(self, error: Exception, message_id: str, *, handed_over: bool) -> DeliveryError:
        host = f"Mejlservern {self._server.host}"
        if handed_over:
            return UncertainMailError(
                f"{host} svarade inte sedan hela mejlet lämnats. {_ASK}",
                message_id=message_id,
                concerns_every_mail=True,
            )
        code = error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None
        return TemporaryMailError(
            f"{host} {_what_happened(error)} Mejlet försöks igen.",
            message_id=message_id,
            code=code,
            concerns_every_mail=True,
        )

    def _said(self, answer: _Answer) -> str:
        text = re.sub(r"[^\x20-\x7e\xa0-\uffff]+", " ", answer[1].decode("utf-8", "replace"))[:200]
        return f"Mejlservern {self._server.host} svarade {answer[0]} {text.strip()}."

    def _hang_up(self) -> None:
        if self._client is not None:
            with suppress(OSError):
                self._client.close()
        self._client = None


_ASK = "Fråga mottagaren eller serverns logg innan du skickar det igen."
_EXPLAINED: tuple[tuple[type[Exception], str], ...] = (
    (
        ssl.SSLCertVerificationError,
        "har ett certifikat som inte går att lita på. Kontrollera namn och certifikat.",
    ),
    (smtplib.SMTPAuthenticationError, "nekade inloggningen. Kontrollera användarnamn och lösenord."),
    (smtplib.SMTPNotSupportedError, "saknar den kryptering eller inloggning som är inställd."),
    (UnicodeError, "kan inte användas: namn eller lösenord har tecken utanför ASCII."),
    (gaierror, "hittas inte. Kontrollera servernamnet."),
    (ConnectionRefusedError, "tar inte emot förbindelser. Kontrollera server och port."),
    (TimeoutError, "svarade inte i tid."),
)


def _what_happened(error: Exception) -> str:
    """Put an error into words; smtplib hides a timeout in the error that it was raised from."""
    causes = (error, error.__context__)
    for kind, words in _EXPLAINED:
        if any(isinstance(cause, kind) for cause in causes):
            return words
    if isinstance(error, smtplib.SMTPResponseException):
        return f"svarade {error.smtp_code}."
    return "bröt förbindelsen."


def _is_unknown(code: int, answer: bytes) -> bool:
    """Tell whether a refusal says that nobody is at the address (RFC 3463: X.1.1, X.1.2, X.1.6, X.1.10).

    Without such a code a 550, 551 or 553 is taken for it, unless it speaks of relaying or policy (X.7).
    """
    enhanced = re.match(rb"\s*5\.(\d+)\.(\d+)", answer)
    if enhanced is not None:
        return enhanced[1] == b"1" and enhanced[2] in (b"1", b"2", b"6", b"10")
    return code in _NOBODY_THERE and not re.search(rb"(?i)relay|denied|policy|authenticat", answer)


def _on_the_wire(message: bytes) -> bytes:
    """End lines with CRLF, double a leading dot, and close with the final dot (RFC 5321, 4.5.2)."""
    ends = message.count(b"\r\n")
    if not ends == message.count(b"\n") == message.count(b"\r"):
        message = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    stuffed = (b"." if message.startswith(b".") else b"") + message.replace(b"\r\n.", b"\r\n..")
    return stuffed + (b"" if message.endswith(b"\r\n") else b"\r\n") + b".\r\n"
