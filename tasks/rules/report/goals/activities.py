"""The report's activities: what was to be done for a goal, and whether it went as planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from tasks.rules.delivered import Delivered
from tasks.rules.json_keys import Key
from tasks.rules.periods import Period
from tasks.rules.plans.late_activities import has_deviation, is_done

State = Literal["ska_borja", "pagar", "genomford", "avviker"]


@dataclass(frozen=True)
class ActivityRow:
    """An activity. state: it is to begin, goes on or is done as planned, or deviates."""

    activity: Annotated[str, Key("aktivitet")]
    goal: Annotated[str | None, Key("mal")]
    responsible: Annotated[str | None, Key("ansvarig_epost")]
    start: Annotated[date | None, Key("startdatum")]
    end: Annotated[date | None, Key("slutdatum")]
    deviation: Annotated[str | None, Key("avvikelse")]
    said_state: Annotated[str | None, Key("lage")]
    analysis: Annotated[str | None, Key("analys")]
    state: Annotated[State, Key("tillstand")]


def activity_rows(rows: Sequence[Delivered], period: Period) -> tuple[ActivityRow, ...]:
    """Tell of activities as they stand at the end of a month, in the order of their file."""
    return tuple(_activity(row, period.last_day) for row in rows)


def _activity(row: Delivered, at: date) -> ActivityRow:
    start, end = _day(row, "startdatum"), _day(row, "slutdatum")
    deviation, said = row.text("avvikelse"), row.text("lage")
    return ActivityRow(
        activity=row.item or "",
        goal=row.text("mal"),
        responsible=row.text("ansvarig_epost"),
        start=start,
        end=end,
        deviation=deviation,
        said_state=said,
        analysis=row.text("analys"),
        state=_state(start, end, at, deviation or "", said or ""),
    )


def _state(start: date | None, end: date | None, at: date, deviation: str, said: str) -> State:
    if is_done(said) or is_done(deviation):
        return "genomford"
    if has_deviation(deviation):
        return "avviker"
    if end is not None and end <= at:
        return "genomford"
    return "ska_borja" if start is not None and start > at else "pagar"


def _day(row: Delivered, column: str) -> date | None:
    text = row.text(column)
    return None if text is None else date.fromisoformat(text)
