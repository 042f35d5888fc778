"""What is said of a plan: where it stands; of an approved one what it promised, what came, what is left."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from tasks.rules.periods import Period
from tasks.rules.plans.effect import Realised
from tasks.rules.plans.ladder import LATE_IN_WORDS, Rung
from tasks.rules.plans.state import (
    AWAITED,
    COUNTED,
    START,
    STATES_IN_WORDS,
    EventAction,
    PlanEvent,
    PlanState,
    ReasonCode,
)
from tasks.rules.swedish import day_words
from tasks.rules.wording import amount, is_nothing

EVENTS_IN_WORDS: Mapping[EventAction, str] = {
    "demand": "krävdes",
    "draft": "utkast sparat",
    "submit": "inlämnad",
    "withdraw": "återtagen",
    "approve": "godkänd",
    "return": "återsänd för komplettering",
    "replace": "ersatt",
    "lapse": "kravet föll bort",
    "follow": "följs upp",
    "achieve": "åtgärdad",
    "end": "avslutad utan full effekt",
    "acknowledge": "tagit del",
}
REASONS_IN_WORDS: Mapping[ReasonCode, str] = {
    "larm_ended": "Larmet har upphört: enheten har inget larm i {month}.",
    "covered": "Godkända åtgärder täcker underskottet i {month}.",
    "corrected": "Rättade uppgifter: enheten har inget larm i {month} längre.",
    "unit_ended": "Enheten finns inte längre i {month}.",
    "taken_over": "Ersatt av kravet på en plan för {month}.",
}


def standing_words(state: PlanState, late: Rung | None) -> str:
    """Say where a plan stands: `krävs`, `försenad, påmind 1`, `inlämnad` …

    late: how far it was reminded of, which says nothing of one that isn't awaited any more.
    """
    if late is not None and state in AWAITED:
        return f"försenad, {LATE_IN_WORDS[late]}"
    return STATES_IN_WORDS[state]


def remark(event: PlanEvent) -> str:
    """Return what was said of something that happened: a person's comment, or the program's reason."""
    if event.reason is None:
        return event.comment
    return REASONS_IN_WORDS[event.reason.code].format(month=event.reason.month.swedish)


def plan_note(
    state: PlanState, late: Rung | None, *, due: date, submitted_on: date | None, effect: Decimal
) -> str:
    """Say in a few words where a warned unit's plan stands, with the day or amount (effect, kr) that counts.

    `senast 14 oktober`, `försenad, påmind 1`, `inlämnad 12 oktober`, `godkänd: 0,3 mnkr`; one that was
    returned or withdrawn is to come anew: `ny senast 20 oktober`.
    """
    standing = standing_words(state, late)
    if state in COUNTED:
        return f"{standing}: {amount(effect)}" if effect > 0 else standing
    if state not in AWAITED:
        return standing if submitted_on is None else f"{standing} {day_words(submitted_on)}"
    if late is not None:
        return standing
    by = f"senast {day_words(due)}"
    return by if state == START else f"ny {by}"


def late_words(count: int) -> str:
    """Say at a sentence's end how many of its plans are late; empty for none."""
    return f"; {count} är försenad{'' if count == 1 else 'e'}" if count else ""


def followed_sentence(plan_of: Period, until: Period, effects: Sequence[Realised]) -> str:
    """Hold what a plan of a month promised up to another against what came: one sentence, in kr.

    Nothing is said of a plan that was to give nothing yet.
    """
    promised = sum((each.promised for each in effects), Decimal(0))
    if not promised:
        return ""
    said = f"Planen om {plan_of.swedish} lovade {amount(promised)} till och med {until.month_name}"
    came = [each.realised for each in effects]
    if None in came:
        return f"{said}. Vad som har kommit går inte att säga: uppgift saknas."
    return f"{said}, {_came(sum((kr for kr in came if kr is not None), Decimal(0)))}."


def not_enough_sentence(effect: Decimal, deficit: Decimal) -> str:
    """Say what an approved plan (kr counted) leaves of a deficit (kr), and what to do about it."""
    return (
        f"Den godkända planen väntas ge {amount(effect)} under resten av året; {amount(deficit - effect)} "
        "saknas. Lämna en ny plan där de åtgärder som fortsätter finns med."
    )


def _came(kr: Decimal) -> str:
    if is_nothing(kr):
        return "och inget av det syns i utfallet"
    if kr < 0:
        return f"men utfallet blev {amount(-kr)} högre än prognosen före planen"
    return f"och {amount(kr)} har kommit"
