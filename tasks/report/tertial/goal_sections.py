"""The tertial report's goals: inriktningsmål, KF-mål and nämndmål below each other, with their tables."""

from collections.abc import Iterator, Sequence

from notifications.reports.month import ReportTable, Section, Text
from tasks.report.goals import goals_section
from tasks.report.tertial.goal_tables import activity_table, indicator_table
from tasks.rules.report.goals.goals import GoalRow, Level
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.tertial.goal_draft import (
    analysis_draft,
    judgement_words,
    needs_analysis,
    proposed_judgement,
    summary_draft,
)
from tasks.rules.report.tertial.goal_tree import GoalPart, goal_tree

TITLE = "Uppföljning av kommunfullmäktiges inriktningsmål"
LOOSE = "Indikatorer och aktiviteter utan mål"
LEVELS_IN_WORDS: dict[Level | None, str] = {
    "inriktningsmal": "KF:s inriktningsmål",
    "verksamhetsomradesmal": "KF:s mål för verksamhetsområdet",
    "namndmal": "Nämndmål",
    "enhetsmal": "Enhetsmål",
    None: "Mål",
}
DEEPEST = 5


def goal_sections(report: MonthReport) -> Iterator[Section]:
    """Show each goal below the one above it, with its judgement, its texts and its tables."""
    parts = goal_tree(report.goals, report.indicators, report.activities)
    if parts:
        yield Section(title=TITLE, code="mal")
    for part in parts:
        if part.goal is None:
            note = "Hör till ett mål som inte är lämnat, eller till inget." if report.goals else ""
            yield Section(
                title=LOOSE,
                level=3,
                tables=_tables(part, report),
                notes=(note,) if note else (),
            )
        else:
            yield Section(
                title=goal_title(part.goal),
                level=min(3 + part.depth, DEEPEST),
                texts=tuple(_texts(part.goal, part)),
                tables=_tables(part, report),
            )


def goal_sheets(report: MonthReport) -> Iterator[Section]:
    """Return goals, indicators and activities as one table each, as a workbook has them."""
    goals = goals_section(report)
    if goals is not None and report.goals:
        yield Section(title=goals.title, code="mal", tables=goals.tables[:1])
    parts = goal_tree(report.goals, report.indicators, report.activities)
    indicators = [row for part in parts for row in part.indicators]
    activities = [row for part in parts for row in part.activities]
    if indicators:
        table = indicator_table(indicators, report.period.year, with_goals=True)
        yield Section(title="Indikatorer", code="indikatorer", tables=(table,))
    if activities:
        yield Section(
            title="Aktiviteter", code="aktiviteter", tables=(activity_table(activities, with_goals=True),)
        )


def summary_texts(goals: Sequence[GoalRow]) -> Iterator[Text]:
    """Draft the summary's part of each goal at the top."""
    for part in goal_tree(goals, (), ()):
        if part.goal is not None and part.depth == 0:
            yield Text(
                title=goal_title(part.goal),
                asks="[Skriv: målet i korthet]",
                words=summary_draft(part.goal),
            )


def goal_title(goal: GoalRow) -> str:
    """Return a goal's heading: `Nämndmål: 1.1.1 Varje barn …`."""
    name = " ".join(filter(None, (goal.code, goal.name)))
    return f"{LEVELS_IN_WORDS[goal.level]}: {name}"


def _texts(goal: GoalRow, part: GoalPart) -> Iterator[Text]:
    if goal.judgement is None:
        yield Text(asks="[Skriv: nämndens bedömning]", words=proposed_judgement(goal))
    else:
        yield Text(words=judgement_words(goal))
    if goal.differs:
        asks = "[Skriv: pröva bedömningen, som är en annan än siffrornas]"
        yield Text(asks=asks, words=proposed_judgement(goal))
    if goal.description:
        yield Text(title="Beskrivning", words=goal.description)
    if goal.expected:
        yield Text(title="Förväntat resultat", words=goal.expected)
    if goal.analysis:
        yield Text(title="Analys", words=goal.analysis)
    elif needs_analysis(goal):
        draft = analysis_draft(goal, part.indicators, part.activities)
        yield Text(title="Analys", asks="[Skriv: analys]", words=draft)


def _tables(part: GoalPart, report: MonthReport) -> tuple[ReportTable, ...]:
    """Show a goal's own; of those under no known goal each says which, where it says one."""
    indicators, activities = part.indicators, part.activities
    is_loose, tables = part.goal is None, []
    if indicators:
        with_goals = is_loose and any(row.goal for row in indicators)
        tables.append(indicator_table(indicators, report.period.year, with_goals=with_goals))
    if activities:
        with_goals = is_loose and any(row.goal for row in activities)
        tables.append(activity_table(activities, with_goals=with_goals))
    return tuple(tables)
