# ruff: noqa: A002, ARG005  (names and signatures that http.server and `Act` ask for)
"""A site on loopback that answers as it is told, and remembers what it was asked."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """One whole answer."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """One question as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Act = Callable[[BaseHTTPRequestHandler, threading.Event], None]


@dataclass
class Site:
    """Answers by path: one after the other, the last one again and again. Anything else is a 404."""

    answers: dict[str, list[Reply | Act]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    address: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    def says(self, path, *answers):
        """Let a path answer so from now on; returns its address."""
        self.answers[path] = list(answers)
        return self.address + path

    def next_answer(self, path):
        left = self.answers.get(path.partition("?")[0], [Reply(status=404)])
        return left.pop(0) if len(left) > 1 else left[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20

    def do_GET(self):
        site = self.server.site
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        site.asked.append(Asked(self.command, self.path, dict(self.headers), body))
        answer = site.next_answer(self.path)
        with suppress(OSError):  # who asked may have gone
            if isinstance(answer, Reply):
                _give(self, answer)
            else:
                self.close_connection = True
                answer(self, site.stop)

    def do_POST(self):
        self.do_GET()

    def log_message(self, format, *arguments):
        pass


def _give(handler, reply):
    handler.send_response(reply.status)
    for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    if reply.status != 304:
        handler.wfile.write(reply.body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        pass


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a site; it and everything in it ends with the block."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.site = site = Site()
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.address = f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.stop.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


def raw(*pieces: bytes) -> Act:
    """Send these bytes as they are, and hang up."""
    return lambda handler, stop: handler.wfile.write(b"".join(pieces))


def trickle(start: bytes, drop: bytes) -> Act:
    """Send a start, then a drop now and then, without end."""

    def act(handler, stop):
        handler.wfile.write(start)
        for _ in range(1000):
            if stop.wait(0.02):
                return
            handler.wfile.write(drop)

    return act


def endless(start: bytes, block: bytes) -> Act:
    """Send a start, then as much as is taken; at most a gigabyte."""

    def act(handler, stop):
        handler.wfile.write(start)
        for _ in range(1_000_000_000 // len(block)):
            if stop.is_set():
                return
            handler.wfile.write(block)

    return act


def silent(handler, stop):
    """Say nothing at all."""
    stop.wait(20)


def half(body: bytes) -> Act:
    """Promise a body, send half of it, and say no more."""

    def act(handler, stop):
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: {len(body)}\r\n\r\n"
        handler.wfile.write(head.encode() + body[: len(body) // 2])
        handler.wfile.flush()
        stop.wait(20)

    return act


def cut_off(body: bytes) -> Act:
    """Promise a body, send half of it, and hang up."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: {len(body)}\r\n\r\n"
    return raw(head.encode(), body[: len(body) // 2])
