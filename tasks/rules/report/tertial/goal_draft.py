"""What may be said of a goal until a person has written it: drafts of its figures, in Swedish."""

from collections.abc import Sequence

from tasks.rules.report.goals.activities import ActivityRow
from tasks.rules.report.goals.goals import Fulfilment, GoalRow
from tasks.rules.report.goals.indicators import IndicatorRow
from tasks.rules.swedish import counted, shortened

FULFILMENTS_IN_WORDS: dict[Fulfilment, str] = {
    "helt": "uppfylls helt",
    "delvis": "uppfylls delvis",
    "ej": "uppfylls inte",
}
MOST_NAMED = 5
ON_THE_WHOLE = frozenset({"inriktningsmal", "verksamhetsomradesmal"})
"""Levels whose goals are always analysed; a board's own ones where they aren't wholly reached."""


def judgement_words(goal: GoalRow) -> str:
    """Say how a goal is reached by a person's judgement; empty where nobody has judged."""
    if goal.judgement is None:
        return ""
    words = FULFILMENTS_IN_WORDS[goal.judgement]
    return f"{words[0].upper()}{words[1:]}."


def proposed_judgement(goal: GoalRow) -> str:
    """Draft the judgement of a goal by its figures."""
    if goal.proposal is None:
        return f"Siffrorna ger inget förslag. {goal.reason}"
    return f"Siffrornas förslag är ”{FULFILMENTS_IN_WORDS[goal.proposal]}”: {goal.reason}"


def needs_analysis(goal: GoalRow) -> bool:
    """Tell whether a person has an analysis to write: none is delivered, and the goal's level wants one."""
    standing = goal.judgement or goal.proposal
    return goal.analysis is None and (goal.level in ON_THE_WHOLE or standing in {"delvis", "ej"})


def analysis_draft(
    goal: GoalRow, indicators: Sequence[IndicatorRow], activities: Sequence[ActivityRow]
) -> str:
    """Draft a goal's analysis of its indicators and activities: the reason first, as it is published."""
    missed = [each.indicator for each in indicators if each.verdict == "nas_inte"]
    deviating = [each.activity for each in activities if each.state == "avviker"]
    parts = [f"Bedömningen grundar sig på följande. {goal.reason}"]
    if missed:
        named = shortened([f"”{name}”" for name in missed], MOST_NAMED)
        parts.append(f"Årsmålet nås inte för {named}.")
    if deviating:
        named = shortened([f"”{name}”" for name in deviating], MOST_NAMED)
        what = counted(len(deviating), "aktivitet", "aktiviteter")
        parts.append(f"Från planen avviker {what}: {named}.")
    return " ".join(parts)


def summary_draft(goal: GoalRow) -> str:
    """Draft what the summary says of a goal: how it is reached, and on what that stands."""
    standing = goal.judgement or goal.proposal
    if standing is None:
        return goal.reason
    return f"Målet bedöms så: {FULFILMENTS_IN_WORDS[standing]}. {goal.reason}"
