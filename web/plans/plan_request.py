"""What a plan's form asks for, and doing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.plans.action_plans import Plan, PlanDesk, PlanProblemsError
from tasks.rules.plans.measures import PlanProblem, plan_problems, text_problems
from tasks.rules.plans.state import AWAITED
from web.answers import version_of, whole_number
from web.plans.plan_form import NAMES, ReadRows, TypedRow, previous_rows, read_rows, row_numbers, typed_rows

SAVE, SUBMIT, WITHDRAW, ADD, REPEAT, REMOVE = (
    "spara", "lamna-in", "aterta", "rad", "oforandrad", "ta-bort-",
)  # fmt: skip
DONE = {
    "utkast": "Utkastet är sparat. Planen är inte inlämnad än.",
    "inlamnad": "Planen är inlämnad.",
    "atertagen": "Planen är återtagen. Ändra den och lämna in den igen.",
    "tagit-del": "Det är noterat att du har tagit del.",
}
"""What the page says was done, by the word in its address."""


@dataclass(frozen=True)
class PlanRequest:
    """A form that was sent: what to do, the plan's version when it was filled in, and its rows.

    Whatever is done with rows saves them as a draft: a page that can be loaded again, and gone back to.
    """

    action: str
    version: int
    rows: tuple[TypedRow, ...]
    least_rows: int = 1

    @property
    def read(self) -> ReadRows:
        """Return the rows as measures, as far as they can be read."""
        return read_rows(self.rows)

    @property
    def tells(self) -> bool:
        """Tell whether what is done has mails to send."""
        return self.action == SUBMIT

    @property
    def then(self) -> str:
        """Return what follows in the address of the page that is shown when it is done."""
        if self.action == WITHDRAW:
            return "?gjort=atertagen"
        if self.action == SUBMIT:
            return "?gjort=inlamnad"
        if self.action == ADD:
            return f"?gjort=utkast&rader={self.least_rows}#vad-{len(self.rows) + 1}"
        return "?gjort=utkast" if self.action == SAVE else "?gjort=utkast#plan"

    def do(self, desk: PlanDesk, plan: Plan) -> None:
        """Do what is asked for with the plan as it was just read. Raises what the plan desk raises."""
        measures = self.read.measures
        if self.action == WITHDRAW:
            desk.withdraw(plan.id, self.version)
        elif self.action == SUBMIT:
            self._must_be_readable(plan_problems(measures, plan.period, plan.budget))
            desk.submit(plan.id, self.version, measures)
        elif measures != plan.measures or plan.state not in AWAITED:
            self._must_be_readable(text_problems(measures))
            desk.save_draft(plan.id, self.version, measures)
        else:
            self._must_be_readable(())

    def holds(self, plan: Plan) -> bool:
        """Tell whether a plan is just as the form wants it: then it was sent twice."""
        if self.action == WITHDRAW:
            return plan.state == "withdrawn"
        wanted = plan.state == "submitted" if self.action == SUBMIT else plan.state in AWAITED
        return wanted and plan.measures == self.read.measures

    def _must_be_readable(self, others: Sequence[PlanProblem]) -> None:
        """Raise PlanProblemsError for what couldn't be read, with all else that is wrong with the rows."""
        unread = self.read.problems
        if unread:
            places = {(each.number, each.field) for each in unread}
            more = (each for each in others if (each.number, each.field) not in places)
            raise PlanProblemsError(sorted((*unread, *more), key=_place))


def plan_request(posted: Mapping[str, str], plan: Plan) -> PlanRequest:
    """Return what a form asks for, its rows as they shall be: one less, or with those of the last plan."""
    action, count = posted.get("gor", SAVE), len(row_numbers(posted))
    removed = action.removeprefix(REMOVE) if action.startswith(REMOVE) else ""
    rows = typed_rows(posted, without=whole_number(removed))
    if action == REPEAT:
        rows = (*rows, *previous_rows(rows, plan.previous, plan.period))
    return PlanRequest(action, version_of(posted), rows, count + 1 if action == ADD else 1)


def _place(problem: PlanProblem) -> tuple[int, int]:
    return problem.number, list(NAMES).index(problem.field)
