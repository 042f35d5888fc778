"""What a manager's link opens: the plan's form, and the button that says that it was read."""

from fastapi import APIRouter, Request, Response

from tasks.plans.action_plans import Plan, PlanMoveError, PlanProblemsError, StalePlanError, read_plan
from tasks.rules.plans.measures import PlanProblem
from tasks.rules.plans.state import AWAITED
from tasks.rules.swedish import date_words
from web.answers import FOREIGN_FORM, Alert, see_other, whole_number
from web.plans.plan_page import PlanPage, Shown, view_of
from web.plans.plan_request import DONE, PlanRequest, plan_request
from web.posted import Posted
from web.render import Pages
from web.security import form_guard, is_our_form
from web.site import Site

STALE = (
    "Någon annan har ändrat planen sedan du öppnade den. Det du skrev är inte sparat, men det står kvar. "
    "Jämför med det som är sparat, ändra det du vill och spara eller lämna in."
)
CLOSED = "Någon har ändrat planen sedan du öppnade den, och nu kan den inte ändras så. Inget är sparat."


class PlanRoutes:
    """A plan's pages, for the manager who holds its link."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self.site, self.pages = site, pages
        self.page = PlanPage(site, pages)

    def router(self) -> APIRouter:
        """Return the routes. None of a page's GET changes anything: mail scanners follow links."""
        router = APIRouter()
        router.add_api_route("/plan/{token}", self.show, methods=["GET", "HEAD"], response_model=None)
        router.add_api_route("/plan/{token}", self.change, methods=["POST"], response_model=None)
        seen = "/plan/{token}/tagit-del"
        router.add_api_route(seen, self.ask_seen, methods=["GET", "HEAD"], response_model=None)
        router.add_api_route(seen, self.mark_seen, methods=["POST"], response_model=None)
        return router

    def show(self, request: Request, token: str, gjort: str = "", rader: str = "") -> Response:
        """Show a plan; gjort: what was just done, rader: how many rows to fill in."""
        _, plan = self.site.plan_of(token)
        shown = Shown(done=DONE.get(gjort, ""), least_rows=whole_number(rader))
        return self.page.show(token, form_guard(self.site, request, token), plan, shown)

    def change(self, request: Request, token: str, posted: Posted) -> Response:
        """Do what the form asks for, and send the reader on to see the plan as it became.

        What can't be done changes nothing, and the page that says why holds all that was typed.
        """
        link, plan = self.site.plan_of(token)
        guard = form_guard(self.site, request, token)
        asked = plan_request(posted, plan)
        if not is_our_form(self.site, request, guard, posted):
            return self.page.show(token, guard, plan, _kept(asked, 403, alert=FOREIGN_FORM))
        try:
            asked.do(self.site.desk(link), plan)
        except PlanProblemsError as error:
            return self.page.show(token, guard, plan, _kept(asked, 422, problems=error.problems))
        except (StalePlanError, PlanMoveError):
            plan = read_plan(self.site.installation, plan.id)
            if not asked.holds(plan):
                return self.page.show(token, guard, plan, _overtaken(asked, plan))
        return see_other(self.site, f"/plan/{token}{asked.then}", mails=asked.tells)

    def ask_seen(self, request: Request, token: str) -> Response:
        """Show the button that says that the deviation was read."""
        return self._seen_page(request, token)

    def mark_seen(self, request: Request, token: str, posted: Posted) -> Response:
        """Note that the deviation was read; again changes nothing."""
        link, plan = self.site.plan_of(token)
        if not is_our_form(self.site, request, form_guard(self.site, request, token), posted):
            return self._seen_page(request, token, FOREIGN_FORM, 403)
        self.site.desk(link).acknowledge(plan.id)
        return see_other(self.site, f"/plan/{token}?gjort=tagit-del")

    def _seen_page(
        self, request: Request, token: str, alert: Alert | None = None, status: int = 200
    ) -> Response:
        _, plan = self.site.plan_of(token)
        guard = form_guard(self.site, request, token)
        page = self.pages.page(
            "acknowledge",
            status,
            view=view_of(plan, plan.measures),
            due=date_words(plan.due),
            acknowledged="" if plan.acknowledged_on is None else date_words(plan.acknowledged_on),
            address=f"{self.site.prefix}/plan/{token}",
            guard=guard,
            alert=alert,
        )
        return guard.keep(page)


def _kept(
    asked: PlanRequest,
    status: int,
    *,
    alert: Alert | None = None,
    problems: tuple[PlanProblem, ...] = (),
) -> Shown:
    """Return how to show what was typed, for the version of the plan that it was typed over."""
    return Shown(
        status, asked.rows, asked.version, problems=problems, alert=alert, least_rows=asked.least_rows
    )


def _overtaken(asked: PlanRequest, plan: Plan) -> Shown:
    """Return how to show what was typed beside what somebody else made of the plan meanwhile."""
    alert = Alert("Planen har ändrats", STALE if plan.state in AWAITED else CLOSED)
    return Shown(409, asked.rows, alert=alert, stale=True)
