"""The pages as one application, and what a reader is told when a page can't be shown."""

import logging
from collections.abc import Callable
from datetime import date

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from tasks.installation import EXPECTED_ERRORS, Installation
from tasks.outbox.links import link_secret
from web.deliveries.held_routes import HeldRoutes
from web.middleware import Surroundings
from web.plans.department_routes import DepartmentRoutes
from web.plans.month_routes import MonthRoutes
from web.plans.plan_routes import PlanRoutes
from web.posted import TooLargeError, UnreadableFormError
from web.render import Pages, load_pages
from web.site import ClosedLinkError, Site

LOG = logging.getLogger("manad.web")
RETRY_SECONDS = "60"


def create_app(installation: Installation, today: Callable[[], date]) -> FastAPI:
    """Return the pages of an installation; today tells the day in Sweden, by which links run out.

    Pages are plain functions, which FastAPI runs in threads: they wait for the database.
    Raises UsageError when the secret that signs links can't be read.
    """
    site = Site(installation, today, link_secret(installation.settings))
    pages = load_pages(site.prefix, installation.config.mail.administration)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for routes in (
        PlanRoutes(site, pages),
        DepartmentRoutes(site, pages),
        MonthRoutes(site, pages),
        HeldRoutes(site, pages),
    ):
        app.include_router(routes.router())
    _handle_faults(app, pages)
    app.add_middleware(
        Surroundings,
        pages=pages,
        seconds=installation.clock.stopwatch,
        prefix=site.prefix,
        is_https=site.is_https,
    )
    return app


def _handle_faults(app: FastAPI, pages: Pages) -> None:
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
