"""Logins of fetched sources: sent to their own server alone, over lines that are safe, and shown nowhere."""

import json
from base64 import b64decode
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from tests.mails.smtp_servers import certificate, free_port
from tests.worlds.bad_deliveries import tells
from tests.worlds.fetching import CSV, TOKEN, configure, fetch, holds_nowhere, inbox, is_refused
from tests.worlds.web_site import Reply, serving

NAME = "ekonomi_2026-09_hamtad.csv"
BEARER = f"Bearer {TOKEN}"
HASTY = "[fetch]\nlongest_wait_seconds = 0\n"


@pytest.fixture
def site():
    with serving() as site:
        yield site


@pytest.fixture
def token_file(world):
    path = world.home / "ekonomi.token"
    path.write_text(f"{TOKEN}\n", encoding="utf-8")
    return path


def seen(site):
    return [one.headers.get("Authorization") for one in site.asked]


# The token


@pytest.mark.parametrize("name", ["ekonomi.token", "{home}/ekonomi.token"])
def test_the_token_in_a_file_is_sent_and_kept_nowhere(world, site, token_file, name):
    configure(world, ekonomi={"url": site.says("/e.csv", CSV), "token_file": name.format(home=world.home)})
    answer = fetch(world)
    assert (answer.code, seen(site)) == (0, [BEARER])
    holds_nowhere(world, answer, TOKEN)


