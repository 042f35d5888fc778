"""The report's section about how near earlier forecasts came (prognossäkerhet): the board and its areas."""

from typing import Any

from notifications.reports.month import Cell, Row, Section, Table
from tasks.report.cells import Content, known, quiet
from tasks.rules.assessment.accuracy_report import BOARD
from tasks.rules.organisation import UNIT
from tasks.rules.swedish import MISSING, counted, number, percent

FORECASTERS = {"regeln": "Regelns prognos", "chefen": "Enheternas egna", "takt": "Rak framskrivning"}
NOT_MEASURED = "Inget tidigare år har helt utfall att mäta prognoser mot."
NOTES = (
    "Skillnaden räknas på summan av enheternas prognoser och utfall. Nämndens mål är högst 1 %.",
    "Rak framskrivning: utfallet till och med augusti, delat med åtta och gånger tolv.",
)


def accuracy_section(content: Content) -> Section:
    """Show the newest measured year: what each forecaster said in August against how the year ended."""
    rows = [row for row in content.get("prognossakerhet", ()) if row["niva"] != UNIT]
    if not rows:
        return Section(title="Prognossäkerhet", sentences=(NOT_MEASURED,))
    year = max(row["ar"] for row in rows)
    of_year = [row for row in rows if row["ar"] == year]
    lines = sorted(of_year, key=lambda row: row["niva"] == BOARD)
    return Section(
        title=f"Prognossäkerhet, tertialrapport 2 {year}",
        tables=(
            Table(
                caption="Skillnad mellan prognos och utfall, procent av utfallet",
                heads=("Område", *FORECASTERS.values()),
                rows=tuple(_line(row) for row in lines),
            ),
        ),
        notes=NOTES,
    )


def _line(row: Content) -> Row:
    is_board = row["niva"] == BOARD
    return Row(
        name=Cell(text=row["namn"]),
        cells=tuple(_error(row, who) for who in FORECASTERS),
        kind="total" if is_board else "",
    )


def _error(row: Content, who: str) -> Cell:
    """Show an error, whether it is within the board's target, and of how many units when not of all."""
    error = known(row[who])
    if error is None:
        return quiet(MISSING)
    notes = [*_target(row["inom_1_procent"][who]), *_gap(row, who), *_remedied(row["atgardad"][who])]
    return Cell(text=percent(error), note=", ".join(notes))


def _target(is_within: Any) -> list[str]:
    return ["inom målet"] if is_within else []


def _gap(row: Content, who: str) -> list[str]:
    count, of = row["antal"][who], row["av"]
    return [f"{number(count)} av {counted(of, 'enhet', 'enheter')}"] if count < of else []


def _remedied(count: int) -> list[str]:
    return [f"{counted(count, 'åtgärdad enhet', 'åtgärdade enheter')}"] if count else []
