"""Servers that are busy, slow, broken or something else than they should be: told in a line, nothing half."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.mails.smtp_servers import free_port
from tests.worlds.fetching import CSV, NOW, configure, fetch, fetch_patiently, inbox, is_refused
from tests.worlds.small_administration import economy
from tests.worlds.web_site import Reply, cut_off, endless, half, raw, serving, silent, trickle

NAME = "ekonomi_2026-09_hamtad.csv"
HASTY = "[fetch]\nlongest_wait_seconds = 0\n"
"""Tries again without a wait."""
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def site():
    with serving() as site:
        yield site


# Busy


def test_a_busy_server_is_asked_again_when_it_says(world, site):
    busy = [
        Reply(status=429, headers={"Retry-After": "7"}),
        Reply(status=503, headers={"Retry-After": f"{NOW:%a, %d %b %Y} 06:00:20 GMT"}),  # 13 s after those 7
        Reply(status=502),
    ]
    configure(world, ekonomi={"url": site.says("/e.csv", *busy, CSV)})
    fetched, waits = fetch_patiently(world)
    assert fetched["ekonomi"].state == "fetched"
    assert waits == [7.0, 13.0, 30.0]
    assert inbox(world) == {NAME: CSV.body}


def test_a_server_that_asks_for_too_much_patience_is_asked_again_sooner(world, site):
    busy = Reply(status=429, headers={"Retry-After": "86400"})
    configure(world, ekonomi={"url": site.says("/e.csv", busy, CSV)})
    fetched, waits = fetch_patiently(world)
    assert (fetched["ekonomi"].state, waits) == ("fetched", [120.0])


def test_a_server_that_is_busy_for_good_is_told_after_four_tries(world, site):
    configure(world, ekonomi={"url": site.says("/e.csv", Reply(b"<html>", 503))})
    fetched, waits = fetch_patiently(world)
    assert fetched["ekonomi"].state == "failed"
    assert fetched["ekonomi"].text == (
        "INTE HÄMTAD: servern svarade 503 hela tiden. Hämta igen senare; säg till den som sköter servern."
    )
    assert waits == [2.0, 10.0, 30.0]
    assert len(site.asked) == 4
    assert inbox(world) == {}


def test_a_server_that_is_not_there_is_tried_again_and_told(world):
    configure(world, ekonomi={"url": f"http://127.0.0.1:{free_port()}/e.csv"})
    fetched, waits = fetch_patiently(world)
    assert fetched["ekonomi"].text.startswith("INTE HÄMTAD: servern går inte att nå")
    assert waits == [2.0, 10.0, 30.0]


def test_a_connection_that_breaks_in_the_middle_is_made_again_and_only_a_whole_file_counts(world, site):
    configure(world, ekonomi={"url": site.says("/e.csv", cut_off(CSV.body), raw(), CSV)})
    fetched, waits = fetch_patiently(world)
    assert fetched["ekonomi"].state == "fetched"
    assert len(waits) == 2
    assert inbox(world) == {NAME: CSV.body}


# Slow and endless

REDIRECT = b"HTTP/1.1 302 Found\r\nLocation: /e.csv\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
SLOW = {
    "a body that never ends": trickle(OK + b"Content-Length: 1000000\r\n\r\n", b"x"),
    "chunks that never end": trickle(CHUNKED, b"1\r\nx\r\n"),
    "headers that never end": trickle(OK + b"X-Mer: ", b"x"),
    "redirects that take their time": lambda handler, stop: (
        stop.wait(0.3),
        handler.wfile.write(REDIRECT),
    ),
}


@pytest.mark.parametrize("act", SLOW.values(), ids=SLOW)
def test_a_whole_answer_has_its_time_and_no_more(world, site, act):
    configure(world, more="[fetch]\nanswer_seconds = 1\n", ekonomi={"url": site.says("/e.csv", act)})
    answer = fetch(world)
    is_refused(world, answer, "svaret var inte färdigt på 1 s", "höj fetch.answer_seconds i manad.toml")


def test_a_server_that_says_nothing_is_told_after_its_tries(world, site):
    more = "[fetch]\nread_seconds = 1\nlongest_wait_seconds = 0\n"
    configure(world, more=more, ekonomi={"url": site.says("/e.csv", silent)})
    answer = fetch(world)
    is_refused(world, answer, "servern var tyst i 1 s")
    assert len(site.asked) == 4


LARGE = {
    "it never ends": endless(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"),
    "it has no end told": endless(OK + b"\r\n", b"x" * 65536),
    "it is a redirect's": endless(
        b"HTTP/1.1 302 Found\r\nLocation: /x\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"10000\r\n" + b"x" * 65536 + b"\r\n",
    ),
    "it says so": half(b"x" * 1_000_001),
}


@pytest.mark.parametrize("act", LARGE.values(), ids=LARGE)
def test_an_answer_that_is_too_large_is_left(world, site, act):
    more = "[files]\nmax_size_mb = 1\n"
    configure(world, more=more, ekonomi={"url": site.says("/e.csv", act)})
    is_refused(world, fetch(world), "svaret är större än 1 MB", "höj files.max_size_mb i manad.toml")


def test_exactly_the_largest_answer_is_taken(world, site):
    body = economy().encode().ljust(1_000_000, b"\n")
    more = "[files]\nmax_size_mb = 1\n"
    configure(world, more=more, ekonomi={"url": site.says("/e.csv", Reply(body))})
    assert fetch(world).code == 0
    assert inbox(world) == {NAME: body}


# Something else than it should be

HTML = {"Content-Type": "text/html; charset=utf-8"}
WRONG = {
    "an error page": (Reply(b"<!DOCTYPE html><title>Fel</title>", headers=HTML), "svaret är en webbsida"),
    "an error page that calls itself csv": (
        Reply(b"\xef\xbb\xbf\n<html><body>Logga in</body></html>", headers={"Content-Type": "text/csv"}),
        "svaret är en webbsida",
    ),
    "an error as json": (
        Reply(b'{"error": "no"}', headers={"Content-Type": "application/json"}),
        "ange i list_key",
    ),
    "json of another kind": (
        Reply(b'[{"a": {"b": 1}}]', headers={"Content-Type": "application/json"}),
        "rad 1, 'a': ett objekt",
    ),
    "nothing": (Reply(), "svaret är tomt"),
    "not modified though nothing was fetched": (Reply(status=304), "servern svarade 304"),
    "a redirect without a place": (Reply(status=302), "servern svarade 302"),
    "a redirect to no address": (Reply(status=302, headers={"Location": "http://["}), "en annan server"),
    "something else than HTTP": (raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "förbindelsen bröts"),
    "chunks of no size": (raw(CHUNKED, b"zz\r\nx\r\n"), "förbindelsen bröts"),
    "chunks that are cut off": (raw(CHUNKED, b"10\r\nx"), "förbindelsen bröts"),
    "sizes that differ": (raw(OK, b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"), "går inte att läsa"),
    "a size that is no number": (raw(OK, b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n"), "svaret är tomt"),
    "too many headers": (raw(OK, b"A: b\r\n" * 1000, b"\r\n"), "förbindelsen bröts"),
    "what can't be unpacked": (raw(OK, b"Content-Encoding: gzip\r\n\r\nabc"), "svaret går inte att läsa"),
}


@pytest.mark.parametrize(("answer", "told"), WRONG.values(), ids=WRONG)
def test_what_is_no_file_is_told_and_never_put_into_the_inbox(world, site, answer, told):
    configure(world, more=HASTY, ekonomi={"url": site.says("/e", answer)})
    is_refused(world, fetch(world), told)


def test_a_disk_that_can_not_be_written_is_told(world, site):
    configure(world, ekonomi={"url": site.says("/e.csv", CSV)})
    (world.inbox / f".{NAME}.{os.getpid()}.part").mkdir()
    answer = fetch(world)
    assert answer.code == 3
    assert "INTE HÄMTAD: Det går inte att spara i" in answer.out


# Killed


def wait_for(what):
    for _ in range(1000):
        if what():
            return
        time.sleep(0.02)  # noqa: TID251
    raise AssertionError("it never came")


def test_one_that_is_killed_in_the_middle_leaves_nothing_and_the_next_one_fetches(world, site):
    configure(world, ekonomi={"url": site.says("/e.csv", half(CSV.body), CSV)})
    command = [sys.executable, "-m", "flows.cli.main", "fetch", "2026-09"]
    environment = dict(os.environ) | world.environment  # noqa: TID251
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_for(lambda: site.asked)
        time.sleep(0.2)  # noqa: TID251 - half of the body is on its way
    finally:
        process.send_signal(signal.SIGKILL)
        said, _ = process.communicate(timeout=20)
    assert said == b""
    assert inbox(world) == {}
    assert fetch(world).code == 0
    assert inbox(world) == {NAME: CSV.body}


def test_what_one_that_was_killed_while_it_wrote_left_is_cleared_away(world, site):
    (world.inbox / f".{NAME}.1234.part").write_bytes(b"period;enh")
    configure(world, ekonomi={"url": site.says("/e.csv", CSV)})
    assert fetch(world).code == 0
    assert inbox(world) == {NAME: CSV.body}


def test_one_that_is_stopped_says_so_and_leaves_nothing(world, site):
    configure(world, ekonomi={"url": site.says("/e.csv", half(CSV.body))})
    command = [sys.executable, "-m", "flows.cli.main", "fetch", "2026-09"]
    environment = dict(os.environ) | world.environment  # noqa: TID251
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_for(lambda: site.asked)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, b"")
    assert err.decode().startswith("manad: avbruten.")
    assert inbox(world) == {}
