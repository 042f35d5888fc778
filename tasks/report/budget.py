"""The report's operating budget: areas with their parts below them, total, and what is of which beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from notifications.reports.month import Cell, Row, Section, Table
from tasks.report.cells import (
    NOT_DELIVERED,
    Content,
    counted_name,
    in_mnkr,
    known,
    mnkr_cell,
    result_cell,
)
from tasks.rules.periods import Period
from tasks.rules.swedish import percent

NAMED = "varav ekonomiskt bistånd och arbetsmarknad"
Kind = Literal["", "part", "subpart", "total", "beside"]
NOTES = (
    "Överföring: resultatenheternas över- och underskott som följer med mellan åren.",
    "Avvikelse: budget minus prognos.",
    "Budget: den beslutade med begärda justeringar och prestationsförändringar.",
)
DEPTHS: tuple[Kind, ...] = ("", "part", "subpart")


def budget_section(content: Content) -> Section:
    """Show the areas with their parts below them, the total, and what is of which beside it."""
    year = Period.parse(content["period"]).year
    if not content["driftbudget"]:
        return Section(title="Driftbudget", sentences=(NOT_DELIVERED,))
    heads = (
        "Område",
        "Budget",
        "Prognos före överföring",
        "Prognos efter överföring",
        "Avvikelse före överföring",
        "Avvikelse efter överföring",
    )
    total = _total_row("Totalt", content["totalt"], "total")
    named = _total_row(NAMED, content["varav_ekonomiskt_bistand_och_arbetsmarknad"], "beside")
    rows = (*_area_rows(content["driftbudget"]), total, named)
    return Section(
        title="Driftbudget",
        sentences=(_compliance(content["budgetfoljsamhet"]),),
        tables=(Table(caption=f"Helår {year}, mnkr netto", heads=heads, rows=rows),),
        notes=NOTES,
    )


def _area_rows(lines: Sequence[Content]) -> Iterator[Row]:
    for line, depth in _in_order(_areas(lines)):
        row = _line_row(line, DEPTHS[min(depth, 2)])
        if depth == 0 and line["ingar_i"] is not None:
            note = f"ingår i {line['ingar_i']}, som saknas; räknas inte i totalen"
            row = replace(row, name=replace(row.name, note=note))
        yield row


def _areas(lines: Sequence[Content]) -> list[Content]:
    """Leave out units below an area; one that stands alone is shown, for the total counts it."""
    return [line for line in lines if "enhet" not in line or line["ingar_i"] is None]


def _in_order(lines: Sequence[Content]) -> list[tuple[Content, int]]:
    """Put parts right after what they are part of, each with its depth; no line gets lost."""
    names = {line["verksamhetsomrade"] for line in lines}
    placed: list[tuple[Content, int]] = []
    seen: set[int] = set()

    def place(line: Content, depth: int) -> None:
        if id(line) in seen:
            return
        seen.add(id(line))
        placed.append((line, depth))
        for part in lines:
            if part["ingar_i"] == line["verksamhetsomrade"]:
                place(part, depth + 1)

    for line in lines:
        if line["ingar_i"] not in names:
            place(line, 0)
    for line in lines:  # what is part of itself, round about
        place(line, 0)
    return placed


def _line_row(line: Content, kind: Kind) -> Row:
    return Row(name=Cell(text=line["verksamhetsomrade"]), cells=_amounts(line), kind=kind)


def _total_row(title: str, total: Content, kind: Kind) -> Row:
    """Show a total, with the decided budget below the adjusted one where they differ."""
    budget, *others = _amounts(total)
    decided = known(total["budget_beslutad"])
    if decided is not None and in_mnkr(decided) != budget.text:
        budget = replace(budget, note=f"beslutad {in_mnkr(decided)}")
    return Row(name=counted_name(title, total, "områden"), cells=(budget, *others), kind=kind)


def _amounts(amounts: Content) -> tuple[Cell, ...]:
    return (
        mnkr_cell(amounts["budget"]),
        mnkr_cell(amounts["prognos_fore"]),
        mnkr_cell(amounts["prognos_efter"]),
        result_cell(amounts["avvikelse_fore"]),
        result_cell(amounts["avvikelse_efter"]),
    )


def _compliance(compliance: Content) -> str:
    before = percent(known(compliance["fore_resultatoverforingar"]))
    after = percent(known(compliance["efter_resultatoverforingar"]))
    return (
        f"Budgetföljsamhet (prognos i procent av budget): {before} före och {after} efter resultatöverföring."
    )
