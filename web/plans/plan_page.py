"""The pages of one plan as they are put together: a form while it is awaited, else what holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response

from tasks.outbox.month_post import plan_calendar
from tasks.plans.action_plans import Plan
from tasks.plans.year_picture import Picture, plan_picture
from tasks.rules.plans.measures import MOST_MEASURES, Measure, PlanProblem
from tasks.rules.plans.state import AWAITED, may
from tasks.rules.plans.words import EVENTS_IN_WORDS
from web.answers import Alert, Fault
from web.plans.bands import band_of, head_comment
from web.plans.plan_form import NAMES, TypedRow, read_rows, rows_of
from web.plans.plan_view import (
    EventLine,
    MeasureLine,
    Sums,
    YearTable,
    event_lines,
    measure_lines,
    start_months,
    sums,
    year_table,
)
from web.render import Pages
from web.security import FormGuard
from web.site import Site


@dataclass(frozen=True)
class PlanView:
    """A plan in ready strings."""

    name: str
    month: str
    headline: str
    sentence: str
    rule: str
    year: YearTable
    sums: Sums
    measures: tuple[MeasureLine, ...]
    events: tuple[EventLine, ...]
    picture: Picture | None


@dataclass(frozen=True)
class Stored:
    """What somebody else made of the plan meanwhile."""

    what: str
    lines: tuple[MeasureLine, ...]


@dataclass(frozen=True)
class Shown:
    """How a plan is shown: what was typed, what is wrong with it, and what was done.

    rows: as they were typed, None for those that are stored. version: the plan's when they were, None: as it
    is now. least_rows: how many are there to fill in. stale: somebody changed the plan while this was typed.
    """

    status: int = 200
    rows: Sequence[TypedRow] | None = None
    version: int | None = None
    problems: tuple[PlanProblem, ...] = ()
    alert: Alert | None = None
    done: str = ""
    least_rows: int = 1
    stale: bool = False


@dataclass(frozen=True)
class PlanPage:
    """Renders a plan for the manager who holds its link."""

    site: Site
    pages: Pages

    def show(self, token: str, guard: FormGuard, plan: Plan, shown: Shown) -> Response:
        """Render the form of a plan that is awaited, or what holds of another."""
        rows = tuple(rows_of(plan.measures) if shown.rows is None else shown.rows)
        typed = read_rows(rows).measures
        values = {
            "view": view_of(plan, typed if plan.state in AWAITED else plan.measures, with_picture=True),
            "band": band_of(plan, self.site.today(), plan_calendar(self.site.installation.config, plan.due)),
            "comment": head_comment(plan),
            "address": f"{self.site.prefix}/plan/{token}",
            "guard": guard,
            "version": str(plan.version if shown.version is None else shown.version),
            "done": shown.done,
            "alert": shown.alert or _mend(shown.problems),
        }
        if plan.state in AWAITED:
            page = self.pages.page("plan_form", shown.status, **values, **_form(plan, rows, shown))
        else:
            lost = measure_lines(plan, typed) if shown.rows and typed != plan.measures else ()
            may_withdraw = may(plan.state, "withdraw")
            page = self.pages.page("plan_read", shown.status, **values, typed=lost, may_withdraw=may_withdraw)
        return guard.keep(page)


def view_of(plan: Plan, measures: Sequence[Measure], *, with_picture: bool = False) -> PlanView:
    """Return a plan in ready strings; measures: those that its sums are made of."""
    return PlanView(
        name=plan.name,
        month=plan.period.swedish,
        headline=f"{plan.name}: {plan.headline}",
        sentence=plan.sentence,
        rule=plan.rule,
        year=year_table(plan, measures),
        sums=sums(plan, measures),
        measures=measure_lines(plan, measures),
        events=event_lines(plan),
        picture=plan_picture(plan) if with_picture else None,
    )


def _form(plan: Plan, rows: Sequence[TypedRow], shown: Shown) -> dict[str, object]:
    """Return what the form is filled in with; below the rows that have text, empty ones."""
    count = min(MOST_MEASURES, max(shown.least_rows, len(rows), 1))
    empty = (TypedRow(),) * (count - len(rows))
    previous = plan.previous_period if plan.previous else None
    return {
        "rows": (*rows, *empty),
        "most_rows": MOST_MEASURES,
        "months": start_months(plan, [row.from_month for row in rows]),
        "faults": {_id(each): each.text for each in reversed(shown.problems)},
        "previous_month": "" if previous is None else previous.swedish,
        "stored": Stored(_latest(plan), measure_lines(plan, plan.measures)) if shown.stale else None,
    }


def _mend(problems: Sequence[PlanProblem]) -> Alert | None:
    if not problems:
        return None
    faults = tuple(Fault(_id(each), _told(each)) for each in problems)
    return Alert("Planen är inte sparad än", "Allt du skrev står kvar. Rätta det här:", faults)


def _id(problem: PlanProblem) -> str:
    """Return the id of the field that a problem is in; of the whole plan's, the first field."""
    return f"{NAMES.get(problem.field, 'vad')}-{problem.number or 1}"


def _told(problem: PlanProblem) -> str:
    return f"Åtgärd {problem.number}: {problem.text}" if problem.number else problem.text


def _latest(plan: Plan) -> str:
    last = plan.events[-1] if plan.events else None
    return "" if last is None else f"Senast: {EVENTS_IN_WORDS[last.action]}, {last.actor}."
