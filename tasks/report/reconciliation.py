"""The report's table of figures that should say the same, with what differs in kronor."""

from notifications.reports.month import Cell, ReportRow, ReportTable, Section
from tasks.report.cells import number_cell, until_words
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.reconciliation import Reconciliation
from tasks.rules.swedish import counted, kronor, number

AGREES = "stämmer"


def reconciliation_section(report: MonthReport) -> Section | None:
    """Show the pairs that were held against each other; None where there was nothing to hold."""
    pairs = report.reconciliations
    if not pairs:
        return None
    differing = [pair for pair in pairs if not pair.agrees]
    said = (
        f"{counted(len(differing), 'avstämning', 'avstämningar')} av {number(len(pairs))} skiljer sig."
        if differing
        else "Alla avstämningar stämmer."
    )
    heads = ("Avstämning", "Det ena", "Det andra", "Skillnad")
    return Section(
        title="Avstämningar",
        sentences=(said,),
        tables=(
            ReportTable(caption="Kronor", heads=heads, rows=tuple(_row(pair, report) for pair in pairs)),
        ),
    )


def _row(pair: Reconciliation, report: MonthReport) -> ReportRow:
    cells = (
        number_cell(pair.one, decimals=0),
        number_cell(pair.other, decimals=0),
        Cell(text=_difference(pair)),
    )
    until = until_words(report, "bistand") if pair.code == "bistand_utbetalt" else ""
    return ReportRow(name=Cell(text=f"{pair.what}{until}"), cells=cells)


def _difference(pair: Reconciliation) -> str:
    if pair.reason is not None:
        return f"{AGREES}: {kronor(pair.difference)} är känt, {pair.reason}"
    return AGREES if pair.agrees else kronor(pair.difference)
