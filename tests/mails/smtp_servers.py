# ruff: noqa: ARG002, ARG005, N802  (signatures that aiosmtpd and `Act` ask for)
"""Mail servers on loopback: one that behaves (aiosmtpd) and one that is told how to misbehave."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Sink:
    """Keeps what arrives; `answers` are by command, or by the recipient's address."""

    answers: dict[str, str] = field(default_factory=dict)
    mails: list[tuple[str, str, bytes]] = field(default_factory=list)
    connections: int = 0
    users: list[bytes] = field(default_factory=list)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get(address) or self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.get("DATA", "250 OK")
        if answer.startswith("2"):
            self.mails.append((envelope.mail_from, envelope.rcpt_tos[0], envelope.original_content))
        return answer

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        self.users.append(data.login)
        return AuthResult(success=data.password == b"hemligt", handled=False)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def serving(sink: Sink, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Run a server that behaves, with STARTTLS and login when `tls` is given; yields its port."""
    secure = {"tls_context": tls, "authenticator": sink.authenticate, "auth_required": True} if tls else {}
    controller = Controller(sink, hostname="127.0.0.1", port=free_port(), **secure)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


Act = Callable[[socket.socket, threading.Event], None]


@contextmanager
def misbehaving(**acts: Act) -> Iterator[tuple[int, list[str]]]:
    """Run a server that accepts everything but does as told at a verb (`END` is the final dot).

    Yields its port and the list of commands that it was given; every wait in it is bounded.
    """
    stop, heard = threading.Event(), []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_accept, args=(listener, acts, stop, heard), daemon=True)
        thread.start()
        yield listener.getsockname()[1], heard
        stop.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def _accept(listener: socket.socket, acts: dict[str, Act], stop: threading.Event, heard: list[str]) -> None:
    with suppress(OSError):
        while not stop.is_set():
            with listener.accept()[0] as client:
                client.settimeout(10)
                with suppress(OSError):
                    _talk(client, acts, stop, heard)


def _talk(client: socket.socket, acts: dict[str, Act], stop: threading.Event, heard: list[str]) -> None:
    acts.get("CONNECT", say(b"220 hej\r\n"))(client, stop)
    in_data = False
    for line in client.makefile("rb"):
        if in_data and line != b".\r\n":
            continue
        verb = "END" if in_data else line[:4].decode(errors="replace").strip().upper()
        heard.append(verb)
        in_data = verb == "DATA"
        if verb == "QUIT":
            return
        acts.get(verb, say(b"354 skriv\r\n" if in_data else b"250 ja\r\n"))(client, stop)


def say(answer: bytes) -> Act:
    return lambda client, stop: client.sendall(answer)


def hang(client: socket.socket, stop: threading.Event) -> None:
    stop.wait(10)


def hang_up(client: socket.socket, stop: threading.Event) -> None:
    raise ConnectionAbortedError


def take_nothing_more(client: socket.socket, stop: threading.Event) -> None:
    """Ask for the mail, then never read it."""
    client.sendall(b"354 skriv\r\n")
    stop.wait(10)


def take_a_part(client: socket.socket, stop: threading.Event) -> None:
    """Ask for the mail, read its beginning, and hang up."""
    client.sendall(b"354 skriv\r\n")
    client.recv(100)
    raise ConnectionAbortedError


def trickle(client: socket.socket, stop: threading.Event) -> None:
    """Send a byte of an answer now and then, without end."""
    for _ in range(200):
        if stop.wait(0.05):
            return
        client.sendall(b"2")


def certificate(
    folder: Path, host: str = "127.0.0.1", *, until: datetime = datetime(2049, 1, 1, tzinfo=UTC)
) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate for a host; returns the file to trust and the server's context."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, private = folder / "cert.pem", folder / "key.pem"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, private)
    return trusted, context
