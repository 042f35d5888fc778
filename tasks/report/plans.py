"""The report's section about action plans: how far they reach, which haven't come, and what came of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, RowKind, Section
from tasks.report.cells import Content, absent, known, mnkr_cell, quiet, tkr_cell
from tasks.rules.organisation import WHOLE
from tasks.rules.periods import Period
from tasks.rules.report.month_report import MonthReport
from tasks.rules.swedish import NBSP, counted, day_words, kronor, number
from tasks.rules.wording import amount

TITLE = "Åtgärdsplaner"
NOT_APPROVED = "inte godkänd än"
WAITS = "Planen väntar på beslut och räknas inte i prognosen."
MEASURED = (
    "Det som kom hittills är vad prognosen före planen väntade av månaderna, minus utfallet; "
    "har planen flera åtgärder delas det mellan dem efter vad var och en lovade."
)
COUNTED_AS = (
    "I prognosen räknas bara godkända åtgärders kvarvarande månader, "
    "högst underskottet och utan det som utfallet redan visar."
)


def plans_section(report: MonthReport) -> Section | None:
    """Show the month's plans; None in a report that was kept before there were any."""
    reach, plans = report.reach, report.plans
    if reach is None:
        return None
    handed_in = [plan for plan in plans if plan["atgarder"]]
    return Section(
        title=TITLE,
        sentences=(
            reach_sentence(reach, report.period),
            *filter(None, (plans_sentence(reach["planer"]), outturn_sentence(reach))),
        ),
        tables=(
            _places(reach["omraden"]),
            _waited_for([plan for plan in plans if not plan["atgarder"]]),
            _handed_in(handed_in, report.period),
        ),
        notes=tuple(_notes(reach, handed_in)),
    )


def _notes(reach: Content, handed_in: Sequence[Content]) -> Iterator[str]:
    elsewhere = known(reach["effekt_utan_larm"])
    if elsewhere:
        yield f"Dessutom räknas {amount(elsewhere)} i enheter som inte har larm."
    if handed_in:
        yield COUNTED_AS
        yield MEASURED


def reach_sentence(reach: Content, period: Period) -> str:
    """Say how far approved measures reach, and what no approved measure takes."""
    deficit, effect, left = (known(reach[name]) for name in ("underskott", "effekt", "rest"))
    if deficit is None or effect is None or left is None:
        return "Uppgift saknas: inga enheter har kunnat bedömas."
    if not reach["larm"]:
        return "Inga enheter har larm om underskott."
    feared = "underskott" if period.month == 12 else "befarat underskott"
    if effect == 0:
        return f"Inga godkända åtgärder räknas: {amount(deficit)} {feared} saknar åtgärd."
    if left == 0:
        return f"Godkända åtgärder räcker till hela underskottet, {amount(deficit)}."
    return f"Godkända åtgärder räcker till {_share(effect, deficit)} {feared}; {amount(left)} saknar åtgärd."


def plans_sentence(plans: Content) -> str:
    """Say how many of the plans that the month demanded have come; empty where it demanded none."""
    demanded, come, approved = plans["kravda"], plans["inlamnade"], plans["godkanda"]
    if not demanded:
        return ""
    told = f"{counted(demanded, 'plan', 'planer')} har krävts: {_some(come)} har lämnats in"
    if come:
        told += f", varav {_some(approved)} är {'godkänd' if approved < 2 else 'godkända'}"
    return f"{told}.{_late(plans)}"


def outturn_sentence(reach: Content) -> str:
    """Say what came of what followed plans have promised; empty where none has begun."""
    promised, realised = known(reach["lovad_hittills"]), known(reach["realiserad_hittills"])
    plans, of = reach["matta_planer"]["antal"], reach["matta_planer"]["av"]
    if not of:
        return ""
    if promised is None or realised is None:
        return f"Uppgift saknas om vad som kommit av {counted(of, 'plan', 'planer')} som börjat."
    gap = f" ({number(plans)} av {counted(of, 'plan', 'planer')})" if plans < of else ""
    said = f"Godkända planer lovade {amount(promised)} hittills{gap}"
    if realised < 0:
        return f"{said}; i stället blev det {amount(-realised)} dyrare."
    return f"{said}, och {amount(realised)} har kommit."


def _share(part: Decimal, whole: Decimal) -> str:
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


def _places(places: Sequence[Content]) -> ReportTable:
    """Show how far measures reach in each place that has larm, the whole administration last."""
    with_larm = [place for place in places if place["larm"]]
    parts = [place for place in with_larm if place["niva"] != WHOLE]
    return ReportTable(
        caption="Underskott i enheter med larm, mnkr",
        heads=("Område", "Enheter med larm", "Underskott", "Godkända åtgärder", "Saknar åtgärd"),
        rows=(
            *(_place(each, "part" if each["overordnad"] else "") for each in parts),
            *(_place(each, "total") for each in with_larm if each["niva"] == WHOLE),
        ),
    )


