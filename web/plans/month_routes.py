"""What a controller's link opens, and the pages that need no link."""

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Response
from fastapi.responses import PlainTextResponse

from tasks.plans.action_plans import Plan
from tasks.rules.swedish import day_words
from tasks.rules.wording import year_deviation
from web.plans.bands import state_mark
from web.plans.department_view import by_urgency, counted_plans, handed_in, told_together
from web.plans.plan_page import PlanView, view_of
from web.render import Pages
from web.site import Site


@dataclass(frozen=True)
class MonthPlan:
    """A plan among all of the month."""

    name: str
    department: str
    state: str
    mark: str
    due: str
    deviation: str
    view: PlanView


@dataclass(frozen=True)
class HeldLine:
    """A delivery that waits for somebody's word, and the page where it is given."""

    file: str
    doubt: str
    path: str


class MonthRoutes:
    """All plans of a month, to read; what this is; and whether it is alive."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self.site, self.pages = site, pages

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter()
        for path, show in (
            ("/manad/{token}", self.show),
            ("/", self.start),
            ("/halsa", self.health),
            ("/static/{name}", self.file),
        ):
            router.add_api_route(path, show, methods=["GET", "HEAD"], response_model=None)
        return router

    def show(self, token: str) -> Response:
        """Show where every plan of the month stands."""
        link, period, plans = self.site.plans_of_month(token)
        today = self.site.today()
        lines = [_line(plan) for plan in by_urgency(plans, today, waiting_first=False)]
        return self.pages.page(
            "month",
            month=period.swedish,
            counted=counted_plans(plans),
            lead=told_together(plans, today),
            plans=lines,
            held=[
                HeldLine(held.receipt.file, held.receipt.doubts[0].rule, path)
                for held, path in self.site.held_in_month(link, period)
            ],
            months=lines[0].view.sums.months if lines else "",
        )

    def start(self) -> Response:
        """Say what this is, to somebody who came without a link."""
        return self.pages.message("start", 200)

    def health(self) -> Response:
        """Answer who watches over the pages; tells nothing, and asks the database nothing."""
        return PlainTextResponse("ok\n")

    def file(self, name: str) -> Response:
        """Return the style sheet or the script."""
        if name not in self.pages.files:
            raise HTTPException(404)
        return self.pages.file(name)


def _line(plan: Plan) -> MonthPlan:
    return MonthPlan(
        name=plan.name,
        department=plan.department_name,
        state=plan.state_words,
        mark=state_mark(plan),
        due=day_words(plan.due),
        deviation=year_deviation(plan.budget, plan.forecast),
        view=view_of(plan, handed_in(plan)),
    )
