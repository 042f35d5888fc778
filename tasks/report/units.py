"""The report's sections about units: warnings, and carry-over of result units."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, Section
from tasks.report.cells import (
    NOT_DELIVERED,
    absent,
    counted_name,
    deviation_cell,
    leveled,
    mnkr_cell,
    quiet,
    result_cell,
)
from tasks.rules.assessment.manager_forecast import WEIGHED
from tasks.rules.assessment.month_warnings import UnitWarning, assessed_sentence
from tasks.rules.deliveries.completeness import with_month
from tasks.rules.deliveries.halves.needed import source_missing
from tasks.rules.report.month_report import LackingUnits, MonthReport
from tasks.rules.report.result_units import CarriedAmounts
from tasks.rules.swedish import counted, day_words, joined, number, shortened
from tasks.rules.wording import YearRow, board_amount, coarse_row, is_nothing, net_amount, year_row
from tasks.sources import all_halves, all_sources, ledger_sources

CARRIED = "Resultatenheter"
NAMED = 5
"""So many units that lack figures are named; the rest are counted."""


def warnings_section(report: MonthReport) -> Section:
    """List the warned units, the largest underskott first."""
    title, year = "Larm och bevakning", report.period.year
    if not report.warnings:
        return Section(title=title, sentences=(no_warnings(report), *_assessed_too_few(report)))
    heads = ("Enhet", "Budget", "Prognos", "Avvikelse", "Åtgärdsplan")
    rows = tuple(_warning(warning) for warning in worst_first(report.warnings))
    return Section(
        title=title,
        sentences=_assessed_too_few(report),
        tables=(
            ReportTable(caption=f"Helår {year}, mnkr netto, störst underskott först", heads=heads, rows=rows),
        ),
    )


def no_warnings(report: MonthReport) -> str:
    """Say why no unit is warned: nothing was found, or nothing could be assessed."""
    ledger = _ledger_missing(report)
    if ledger and not report.units.assessed:
        return f"Inga enheter har bedömts: {joined(ledger)} saknas."
    if not report.units.assessed:
        return f"{assessed_sentence(0, report.units.of)}."
    return "Inga enheter har larm eller bevakning."


def unit_gaps(report: MonthReport) -> tuple[str, ...]:
    """Say which sources lack which units, and how many units could be assessed when not all could."""
    assessed, units = report.units.assessed, report.units.of
    lacks = (assessed < units or not units) and not _ledger_missing(report)
    return (
        *([f"{assessed_sentence(assessed, units)}."] if lacks else []),
        *(lacking_words(source, report) for source in report.lacking),
    )


def _ledger_missing(report: MonthReport) -> list[str]:
    """Return what the month lacks of the ledger: nothing, all of it, or one of its halves."""
    return [name for name in report.missing if source_missing(name, all_halves()) in ledger_sources()]


def lacking_words(source: LackingUnits, report: MonthReport) -> str:
    """Say which units a source lacks, and of how many: the first few by name."""
    title = with_month(all_sources()[source.source].title, (report.months or {}).get(source.source))
    names = shortened(source.names, NAMED)
    of = f"{number(source.count)} av {counted(source.of, 'enhet', 'enheter')}"
    return f"{title} saknas för {of}: {names}."


def _assessed_too_few(report: MonthReport) -> tuple[str, ...]:
    assessed, units = report.units.assessed, report.units.of
    return (f"{assessed_sentence(assessed, units)}.",) if 0 < assessed < units else ()


def worst_first(warnings: Sequence[UnitWarning]) -> list[UnitWarning]:
    """Sort warnings by deviation, the largest underskott first; one without a figure comes last."""
    return sorted(warnings, key=lambda warning: _size(warning.deviation))


def result_units_section(report: MonthReport) -> Section:
    """Show what each result unit brings with it, makes and takes with it."""
    if not report.result_units.units:
        return Section(title=CARRIED, sentences=(NOT_DELIVERED,))
    total = report.result_units.total
    name = counted_name("Summa", total.counted, total.of, "enheter")
    return carried_section(report, ReportRow(name=name, cells=carried_cells(total.amounts), kind="total"))


def carried_section(report: MonthReport, *total: ReportRow) -> Section:
    """Show the same of the report's units, with a total where one is given."""
    heads = ("Enhet", "Brutto\u00adbudget", "Årsgräns", "Från förra året", "Årets resultat", "Till nästa år")
    units = report.result_units.units
    rows = [ReportRow(name=Cell(text=unit.name), cells=carried_cells(unit.amounts)) for unit in units]
    return Section(
        title=CARRIED,
        tables=(ReportTable(caption=f"{report.period.year}, mnkr", heads=heads, rows=(*rows, *total)),),
        notes=("Årsgräns är det mesta av årets resultat, åt båda håll, som en enhet för med sig.",),
    )


