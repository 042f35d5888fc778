"""A month's warnings, worst first, and the areas above the units, as text for a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flows.terminal.terminal import paragraph, table
from tasks.rules.assessment.manager_sentences import WEIGHED
from tasks.rules.assessment.risk_order import Order
from tasks.rules.periods import Period
from tasks.rules.plans.seen import is_late, late_words
from tasks.rules.swedish import counted, day_words, number, percent
from tasks.rules.wording import amount, deviation_words, net_amount

LEVEL_WORDS = {"larm": "LARM", "bevaka": "BEVAKA", None: ""}
AREAS_TITLE = "Förvaltningen och dess områden. Helår i mnkr."
AREAS_HEAD = ("", "Område", "Enheter", "Budget", "Prognos", "Troligen mellan", "Avvikelse", "")


def deviations_text(
    found: Sequence[Mapping[str, Any]],
    period: Period,
    *,
    short: bool = False,
    assessed: str = "",
    order: Order = "kronor",
) -> str:
    """Lay out warnings worst first; in full with the sentences of each. assessed: of how many units.

    order: what they are sorted by; by risk, each one's risk value is shown.
    """
    of = f" {assessed}." if assessed else ""
    if not found:
        return f"Inga varningar för {period.swedish}.{of}"
    alarms = sum(one["niva_signal"] == "larm" for one in found)
    title = f"Varningar {period.swedish}: {alarms} larm, {len(found) - alarms} att bevaka.{of} Helår i mnkr."
    by_risk = order == "risk"
    rows = [
        (
            LEVEL_WORDS[one["niva_signal"]],
            *([_risk_value(one)] if by_risk else []),
            one["namn"],
            _mnkr(one["budget"]),
            _mnkr(one["prognos"]),
            deviation_words(one["avvikelse"]),
            "" if one["avvikelse_procent"] is None else percent(abs(one["avvikelse_procent"])),
            one["planmening"] or _due(one),
        )
        for one in found
    ]
    head = ("", *(["Risk"] if by_risk else []), "Enhet", "Budget", "Prognos", "Avvikelse", "", "Åtgärdsplan")
    right, wide = ((1, 3, 4, 6), 2) if by_risk else ((2, 3, 5), 1)
    shown = [title, "", table(head, rows, right=right, wide=wide)]
    if not short:
        shown += [text for one in found for text in ("", one["namn"], *_sentences(one))]
    return "\n".join(shown)


def _due(warning: Mapping[str, Any]) -> str:
    """Say when a plan was demanded by in a month from before plans were kept."""
    due = warning["plan_senast"]
    return "" if due is None else f"senast {day_words(date.fromisoformat(due))}"


def _risk_value(warning: Mapping[str, Any]) -> str:
    return "" if warning["riskvarde"] is None else number(warning["riskvarde"])


def _sentences(warning: Mapping[str, Any]) -> list[str]:
    """Say why a unit is warned, what its manager and both forecasts say, and which risk it touches."""
    said = (
        warning["mening"],
        _after(warning),
        warning["chefens_mening"],
        _weighed(warning),
        warning["riskmening"],
        warning["regel"],
    )
    return [paragraph(sentence, "  ") for sentence in said if sentence]


def _weighed(warning: Mapping[str, Any]) -> str:
    if warning["vagd_prognos"] is None:
        return ""
    return f"{WEIGHED}: {net_amount(warning['vagd_prognos'])}."


def _after(warning: Mapping[str, Any]) -> str:
    """Say the forecast after measures where any are counted, in the words of the mails."""
    if not warning["beraknad_effekt"]:
        return ""
    after = net_amount(warning["prognos_efter_atgarder"])
    left = deviation_words(warning["avvikelse_efter_atgarder"])
    return (
        f"Beräknad effekt av åtgärder: {amount(warning['beraknad_effekt'])}. Efter åtgärder: {after}, {left}."
    )


def plans_line(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say how many plans are still to come, by when, and how many are late; nothing where none is."""
    waited_for = [one for one in found if one["plan_vantas_senast"] is not None]
    if waited_for:
        days = sorted(one["plan_vantas_senast"] for one in waited_for)
        late = late_words(sum(is_late(one["plan_lage"]) for one in waited_for))
        plans = counted(len(days), "åtgärdsplan krävs", "åtgärdsplaner krävs")
        first = "" if days[0] == days[-1] else ", den första"
        yield f"{plans}{first} senast {day_words(date.fromisoformat(days[0]))}{late}."


def areas_text(areas: Sequence[Mapping[str, Any]]) -> str:
    """Lay out the places above the units in the tree's order, and the sentence of each that is warned."""
    if not areas:
        return ""
    rows = [
        (
            LEVEL_WORDS[area["niva_signal"]],
            f"{'  ' if area['overordnad'] else ''}{area['namn']}",
            _units(area["enheter"]),
            _mnkr(area["budget"]),
            _mnkr(area["prognos"]),
            _interval(area),
            deviation_words(area["avvikelse"]),
            "" if area["avvikelse_procent"] is None else percent(abs(area["avvikelse_procent"])),
        )
        for area in areas
    ]
    shown = [AREAS_TITLE, "", table(AREAS_HEAD, rows, right=(2, 3, 4, 5, 7), wide=1)]
    for area in areas:
        if area["niva_signal"] is not None:
            shown += ["", area["namn"], paragraph(area["mening"], "  ")]
    return "\n".join(shown)


def _units(units: Mapping[str, int]) -> str:
    """Say how many units were assessed; of how many, only where some were not."""
    assessed, of = units["bedomda"], units["av"]
    return number(of) if assessed == of else f"{number(assessed)} av {number(of)}"


def _interval(area: Mapping[str, Any]) -> str:
    if area["nedre_80"] is None or area["ovre_80"] is None:
        return ""
    return f"{_mnkr(area['nedre_80'])}–{_mnkr(area['ovre_80'])}"


def _mnkr(kr: Decimal | None) -> str:
    return "saknas" if kr is None else number(kr.scaleb(-6), 1)
