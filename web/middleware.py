"""What stands around every page: how often one may ask, the headers, and a log without addresses."""

import hashlib
import ipaddress
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tasks.rules.operations.rate_limit import Allowance, RateLimit
from web.render import Pages
from web.security import HEADERS, HSTS

LOG = logging.getLogger("manad.web")
OF_ADDRESS = Allowance(at_once=300, per_second=10)
"""A whole administration may come from one address, at the hour when the mails have come."""
OF_LINK = Allowance(at_once=40, per_second=0.5)
"""One person, who saves often and loads the page again."""
WITH_LINK = frozenset({"plan", "avdelning", "manad"})


@dataclass
class Surroundings:
    """Lets a page answer, unless its caller asks too often; a fault of ours is noted and gets its page."""

    app: ASGIApp
    pages: Pages
    seconds: Callable[[], float]
    prefix: str
    is_https: bool
    addresses: RateLimit = field(default_factory=lambda: RateLimit(OF_ADDRESS))
    links: RateLimit = field(default_factory=lambda: RateLimit(OF_LINK))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["path"] = self._own_path(scope["path"])
        started, answered = self.seconds(), False

        async def send_on(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                self._add_headers(message)
                self._note(scope, message["status"], started)
            await send(message)

        try:
            wait = self._wait(scope, started)
            page = self.app if not wait else self.pages.message("often", 429, {"Retry-After": str(wait)})
            await page(scope, receive, send_on)
        except Exception:
            if answered:
                raise
            LOG.exception("%s %s", scope["method"], _route(scope))
            await self.pages.message("fault", 500)(scope, receive, send_on)

    def _own_path(self, path: str) -> str:
        """Return a path below the one that the pages lie under; some proxies take that away, some don't."""
        return path.removeprefix(self.prefix) if path.startswith(f"{self.prefix}/") else path

    def _wait(self, scope: Scope, now: float) -> int:
        """Count the request of its address and of its link; return the seconds that it must wait."""
        waits = [self.addresses.wait(_caller(scope), now)]
        parts = scope["path"].split("/")
        if len(parts) > 2 and parts[1] in WITH_LINK:
            waits.append(self.links.wait(hashlib.sha256(parts[2].encode()).hexdigest(), now))
        return max(waits)

    def _add_headers(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self.is_https:
            headers.setdefault("Strict-Transport-Security", HSTS)

    def _note(self, scope: Scope, status: int, started: float) -> None:
        """Write a line that names the page but never its address: the link's token stands in that."""
        milliseconds = (self.seconds() - started) * 1000
        LOG.info("%s %s %d %.0f ms", scope["method"], _route(scope), status, milliseconds)


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", "-"))


def _caller(scope: Scope) -> str:
    """Return who asks: its address, of an IPv6 one the network that one household or firm has."""
    client = scope.get("client")
    host = client[0] if client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host
