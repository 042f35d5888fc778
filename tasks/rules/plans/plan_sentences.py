"""What is said of an approved plan a month later: what it promised, what came, and what is left to do."""

from collections.abc import Sequence
from decimal import Decimal

from tasks.rules.periods import MONTH_NAMES, Period
from tasks.rules.plans.effect import Realised
from tasks.rules.swedish import round_half_up
from tasks.rules.wording import amount


def followed_sentence(plan_of: Period, until: Period, effects: Sequence[Realised]) -> str:
    """Hold what a plan of a month promised up to another against what came: one sentence, in kr.

    Nothing is said of a plan that was to give nothing yet.
    """
    promised = sum((each.promised for each in effects), Decimal(0))
    if not promised:
        return ""
    said = (
        f"Planen om {plan_of.swedish} lovade {amount(promised)} till och med {MONTH_NAMES[until.month - 1]}"
    )
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
    if round_half_up(kr.scaleb(-3)) == 0:
        return "och inget av det syns i utfallet"
    if kr < 0:
        return f"men utfallet blev {amount(-kr)} högre än prognosen före planen"
    return f"och {amount(kr)} har kommit"
