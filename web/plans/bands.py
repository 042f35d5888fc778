"""What a plan's state means for the one who reads it: a word, what to do, and what happens next."""

from dataclasses import dataclass
from datetime import date

from tasks.outbox.month_post import PlanCalendar
from tasks.plans.action_plans import Plan
from tasks.rules.plans.state import AWAITED, STATES_IN_WORDS, PlanState
from tasks.rules.swedish import date_words, day_words


@dataclass(frozen=True)
class Band:
    """A coloured band: mark is its colour (larm, bevaka, balance), word what the colour means."""

    mark: str
    word: str
    lead: str
    more: str = ""


_AFTER: dict[PlanState, tuple[str, str, str]] = {
    "submitted": ("bevaka", "Planen väntar på avdelningschefens beslut.", ""),
    "approved": ("balance", "Planen gäller.", "Varje månad jämför vi utfallet med det som planen lovar."),
    "following": ("balance", "Planen gäller.", "Varje månad jämför vi utfallet med det som planen lovar."),
    "achieved": ("balance", "Planen har gett den effekt som den lovade.", ""),
    "ended": ("bevaka", "Planens tid är slut, och den gav inte hela sin effekt.", ""),
    "replaced": ("bevaka", "En senare plan gäller i stället.", "Öppna länken i det senaste mejlet."),
    "lapsed": ("balance", "Ingen plan behöver lämnas in.", ""),
}


def band_of(plan: Plan, today: date, calendar: PlanCalendar) -> Band:
    """Return the band for the manager."""
    if plan.state in AWAITED:
        escalates = calendar.ladder.day("escalation", plan.due)
        return Band("larm", _word(plan), _awaited(plan, today), _else(plan, today, escalates))
    mark, lead, more = _AFTER[plan.state]
    if plan.state == "submitted":
        more = _decision(plan, calendar)
    elif plan.state == "lapsed":
        more = plan.remark
    return Band(mark, STATES_IN_WORDS[plan.state].upper(), lead, more)


def head_comment(plan: Plan) -> str:
    """Return what the head said with the decision that holds, empty where none does."""
    return plan.comment if plan.state in ("returned", "approved") else ""


def state_mark(plan: Plan) -> str:
    """Return the colour of a plan's state, for those who see many."""
    if plan.state in AWAITED:
        return "larm"
    return _AFTER[plan.state][0]


def _word(plan: Plan) -> str:
    return "LARM" if plan.state == "required" else STATES_IN_WORDS[plan.state].upper()


def _awaited(plan: Plan, today: date) -> str:
    again = "" if plan.state == "required" else " igen"
    if today > plan.due:
        return f"Åtgärdsplanen skulle ha lämnats{again} senast den {date_words(plan.due)}."
    if again:
        return f"Lämna in planen igen senast den {date_words(plan.due)}."
    return f"Lämna en åtgärdsplan senast den {date_words(plan.due)}."


def _else(plan: Plan, today: date, escalates: date) -> str:
    if plan.late == "escalation":
        return "Avdelningschefen är informerad om att planen saknas."
    if today >= escalates:
        return "Lämna den nu: annars informerar vi avdelningschefen."
    return f"Har vi ingen plan den {day_words(escalates)} informerar vi avdelningschefen."


def _decision(plan: Plan, calendar: PlanCalendar) -> str:
    day = plan.last_day("submit")
    by = "" if day is None else f" senast den {day_words(calendar.decide_by(day))}"
    return f"Beslutet ska komma{by}, och du får ett mejl om det. Vill du ändra något först: återta planen."
