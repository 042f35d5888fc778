"""The report's section about the whole administration, its departments and their areas."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from notifications.reports.month import Cell, Row, Section, Table
from tasks.report.cells import Content, absent, counted_name, in_mnkr, known, mnkr_cell, result_cell
from tasks.rules.organisation import WHOLE
from tasks.rules.periods import Period
from tasks.rules.swedish import percent

TITLE = "Förvaltningen och dess områden"
MARKS = {"larm": "LARM", "bevaka": "BEVAKA"}


def areas_section(content: Content) -> Section:
    """Show what the units of each area are forecast together, the whole administration last."""
    areas = content.get("omraden") or ()
    if not areas:
        return Section(title=TITLE, sentences=("Inga enheter har bedömts.",))
    parts = [area for area in areas if area["niva"] != WHOLE]
    rows = [_area(each, "part" if each["overordnad"] else "") for each in parts]
    rows += [_area(each, "total") for each in areas if each["niva"] == WHOLE]
    heads = ("Område", "Budget", "Prognos", "Troligen mellan", "Avvikelse")
    caption = f"Helår {Period.parse(content['period']).year}, mnkr netto"
    return Section(
        title=TITLE,
        tables=(Table(caption=caption, heads=heads, rows=tuple(rows)),),
        notes=tuple(_notes(areas)),
    )


def _area(area: Content, kind: Literal["", "part", "total"]) -> Row:
    counted = {"antal": area["enheter"]["bedomda"], "av": area["enheter"]["av"]}
    name = counted_name(area["namn"], counted, "enheter")
    if area["niva_signal"] is not None:
        name = replace(name, word=MARKS[area["niva_signal"]], mark=area["niva_signal"])
    cells = (mnkr_cell(area["budget"]), mnkr_cell(area["prognos"]), _interval(area), _deviation(area))
    return Row(name=name, cells=cells, kind=kind, detail=area["mening"] if area["niva_signal"] else "")


def _interval(area: Content) -> Cell:
    lower, upper = known(area["nedre_80"]), known(area["ovre_80"])
    if lower is None or upper is None:
        return absent(None)
    return Cell(text=f"{in_mnkr(lower)}–{in_mnkr(upper)}")


def _deviation(area: Content) -> Cell:
    share = known(area["avvikelse_procent"])
    cell = result_cell(area["avvikelse"])
    return cell if share is None else replace(cell, text=f"{cell.text} ({percent(abs(share))})")


def _notes(areas: Sequence[Content]) -> Iterator[str]:
    yield (
        "Prognosen är programmets, summan av enheternas; verksamhetens egen står under Driftbudget. "
        "Enheter som avviker åt olika håll tar ut varandra, så summan är säkrare än delarna."
    )
    if any(area["niva_signal"] for area in areas):
        yield "Ett område varnas bara för det som enheternas egna varningar inte redan säger."
