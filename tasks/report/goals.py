"""Goals in the report, each with a person's judgement and what its indicators and activities propose."""

from collections.abc import Iterator, Mapping, Sequence

from notifications.reports.month import Cell, ReportRow, ReportTable, Section
from tasks.report.cells import date_cell, kind_at, quiet
from tasks.rules.report.goals.activities import ActivityRow
from tasks.rules.report.goals.goals import GoalRow
from tasks.rules.report.month_report import MonthReport
from tasks.rules.swedish import counted, number

FULFILMENT_WORDS = {"helt": "uppfylls helt", "delvis": "uppfylls delvis", "ej": "uppfylls inte"}
GOAL_HEADS = ("Mål", "Bedömning", "Förslag")
ACTIVITY_HEADS = ("Aktivitet", "Startdatum", "Slutdatum")
MOST_ACTIVITIES = 20


def goals_section(report: MonthReport) -> Section | None:
    """Show goals with both judgements, and the activities that deviate; None where neither was delivered."""
    if not (report.goals or report.activities):
        return None
    tables = []
    if report.goals:
        rows = tuple(_goal(goal, depth) for goal, depth in _tree(report.goals))
        tables.append(ReportTable(caption="Mål och måluppfyllelse", heads=GOAL_HEADS, rows=rows))
    deviating = [each for each in report.activities if each.state == "avviker"]
    if deviating:
        rows = tuple(_activity(each) for each in deviating[:MOST_ACTIVITIES])
        tables.append(ReportTable(caption="Aktiviteter med avvikelse", heads=ACTIVITY_HEADS, rows=rows))
    left = len(deviating) - MOST_ACTIVITIES
    return Section(
        title="Mål och aktiviteter",
        sentences=tuple(_sentences(report)),
        tables=tuple(tables),
        notes=(f"Ytterligare {counted(left, 'aktivitet', 'aktiviteter')} avviker.",) if left > 0 else (),
    )


def _sentences(report: MonthReport) -> Iterator[str]:
    goals = report.goals
    if goals:
        judged = sum(goal.judgement is not None for goal in goals)
        differs = sum(goal.differs for goal in goals)
        otherwise = f", {number(differs)} av dem annorlunda än förslaget" if differs else ""
        yield f"{number(judged)} av {counted(len(goals), 'mål', 'mål')} är bedömda{otherwise}."
    states = [each.state for each in report.activities]
    if states:
        yield (
            f"Av {counted(len(states), 'aktivitet', 'aktiviteter')} är {number(states.count('genomford'))} "
            f"genomförda, {number(states.count('avviker'))} avviker och resten följer planen."
        )


def _tree(goals: Sequence[GoalRow]) -> list[tuple[GoalRow, int]]:
    """Return goals in the order of their file, each with how deep it lies below those that are there."""
    parents = {goal.code: goal.parent for goal in goals}
    return [(goal, _depth(goal.code, parents)) for goal in goals]


def _depth(code: str, parents: Mapping[str, str | None]) -> int:
    seen, above = {code}, parents[code]
    while above is not None and above in parents and above not in seen:
        seen.add(above)
        above = parents[above]
    return len(seen) - 1


def _goal(goal: GoalRow, depth: int) -> ReportRow:
    judged = quiet("inte bedömt") if goal.judgement is None else Cell(text=FULFILMENT_WORDS[goal.judgement])
    if goal.proposal is None:
        proposed = quiet("inget förslag")
    else:
        proposed = Cell(
            text=FULFILMENT_WORDS[goal.proposal], note="annat än bedömningen" if goal.differs else ""
        )
    name = Cell(text=f"{goal.code} {goal.name}".strip())
    return ReportRow(name=name, cells=(judged, proposed), kind=kind_at(depth), detail=goal.reason)


def _activity(activity: ActivityRow) -> ReportRow:
    return ReportRow(
        name=Cell(text=activity.activity, note=f"mål {activity.goal}" if activity.goal else ""),
        cells=(
            date_cell(activity.start),
            date_cell(activity.end),
        ),
        detail=" ".join(filter(None, (activity.deviation, activity.analysis))),
    )
