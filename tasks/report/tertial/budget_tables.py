"""The tertial report's two tables of the operating budget, with the columns that are published."""

from collections.abc import Iterator
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, RowKind
from tasks.report.budget import asked_cell, beside_table, shown_in_order
from tasks.report.cells import counted_name, kind_at, mnkr_cell, result_cell
from tasks.report.tertial_tables import SIDE_WORDS
from tasks.rules.report.driftbudget import BudgetAmounts
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.tertial.netto import netto_table
from tasks.rules.report.tertial.occasion import year_end_word
from tasks.rules.report.tertial_tables import BudgetSide

NOTHING = Cell(text="")


def budget_tables(report: MonthReport) -> Iterator[ReportTable]:
    """Return the tables that there are: of costs and incomes, of areas, of the programme's forecast."""
    netto = _netto(report)
    if netto is not None:
        yield netto
    if report.budget.lines:
        yield _areas(report)
    beside = beside_table(report)
    if beside is not None:
        yield beside


def _netto(report: MonthReport) -> ReportTable | None:
    table = netto_table(report.budget_sides, report.budget.total, report.result_units.total.amounts)
    if table is None:
        return None
    year, end = report.period.year, year_end_word(report.period)
    rows = [_side("Anslag för nämndens verksamhet (netto)", table.net, "")]
    rows += [_side(SIDE_WORDS.get(side.side, side.side), side, "part") for side in table.sides]
    rows.append(_result(f"{end}/avvikelse före resultatdispositioner", table.before, table.net.forecast))
    if table.carried_in is not None:
        rows.append(_carried(f"{_units(table.carried_in)} från {year - 1}", table.carried_in))
    if table.carried_out is not None:
        rows.append(_carried(f"{_units(table.carried_out)} till {year + 1}", -table.carried_out))
    rows.append(_result(f"{end}/avvikelse efter resultatdispositioner", table.after, kind="total"))
    return ReportTable(
        caption=f"Nämndens driftbudget {year}, mnkr",
        heads=(
            "Driftbudget",
            "Budget",
            "Begärda budget\u00adjuste\u00adringar",
            "Prestations- och omslutnings\u00adföränd\u00adringar",
            end,
            "Avvikelse",
        ),
        rows=tuple(rows),
    )


def _side(name: str, side: BudgetSide, kind: RowKind) -> ReportRow:
    cells = (
        mnkr_cell(side.budget),
        asked_cell(side.requested),
        asked_cell(side.changes),
        mnkr_cell(side.forecast),
        result_cell(side.deviation),
    )
    return ReportRow(name=Cell(text=name), cells=cells, kind=kind)


def _result(
    name: str, deviation: Decimal | None, forecast: Decimal | None = None, kind: RowKind = ""
) -> ReportRow:
    cells = (NOTHING, NOTHING, NOTHING, asked_cell(forecast), result_cell(deviation))
    return ReportRow(name=Cell(text=name), cells=cells, kind=kind)


def _units(carried: Decimal) -> str:
    """Name what the result units carry between years by its side of zero."""
    return f"Resultatenheternas {'underskott' if carried < 0 else 'överskott'}"


def _carried(name: str, kr: Decimal) -> ReportRow:
    return ReportRow(name=Cell(text=name), cells=(NOTHING, NOTHING, NOTHING, NOTHING, mnkr_cell(kr)))


def _areas(report: MonthReport) -> ReportTable:
    budget, end = report.budget, year_end_word(report.period)
    rows = [
        ReportRow(name=Cell(text=line.area), cells=_amounts(line.amounts), kind=kind_at(depth))
        for line, depth in shown_in_order(budget.lines)
    ]
    total = budget.total
    name = counted_name("Totalt", total.counted, total.of, "områden")
    rows.append(ReportRow(name=name, cells=_amounts(total.amounts), kind="total"))
    return ReportTable(
        caption=f"Verksamhetsområdenas driftbudget {report.period.year}, mnkr netto",
        heads=(
            "Verksamhetsområde",
            "Budget",
            "Begärda budget\u00adjuste\u00adringar",
            "Prestations\u00adföränd\u00adringar",
            f"{end} före resultat\u00adöver\u00adföring",
            f"{end} efter resultat\u00adöver\u00adföring",
            "Avvikelse",
        ),
        rows=tuple(rows),
    )


def _amounts(amounts: BudgetAmounts) -> tuple[Cell, ...]:
    return (
        mnkr_cell(amounts.decided),
        asked_cell(amounts.requested_adjustments),
        asked_cell(amounts.volume_changes),
        mnkr_cell(amounts.forecast_before),
        mnkr_cell(amounts.forecast_after),
        result_cell(amounts.deviation_after),
    )
