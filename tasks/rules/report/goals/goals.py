"""The report's goals: a person's judgement, and beside it what indicators and activities propose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, cast

from tasks.rules.delivered import Delivered
from tasks.rules.json_keys import Key
from tasks.rules.report.goals.activities import ActivityRow
from tasks.rules.report.goals.indicators import IndicatorRow
from tasks.rules.swedish import counted, joined, number

Fulfilment = Literal["helt", "delvis", "ej"]
Level = Literal["inriktningsmal", "verksamhetsomradesmal", "namndmal", "enhetsmal"]


@dataclass(frozen=True)
class GoalRow:
    """A goal. judgement: a person's, which stands; proposal: what follows from what lies under it, and why.

    proposal is None where nothing under the goal is measured or has ended.
    """

    code: Annotated[str, Key("kod")]
    name: Annotated[str, Key("namn")]
    level: Annotated[Level | None, Key("niva")]
    parent: Annotated[str | None, Key("overordnad")]
    judgement: Annotated[Fulfilment | None, Key("bedomning")]
    description: Annotated[str | None, Key("beskrivning")]
    expected: Annotated[str | None, Key("forvantat_resultat")]
    analysis: Annotated[str | None, Key("analys")]
    proposal: Annotated[Fulfilment | None, Key("forslag")]
    reason: Annotated[str, Key("forslag_skal")]

    @property
    def differs(self) -> bool:
        """Tell whether a person judged otherwise than what is proposed."""
        return self.judgement is not None and self.proposal is not None and self.judgement != self.proposal


@dataclass(frozen=True)
class Evidence:
    """How many indicators and activities lie under a goal, and how they went."""

    reached: int
    missed: int
    unjudged: int
    unmeasured: int
    deviating: int
    done: int
    activities: int

    @property
    def judged(self) -> int:
        """Return how many indicators could be held against their targets."""
        return self.reached + self.missed


def goal_rows(
    rows: Sequence[Delivered], indicators: Sequence[IndicatorRow], activities: Sequence[ActivityRow]
) -> tuple[GoalRow, ...]:
    """Tell of goals in the order of their file, each with a proposal.

    What lies under a goal is its own indicators and activities, and those of the goals below it.
    """
    below = _below({row.item or "": row.text("overordnad") for row in rows})
    return tuple(_goal(row, below[row.item or ""], indicators, activities) for row in rows)


def propose(evidence: Evidence) -> Fulfilment | None:
    """Propose how a goal is reached.

    Fully where every indicator that could be judged reaches its target and no activity deviates, not at all
    where none does, else partly. Without any, the activities that have ended decide.
    """
    if not evidence.judged:
        if evidence.deviating:
            return "delvis"
        return "helt" if evidence.done else None
    if not evidence.reached:
        return "ej"
    return "delvis" if evidence.missed or evidence.deviating else "helt"


def proposal_reason(evidence: Evidence) -> str:
    """Say in one Swedish sentence what a proposal stands on."""
    parts = [*_of_indicators(evidence), *_of_activities(evidence)]
    if not parts:
        return "Inga indikatorer eller aktiviteter hör till målet."
    words = joined(parts)
    return f"{words[0].upper()}{words[1:]}."


def _goal(
    row: Delivered,
    codes: set[str],
    indicators: Sequence[IndicatorRow],
    activities: Sequence[ActivityRow],
) -> GoalRow:
    evidence = _evidence(
        [each for each in indicators if each.goal in codes],
        [each for each in activities if each.goal in codes],
    )
    return GoalRow(
        code=row.item or "",
        name=row.text("namn") or "",
        level=cast("Level | None", row.text("niva")),
        parent=row.text("overordnad"),
        judgement=cast("Fulfilment | None", row.text("bedomning")),
        description=row.text("beskrivning"),
        expected=row.text("forvantat_resultat"),
        analysis=row.text("analys"),
        proposal=propose(evidence),
        reason=proposal_reason(evidence),
    )


def _below(parents: Mapping[str, str | None]) -> dict[str, set[str]]:
    """Return each goal with all that lie below it; a ring ends where it begins."""
    below = {code: {code} for code in parents}
    for code in parents:
        above, seen = parents[code], {code}
        while above in below and above not in seen:
            below[above].add(code)
            seen.add(above)
            above = parents[above]
    return below


def _evidence(indicators: Iterable[IndicatorRow], activities: Sequence[ActivityRow]) -> Evidence:
    verdicts = [each.verdict for each in indicators]
    states = [each.state for each in activities]
    return Evidence(
        reached=verdicts.count("nas"),
        missed=verdicts.count("nas_inte"),
        unjudged=verdicts.count("ej_bedomd"),
        unmeasured=verdicts.count("ej_matt"),
        deviating=states.count("avviker"),
        done=states.count("genomford"),
        activities=len(states),
    )


def _of_indicators(evidence: Evidence) -> Iterable[str]:
    if evidence.judged:
        noun = "bedömd indikator" if evidence.judged == 1 else "bedömda indikatorer"
        yield f"{number(evidence.reached)} av {number(evidence.judged)} {noun} når årsmålet"
    if evidence.unmeasured:
        measured = "mätt" if evidence.unmeasured == 1 else "mätta"
        yield f"{_named(evidence.unmeasured, evidence)} är inte {measured} ännu"
    if evidence.unjudged:
        yield f"{_named(evidence.unjudged, evidence)} går inte att bedöma"


def _named(count: int, evidence: Evidence) -> str:
    return number(count) if evidence.judged else counted(count, "indikator", "indikatorer")


def _of_activities(evidence: Evidence) -> Iterable[str]:
    if evidence.deviating:
        of = f"{number(evidence.deviating)} av {number(evidence.activities)}"
        yield f"{of} {'aktivitet' if evidence.activities == 1 else 'aktiviteter'} avviker"
    elif evidence.activities == 1:
        yield "aktiviteten följer planen"
    elif evidence.activities:
        yield f"alla {number(evidence.activities)} aktiviteter följer planen"
