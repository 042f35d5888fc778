"""The login that a source's server asks for: a bearer token, given or got from a token endpoint."""

import base64
import json
import re
from urllib.parse import quote_plus

from tasks.deliveries.http_client import Answer, HttpClient
from tasks.errors import UsageError
from tasks.rules.deliveries.fetched.addresses import SourceSettings, keeps_secrets
from tasks.settings import SOURCE_TOKEN, Settings

_TOKEN = re.compile(r"[!-~]+")
"""What can stand in a header; anything else would be shown by the error that it gives."""


def login_headers(
    settings: Settings, client: HttpClient, name: str, source: SourceSettings
) -> dict[str, str]:
    """Return the header that logs in, nothing for a source without login. Raises UsageError and HttpError."""
    secret = read_source_secret(settings, name, source)
    if secret is None:
        return {}
    token = _granted(client, source, secret) if source.oauth_url else secret
    return {"Authorization": f"Bearer {token}"}


def read_source_secret(settings: Settings, name: str, source: SourceSettings) -> str | None:
    """Return a source's secret, None for one without login. Raises UsageError for what can't be used."""
    secret = settings.source_secret(name, source.token_file)
    if secret is None and source.oauth_url:
        raise UsageError(
            f"klientens hemlighet saknas: ange token_file, eller sätt {SOURCE_TOKEN}{name.upper()}."
        )
    if secret is not None and not source.oauth_url and not _TOKEN.fullmatch(secret):
        raise UsageError("källans token har mellanslag, radbrytningar eller å, ä, ö: kopiera den igen.")
    if secret is not None and not all(map(keeps_secrets, filter(None, (source.url, source.oauth_url)))):
        raise UsageError("källan har en hemlighet, så adressen ska börja med https://.")
    return secret


def _granted(client: HttpClient, source: SourceSettings, secret: str) -> str:
    """Get a token as OAuth 2 says (RFC 6749, 4.4: client credentials; 2.3.1: the client's login)."""
    pair = f"{quote_plus(source.oauth_client_id)}:{quote_plus(secret)}"
    headers = {
        "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
        "Accept": "application/json",
    }
    form = {"grant_type": "client_credentials"} | (
        {"scope": source.oauth_scope} if source.oauth_scope else {}
    )
    answer = client.post_form(source.oauth_url, headers, form)
    if answer.status != 200:
        raise UsageError(
            f"oauth_url gav ingen token (svar {answer.status}). Kontrollera oauth_client_id, oauth_scope och "
            "klientens hemlighet."
        )
    return _token_in(answer)


def _token_in(answer: Answer) -> str:
    try:
        token = json.loads(answer.body)["access_token"]
    except (ValueError, TypeError, KeyError, RecursionError):
        token = None
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise UsageError("oauth_url svarade utan en token som går att använda. Kontrollera adressen.")
    return token
