"""The goals with what lies right under each, in the order that the tertial report prints them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.rules.report.goals.activities import ActivityRow
from tasks.rules.report.goals.goals import GoalRow
from tasks.rules.report.goals.indicators import IndicatorRow
from tasks.rules.swedish import sort_key


@dataclass(frozen=True)
class GoalPart:
    """A goal, how deep it lies (0 is at the top), and its own indicators and activities.

    goal is None of those that are under no goal, or under one that isn't delivered.
    """

    goal: GoalRow | None
    depth: int
    indicators: tuple[IndicatorRow, ...]
    activities: tuple[ActivityRow, ...]


def goal_tree(
    goals: Sequence[GoalRow], indicators: Sequence[IndicatorRow], activities: Sequence[ActivityRow]
) -> tuple[GoalPart, ...]:
    """Put each goal right after the one above it, in the order of the file; what has no goal comes last.

    Nothing is lost: a goal above that isn't there makes the one below it a top, and a ring of goals is cut
    where the file begins it. Activities are in alphabetical order, as they are published.
    """
    codes = {goal.code for goal in goals}
    own: dict[str | None, tuple[list[IndicatorRow], list[ActivityRow]]] = {
        code: ([], []) for code in (*codes, None)
    }
    for indicator in indicators:
        own[indicator.goal if indicator.goal in codes else None][0].append(indicator)
    for activity in activities:
        own[activity.goal if activity.goal in codes else None][1].append(activity)
    parts = [_part(goal, depth, *own[goal.code]) for goal, depth in _in_order(goals)]
    loose = _part(None, 0, *own[None])
    return (*parts, *([loose] if loose.indicators or loose.activities else []))


def _part(
    goal: GoalRow | None, depth: int, indicators: Sequence[IndicatorRow], activities: Sequence[ActivityRow]
) -> GoalPart:
    alphabetical = sorted(activities, key=lambda each: sort_key(each.activity))
    return GoalPart(goal, depth, tuple(indicators), tuple(alphabetical))


def _in_order(goals: Sequence[GoalRow]) -> list[tuple[GoalRow, int]]:
    below: dict[str | None, list[GoalRow]] = {}
    for goal in goals:
        below.setdefault(goal.parent, []).append(goal)
    codes = {goal.code for goal in goals}
    placed: dict[str, tuple[GoalRow, int]] = {}
    tops = [goal for goal in goals if goal.parent not in codes]
    for top in (*tops, *goals):  # the second time round for rings, which have no top
        waiting = [(top, 0)]
        while waiting:
            goal, depth = waiting.pop()
            if goal.code not in placed:
                placed[goal.code] = (goal, depth)
                waiting += [(each, depth + 1) for each in reversed(below.get(goal.code, []))]
    return list(placed.values())
