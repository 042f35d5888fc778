"""An SMTP client on which everything together ends by one deadline.

smtplib's timeout starts anew at every read, so a server that sends a byte now and then holds it for
ever. Here each wait gets only what is left.
"""

import io
import smtplib
import socket
import ssl
from time import monotonic


class DeadlineSMTP(smtplib.SMTP):
    """smtplib's client; raises TimeoutError as soon as the deadline has passed."""

    def __init__(self, seconds: float, tls: ssl.SSLContext | None = None) -> None:
        """Prepare; `tls` speaks TLS from the first byte. Nothing is contacted before `connect`."""
        self._tls = tls
        self.restart(seconds)
        # A name given here keeps smtplib from asking DNS for this machine's, which may hang.
        super().__init__(local_hostname="localhost", timeout=seconds)

    def restart(self, seconds: float) -> None:
        """Let the next mail have `seconds` from now."""
        self._ends = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left, more than 0. Raises TimeoutError."""
        left = self._ends - monotonic()
        if left <= 0:
            raise TimeoutError("deadline")
        return left

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002
        connected = self._first_that_answers(host, port)
        self.local_hostname = _literal(connected)
        self._host = host  # what STARTTLS checks the certificate against
        if self._tls is None:
            return connected
        connected.settimeout(self.left())
        return self._tls.wrap_socket(connected, server_hostname=host)

    def _first_that_answers(self, host: str, port: int) -> socket.socket:
        """Try every address of the host, each with its share of what is left. Raises OSError."""
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for number, (*_, address) in enumerate(addresses, 1):
            try:
                return socket.create_connection(address[:2], self.left() / (len(addresses) - number + 1))  # type: ignore[arg-type]
            except OSError as error:
                last = error
        raise last

    def send(self, s: str | bytes) -> None:  # type: ignore[override]
        """Send all of it. Raises TimeoutError and OSError, and then the end of it was not sent."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        rest = memoryview(s.encode(self.command_encoding) if isinstance(s, str) else s)
        while rest:
            self.sock.settimeout(self.left())
            rest = rest[self.sock.send(rest) :]

    def getreply(self) -> tuple[int, bytes]:
        """Read one answer. Raises TimeoutError and SMTPServerDisconnected."""
        if self.file is None:
            self.file = io.BufferedReader(_Reader(self))
        return super().getreply()


class _Reader(io.RawIOBase):
    """Reads from the client's socket with what is left of the deadline."""

    def __init__(self, client: DeadlineSMTP) -> None:
        self._client = client

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if self._client.sock is None:
            return 0
        self._client.sock.settimeout(self._client.left())
        return self._client.sock.recv_into(buffer)


def _literal(connected: socket.socket) -> str:
    """Name this machine by its address, which every server accepts and no DNS is asked for."""
    address = connected.getsockname()[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"
