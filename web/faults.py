"""What a reader is told when a page can't be shown: what to do, and nothing else."""

import logging
from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from tasks.installation import EXPECTED_ERRORS
from web.posted import TooLargeError, UnreadableFormError
from web.render import Pages
from web.site import ClosedLinkError

LOG = logging.getLogger("manad.web")
RETRY_SECONDS = "60"


def handle_faults(app: FastAPI, pages: Pages) -> None:
    """Give every fault its page, except our own: those are told of around all pages."""

    def said(name: str, status: int) -> Callable[[Request, Exception], Response]:
        return lambda _request, _error: pages.message(name, status)

    def closed(_request: Request, error: Exception) -> Response:
        expired = isinstance(error, ClosedLinkError) and error.expired
        return pages.message("expired" if expired else "closed", 404)

    def http(_request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return pages.message("method" if status == 405 else "absent", status)

    def away(_request: Request, error: Exception) -> Response:
        LOG.error("%s", error)
        return pages.message("away", 503, {"Retry-After": RETRY_SECONDS})

    app.add_exception_handler(ClosedLinkError, closed)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, said("absent", 404))
    app.add_exception_handler(TooLargeError, said("large", 413))
    app.add_exception_handler(UnreadableFormError, said("unreadable", 400))
    for expected in EXPECTED_ERRORS:
        app.add_exception_handler(expected, away)
