"""The pages as one application."""

from collections.abc import Callable
from datetime import date

from fastapi import FastAPI

from tasks.installation import Installation
from tasks.outbox.links import link_secret
from web.faults import handle_faults
from web.middleware import Surroundings
from web.plans.department_routes import DepartmentRoutes
from web.plans.month_routes import MonthRoutes
from web.plans.plan_routes import PlanRoutes
from web.render import load_pages
from web.site import Site


def create_app(installation: Installation, today: Callable[[], date]) -> FastAPI:
    """Return the pages of an installation; today tells the day in Sweden, by which links run out.

    Pages are plain functions, which FastAPI runs in threads: they wait for the database.
    Raises UsageError when the secret that signs links can't be read.
    """
    site = Site(installation, today, link_secret(installation.settings))
    pages = load_pages(site.prefix, installation.config.mail.administration)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for routes in (PlanRoutes(site, pages), DepartmentRoutes(site, pages), MonthRoutes(site, pages)):
        app.include_router(routes.router())
    handle_faults(app, pages)
    app.add_middleware(
        Surroundings,
        pages=pages,
        seconds=installation.clock.stopwatch,
        prefix=site.prefix,
        is_https=site.is_https,
    )
    return app
