"""`manad web` answers on this machine until it is told to stop, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
import requests

SECONDS = 30
MANAD = "import sys; from flows.cli.main import main; sys.exit(main(sys.argv[1:]))"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


def started(world, *words):
    """Start the command in a process group of its own."""
    command = [sys.executable, "-c", MANAD, "web", *map(str, words)]
    environment = dict(os.environ) | world.environment  # noqa: TID251
    return subprocess.Popen(
        command, env=environment, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def answer_of(port, process):
    """Return what the pages answer as soon as they do."""
    until = time.monotonic() + SECONDS
    while True:
        try:
            return requests.get(f"http://127.0.0.1:{port}/halsa", timeout=5)
        except requests.ConnectionError:
            assert process.poll() is None, process.stderr.read()
            assert time.monotonic() < until


@pytest.fixture
def serving(world):
    port = free_port()
    process = started(world, "--port", port)
    try:
        yield process, port
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_pages_answer_and_stop_when_they_are_told_to(serving, how):
    process, port = serving
    with requests.Session() as reader:
        assert answer_of(port, process).text == "ok\n"
        assert reader.get(f"http://127.0.0.1:{port}/", timeout=5).status_code == 200
        began = time.monotonic()
        process.send_signal(how)  # while the reader's connection stays open
        said, complained = process.communicate(timeout=SECONDS)
    assert time.monotonic() - began < 10
    assert process.returncode == 0
    assert said == f"Webbsidorna: http://127.0.0.1:{port}  (Ctrl-C stoppar)\n"
    assert "GET /halsa 200" in complained
    assert "Traceback" not in complained
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_a_port_that_is_taken_is_one_line_that_says_what_to_do(world):
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        process = started(world, "--port", port)
        said, complained = process.communicate(timeout=SECONDS)
    assert (process.returncode, said) == (2, "")
    assert complained.startswith(f"manad: 127.0.0.1 port {port} går inte att öppna")
    assert complained.count("\n") == 1


@pytest.mark.parametrize("port", [-1, 0, 65_536])
def test_a_port_that_is_none_is_told(world, port):
    answer = world.manad("web", "--port", port)
    assert answer.code == 2
    assert answer.err == f"manad: {port} är ingen port: välj en mellan 1 och 65535 med --port.\n"


def test_others_are_not_served_without_https(world):
    answer = world.manad("web", "--host", "0.0.0.0")
    assert answer.code == 2
    assert "sätt MANAD_BASE_URL till en adress som börjar med https://" in answer.err
