"""The report's list of what was corrected since the report before."""

from collections.abc import Mapping
from decimal import Decimal

from notifications.reports.month import Cell, Row, Section, Table
from tasks.report.cells import Content, known, tkr_cell
from tasks.rules.periods import Period
from tasks.rules.swedish import counted, number, round_half_up

MOST_CORRECTIONS = 20
"""Corrections beyond these, the smallest ones, are counted and not listed."""


def corrections_section(content: Content, names: Mapping[str, str]) -> Section:
    """List earlier months' outcomes that were corrected, the largest change first."""
    title, corrections = "Rättade uppgifter sedan förra rapporten", content["andrat_sedan_forra"]
    if not corrections:
        return Section(title=title, sentences=("Inga uppgifter om tidigare månader har rättats.",))
    largest = sorted(corrections, key=_size_of_change, reverse=True)
    heads = ("Enhet", "Månad", "Utfall före", "Utfall nu", "Ändring", "Rad i leveransen")
    rows = tuple(_correction(each, names) for each in largest[:MOST_CORRECTIONS])
    left = len(largest) - len(rows)
    return Section(
        title=title,
        sentences=(f"{counted(len(largest), 'rättad uppgift', 'rättade uppgifter')}, störst ändring först.",),
        tables=(Table(caption="Månadens utfall, tkr", heads=heads, rows=rows),),
        notes=(f"Ytterligare {number(left)} med mindre ändring visas inte här.",) if left else (),
    )


def _correction(each: Content, names: Mapping[str, str]) -> Row:
    cells = (
        Cell(text=Period.parse(each["period"]).swedish),
        tkr_cell(each["utfall_fore"]),
        tkr_cell(each["utfall"]),
        Cell(text=_change_words(each)),
        Cell(text="" if each["rad"] is None else str(each["rad"])),
    )
    return Row(name=Cell(text=names.get(each["enhet"], each["enhet"])), cells=cells)


def _change(each: Content, what: str) -> Decimal | None:
    before, now = known(each[f"{what}_fore"]), known(each[what])
    return None if before is None or now is None else now - before


def _size_of_change(each: Content) -> Decimal:
    return max(abs(_change(each, what) or Decimal(0)) for what in ("utfall", "budget"))


def _change_words(each: Content) -> str:
    if each["utfall_fore"] == each["utfall"]:
        return f"budget {_size_words(_change(each, 'budget'), known(each['budget_fore']))}"
    return _size_words(_change(each, "utfall"), known(each["utfall_fore"]))


def _size_words(change: Decimal | None, before: Decimal | None) -> str:
    if change is None:
        return "ny uppgift" if before is None else "uppgift borttagen"
    if round_half_up(change.scaleb(-3)) == 0:
        return "mindre än 1"
    return f"{number(abs(change).scaleb(-3))} {'högre' if change > 0 else 'lägre'}"
