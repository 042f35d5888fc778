"""Where the pages are served, and where they aren't."""

import socket
import threading

import pytest
import requests

from tasks.errors import UsageError
from tests.pages.browser import served
from tests.pages.pages import GOOD, forms_of
from web.posted import LARGEST_BODY
from web.serve import is_loopback, serve

LOOPBACK = {
    "127.0.0.1": True,
    "127.8.9.1": True,
    "::1": True,
    "localhost": True,
    "0.0.0.0": False,
    "::": False,
    "10.0.0.1": False,
    "server.example.se": False,
    "": False,
}


@pytest.mark.parametrize(("host", "only_us"), LOOPBACK.items())
def test_what_only_this_machine_reaches(host, only_us):
    assert is_loopback(host) == only_us


@pytest.mark.parametrize("base_url", [None, "", "http://server.example.se"])
def test_others_are_not_served_without_https(base_url):
    with pytest.raises(UsageError, match="https://"):
        serve(None, "0.0.0.0", 0, base_url=base_url, ready=pytest.fail)


def test_pages_are_served_with_no_word_of_the_server(pages):
    with served(pages.app) as address:
        answer = requests.get(f"{address}/halsa", timeout=10)
        assert answer.text == "ok\n"
        assert "server" not in answer.headers


@pytest.mark.parametrize("size", [LARGEST_BODY + 1, 2_000_000])
def test_somebody_who_sends_too_much_sees_the_page_that_says_so(pages, size):
    with served(pages.app) as address, requests.Session() as reader:
        form = forms_of(reader.get(address + pages.plan_path, timeout=10).text)[0]
        data = form.fields | GOOD | {"risk-1": "x" * size}
        answer = reader.post(address + pages.plan_path, data=data, timeout=10)
        assert answer.status_code == 413
        assert "Det blev för mycket text" in answer.text


def test_a_reader_who_sends_a_body_that_never_ends_is_cut_off(pages):
    """Chunks without a length: only so much is read."""
    with served(pages.app) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as line:
            head = (
                f"POST {pages.plan_path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
            )
            line.sendall(head.encode())
            chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
            stop = threading.Event()
            sender = threading.Thread(target=_send, args=(line, chunk, stop), daemon=True)
            sender.start()
            assert line.recv(100).startswith(b"HTTP/1.1 413")
            stop.set()


def _send(line, chunk, stop):
    try:
        while not stop.is_set():
            line.sendall(chunk)
    except OSError:
        return