def _size(deviation: Decimal | None) -> tuple[bool, Decimal]:
    return deviation is None, deviation or Decimal(0)


def _warning(warning: UnitWarning) -> ReportRow:
    row = year_row(warning.budget, warning.forecast)
    deviation = row.deviation_in_mnkr_table(warning.deviation)
    cells = (
        _amount(row, warning.budget),
        _forecast(row, warning),
        replace(
            deviation_cell(warning.deviation, deviation, warning.deviation_percent),
            decimals=row.decimals,
            unit=row.unit,
        ),
        _plan(warning),
    )
    name = leveled(Cell(text=warning.name), warning.level)
    return ReportRow(name=name, cells=cells, detail=warning.sentence, remarks=_remarks(warning))


def _remarks(warning: UnitWarning) -> tuple[str, ...]:
    """Say the unit's own forecast, the weighed one where the record allows it, and the risk it touches."""
    mixed = warning.own.mixed
    weighed = "" if mixed is None else f"{WEIGHED}: {net_amount(mixed)}."
    return tuple(filter(None, (warning.own.sentence, weighed, warning.risk_sentence)))


def _amount(row: YearRow, kr: Decimal | None) -> Cell:
    return (
        absent(None)
        if kr is None
        else Cell(text=row.in_mnkr_table(kr), kind="mnkr", value=kr, decimals=row.decimals, unit=row.unit)
    )


def _forecast(row: YearRow, warning: UnitWarning) -> Cell:
    """Show the forecast, its interval (as coarse as that is sure) and what it is after measures."""
    lower, upper = warning.lower, warning.upper
    cell = _amount(row, warning.forecast)
    if lower is None or upper is None:
        return replace(cell, note=_after(warning))
    sure = coarse_row(lower, upper)
    interval = f"troligen {sure.figure(lower)}–{sure.in_mnkr_table(upper)}"
    return replace(cell, note=interval, further=_after(warning))


def _after(warning: UnitWarning) -> str:
    """Say the forecast after measures where any are counted."""
    if not warning.plan_effect or warning.forecast_after is None:
        return ""
    row = year_row(warning.budget, warning.forecast, warning.plan_effect)
    return f"efter åtgärder {row.in_mnkr_table(warning.forecast_after)}"


def _plan(warning: UnitWarning) -> Cell:
    if warning.plan_note:
        return Cell(text=warning.plan_note, mark="larm" if warning.plan_late else "")
    if not warning.plan_required:
        return quiet("krävs inte")
    return Cell(text="krävs" if warning.plan_due is None else f"senast {day_words(warning.plan_due)}")


def carried_cells(amounts: CarriedAmounts) -> tuple[Cell, ...]:
    """Say a unit's carry-over in words: carried in and result are delivered with överskott as minus."""
    return (
        mnkr_cell(amounts.gross_budget),
        mnkr_cell(amounts.yearly_limit),
        _carried_cell(amounts.carried_in, -1),
        result_cell(None if amounts.result is None else -amounts.result),
        _carried_cell(amounts.carried_out, 1),
    )


def _carried_cell(kr: Decimal | None, surplus_sign: int) -> Cell:
    """Show what is carried by its word; nothing is `0,0`, as published."""
    if kr is not None and is_nothing(kr):
        return Cell(text=board_amount(kr), kind="result", value=kr, decimals=1)
    return result_cell(None if kr is None else kr * surplus_sign)
