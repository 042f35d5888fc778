"""The report's operating budget by area as delivered, and the areas as their units are forecast together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from notifications.reports.month import Cell, ReportRow, ReportTable, RowKind, Section
from tasks.report.cells import (
    NOT_DELIVERED,
    Content,
    absent,
    counted_name,
    deviation_cell,
    in_mnkr,
    kind_at,
    known,
    mnkr_cell,
    result_cell,
)
from tasks.rules.organisation import WHOLE
from tasks.rules.periods import Period
from tasks.rules.swedish import percent

NAMED = "varav ekonomiskt bistånd och arbetsmarknad"
NOTES = (
    "Överföring: resultatenheternas över- och underskott som följer med mellan åren.",
    "Avvikelse: budget minus prognos.",
    "Budget: den beslutade med begärda justeringar och prestationsförändringar.",
)
AREAS = "Förvaltningen och dess områden"
MARKS = {"larm": "LARM", "bevaka": "BEVAKA"}


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
        tables=(ReportTable(caption=f"Helår {year}, mnkr netto", heads=heads, rows=rows),),
        notes=NOTES,
    )


def areas_section(content: Content) -> Section:
    """Show what the units of each area are forecast together, the whole administration last."""
    areas = content.get("omraden") or ()
    if not areas:
        return Section(title=AREAS, sentences=("Inga enheter har bedömts.",))
    parts = [area for area in areas if area["niva"] != WHOLE]
    rows = [_place_row(each, "part" if each["overordnad"] else "") for each in parts]
    rows += [_place_row(each, "total") for each in areas if each["niva"] == WHOLE]
    heads = ("Område", "Budget", "Prognos", "Troligen mellan", "Avvikelse")
    caption = f"Helår {Period.parse(content['period']).year}, mnkr netto"
    return Section(
        title=AREAS,
        tables=(ReportTable(caption=caption, heads=heads, rows=tuple(rows)),),
        notes=tuple(_area_notes(areas)),
    )


def _compliance(compliance: Content) -> str:
    before = percent(known(compliance["fore_resultatoverforingar"]))
    after = percent(known(compliance["efter_resultatoverforingar"]))
    return (
        f"Budgetföljsamhet (prognos i procent av budget): {before} före och {after} efter resultatöverföring."
    )


def _area_rows(lines: Sequence[Content]) -> Iterator[ReportRow]:
    for line, depth in _in_order(_shown_lines(lines)):
        row = _line_row(line, kind_at(depth))
        if depth == 0 and line["ingar_i"] is not None:
            note = f"ingår i {line['ingar_i']}, som saknas; räknas inte i totalen"
            row = replace(row, name=replace(row.name, note=note))
        yield row


def _shown_lines(lines: Sequence[Content]) -> list[Content]:
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


def _line_row(line: Content, kind: RowKind) -> ReportRow:
    return ReportRow(name=Cell(text=line["verksamhetsomrade"]), cells=_amounts(line), kind=kind)


def _total_row(title: str, total: Content, kind: RowKind) -> ReportRow:
    """Show a total, with the decided budget below the adjusted one where they differ."""
    budget, *others = _amounts(total)
    decided = known(total["budget_beslutad"])
    if decided is not None and in_mnkr(decided) != budget.text:
        budget = replace(budget, note=f"beslutad {in_mnkr(decided)}")
    return ReportRow(name=counted_name(title, total, "områden"), cells=(budget, *others), kind=kind)


def _amounts(amounts: Content) -> tuple[Cell, ...]:
    return (
        mnkr_cell(amounts["budget"]),
        mnkr_cell(amounts["prognos_fore"]),
        mnkr_cell(amounts["prognos_efter"]),
        result_cell(amounts["avvikelse_fore"]),
        result_cell(amounts["avvikelse_efter"]),
    )


def _place_row(area: Content, kind: RowKind) -> ReportRow:
    counted = {"antal": area["enheter"]["bedomda"], "av": area["enheter"]["av"]}
    name = counted_name(area["namn"], counted, "enheter")
    if area["niva_signal"] is not None:
        name = replace(name, word=MARKS[area["niva_signal"]], mark=area["niva_signal"])
    cells = (
        mnkr_cell(area["budget"]),
        mnkr_cell(area["prognos"]),
        _interval(area),
        deviation_cell(area["avvikelse"], area["avvikelse_procent"]),
    )
    return ReportRow(name=name, cells=cells, kind=kind, detail=area["mening"] if area["niva_signal"] else "")


def _interval(area: Content) -> Cell:
    lower, upper = known(area["nedre_80"]), known(area["ovre_80"])
    if lower is None or upper is None:
        return absent(None)
    return Cell(text=f"{in_mnkr(lower)}–{in_mnkr(upper)}")


def _area_notes(areas: Sequence[Content]) -> Iterator[str]:
    yield (
        "Prognosen är programmets, summan av enheternas; verksamhetens egen står under Driftbudget. "
        "Enheter som avviker åt olika håll tar ut varandra, så summan är säkrare än delarna."
    )
    if any(area["niva_signal"] for area in areas):
        yield "Ett område varnas bara för det som enheternas egna varningar inte redan säger."
