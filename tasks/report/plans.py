"""The report's section about action plans: how far they reach, which haven't come, and what came of them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, RowKind, Section
from tasks.report.cells import absent, number_cell, quiet, size_cell, tkr_cell
from tasks.rules.organisation import WHOLE
from tasks.rules.periods import Period
from tasks.rules.plans.reach import Outturn, PlaceReach, PlanCounts, Reach
from tasks.rules.plans.reported import ReportedMeasure, ReportedPlan
from tasks.rules.report.month_report import MonthReport
from tasks.rules.swedish import counted, day_words, kronor, number
from tasks.rules.wording import amount, coarse_row, part_of_amount, year_row

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
    handed_in = [plan for plan in plans if plan.measures]
    return Section(
        title=TITLE,
        sentences=(
            reach_sentence(reach.whole, report.period),
            *filter(None, (plans_sentence(reach.plans), outturn_sentence(reach.outturn))),
        ),
        tables=(
            _places(reach.places),
            _waited_for([plan for plan in plans if not plan.measures]),
            _handed_in(handed_in, report.period),
        ),
        notes=tuple(_notes(reach.whole, handed_in)),
    )


def unit_plans_section(plans: Sequence[ReportedPlan], period: Period) -> Section | None:
    """Show the plans of some units; None where there are none."""
    if not plans:
        return None
    handed_in = [plan for plan in plans if plan.measures]
    return Section(
        title=TITLE,
        tables=(
            _waited_for([plan for plan in plans if not plan.measures]),
            _handed_in(handed_in, period),
        ),
        notes=(COUNTED_AS, MEASURED) if handed_in else (),
    )


def reach_sentence(reach: Reach, period: Period) -> str:
    """Say how far approved measures reach, and what no approved measure takes."""
    deficit, effect, left = reach.deficit, reach.effect, reach.left
    if deficit is None or effect is None or left is None:
        return "Uppgift saknas: inga enheter har kunnat bedömas."
    if not reach.alarms:
        return "Inga enheter har larm om underskott."
    feared = "underskott" if period.month == 12 else "befarat underskott"
    if effect == 0:
        return f"Inga godkända åtgärder räknas: {amount(deficit)} {feared} saknar åtgärd."
    if left == 0:
        return f"Godkända åtgärder räcker till hela underskottet, {amount(deficit)}."
    reached = part_of_amount(effect, deficit)
    return f"Godkända åtgärder räcker till {reached} {feared}; {amount(left)} saknar åtgärd."


def plans_sentence(plans: PlanCounts) -> str:
    """Say how many of the plans that the month demanded have come; empty where it demanded none."""
    if not plans.demanded:
        return ""
    told = f"{counted(plans.demanded, 'plan', 'planer')} har krävts: {_some(plans.submitted)} har lämnats in"
    if plans.submitted:
        told += f", varav {_some(plans.approved)} är {'godkänd' if plans.approved < 2 else 'godkända'}"
    return f"{told}.{_late(plans)}"


def outturn_sentence(outturn: Outturn) -> str:
    """Say what came of what followed plans have promised; empty where none has begun."""
    promised, realised = outturn.promised, outturn.realised
    begun = counted(outturn.told.of, "plan", "planer")
    if not outturn.told.of:
        return ""
    if promised is None or realised is None:
        return f"Uppgift saknas om vad som kommit av {begun} som börjat."
    gap = f" ({number(outturn.told.count)} av {begun})" if outturn.told.count < outturn.told.of else ""
    said = f"Godkända planer lovade {amount(promised)} hittills{gap}"
    if realised < 0:
        return f"{said}; i stället blev det {amount(-realised)} dyrare."
    return f"{said}, och {amount(realised)} har kommit."


def _notes(reach: Reach, handed_in: Sequence[ReportedPlan]) -> Iterator[str]:
    if reach.elsewhere:
        yield f"Dessutom räknas {amount(reach.elsewhere)} i enheter som inte har larm."
    if handed_in:
        yield COUNTED_AS
        yield MEASURED


def _some(count: int) -> str:
    return number(count) if count else "ingen"


def _late(plans: PlanCounts) -> str:
    late, escalated = plans.late, plans.escalated
    if not late:
        return ""
    of = f", varav {number(escalated)} är {_ended('eskalerad', escalated)}" if escalated else ""
    return f" {number(late)} är {_ended('försenad', late)}{of}."


def _ended(word: str, count: int) -> str:
    return word if count == 1 else f"{word}e"


def _places(places: Sequence[PlaceReach]) -> ReportTable:
    """Show how far measures reach in each place that has larm, the whole administration last."""
    with_larm = [place for place in places if place.reach.alarms]
    parts = [place for place in with_larm if place.level != WHOLE]
    return ReportTable(
        caption="Underskott i enheter med larm, mnkr",
        heads=("Område", "Enheter med larm", "Underskott", "Godkända åtgärder", "Saknar åtgärd"),
        rows=(
            *(_place(each, "part" if each.parent else "") for each in parts),
            *(_place(each, "total") for each in with_larm if each.level == WHOLE),
        ),
    )


def _place(place: PlaceReach, kind: RowKind) -> ReportRow:
    reach = place.reach
    amounts = (size_cell(reach.deficit), _effect(reach), size_cell(reach.left))
    return ReportRow(
        name=Cell(text=place.name), cells=(number_cell(Decimal(reach.alarms)), *amounts), kind=kind
    )


def _effect(reach: Reach) -> Cell:
    return size_cell(reach.effect) if reach.effect else quiet("inga")


def _waited_for(plans: Sequence[ReportedPlan]) -> ReportTable:
    return ReportTable(
        caption="Planer som inte har kommit",
        heads=("Enhet", "Underskott, mnkr", "Läge", "Lämnas senast"),
        rows=tuple(
            ReportRow(
                name=Cell(text=plan.name),
                cells=(_deficit(plan), _state(plan, ""), _due(plan)),
            )
            for plan in plans
        ),
    )


def _deficit(plan: ReportedPlan) -> Cell:
    """Write a unit's underskott as the unit's row among the warnings does."""
    before, deficit = plan.forecast_before, plan.deficit
    if deficit is None:
        return absent(None)
    row = coarse_row(deficit) if before is None else year_row(before - deficit, before)
    return Cell(text=row.in_mnkr_table(deficit))


def _due(plan: ReportedPlan) -> Cell:
    if plan.state == "lapsed":
        return quiet("krävs inte")
    return Cell(text=day_words(plan.due))


def _handed_in(plans: Sequence[ReportedPlan], period: Period) -> ReportTable:
    heads = ("Enhet", "Läge", "Lovat i år", "Lovat hittills", "Kom hittills", "Räknas i prognosen")
    rows = tuple(_followed(plan, period) for plan in plans)
    return ReportTable(caption="Inlämnade planer, tkr netto", heads=heads, rows=rows)


def _followed(plan: ReportedPlan, period: Period) -> ReportRow:
    of = "" if plan.period == period else f"planen för {plan.period.swedish}"
    return ReportRow(
        name=Cell(text=plan.name, note=of),
        cells=(
            _state(plan, _handled(plan)),
            tkr_cell(plan.promised_in_year),
            tkr_cell(plan.promised),
            _came(plan) if plan.approved_on else quiet(NOT_APPROVED),
            tkr_cell(plan.effect) if plan.approved_on else quiet(NOT_APPROVED),
        ),
        detail=_three_rows(plan) if plan.approved_on else WAITS,
        remarks=tuple(_measure(measure) for measure in plan.measures),
    )


def _handled(plan: ReportedPlan) -> str:
    """Say when a plan that was handed in was decided, or else came."""
    if plan.approved_on is not None:
        return f"beslutad {day_words(plan.approved_on)}"
    return "" if plan.submitted_on is None else day_words(plan.submitted_on)


def _state(plan: ReportedPlan, when: str) -> Cell:
    """Say where a plan stands; a late one is red besides its words."""
    return Cell(text=plan.state_words, note=when, mark="larm" if plan.late else "")


def _came(plan: ReportedPlan) -> Cell:
    """Say what came of a plan: nothing yet, can't be told, an amount, or that it became dearer instead."""
    came = plan.realised
    if came is None:
        return absent(None) if plan.promised else quiet("inte börjat")
    if came < 0:
        return Cell(text="ingen effekt", note=f"{number(-came.scaleb(-3))} dyrare än väntat")
    return tkr_cell(came)


def _three_rows(plan: ReportedPlan) -> str:
    """Say a plan's three rows in the words of the mails."""
    before, effect, after = plan.forecast_before, plan.effect, plan.forecast_after
    if before is None or effect is None or after is None:
        return "Enheten har inte kunnat bedömas."
    row = year_row(before, after)
    return (
        f"Helårsprognos före åtgärder {row.amount(before)}, beräknad effekt {row.amount(effect)}, "
        f"efter åtgärder {row.amount(after)}."
    )


def _measure(measure: ReportedMeasure) -> str:
    start = "" if measure.from_month is None else f"Från {measure.from_month.swedish}, "
    said = [
        f"{_stopped(measure.what)} Ansvarig: {_stopped(measure.who)}",
        f"{start}{kronor(measure.monthly_effect or Decimal(0))} per månad.",
        *_outcome(measure.promised, measure.realised),
        *([f"Risk: {_stopped(measure.risk)}"] if measure.risk else []),
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