def _place(place: Content, kind: RowKind) -> ReportRow:
    amounts = (mnkr_cell(place["underskott"]), _effect(place), mnkr_cell(place["rest"]))
    return ReportRow(
        name=Cell(text=place["namn"]), cells=(Cell(text=number(place["larm"])), *amounts), kind=kind
    )


def _effect(place: Content) -> Cell:
    """Say that nothing is counted in words: 0,0 may be a few thousand kronor."""
    return mnkr_cell(place["effekt"]) if place["effekt"] else quiet("inga")


def _waited_for(plans: Sequence[Content]) -> ReportTable:
    return ReportTable(
        caption="Planer som inte har kommit",
        heads=("Enhet", "Underskott, mnkr", "Läge", "Lämnas senast"),
        rows=tuple(
            ReportRow(
                name=Cell(text=plan["namn"]),
                cells=(mnkr_cell(plan["underskott"]), _state(plan, ""), _due(plan)),
            )
            for plan in plans
        ),
    )


def _due(plan: Content) -> Cell:
    if plan.get("lage_kod") == "lapsed":
        return quiet("krävs inte")
    return Cell(text=_day(plan["plan_senast"]))


def _handed_in(plans: Sequence[Content], period: Period) -> ReportTable:
    heads = ("Enhet", "Läge", "Lovat i år", "Lovat hittills", "Kom hittills", "Räknas i prognosen")
    rows = tuple(_followed(plan, period) for plan in plans)
    return ReportTable(caption="Inlämnade planer, tkr netto", heads=heads, rows=rows)


def _followed(plan: Content, period: Period) -> ReportRow:
    of = "" if plan["period"] == str(period) else f"planen för {Period.parse(plan['period']).swedish}"
    when = f"beslutad {_day(plan['beslutad'])}" if plan["beslutad"] else _day(plan["inlamnad"])
    return ReportRow(
        name=Cell(text=plan["namn"], note=of),
        cells=(
            _state(plan, when),
            tkr_cell(plan["lovad_helar"]),
            tkr_cell(plan["lovad_hittills"]),
            _came(plan) if plan["beslutad"] else quiet(NOT_APPROVED),
            tkr_cell(plan["beraknad_effekt"]) if plan["beslutad"] else quiet(NOT_APPROVED),
        ),
        detail=_three_rows(plan) if plan["beslutad"] else WAITS,
        remarks=tuple(_measure(measure) for measure in plan["atgarder"]),
    )


def _state(plan: Content, when: str) -> Cell:
    """Say where a plan stands; a late one is red besides its words."""
    return Cell(text=plan["lage"], note=when, mark="larm" if plan.get("forsenad") else "")


def _came(plan: Content) -> Cell:
    """Say what came of a plan: nothing yet, can't be told, an amount, or that it became dearer instead."""
    came = known(plan["realiserad_hittills"])
    if came is None:
        return absent(None) if known(plan["lovad_hittills"]) else quiet("inte börjat")
    if came < 0:
        return Cell(text="ingen effekt", note=f"{number(-came.scaleb(-3))} dyrare än väntat")
    return tkr_cell(came)


def _three_rows(plan: Content) -> str:
    """Say a plan's three rows in the words of the mails."""
    before, effect, after = (
        known(plan[name]) for name in ("prognos_fore", "beraknad_effekt", "prognos_efter")
    )
    if before is None or effect is None or after is None:
        return "Enheten har inte kunnat bedömas."
    return (
        f"Helårsprognos före åtgärder {amount(before)}, beräknad effekt {amount(effect)}, "
        f"efter åtgärder {amount(after)}."
    )


def _measure(measure: Content) -> str:
    monthly = known(measure["effekt_per_manad"]) or Decimal(0)
    start = Period.parse(measure["fran"]).swedish
    said = [
        f"{_stopped(measure['vad'])} Ansvarig: {_stopped(measure['vem'])}",
        f"Från {start}, {kronor(monthly)} per månad.",
        *_outcome(known(measure["lovad_hittills"]), known(measure["realiserad_hittills"])),
        *([f"Risk: {_stopped(measure['risk'])}"] if measure["risk"] else []),
    ]
    return " ".join(said)


def _outcome(promised: Decimal | None, came: Decimal | None) -> list[str]:
    if not promised or came is None:
        return []
    words = f"kom {kronor(came)}" if came >= 0 else f"blev {kronor(-came)} dyrare"
    return [f"Lovade {kronor(promised)} hittills, {words}."]


def _stopped(text: str) -> str:
    """End a text that somebody wrote as a sentence does."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _day(text: str) -> str:
    return day_words(date.fromisoformat(text))
