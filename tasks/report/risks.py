"""The board's risks in the report, worst first, with their measures and the warnings that they concern."""

from collections.abc import Mapping

from notifications.reports.month import Cell, ReportRow, ReportTable, Section
from tasks.report.cells import number_cell
from tasks.rules.report.goals.risks import RiskRow
from tasks.rules.report.month_report import MonthReport
from tasks.rules.swedish import counted, shortened

MOST_RISKS = 10
NAMED = 3


def risks_section(report: MonthReport) -> Section | None:
    """List the worst risks; None where no analysis was delivered."""
    if not report.risks:
        return None
    names = {warning.code: warning.name for warning in report.warnings}
    left = len(report.risks) - MOST_RISKS
    return Section(
        title="Risker",
        tables=(
            ReportTable(
                caption="Sannolikhet × konsekvens, högst först",
                heads=("Risk", "Sannolikhet", "Konsekvens", "Värde"),
                rows=tuple(_risk(risk, names) for risk in report.risks[:MOST_RISKS]),
            ),
        ),
        notes=(f"Ytterligare {counted(left, 'risk', 'risker')} har lägre värde.",) if left > 0 else (),
    )


def _risk(risk: RiskRow, names: Mapping[str, str]) -> ReportRow:
    warned = [names.get(code, code) for code in risk.warnings]
    measure = f"Åtgärd: {risk.measure.rstrip('.')}." if risk.measure else "Ingen åtgärd är angiven."
    concerns = f" Gäller varningarna {shortened(warned, NAMED)}." if warned else ""
    return ReportRow(
        name=Cell(text=risk.risk, note=risk.indicator),
        cells=tuple(map(number_cell, (risk.likelihood, risk.consequence, risk.value))),
        detail=f"{measure}{concerns}",
    )
