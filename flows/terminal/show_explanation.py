"""How a file would be read, at the terminal: for whoever hands in one for the first time."""

from typing import TYPE_CHECKING

from flows.terminal.show_month import arrival_text
from flows.terminal.terminal import paragraph, table
from tasks.rules.deliveries.tables.explanation import Explanation
from tasks.rules.swedish import counted, number

if TYPE_CHECKING:
    from tasks.deliveries.explain_deliveries import ExplainedFile

NOTHING_KEPT = "inget är sparat eller ändrat"


def explained_text(explained: "ExplainedFile") -> str:
    """Tell how a file would be read, and show the receipt that it would get."""
    arrival, explanation = explained.arrival, explained.explanation
    if arrival.receipt is None and explanation is None:
        return arrival_text(arrival)
    parts = [paragraph(f"Provläsning av {arrival.file}: {NOTHING_KEPT}.")]
    if explanation is not None:
        parts += ["", *_found(explanation), "", _columns(explanation)]
    parts += ["", "Om filen lämnas in blir kvittot:", "", arrival_text(arrival)]
    return "\n".join(parts)


def _found(explanation: Explanation) -> list[str]:
    """Say where the table is and what it is of, a line each."""
    facts = {
        "Källa": f"{explanation.source_title}, {explanation.when}",
        "Blad": explanation.sheet or "",
        "Rubriker": f"rad {explanation.header_row}",
        "Innehåll": f"{counted(explanation.rows, 'rad', 'rader')}, "
        f"från rad {explanation.first_row} till rad {explanation.last_row} i filen",
        "Månader": _months(explanation),
        "Enheter": number(explanation.units) if explanation.units else "",
    }
    return [f"{name + ':':<10} {fact}" for name, fact in facts.items() if fact]


def _months(explanation: Explanation) -> str:
    months = explanation.months
    if len(months) < 2:
        return "".join(month.swedish for month in months)
    return f"{len(months)}, från {months[0].swedish} till {months[-1].swedish}"


def _columns(explanation: Explanation) -> str:
    rows = [(column.header, column.title, column.first, column.read) for column in explanation.columns]
    return table(("Rubrik i filen", "Läses som", "Första värdet", "Som blir"), rows, wide=3)
