"""The server of the pages."""

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from tasks.errors import UsageError

STOP_SECONDS = 5
"""How long a page that is being answered may take when the server is told to stop."""
MOST_AT_ONCE = 200
LOG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "manad.web": {"handlers": ["stderr"], "level": "INFO"},
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING"},
    },
}


def serve(app: ASGIApp, host: str, port: int, *, base_url: str | None, ready: Callable[[], None]) -> None:
    """Serve the pages until the process is told to stop, which ends no page half-way.

    ready: called when readers can come.
    Raises UsageError for an address that can't be opened, and for one that others reach unless `base_url`
    is https: links are keys, and the proxy that ends https stands in front of us. Only a proxy on this
    machine is believed about who asks.
    """
    if not (is_loopback(host) or (base_url or "").startswith("https://")):
        raise UsageError(
            f"{host} kan nås av andra, och då ska sidorna gå över https: sätt MANAD_BASE_URL till en adress "
            "som börjar med https:// (en proxy framför oss avslutar https), eller använd 127.0.0.1."
        )
    # Whoever was told to stop has done what was asked: uvicorn raises the signal again when it has.
    with _opened(host, port) as door, suppress(KeyboardInterrupt):
        ready()
        uvicorn.Server(server_config(app, log=LOG)).run(sockets=[door])


def server_config(
    app: ASGIApp, host: str = "127.0.0.1", port: int = 0, *, log: dict[str, Any] | None = None
) -> uvicorn.Config:
    """Return how the pages are served; their own log is the only one, for addresses are keys."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_config=log,
        log_level="warning",
        server_header=False,
        date_header=True,
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=STOP_SECONDS,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
        ws="none",
        lifespan="off",
    )


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _opened(host: str, port: int) -> socket.socket:
    if not 0 < port < 65_536:
        raise UsageError(f"{port} är ingen port: välj en mellan 1 och 65535 med --port.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(
            f"{host} port {port} går inte att öppna ({error.strerror}). Välj en annan med --port."
        ) from error
