"""What guards the forms and the answers: tokens bound to link and cookie, and headers."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request, Response

from tasks.rules.outbox.signed_link import form_token
from web.site import Site

TOKEN_FIELD = "formular"  # noqa: S105  (the field's name)
COOKIE_SECONDS = 24 * 60 * 60
NONCE_BYTES = 18
_NONCE = re.compile(r"[A-Za-z0-9_-]{24}")
HSTS = "max-age=31536000"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",  # the link's token stands in the address
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
"""On every answer, where the answer doesn't say otherwise itself. Everything is our own, or not there."""


@dataclass(frozen=True)
class FormGuard:
    """What a page's forms must carry back: a token that fits the link and the reader's cookie.

    Another site can make a browser send a form, but knows neither the link nor the cookie. A cookie is for
    one link: with `SameSite=Strict` a click in a web mail sends none, and gets a new one, which must not make
    the forms of other links in other tabs useless.
    """

    cookie: str
    nonce: str
    token: str
    secure: bool

    def keep(self, response: Response) -> Response:
        """Hand the reader the cookie."""
        response.set_cookie(
            self.cookie,
            self.nonce,
            max_age=COOKIE_SECONDS,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="strict",
        )
        return response


def form_guard(site: Site, request: Request, token: str) -> FormGuard:
    """Return the guard of a link's page: with the reader's cookie, a new one where it has none."""
    prefix = "__Host-" if site.is_https else ""
    cookie = f"{prefix}formular-{hashlib.sha256(token.encode()).hexdigest()[:16]}"
    nonce = request.cookies.get(cookie, "")
    if not _NONCE.fullmatch(nonce):
        nonce = secrets.token_urlsafe(NONCE_BYTES)
    return FormGuard(cookie, nonce, form_token(token, nonce, site.secret), secure=site.is_https)


def is_our_form(site: Site, request: Request, guard: FormGuard, posted: Mapping[str, str]) -> bool:
    """Tell whether a form was sent from a page that we gave this reader for this link."""
    sent = posted.get(TOKEN_FIELD, "").encode()
    return _from_our_pages(site, request) and hmac.compare_digest(sent, guard.token.encode())


def _from_our_pages(site: Site, request: Request) -> bool:
    """Tell what the browser says of where a form was sent from; one that says nothing is let through.

    With `no-referrer` a browser says `Origin: null` of our own pages too, so where it says Sec-Fetch-Site,
    that counts: none is what a person does by hand, such as to send a form again.
    """
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched in {"same-origin", "none"}
    origin = request.headers.get("origin", "null")
    ours = site.installation.settings.base_url or str(request.base_url)
    return origin == "null" or _place(origin) == _place(ours)


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
