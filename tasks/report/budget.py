"""The report's operating budget by area as delivered, and the areas as their units are forecast together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, RowKind, Section, Text
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
from tasks.rules.report.driftbudget import (
    NOT_FORECAST,
    BudgetAmounts,
    BudgetLine,
    BudgetTotal,
    Compliance,
    Driftbudget,
    ProgrammeForecast,
)
from tasks.rules.report.month_report import MonthReport
from tasks.rules.swedish import percent
from tasks.rules.wording import board_amount, board_deviation, is_nothing

FORECASTS = ("Prognos före överföring", "Prognos efter överföring")
DEVIATIONS = ("Avvikelse före överföring", "Avvikelse efter överföring")
ASKED = ("Begärda justeringar", "Ändrade prestationer")
BESIDE_HEADS = (
    "Område",
    "Verksamhetens avvikelse före överföring",
    "Verksamhetens avvikelse efter överföring",
    "Programmets prognos",
    "Programmets avvikelse",
)
NAMED = "varav ekonomiskt bistånd och arbetsmarknad"
NOTES = (
    "Överföring: resultatenheternas över- och underskott som följer med mellan åren.",
    "Avvikelse: budget med begärda justeringar och prestationsförändringar, minus prognos.",
)
PROGRAMME_NOTE = (
    "Verksamhetens prognos är den som levererats. Programmets räknas på enheternas utfall, före "
    "överföring, och dess avvikelse är mot den beslutade budgeten."
)
AREAS = "Förvaltningen och dess områden"


def budget_section(report: MonthReport) -> Section:
    """Show the areas with their parts below them, the total, and what is of which beside it."""
    budget = report.budget
    if not budget.lines:
        return Section(title="Driftbudget", sentences=(NOT_DELIVERED,))
    columns = _Columns(_is_adjusted(budget))
    total = _total_row("Totalt", budget.total, "total", columns)
    named = _total_row(NAMED, budget.named, "beside", columns)
    rows = (*_area_rows(budget.lines, columns), total, named)
    caption = f"Helår {report.period.year}, mnkr netto"
    beside = beside_table(report)
    return Section(
        title="Driftbudget",
        sentences=(compliance_words(budget.compliance),),
        tables=(
            ReportTable(caption=caption, heads=columns.heads, rows=rows),
            *([] if beside is None else [beside]),
        ),
        notes=NOTES if beside is None else (*NOTES, PROGRAMME_NOTE),
    )


def sentences_section(report: MonthReport) -> Section | None:
    """Say where each area's year ends that deviates, or that somebody wrote of; None without any."""
    said = tuple(
        line.sentence
        for line, depth in shown_in_order(report.budget.lines)
        if line.sentence and (line.reason or (depth == 0 and _deviates(line.amounts)))
    )
    return Section(title="Områdena i ord", level=3, texts=(Text(points=said),)) if said else None


def _deviates(amounts: BudgetAmounts) -> bool:
    deviations = (amounts.deviation_before, amounts.deviation_after)
    return any(kr is not None and not is_nothing(kr) for kr in deviations)


@dataclass(frozen=True)
class _Columns:
    """Which columns the table has: as published where something was asked for beside the budget."""

    adjusted: bool

    @property
    def heads(self) -> tuple[str, ...]:
        """Return the heads, the area's first."""
        if self.adjusted:
            return ("Område", "Budget", *ASKED, *FORECASTS, "Avvikelse efter överföring")
        return ("Område", "Budget", *FORECASTS, *DEVIATIONS)

    def cells(self, amounts: BudgetAmounts) -> tuple[Cell, ...]:
        """Return a row's cells; the budget is the decided one where what was added has columns of its own."""
        forecasts = (mnkr_cell(amounts.forecast_before), mnkr_cell(amounts.forecast_after))
        before, after = result_cell(amounts.deviation_before), result_cell(amounts.deviation_after)
        if self.adjusted:
            asked = (asked_cell(amounts.requested_adjustments), asked_cell(amounts.volume_changes))
            return (mnkr_cell(amounts.decided), *asked, *forecasts, after)
        return (mnkr_cell(amounts.budget), *forecasts, before, after)


