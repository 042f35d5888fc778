"""What a department head's link opens: the month's plans, to approve or to send back."""

from fastapi import APIRouter, Request, Response

from tasks.plans.action_plans import Plan, PlanMoveError, PlanProblemsError, StalePlanError, read_plan
from web.answers import FOREIGN_FORM, Alert, Fault, see_other, version_of, whole_number
from web.plans.department_view import (
    Comment,
    by_urgency,
    counted_plans,
    department_plan,
    told_together,
)
from web.posted import Posted
from web.render import Pages
from web.security import FormGuard, form_guard, is_our_form
from web.site import ClosedLinkError, Site

APPROVE, SEND_BACK = "godkann", "atersand"
DONE = {APPROVE: "Planen är godkänd.", SEND_BACK: "Planen är återsänd med din kommentar."}
NAMES = {APPROVE: "approved", SEND_BACK: "returned"}
OVERTAKEN = Alert(
    "Planen har ändrats",
    "Chefen eller någon annan har ändrat planen sedan du öppnade sidan. Ditt beslut är inte sparat. "
    "Nedan står planen som den är nu, och det du skrev.",
)


class DepartmentRoutes:
    """A department's plans of a month, for its head who holds the link."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self.site, self.pages = site, pages

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter()
        path = "/avdelning/{token}"
        router.add_api_route(path, self.show, methods=["GET", "HEAD"], response_model=None)
        router.add_api_route(path, self.decide, methods=["POST"], response_model=None)
        return router

    def show(self, request: Request, token: str, gjort: str = "") -> Response:
        """Show the plans; gjort: what was just done."""
        return self._page(token, form_guard(self.site, request, token), done=DONE.get(gjort, ""))

    def decide(self, request: Request, token: str, posted: Posted) -> Response:
        """Approve or send back one of the department's plans. What can't be done changes nothing."""
        link, _, plans = self.site.plans_of_department(token)
        guard, action = form_guard(self.site, request, token), posted.get("gor", "")
        plan = _one_of(plans, whole_number(posted.get("plan", "")))
        comment, version = posted.get(f"kommentar-{plan.id}", ""), version_of(posted)
        if action not in DONE or not is_our_form(self.site, request, guard, posted):
            kept = Comment(plan.id, comment, version=version)
            return self._page(token, guard, status=403, alert=FOREIGN_FORM, comment=kept)
        desk = self.site.desk(link)
        try:
            if action == APPROVE:
                desk.approve(plan.id, version, comment)
            else:
                desk.send_back(plan.id, version, comment)
        except PlanProblemsError as error:
            return self._must_mend(
                token, guard, plan, Comment(plan.id, comment, error.problems[0].text, version)
            )
        except (StalePlanError, PlanMoveError):
            if not _holds(read_plan(self.site.installation, plan.id), action, comment):
                kept = Comment(plan.id, comment)
                return self._page(token, guard, status=409, alert=OVERTAKEN, comment=kept)
        return see_other(self.site, f"/avdelning/{token}?gjort={action}", mails=True)

    def _must_mend(self, token: str, guard: FormGuard, plan: Plan, comment: Comment) -> Response:
        fault = Fault(f"kommentar-{plan.id}", f"{plan.name}: {comment.fault}")
        alert = Alert("Beslutet är inte sparat än", faults=(fault,))
        return self._page(token, guard, status=422, alert=alert, comment=comment)

    def _page(
        self,
        token: str,
        guard: FormGuard,
        *,
        status: int = 200,
        done: str = "",
        alert: Alert | None = None,
        comment: Comment | None = None,
    ) -> Response:
        _, period, plans = self.site.plans_of_department(token)
        today = self.site.today()
        page = self.pages.page(
            "department",
            status,
            department=plans[0].department_name if plans else "Avdelningen",
            month=period.swedish,
            counted=counted_plans(plans),
            lead=told_together(plans, today),
            plans=[department_plan(each, comment) for each in by_urgency(plans, today, waiting_first=True)],
            address=f"{self.site.prefix}/avdelning/{token}",
            guard=guard,
            done=done,
            alert=alert,
        )
        return guard.keep(page)


def _one_of(plans: list[Plan], number: int) -> Plan:
    """Return one of the department's plans. Raises ClosedLinkError for any other's: nothing is told of it."""
    for plan in plans:
        if plan.id == number:
            return plan
    raise ClosedLinkError


def _holds(plan: Plan, action: str, comment: str) -> bool:
    """Tell whether a plan already is what was decided: then it was sent twice."""
    return plan.state == NAMES[action] and plan.comment == comment.strip()
