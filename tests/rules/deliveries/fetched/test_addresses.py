"""Addresses of sources: what is filled in, and what stays with its server."""

import pytest

from tasks.config import parse_config
from tasks.errors import UsageError
from tasks.rules.deliveries.fetched.addresses import (
    Origin,
    SourceSettings,
    ending_of,
    fill_address,
    keeps_secrets,
    may_redirect,
    origin_of,
    unusable_address,
)
from tasks.rules.periods import Period
from tasks.rules.thresholds import UnusableThresholdError


def test_the_month_is_filled_in_wherever_it_stands():
    address = "https://x.se/{year}/{month}/e_{period}.csv?m={period}"
    assert fill_address(address, Period(2026, 9)) == "https://x.se/2026/09/e_2026-09.csv?m=2026-09"


ORIGINS = {
    "https://x.se/a": Origin("https", "x.se", 443),
    "http://x.se": Origin("http", "x.se", 80),
    "HTTPS://X.se:8443/a?b=c": Origin("https", "x.se", 8443),
    "https://x.se?b=@": Origin("https", "x.se", 443),
    "http://[::1]:80/": Origin("http", "[::1]", 80),
    "": None,
    "ftp://x.se/a": None,
    "//x.se/a": None,
    "/a": None,
    "https://": None,
    "https://user@x.se/a": None,  # a login in the address
    "https://x.se@y.se/": None,
    "https://x.se:80:90/": None,
    "https://x.se/å": None,
    "https://x.se/a b": None,
    "https://x.se\\@y.se/": None,  # read as either by different readers
    "https://x.se/a#b": None,
    "https://x.se/\n": None,
}


@pytest.mark.parametrize(("address", "origin"), ORIGINS.items())
def test_who_answers_at_an_address(address, origin):
    assert origin_of(address) == origin


REDIRECTS = {
    "the same server": ("https://x.se/a", "https://x.se/b", True),
    "the same by its port": ("https://x.se/a", "https://x.se:443/b", True),
    "from http to https": ("http://x.se/a", "https://x.se/a", True),
    "from https to http": ("https://x.se/a", "http://x.se/a", False),
    "to another port": ("https://x.se/a", "https://x.se:8443/a", False),
    "to https from another port": ("http://x.se:8080/a", "https://x.se/a", False),
    "to another server": ("https://x.se/a", "https://y.se/a", False),
    "to a name within": ("https://x.se/a", "https://www.x.se/a", False),
    "to no address": ("https://x.se/a", "javascript:alert(1)", False),
}


@pytest.mark.parametrize(("asked", "other", "followed"), REDIRECTS.values(), ids=REDIRECTS)
def test_a_redirect_is_followed_only_to_the_same_server(asked, other, followed):
    assert may_redirect(origin_of(asked), origin_of(other)) == followed


SECRETS = {
    "https://x.se/": True,
    "http://127.0.0.1:80/": True,
    "http://localhost/": True,
    "http://[::1]/": True,
    "http://x.se/": False,
    "http://127.0.0.1.x.se/": False,
    "x.se": False,
}


@pytest.mark.parametrize(("address", "kept"), SECRETS.items())
def test_a_secret_is_sent_by_https_or_nowhere(address, kept):
    assert keeps_secrets(address) == kept


UNUSABLE = {
    "https://x.se/{period}.csv": None,
    "https://x.se/a?at=@": None,
    "https://x.se/{manad}.csv": "har {manad}, men bara {period}, {year} och {month} kan fyllas i",
    "https://x.se/{}": "har {}",
    "https://namn:losen@x.se/": "har ett @",
    "x.se/a": "är ingen webbadress",
    "ftp://x.se/a": "är ingen webbadress",
}


@pytest.mark.parametrize(("address", "told"), UNUSABLE.items())
def test_what_is_wrong_with_an_address_is_told(address, told):
    said = unusable_address(address)
    assert said is None if told is None else said.startswith(told)


ENDINGS = {
    "https://x.se/a.csv": "csv",
    "https://x.se/a.XLSX?b=c.json": "xlsx",
    "https://x.se/export/csv": "csv",
    "https://x.se/": "",
    "https://x.se": "se",  # no format is called so
}


