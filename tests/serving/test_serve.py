"""What `manad serve` tells Prefect's server: who may reach it, and with what."""

import pytest

from flows.serving.serve import Places, server_environment
from tasks.errors import UsageError
from tasks.settings import read_settings

HERE = Places("127.0.0.1", 4200, 4280)


def told(tmp_path, places=HERE, secret=None):
    environment = {"MANAD_HOME": str(tmp_path)}
    if secret is not None:
        path = tmp_path / "prefect.auth"
        path.write_text(secret, encoding="utf-8")
        path.chmod(0o600)
        environment["MANAD_PREFECT_AUTH_FILE"] = str(path)
    return server_environment(read_settings(environment), places, "postgresql+asyncpg://x")


def test_only_its_own_pages_may_ask_the_server_from_a_browser(tmp_path):
    allowed = told(tmp_path)["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"]
    assert allowed == "http://127.0.0.1:4200,http://localhost:4200"


def test_nothing_is_reported_to_the_maker(tmp_path):
    assert told(tmp_path)["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert told(tmp_path)["DO_NOT_TRACK"] == "1"


def test_the_worker_lays_nothing_where_another_account_may_have_been_first(tmp_path):
    assert told(tmp_path)["TMPDIR"] == str(tmp_path / "prefect" / "tmp")


def test_where_others_reach_it_a_password_is_demanded_and_pages_of_others_can_post_nothing(tmp_path):
    outside = Places("10.0.0.5", 4200, 4280)
    with pytest.raises(UsageError, match="MANAD_PREFECT_AUTH_FILE"):
        told(tmp_path, outside)
    environment = told(tmp_path, outside, "drift:hemligt\n")
    assert environment["PREFECT_SERVER_API_AUTH_STRING"] == "drift:hemligt"
    assert environment["PREFECT_SERVER_CSRF_PROTECTION_ENABLED"] == "true"


@pytest.mark.parametrize("secret", ["drift:lösenord", "drift", "drift:", ":hemligt"])
def test_a_password_that_the_server_would_fail_on_is_refused_at_once(tmp_path, secret):
    with pytest.raises(UsageError, match="namn:lösenord"):
        told(tmp_path, secret=secret)
