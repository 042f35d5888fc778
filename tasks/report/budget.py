"""The report's operating budget by area as delivered, and the areas as their units are forecast together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from notifications.reports.month import Cell, ReportRow, ReportTable, RowKind, Section
from tasks.report.cells import (
    NOT_DELIVERED,
    absent,
    counted_name,
    deviation_cell,
    kind_at,
    leveled,
    mnkr_cell,
    result_cell,
)
from tasks.rules.assessment.month_warnings import AssessedArea
from tasks.rules.organisation import WHOLE
from tasks.rules.report.driftbudget import BudgetAmounts, BudgetLine, BudgetTotal, Compliance
from tasks.rules.report.month_report import MonthReport
from tasks.rules.swedish import percent
from tasks.rules.wording import board_amount, board_deviation

NAMED = "varav ekonomiskt bistånd och arbetsmarknad"
NOTES = (
    "Överföring: resultatenheternas över- och underskott som följer med mellan åren.",
    "Avvikelse: budget minus prognos.",
    "Budget: den beslutade med begärda justeringar och prestationsförändringar.",
)
AREAS = "Förvaltningen och dess områden"


def budget_section(report: MonthReport) -> Section:
    """Show the areas with their parts below them, the total, and what is of which beside it."""
    budget = report.budget
    if not budget.lines:
        return Section(title="Driftbudget", sentences=(NOT_DELIVERED,))
    heads = (
        "Område",
        "Budget",
        "Prognos före överföring",
        "Prognos efter överföring",
        "Avvikelse före överföring",
        "Avvikelse efter överföring",
    )
    total = _total_row("Totalt", budget.total, "total")
    named = _total_row(NAMED, budget.named, "beside")
    rows = (*_area_rows(budget.lines), total, named)
    return Section(
        title="Driftbudget",
        sentences=(_compliance(budget.compliance),),
        tables=(ReportTable(caption=f"Helår {report.period.year}, mnkr netto", heads=heads, rows=rows),),
        notes=NOTES,
    )


def areas_section(report: MonthReport) -> Section:
    """Show what the units of each area are forecast together, the whole administration last."""
    areas = report.areas
    if not areas:
        return Section(title=AREAS, sentences=("Inga enheter har bedömts.",))
    parts = [area for area in areas if area.level != WHOLE]
    rows = [_place_row(area, "part" if area.parent else "") for area in parts]
    rows += [_place_row(area, "total") for area in areas if area.level == WHOLE]
    heads = ("Område", "Budget", "Prognos", "Troligen mellan", "Avvikelse")
    caption = f"Helår {report.period.year}, mnkr netto"
    return Section(
        title=AREAS,
        tables=(ReportTable(caption=caption, heads=heads, rows=tuple(rows)),),
        notes=tuple(_area_notes(areas)),
    )


def _compliance(compliance: Compliance) -> str:
    before = percent(compliance.before)
    after = percent(compliance.after)
    return (
        f"Budgetföljsamhet (prognos i procent av budget): {before} före och {after} efter resultatöverföring."
    )


def _area_rows(lines: Sequence[BudgetLine]) -> Iterator[ReportRow]:
    for line, depth in _in_order(_shown_lines(lines)):
        row = _line_row(line, kind_at(depth))
        if depth == 0 and line.part_of is not None:
            note = f"ingår i {line.part_of}, som saknas; räknas inte i totalen"
            row = replace(row, name=replace(row.name, note=note))
        yield row


def _shown_lines(lines: Sequence[BudgetLine]) -> list[BudgetLine]:
    """Leave out units below an area; one that stands alone is shown, for the total counts it."""
    return [line for line in lines if line.unit is None or line.part_of is None]


def _in_order(lines: Sequence[BudgetLine]) -> list[tuple[BudgetLine, int]]:
    """Put parts right after what they are part of, each with its depth; no line gets lost."""
    names = {line.area for line in lines}
    placed: list[tuple[BudgetLine, int]] = []
    seen: set[int] = set()

    def place(line: BudgetLine, depth: int) -> None:
        if id(line) in seen:
            return
        seen.add(id(line))
        placed.append((line, depth))
        for part in lines:
            if part.part_of == line.area:
                place(part, depth + 1)

    for line in lines:
        if line.part_of not in names:
            place(line, 0)
    for line in lines:  # what is part of itself, round about
        place(line, 0)
    return placed


def _line_row(line: BudgetLine, kind: RowKind) -> ReportRow:
    return ReportRow(name=Cell(text=line.area), cells=_amounts(line.amounts), kind=kind)


def _total_row(title: str, total: BudgetTotal, kind: RowKind) -> ReportRow:
    """Show a total, with the decided budget below the adjusted one where they differ."""
    budget, *others = _amounts(total.amounts)
    decided = total.amounts.decided
    if decided is not None and board_amount(decided) != budget.text:
        budget = replace(budget, note=f"beslutad {board_amount(decided)}")
    return ReportRow(
        name=counted_name(title, total.counted, total.of, "områden"), cells=(budget, *others), kind=kind
    )


def _amounts(amounts: BudgetAmounts) -> tuple[Cell, ...]:
    return (
        mnkr_cell(amounts.budget),
        mnkr_cell(amounts.forecast_before),
        mnkr_cell(amounts.forecast_after),
        result_cell(amounts.deviation_before),
        result_cell(amounts.deviation_after),
    )


def _place_row(area: AssessedArea, kind: RowKind) -> ReportRow:
    name = counted_name(area.name, area.units.assessed, area.units.of, "enheter")
    if area.signal is not None:
        name = leveled(name, area.signal)
    cells = (
        mnkr_cell(area.budget),
        mnkr_cell(area.forecast),
        _interval(area),
        deviation_cell(area.deviation, board_deviation(area.deviation), area.deviation_percent),
    )
    return ReportRow(name=name, cells=cells, kind=kind, detail=area.sentence if area.signal else "")


def _interval(area: AssessedArea) -> Cell:
    lower, upper = area.lower, area.upper
    if lower is None or upper is None:
        return absent(None)
    return Cell(text=f"{board_amount(lower)}–{board_amount(upper)}")


def _area_notes(areas: Sequence[AssessedArea]) -> Iterator[str]:
    yield (
        "Prognosen är programmets, summan av enheternas; verksamhetens egen står under Driftbudget. "
        "Enheter som avviker åt olika håll tar ut varandra, så summan är säkrare än delarna."
    )
    if any(area.signal for area in areas):
        yield "Ett område varnas bara för det som enheternas egna varningar inte redan säger."