def _is_adjusted(budget: Driftbudget) -> bool:
    """Tell whether anything was asked for beside the decided budget; older kept reports don't say what."""
    every = [budget.total.amounts, *(line.amounts for line in budget.lines)]
    return any(one.requested_adjustments or one.volume_changes for one in every)


def beside_table(report: MonthReport) -> ReportTable | None:
    """Put the programme's forecast beside the managers'; None where it forecast nothing."""
    budget = report.budget
    every = [budget.total.programme, *(line.programme for line in budget.lines)]
    if all(one == NOT_FORECAST for one in every):
        return None
    rows = [
        ReportRow(name=Cell(text=line.area), cells=_both(line.amounts, line.programme), kind=kind_at(depth))
        for line, depth in shown_in_order(budget.lines)
    ]
    totals: tuple[tuple[str, BudgetTotal, RowKind], ...] = (
        ("Totalt", budget.total, "total"),
        (NAMED, budget.named, "beside"),
    )
    rows += [
        ReportRow(
            name=counted_name(title, total.counted, total.of, "områden"),
            cells=_both(total.amounts, total.programme),
            kind=kind,
        )
        for title, total, kind in totals
    ]
    caption = f"Verksamhetens prognos och programmets, helår {report.period.year}, mnkr netto"
    return ReportTable(caption=caption, heads=BESIDE_HEADS, rows=tuple(rows))


def _both(amounts: BudgetAmounts, programme: ProgrammeForecast) -> tuple[Cell, ...]:
    return (
        result_cell(amounts.deviation_before),
        result_cell(amounts.deviation_after),
        mnkr_cell(programme.forecast),
        result_cell(programme.deviation),
    )


def asked_cell(kr: Decimal | None) -> Cell:
    """Show an adjustment; nothing where none was asked for, as it is published."""
    return Cell(text="") if kr is None else mnkr_cell(kr)


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


def compliance_words(compliance: Compliance) -> str:
    """Say the total's forecast in per cent of its budget."""
    before = percent(compliance.before)
    after = percent(compliance.after)
    return (
        f"Budgetföljsamhet (prognos i procent av budget): {before} före och {after} efter resultatöverföring."
    )


def _area_rows(lines: Sequence[BudgetLine], columns: _Columns) -> Iterator[ReportRow]:
    for line, depth in shown_in_order(lines):
        row = _line_row(line, kind_at(depth), columns)
        if depth == 0 and line.part_of is not None:
            note = f"ingår i {line.part_of}, som saknas; räknas inte i totalen"
            row = replace(row, name=replace(row.name, note=note))
        yield row


def shown_in_order(lines: Sequence[BudgetLine]) -> list[tuple[BudgetLine, int]]:
    """Put parts right after what they are part of, each with its depth.

    Units below an area are left out; one that stands alone is shown, for the total counts it.
    """
    return _in_order([line for line in lines if line.unit is None or line.part_of is None])


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


def _line_row(line: BudgetLine, kind: RowKind, columns: _Columns) -> ReportRow:
    cells = columns.cells(line.amounts)
    return ReportRow(name=Cell(text=line.area), cells=cells, kind=kind)


def _total_row(title: str, total: BudgetTotal, kind: RowKind, columns: _Columns) -> ReportRow:
    """Show a total, with the decided budget below an adjusted one whose adjustments have no columns."""
    name = counted_name(title, total.counted, total.of, "områden")
    budget, *others = columns.cells(total.amounts)
    decided = total.amounts.decided
    if decided is not None and not columns.adjusted and board_amount(decided) != budget.text:
        budget = replace(budget, note=f"beslutad {board_amount(decided)}")
    return ReportRow(name=name, cells=(budget, *others), kind=kind)


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