@pytest.mark.parametrize(("address", "ending"), ENDINGS.items())
def test_what_an_address_ends_in(address, ending):
    assert ending_of(address) == ending


URL = "https://x.se/{period}.csv"
OAUTH = {"oauth_url": "https://x.se/token", "oauth_client_id": "manad"}

USABLE = {
    "only who delivers": {"leverantor_epost": "a@x.se"},
    "only an address": {"url": URL},
    "http without a secret": {"url": "http://x.se/a.csv"},
    "a secret on this machine": {"url": "http://127.0.0.1/a.csv", "token_file": "t"},
    "a token": {"url": URL, "token_file": "t"},
    "OAuth": {"url": URL, **OAUTH, "oauth_scope": "läs"},
    "json": {"url": URL, "format": "json", "list_key": "rader"},
    "a key of a list without a format": {"url": URL, "list_key": "rader"},
}


@pytest.mark.parametrize("said", USABLE.values(), ids=USABLE)
def test_this_can_be_said_of_a_source(said):
    assert SourceSettings(**said).problem is None


PROBLEMS = {
    "no address": ({"url": "x.se"}, "url är ingen webbadress"),
    "no address of tokens": ({"url": URL, **OAUTH, "oauth_url": "x"}, "oauth_url är ingen webbadress"),
    "a format that isn't read": ({"url": URL, "format": "xml"}, "format är 'xml' men ska vara csv, xlsx, j"),
    "a list in a table": ({"url": URL, "format": "csv", "list_key": "r"}, "list_key finns bara för json"),
    "a token for nothing": ({"token_file": "t"}, "url saknas"),
    "a format of nothing": ({"format": "csv"}, "url saknas"),
    "OAuth for nothing": (OAUTH, "url saknas"),
    "OAuth without a client": ({"url": URL, "oauth_url": URL}, "oauth_client_id saknas"),
    "a client without OAuth": ({"url": URL, "oauth_client_id": "m"}, "oauth_url saknas"),
    "a scope without OAuth": ({"url": URL, "oauth_scope": "läs"}, "oauth_url saknas"),
    "a token by http": ({"url": "http://x.se/a", "token_file": "t"}, "url ska börja med https://"),
    "OAuth for http": ({"url": "http://x.se/a", **OAUTH}, "url ska börja med https://"),
    "OAuth by http": (
        {"url": URL, **OAUTH, "oauth_url": "http://x.se/token"},
        "oauth_url ska börja med https://",
    ),
}


@pytest.mark.parametrize(("said", "told"), PROBLEMS.values(), ids=PROBLEMS)
def test_what_cannot_be_said_is_told_by_source_and_key_and_without_the_address(said, told):
    with pytest.raises(UsageError) as caught:
        parse_config({"sources": {"ekonomi": said}})
    assert str(caught.value).startswith(f"manad.toml: sources.ekonomi: {told}")
    assert "x.se" not in str(caught.value)


@pytest.mark.parametrize("key", ["connect_seconds", "read_seconds", "answer_seconds"])
def test_a_fetch_waits_for_something(key):
    assert parse_config({"fetch": {key: 1}})
    with pytest.raises(UnusableThresholdError, match=key):
        parse_config({"fetch": {key: 0}})


def test_a_fetch_may_be_tried_again_at_once():
    assert parse_config({"fetch": {"longest_wait_seconds": 0}}).fetch.longest_wait_seconds == 0
    with pytest.raises(UnusableThresholdError, match="longest_wait_seconds"):
        parse_config({"fetch": {"longest_wait_seconds": -1}})


@pytest.mark.parametrize("months", [-1, 12])
def test_a_source_lags_less_than_a_year(months):
    assert SourceSettings(lag_months=11).problem is None
    with pytest.raises(UnusableThresholdError, match="lag_months"):
        SourceSettings(lag_months=months)


def test_only_some_sources_may_lag():
    config = parse_config({"sources": {"sjukfranvaro": {"lag_months": 2}, "bistand": {}, "ekonomi": {}}})
    assert config.lags == {"sjukfranvaro": 2}
    with pytest.raises(UsageError, match="Bara bistand, prestationer och sjukfranvaro"):
        parse_config({"sources": {"organisation": {"lag_months": 1}}})
