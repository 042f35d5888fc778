"""The year of the whole administration, its departments and areas, as text for a terminal."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flows.terminal.terminal import paragraph, table
from tasks.rules.swedish import deviation_words, number, percent

WORDS = {"larm": "LARM", "bevaka": "BEVAKA", None: ""}
TITLE = "Förvaltningen och dess områden. Helår i mnkr."
HEAD = ("", "Område", "Enheter", "Budget", "Prognos", "Troligen mellan", "Avvikelse", "")


def areas_text(areas: Sequence[Mapping[str, Any]]) -> str:
    """Lay out the places above the units in the tree's order, and the sentence of each that is warned."""
    if not areas:
        return ""
    rows = [
        (
            WORDS[area["niva_signal"]],
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
    shown = [TITLE, "", table(HEAD, rows, right=(2, 3, 4, 5, 7), wide=1)]
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
