"""The sentences about plans: how far measures reach, how many plans have come, and what came of them."""

from decimal import Decimal

from tasks.report.cells import Content, known
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP, amount, counted, number


def reach_sentence(told: Content, period: Period) -> str:
    """Say how far approved measures reach, and what no approved measure takes."""
    deficit, effect, left = (known(told[name]) for name in ("underskott", "effekt", "rest"))
    if deficit is None or effect is None or left is None:
        return "Uppgift saknas: inga enheter har kunnat bedömas."
    if not told["larm"]:
        return "Inga enheter har larm om underskott."
    feared = "underskott" if period.month == 12 else "befarat underskott"
    if effect == 0:
        return f"Inga godkända åtgärder räknas: {amount(deficit)} {feared} saknar åtgärd."
    if left == 0:
        return f"Godkända åtgärder räcker till hela underskottet, {amount(deficit)}."
    return f"Godkända åtgärder räcker till {share(effect, deficit)} {feared}; {amount(left)} saknar åtgärd."


def plans_sentence(plans: Content) -> str:
    """Say how many of the plans that the month demanded have come; empty where it demanded none."""
    demanded, come, approved = plans["kravda"], plans["inlamnade"], plans["godkanda"]
    if not demanded:
        return ""
    told = f"{counted(demanded, 'plan', 'planer')} har krävts: {_some(come)} har lämnats in"
    if come:
        told += f", varav {_some(approved)} är {'godkänd' if approved < 2 else 'godkända'}"
    return f"{told}.{_late(plans)}"


def outturn_sentence(told: Content) -> str:
    """Say what came of what followed plans have promised; empty where none has begun."""
    promised, realised = known(told["lovad_hittills"]), known(told["realiserad_hittills"])
    plans, of = told["matta_planer"]["antal"], told["matta_planer"]["av"]
    if not of:
        return ""
    if promised is None or realised is None:
        return f"Uppgift saknas om vad som kommit av {counted(of, 'plan', 'planer')} som börjat."
    gap = f" ({number(plans)} av {counted(of, 'plan', 'planer')})" if plans < of else ""
    said = f"Godkända planer lovade {amount(promised)} hittills{gap}"
    if realised < 0:
        return f"{said}; i stället blev det {amount(-realised)} dyrare."
    return f"{said}, och {amount(realised)} har kommit."


def share(part: Decimal, whole: Decimal) -> str:
    """Write a part of an amount, the unit once where it is one: `3,1 av 7,9 mnkr`, `40 tkr av 1 mnkr`."""
    part_words, whole_words = amount(part), amount(whole)
    same = part_words.split(NBSP)[-1] == whole_words.split(NBSP)[-1]
    return f"{part_words.rsplit(NBSP, 1)[0] if same else part_words} av {whole_words}"


def _some(count: int) -> str:
    return number(count) if count else "ingen"


def _late(plans: Content) -> str:
    late, escalated = plans["sena"], plans["eskalerade"]
    if not late:
        return ""
    of = f", varav {number(escalated)} är {_ended('eskalerad', escalated)}" if escalated else ""
    return f" {number(late)} är {_ended('försenad', late)}{of}."


def _ended(word: str, count: int) -> str:
    return word if count == 1 else f"{word}e"
