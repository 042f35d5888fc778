"""Costs and incomes, investments, turnover and adjustments in the report, where they were delivered."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, Section
from tasks.report.budget import asked_cell
from tasks.report.cells import result_cell
from tasks.rules.report.month_report import MonthReport
from tasks.rules.totals import sum_known

KIND_WORDS = {"drift": "drift", "investering": "investering", "ombudgetering": "ombudgetering"}
STATE_WORDS = {"ansokt": "ansökt", "beviljad": "beviljad"}
SIDE_WORDS = {"kostnader": "Kostnader", "intakter": "Intäkter"}


def tertial_section(report: MonthReport) -> Section | None:
    """Show the tables that were delivered; None where none was."""
    tables = tuple(_tables(report))
    if not tables:
        return None
    return Section(title="Investeringar, omslutning och budgetjusteringar", tables=tables)


def _tables(report: MonthReport) -> Iterator[ReportTable]:
    if report.budget_sides:
        yield sums_table(
            "Kostnader och intäkter, mnkr",
            (
                "Slag",
                "Budget",
                "Begärda justeringar",
                "Prestations- och omslutnings\u00adförändringar",
                "Prognos",
                "Avvikelse",
            ),
            [
                (
                    SIDE_WORDS.get(each.side, each.side),
                    (each.budget, each.requested, each.changes, each.forecast),
                    each.deviation,
                )
                for each in report.budget_sides
            ],
            "Netto",
        )
    if report.investments:
        yield sums_table(
            "Investeringar, mnkr",
            ("Investering", "Budget", "Begärda justeringar", "Prognos", "Utfall hittills", "Avvikelse"),
            [
                (each.name, (each.budget, each.requested, each.forecast, each.outcome), each.deviation)
                for each in report.investments
            ],
            "Totalt",
        )
    if report.turnovers:
        yield _turnover_table(report)
    if report.adjustments:
        yield adjustments_table(report)


def sums_table(
    caption: str,
    heads: tuple[str, ...],
    lines: Sequence[tuple[str, tuple[Decimal | None, ...], Decimal | None]],
    total: str,
) -> ReportTable:
    """Show lines of amounts with a deviation at the end, and below them their sum."""
    rows = [
        ReportRow(name=Cell(text=name), cells=(*map(asked_cell, amounts), result_cell(deviation)))
        for name, amounts, deviation in lines
    ]
    sums = [sum_known(amounts[column] for _, amounts, _ in lines) for column in range(len(heads) - 2)]
    deviation = sum_known(each for _, _, each in lines)
    rows.append(
        ReportRow(name=Cell(text=total), cells=(*map(asked_cell, sums), result_cell(deviation)), kind="total")
    )
    return ReportTable(caption=caption, heads=heads, rows=tuple(rows))


def _turnover_table(report: MonthReport) -> ReportTable:
    rows = [
        ReportRow(
            name=Cell(text=each.area),
            cells=(asked_cell(each.costs), asked_cell(each.incomes)),
            kind="part" if each.part_of else "",
        )
        for each in report.turnovers
    ]
    whole = [each for each in report.turnovers if each.part_of is None]
    sums = (sum_known(each.costs for each in whole), sum_known(each.incomes for each in whole))
    rows.append(ReportRow(name=Cell(text="Summa"), cells=tuple(map(asked_cell, sums)), kind="total"))
    return ReportTable(
        caption="Omslutningsförändringar, mnkr",
        heads=("Verksamhetsområde", "Kostnader", "Intäkter"),
        rows=tuple(rows),
    )


def adjustments_table(report: MonthReport) -> ReportTable:
    """List the named adjustments of the budget, asked for or granted."""
    return ReportTable(
        caption="Budgetjusteringar, mnkr",
        heads=("Budgetjustering", "Slag", "Läge", "Belopp"),
        rows=tuple(
            ReportRow(
                name=Cell(text=each.name, note=each.area or ""),
                cells=(
                    Cell(text=KIND_WORDS.get(each.kind or "", "")),
                    Cell(text=STATE_WORDS.get(each.state or "", "")),
                    asked_cell(each.amount),
                ),
            )
            for each in report.adjustments
        ),
    )
