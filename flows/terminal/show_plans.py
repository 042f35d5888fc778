"""Action plans at the terminal: same order and words as in the mails and on the pages."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from flows.terminal.terminal import paragraph, table
from tasks.outbox.send_mails import sent_in_words
from tasks.plans.chase_plans import ChaseOutcome
from tasks.plans.read_plans import Plan
from tasks.rules.json_values import Json
from tasks.rules.plans.ladder import RUNGS, RUNGS_IN_WORDS
from tasks.rules.plans.measures import Measure
from tasks.rules.plans.state import PlanEvent
from tasks.rules.plans.words import EVENTS_IN_WORDS, remark
from tasks.rules.swedish import counted, date_words, day_words, kronor, shortened
from tasks.rules.wording import year_deviation

NAMED = 6
"""So many units are named on a line; the rest are counted."""


def chase_text(outcome: ChaseOutcome, today: date) -> str:
    """Say what a round of reminders did."""
    chased = outcome.chased
    lines = [f"Åtgärdsplaner {date_words(today)}"]
    for rung in RUNGS:
        units = chased.queued[rung]
        if units:
            lines.append(paragraph(f"{RUNGS_IN_WORDS[rung].capitalize()}: {_named(units)}", "  "))
    if chased.to_decide:
        told = counted(chased.to_decide, "avdelningschef", "avdelningschefer")
        lines.append(f"  Planer att besluta: {told} har fått mejl")
    lines += [paragraph(f"Väntar: {name}: {why}", "  ") for name, why in chased.held_up.items()]
    lines += [f"  {text}" for text in outcome.reminders]
    if len(lines) == 1:
        lines.append("  Inget att påminna om i dag.")
    lines.append(f"  {f'Mejl: {sent_in_words(outcome.sent)}' if outcome.sent else 'Inga mejl att skicka.'}")
    if outcome.unfinished:
        lines.append(f"  {counted(outcome.unfinished, 'mejl', 'mejl')} är inte slutliga: manad mail list")
    return "\n".join(lines)


def plans_text(plans: Sequence[Plan]) -> str:
    """Lay out plans, one a line."""
    if not plans:
        return "Inga åtgärdsplaner."
    rows = [
        (
            str(plan.id),
            plan.name,
            str(plan.period),
            plan.state_words,
            plan.due.isoformat(),
            _kr(None if plan.deviation is None else -plan.deviation),
            _kr(plan.promised) if plan.measures else "–",
        )
        for plan in plans
    ]
    head = ("Nr", "Enhet", "Månad", "Läge", "Senast", "Underskott", "Lovat i år")
    return table(head, rows, right=(0, 5, 6), wide=1)


def plan_text(plan: Plan) -> str:
    """Show a plan with its measures and what happened to it."""
    lines = [
        f"Åtgärdsplan {plan.id}: {plan.name}, {plan.period.swedish}",
        f"  Läge        {plan.state_words}",
        f"  Senast      {date_words(plan.due)}",
        f"  Avvikelse   {year_deviation(plan.budget, plan.forecast)}",
        f"  Tagit del   {'–' if plan.acknowledged_on is None else day_words(plan.acknowledged_on)}",
        paragraph(plan.sentence, "  "),
        "",
        _measures(plan.measures) if plan.measures else "  Inga åtgärder än.",
        "",
        *(_event(event) for event in plan.events),
    ]
    return "\n".join(lines)


def changed_text(plan: Plan) -> str:
    """Say what a plan has become."""
    return f"Åtgärdsplan {plan.id}, {plan.name}, {plan.period.swedish}: {plan.state_words}."


def plan_data(plan: Plan) -> Json:
    """Return a plan as JSON values; amounts are Decimal kronor, null for missing."""
    return {
        "id": plan.id,
        "enhet": plan.unit,
        "namn": plan.name,
        "avdelning": plan.department,
        "period": str(plan.period),
        "lage": plan.state,
        "lage_i_ord": plan.state_words,
        "plan_senast": plan.due.isoformat(),
        "tagit_del": None if plan.acknowledged_on is None else plan.acknowledged_on.isoformat(),
        "budget": plan.budget,
        "prognos": plan.forecast,
        "avvikelse": plan.deviation,
        "lovat_i_ar": plan.promised,
        "atgarder": [
            {
                "vad": each.what,
                "vem": each.who,
                "fran": None if each.from_month is None else str(each.from_month),
                "effekt_per_manad": each.monthly_effect,
                "risk": each.risk,
            }
            for each in plan.measures
        ],
        "handelser": [
            {
                "dag": event.day.isoformat(),
                "handelse": EVENTS_IN_WORDS[event.action],
                "av": event.actor,
                "kommentar": remark(event),
            }
            for event in plan.events
        ],
    }


def _measures(measures: Sequence[Measure]) -> str:
    rows = [
        (
            each.what,
            each.who,
            "–" if each.from_month is None else str(each.from_month),
            _kr(each.monthly_effect),
        )
        for each in measures
    ]
    return table(("Åtgärd", "Ansvarig", "Från", "Kr/månad"), rows, right=(3,), wide=0)


def _event(event: PlanEvent) -> str:
    said = remark(event)
    about = f"{EVENTS_IN_WORDS[event.action]}, {event.actor}{f': {said}' if said else ''}"
    return paragraph(f"{event.day.isoformat()}  {about}", "  ")


def _named(units: Sequence[str]) -> str:
    return shortened(units, NAMED)


def _kr(value: Decimal | None) -> str:
    return "–" if value is None else kronor(value)
