"""What can be said of a source in the configuration."""

import pytest

from tasks.config import parse_config
from tasks.errors import UsageError
from tasks.rules.deliveries.source_settings import SourceSettings
from tasks.rules.thresholds import UnusableThresholdError

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