def test_what_stays_on_this_machine_passes_no_proxy(world, site, token_file, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    configure(world, ekonomi={"url": site.says("/e.csv", CSV), "token_file": "ekonomi.token"})
    answer = fetch(world)
    assert (answer.code, seen(site)) == (0, [BEARER])


def test_the_token_in_the_environment_goes_before_the_file(world, site, token_file, monkeypatch):
    token_file.write_text("en-annan", encoding="utf-8")
    monkeypatch.setenv("MANAD_SOURCE_TOKEN_EKONOMI", TOKEN)
    configure(world, ekonomi={"url": site.says("/e.csv", CSV), "token_file": "ekonomi.token"})
    answer = fetch(world)
    assert (answer.code, seen(site)) == (0, [BEARER])
    holds_nowhere(world, answer, TOKEN)


@pytest.mark.parametrize("status", [401, 403])
def test_a_token_that_is_refused_is_told_without_the_token(world, site, token_file, status):
    echo = Reply(f"Bearer {TOKEN} is wrong".encode(), status, {"WWW-Authenticate": TOKEN})
    configure(world, ekonomi={"url": site.says("/e.csv", echo), "token_file": "ekonomi.token"})
    answer = fetch(world)
    is_refused(world, answer, f"servern nekar oss (svar {status}). Kontrollera källans hemlighet")
    assert len(site.asked) == 1
    holds_nowhere(world, answer, TOKEN)


UNUSABLE = {
    "no file": (None, "sources.ekonomi.token_file: filen", "går inte att läsa"),
    "an empty file": ("\n", "sources.ekonomi.token_file: filen", "är tom"),
    "two lines": (f"{TOKEN}\n{TOKEN}\n", "källans token har mellanslag, radbrytningar"),
    "a letter that no token has": (f"{TOKEN}å", "källans token har mellanslag"),
}


@pytest.mark.parametrize(("text", "told"), [(text, told) for text, *told in UNUSABLE.values()], ids=UNUSABLE)
def test_a_token_that_can_not_be_sent_is_told_and_nobody_is_asked(world, site, text, told):
    if text is not None:
        (world.home / "ekonomi.token").write_text(text, encoding="utf-8")
    configure(world, ekonomi={"url": site.says("/e.csv", CSV), "token_file": "ekonomi.token"})
    answer = fetch(world)
    is_refused(world, answer, *told)
    assert site.asked == []
    holds_nowhere(world, answer, TOKEN)


def test_a_token_of_the_environment_is_not_sent_over_plain_http(world, monkeypatch):
    monkeypatch.setenv("MANAD_SOURCE_TOKEN_EKONOMI", TOKEN)
    configure(world, ekonomi={"url": "http://ekonomi.example.se/e.csv"})
    answer = fetch(world)
    is_refused(world, answer, "adressen ska börja med https://")
    holds_nowhere(world, answer, TOKEN)


def test_a_login_kept_for_other_programs_does_not_take_the_place_of_the_token(
    world, site, token_file, monkeypatch
):
    (world.home / "netrc").write_text("machine 127.0.0.1 login a password b\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(world.home / "netrc"))
    configure(
        world,
        ekonomi={"url": site.says("/e.csv", CSV), "token_file": "ekonomi.token"},
        bistand={"url": site.says("/b.csv", CSV)},
    )
    fetch(world)
    assert seen(site) == [BEARER, None]


# OAuth 2

GRANTED = Reply(json.dumps({"access_token": "beviljad-1", "token_type": "Bearer"}).encode())


def configure_oauth(world, site, *, more="", **keys):
    (world.home / "ekonomi.token").write_text(TOKEN, encoding="utf-8")
    own = {
        "url": site.says("/e.csv", CSV),
        "oauth_url": site.address + "/token",
        "oauth_client_id": "månad app",
        "token_file": "ekonomi.token",
    }
    configure(world, more=more, ekonomi=own | keys)


def test_a_token_is_granted_for_the_clients_secret(world, site):
    configure_oauth(world, site, oauth_scope="ekonomi.read")
    site.says("/token", GRANTED)
    answer = fetch(world)
    assert answer.code == 0
    asked, fetched = site.asked
    assert (asked.method, fetched.method) == ("POST", "GET")
    assert (
        b64decode(asked.headers["Authorization"].removeprefix("Basic ")) == f"m%C3%A5nad+app:{TOKEN}".encode()
    )
    assert parse_qs(asked.body.decode()) == {"grant_type": ["client_credentials"], "scope": ["ekonomi.read"]}
    assert fetched.headers["Authorization"] == "Bearer beviljad-1"
    holds_nowhere(world, answer, TOKEN)
    holds_nowhere(world, answer, "beviljad-1")


def test_a_busy_token_endpoint_is_asked_again(world, site):
    configure_oauth(world, site, more=HASTY)
    site.says("/token", Reply(status=503), GRANTED)
    assert fetch(world).code == 0


NOT_GRANTED = {
    "a wrong secret": (Reply(TOKEN.encode(), 401), "oauth_url gav ingen token (svar 401)"),
    "a wrong scope": (Reply(b'{"error": "invalid_scope"}', 400), "oauth_url gav ingen token (svar 400)"),
    "a redirect": (Reply(status=302, headers={"Location": "/token2"}), "gav ingen token (svar 302)"),
    "a page": (Reply(b"<html>"), "svarade utan en token som går att använda"),
    "a list": (Reply(b"[]"), "svarade utan en token"),
    "no token": (Reply(b"{}"), "svarade utan en token"),
    "a number": (Reply(b'{"access_token": 1}'), "svarade utan en token"),
    "a header in the token": (Reply(b'{"access_token": "a\\r\\nX: y"}'), "svarade utan en token"),
}


@pytest.mark.parametrize(("reply", "told"), NOT_GRANTED.values(), ids=NOT_GRANTED)
def test_a_token_that_is_not_granted_is_told_and_the_source_is_not_asked(world, site, reply, told):
    configure_oauth(world, site)
    site.says("/token", reply)
    answer = fetch(world)
    is_refused(world, answer, told)
    assert [one.path for one in site.asked] == ["/token"]
    holds_nowhere(world, answer, TOKEN)


def test_oauth_without_a_secret_says_where_it_is_put(world, site):
    configure_oauth(world, site, token_file="")
    is_refused(world, fetch(world), "ange token_file, eller sätt MANAD_SOURCE_TOKEN_EKONOMI")
    assert site.asked == []


# Other servers


def test_a_redirect_on_the_same_server_is_followed_with_the_token(world, site, token_file):
    site.says("/ny/e.csv", CSV)
    old = site.says("/e.csv", Reply(status=302, headers={"Location": "/ny/e.csv"}))
    configure(world, ekonomi={"url": old, "token_file": "ekonomi.token"})
    assert fetch(world).code == 0
    assert seen(site) == [BEARER, BEARER]
    assert inbox(world) == {NAME: CSV.body}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_server_is_refused_and_that_one_is_never_asked(world, site, token_file, status):
    with serving() as other:
        elsewhere = Reply(status=status, headers={"Location": other.says("/e.csv", CSV)})
        configure(world, ekonomi={"url": site.says("/e.csv", elsewhere), "token_file": "ekonomi.token"})
        answer = fetch(world)
        is_refused(world, answer, "servern hänvisar till en annan server, dit inget skickas")
        assert other.asked == []
    holds_nowhere(world, answer, TOKEN)


def test_another_name_of_the_same_server_is_another_server(world, site, token_file):
    elsewhere = site.address.replace("127.0.0.1", "localhost") + "/ny.csv"
    configure(
        world,
        ekonomi={
            "url": site.says("/e.csv", Reply(status=302, headers={"Location": elsewhere})),
            "token_file": "ekonomi.token",
        },
    )
    is_refused(world, fetch(world), "en annan server")
    assert len(site.asked) == 1


def test_redirects_in_a_ring_end(world, site):
    url = site.says("/e.csv", Reply(status=302, headers={"Location": "/e.csv"}))
    configure(world, ekonomi={"url": url})
    is_refused(world, fetch(world), "servern hänvisar vidare utan slut")
    assert len(site.asked) == 6


# TLS


def test_a_server_whose_certificate_is_trusted_is_asked(world, token_file, tmp_path, monkeypatch):
    trusted, context = certificate(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted))
    with serving(context) as site:
        configure(world, ekonomi={"url": site.says("/e.csv", CSV), "token_file": "ekonomi.token"})
        assert fetch(world).code == 0
        assert seen(site) == [BEARER]


def test_a_server_is_not_followed_from_https_to_http(world, site, token_file, tmp_path, monkeypatch):
    trusted, context = certificate(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted))
    with serving(context) as secure:
        plain = Reply(status=302, headers={"Location": site.says("/e.csv", CSV)})
        configure(world, ekonomi={"url": secure.says("/e.csv", plain), "token_file": "ekonomi.token"})
        is_refused(world, fetch(world), "en annan server")
    assert site.asked == []


