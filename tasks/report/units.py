"""The report's sections about units: warnings, and carry-over of result units."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, Section
from tasks.report.cells import (
    NOT_DELIVERED,
    Content,
    counted_name,
    deviation_cell,
    in_mnkr,
    known,
    mnkr_cell,
    quiet,
    result_cell,
)
from tasks.rules.assessment.assessed_unit import assessed_sentence
from tasks.rules.assessment.manager_sentences import WEIGHED
from tasks.rules.report.month_report import LackingUnits, MonthReport
from tasks.rules.report.result_units import CarriedAmounts
from tasks.rules.swedish import counted, day_words, number, round_half_up, shortened
from tasks.rules.wording import net_amount
from tasks.sources import all_sources

NAMED = 5
"""So many units that lack figures are named; the rest are counted."""


def warnings_section(report: MonthReport) -> Section:
    """List the warned units, the largest underskott first."""
    title, year = "Larm och bevakning", report.period.year
    if not report.warnings:
        return Section(title=title, sentences=(no_warnings(report), *_assessed_too_few(report)))
    heads = ("Enhet", "Budget", "Prognos", "Avvikelse", "Åtgärdsplan")
    rows = tuple(_warning(each) for each in worst_first(report.warnings))
    return Section(
        title=title,
        sentences=_assessed_too_few(report),
        tables=(
            ReportTable(caption=f"Helår {year}, mnkr netto, störst underskott först", heads=heads, rows=rows),
        ),
    )


def no_warnings(report: MonthReport) -> str:
    """Say why no unit is warned: nothing was found, or nothing could be assessed."""
    if "ekonomi" in report.missing:
        return "Inga enheter har bedömts: ekonomi saknas."
    if not report.units.assessed:
        return f"{assessed_sentence(0, report.units.of)}."
    return "Inga enheter har larm eller bevakning."


def unit_gaps(report: MonthReport) -> tuple[str, ...]:
    """Say which sources lack which units, and how many units could be assessed when not all could."""
    assessed, units = report.units.assessed, report.units.of
    lacks = (assessed < units or not units) and "ekonomi" not in report.missing
    return (
        *([f"{assessed_sentence(assessed, units)}."] if lacks else []),
        *(_lacking(source) for source in report.lacking),
    )


def _lacking(source: LackingUnits) -> str:
    title = all_sources()[source.source].title
    names = shortened(source.names, NAMED)
    of = f"{number(source.count)} av {counted(source.of, 'enhet', 'enheter')}"
    return f"{title} saknas för {of}: {names}."


def _assessed_too_few(report: MonthReport) -> tuple[str, ...]:
    assessed, units = report.units.assessed, report.units.of
    return (f"{assessed_sentence(assessed, units)}.",) if 0 < assessed < units else ()


def worst_first(deviations: Sequence[Content]) -> list[Content]:
    """Sort warnings by deviation, the largest underskott first; one without a figure comes last."""
    return sorted(deviations, key=lambda each: _size(known(each["avvikelse"])))


def result_units_section(report: MonthReport) -> Section:
    """Show what each result unit brings with it, makes and takes with it."""
    title, year = "Resultatenheter", report.period.year
    section = report.result_units
    if not section.units:
        return Section(title=title, sentences=(NOT_DELIVERED,))
    heads = ("Enhet", "Brutto\u00adbudget", "Årsgräns", "Från förra året", "Årets resultat", "Till nästa år")
    total = section.total
    rows = [ReportRow(name=Cell(text=unit.name), cells=_carried(unit.amounts)) for unit in section.units]
    name = counted_name("Summa", total.counted, total.of, "enheter")
    rows.append(ReportRow(name=name, cells=_carried(total.amounts), kind="total"))
    return Section(
        title=title,
        tables=(ReportTable(caption=f"{year}, mnkr", heads=heads, rows=tuple(rows)),),
        notes=("Årsgräns är det mesta av årets resultat, åt båda håll, som en enhet för med sig.",),
    )


def _size(deviation: Decimal | None) -> tuple[bool, Decimal]:
    return deviation is None, deviation or Decimal(0)


def _warning(unit: Content) -> ReportRow:
    is_larm = unit["niva_signal"] == "larm"
    name = Cell(text=_name(unit), word="LARM" if is_larm else "BEVAKA", mark="larm" if is_larm else "bevaka")
    cells = (
        mnkr_cell(unit["budget"]),
        _forecast(unit),
        deviation_cell(unit["avvikelse"], unit["avvikelse_procent"]),
        _plan(unit),
    )
    return ReportRow(name=name, cells=cells, detail=unit["mening"], remarks=_remarks(unit))


def _remarks(unit: Content) -> tuple[str, ...]:
    """Say the unit's own forecast, the weighed one where the record allows it, and the risk it touches."""
    mixed = known(unit.get("vagd_prognos"))
    weighed = "" if mixed is None else f"{WEIGHED}: {net_amount(mixed)}."
    return tuple(said for said in (unit.get("chefens_mening"), weighed, unit.get("riskmening")) if said)


def _forecast(unit: Content) -> Cell:
    lower, upper = known(unit["nedre_80"]), known(unit["ovre_80"])
    cell = mnkr_cell(unit["prognos"])
    if lower is None or upper is None:
        return replace(cell, note=_after(unit))
    return replace(cell, note=f"troligen {in_mnkr(lower)}–{in_mnkr(upper)}", further=_after(unit))


def _after(unit: Content) -> str:
    """Say the forecast after measures where any are counted."""
    effect, after = known(unit.get("beraknad_effekt")), known(unit.get("prognos_efter_atgarder"))
    return f"efter åtgärder {in_mnkr(after)}" if effect and after is not None else ""


def _plan(unit: Content) -> Cell:
    if unit.get("planmening"):
        return Cell(text=unit["planmening"], mark="larm" if unit.get("plan_forsenad") else "")
    if not unit["krav_pa_plan"]:
        return quiet("krävs inte")
    due = unit["plan_senast"]
    return Cell(text=f"senast {day_words(date.fromisoformat(due))}" if due else "krävs")


def _carried(amounts: CarriedAmounts) -> tuple[Cell, ...]:
    """Say a unit's carry-over in words: carried in and result are delivered with överskott as minus."""
    return (
        mnkr_cell(amounts.gross_budget),
        mnkr_cell(amounts.yearly_limit),
        _carried_cell(amounts.carried_in, -1),
        _carried_cell(amounts.result, -1),
        _carried_cell(amounts.carried_out, 1),
    )


def _carried_cell(kr: Decimal | None, surplus_sign: int) -> Cell:
    """Show what is carried by its word; nothing that shows in mnkr is `0,0`, as published."""
    if kr is not None and round_half_up(kr.scaleb(-6), 1) == 0:
        return Cell(text=in_mnkr(Decimal(0)))
    return result_cell(None if kr is None else kr * surplus_sign)


def _name(unit: Content) -> str:
    return str(unit.get("namn") or unit["enhet"])