CERTIFICATES = {
    "nobody trusts": ({}, False, "inte utfärdat av någon som datorn litar på"),
    "has expired": ({"until": datetime(2021, 1, 1, tzinfo=UTC)}, True, "certifikat har gått ut"),
    "is another server's": ({"host": "127.0.0.2"}, True, "certifikat gäller en annan server"),
}


@pytest.mark.parametrize(("made", "is_trusted", "told"), CERTIFICATES.values(), ids=CERTIFICATES)
def test_a_server_is_told_nothing_when_its_certificate(
    world, token_file, tmp_path, monkeypatch, made, is_trusted, told
):
    trusted, context = certificate(tmp_path, **made)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    if is_trusted:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted))
    with serving(context) as site:
        configure(world, ekonomi={"url": site.says("/e.csv", CSV), "token_file": "ekonomi.token"})
        answer = fetch(world)
        is_refused(world, answer, told, "Inget skickas")
        assert site.asked == []


def test_a_server_that_speaks_no_tls_is_told_in_words(world, site, token_file):
    url = site.says("/e.csv", CSV).replace("http://", "https://")
    configure(world, ekonomi={"url": url, "token_file": "ekonomi.token"})
    is_refused(world, fetch(world), "den säkra förbindelsen (TLS) gick inte att göra")
    assert site.asked == []


# The doctor


def test_the_doctor_reads_the_secrets_of_sources_and_shows_none(world, site, token_file):
    configure(
        world,
        ekonomi={"url": site.says("/e.csv", CSV), "token_file": "ekonomi.token"},
        bistand={"url": site.says("/b.csv", CSV)},
    )
    answer = world.manad("doctor")
    assert answer.code == 0
    tells(answer.out, "MANAD_SOURCE_TOKEN_<KÄLLA>", "ekonomi (med inloggning), bistand (utan inloggning)")
    holds_nowhere(world, answer, TOKEN)
    token_file.unlink()
    answer = world.manad("doctor")
    assert answer.code == 4
    tells(answer.out, "sources.ekonomi.token_file: filen", "går inte att läsa")
    assert site.asked == []


def test_the_doctor_misses_the_source_of_a_token(world, monkeypatch):
    monkeypatch.setenv("MANAD_SOURCE_TOKEN_EKONOMII", TOKEN)
    answer = world.manad("doctor")
    assert answer.code == 4
    tells(answer.out, "MANAD_SOURCE_TOKEN_EKONOMII är satt, men källan ekonomii har ingen url i manad.toml.")
    holds_nowhere(world, answer, TOKEN)
