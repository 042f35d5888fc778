"""The report's sections about money: operating budget, warnings, result units, corrected outcomes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from notifications.reports.month import Cell, Row, Section, Table
from tasks.report_cells import (
    NOT_DELIVERED,
    in_mnkr,
    known,
    mnkr_cell,
    quiet,
    result_cell,
    result_words,
    tkr_cell,
)
from tasks.rules.periods import Period
from tasks.rules.swedish import counted, day_words, number, percent, round_half_up

Content = Mapping[str, Any]

NAMED = "varav ekonomiskt bistånd och arbetsmarknad"
DEPTHS = ("", "part", "subpart")
MOST_CORRECTIONS = 20
"""Corrections beyond these, the smallest ones, are counted and not listed."""


def budget_section(content: Content) -> Section:
    """Show the areas with their parts below them, the total, and what is of which beside it."""
    year = Period.parse(content["period"]).year
    if not content["driftbudget"]:
        return Section(title="Driftbudget", sentences=(NOT_DELIVERED,))
    heads = ("Område", "Budget", "Prognos före överföring", "Prognos efter överföring", "Avvikelse")
    total = _amounts_row("Totalt", content["totalt"], "total")
    named = _amounts_row(NAMED, content["varav_ekonomiskt_bistand_och_arbetsmarknad"], "beside")
    rows = (*_area_rows(content["driftbudget"]), total, named)
    return Section(
        title="Driftbudget",
        sentences=(_compliance(content["budgetfoljsamhet"]),),
        tables=(Table(caption=f"Helår {year}, mnkr netto", heads=heads, rows=rows),),
        notes=(
            "Överföring: resultatenheternas över- och underskott som följer med mellan åren. Avvikelse är "
            "budget minus prognos efter överföring. Budget är beslutad budget med begärda justeringar och "
            "prestationsförändringar.",
        ),
    )


def warnings_section(content: Content) -> Section:
    """List the warned units, the largest underskott first."""
    title, year = "Larm och bevakning", Period.parse(content["period"]).year
    if not content["avvikelser"]:
        return Section(title=title, sentences=(no_warnings(content),))
    heads = ("Enhet", "Budget", "Prognos", "Avvikelse", "Åtgärdsplan")
    rows = tuple(_warning(each) for each in worst_first(content["avvikelser"]))
    return Section(
        title=title,
        sentences=("Störst underskott först.",),
        tables=(Table(caption=f"Helår {year}, mnkr netto", heads=heads, rows=rows),),
    )


def no_warnings(content: Content) -> str:
    """Say why no unit is warned: nothing was found, or nothing could be assessed."""
    if "ekonomi" in content["missing"]:
        return "Inga enheter har bedömts: ekonomi saknas."
    return "Inga enheter har larm eller bevakning."


def worst_first(deviations: Sequence[Content]) -> list[Content]:
    """Sort warnings by deviation; one without a figure comes last."""
    return sorted(deviations, key=lambda each: (known(each["avvikelse"]) is None, known(each["avvikelse"]) or 0))


def result_units_section(content: Content) -> Section:
    """Show what each result unit brings with it, makes and takes with it."""
    title, year = "Resultatenheter", Period.parse(content["period"]).year
    units = content["resultatenheter"]
    if not units:
        return Section(title=title, sentences=(NOT_DELIVERED,))
    heads = ("Enhet", "Brutto\u00adbudget", "Årsgräns", "Från förra året", "Årets resultat", "Till nästa år")
    total = content["resultatenheter_summa"]
    rows = [Row(name=Cell(text=each["namn"]), cells=_carried(each)) for each in units]
    rows.append(Row(name=_counted_name("Summa", total, "enheter"), cells=_carried(total), kind="total"))
    return Section(
        title=title,
        tables=(Table(caption=f"{year}, mnkr", heads=heads, rows=tuple(rows)),),
        notes=("Årsgräns är det mesta av årets resultat, åt båda håll, som en enhet för med sig.",),
    )


def corrections_section(content: Content, names: Mapping[str, str]) -> Section:
    """List earlier months' outcomes that were corrected, the largest change first."""
    title, corrections = "Rättade uppgifter sedan förra rapporten", content["andrat_sedan_forra"]
    if not corrections:
        return Section(title=title, sentences=("Inga uppgifter om tidigare månader har rättats.",))
    largest = sorted(corrections, key=lambda each: -abs(_change(each) or 0))
    heads = ("Enhet", "Månad", "Utfall före", "Utfall nu", "Ändring", "Rad i leveransen")
    rows = tuple(_correction(each, names) for each in largest[:MOST_CORRECTIONS])
    left = len(largest) - len(rows)
    return Section(
        title=title,
        sentences=(f"{counted(len(largest), 'rättad uppgift', 'rättade uppgifter')}, störst ändring först.",),
        tables=(Table(caption="Månadens utfall, tkr", heads=heads, rows=rows),),
        notes=(f"Ytterligare {number(left)} med mindre ändring visas inte här.",) if left else (),
    )


def _area_rows(lines: Sequence[Content]) -> Iterator[Row]:
    for line, depth in _in_order(_areas(lines)):
        whole = line["ingar_i"]
        lost = whole is not None and depth == 0
        row = _amounts_row(line["verksamhetsomrade"], line, DEPTHS[min(depth, 2)])
        yield row if not lost else replace(
            row, name=replace(row.name, note=f"ingår i {whole}, som saknas; räknas inte i totalen")
        )


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


def _amounts_row(name: str, amounts: Content, kind: Any) -> Row:
    budget, decided = mnkr_cell(amounts["budget"]), known(amounts["budget_beslutad"])
    if decided is not None and in_mnkr(decided) != budget.text:
        budget = replace(budget, note=f"beslutad {in_mnkr(decided)}")
    before, after = result_cell(amounts["avvikelse_fore"]), result_cell(amounts["avvikelse_efter"])
    if before.text != after.text:
        after = replace(after, note=f"före överföring {before.text}")
    forecasts = (mnkr_cell(amounts["prognos_fore"]), mnkr_cell(amounts["prognos_efter"]))
    return Row(name=_counted_name(name, amounts, "områden"), cells=(budget, *forecasts, after), kind=kind)


def _counted_name(name: str, total: Content, of: str) -> Cell:
    """Name a row; a total that lacks some of its parts says so."""
    gap = total.get("antal", 0) < total.get("av", 0)
    return Cell(text=name, note=f"{number(total['antal'])} av {number(total['av'])} {of}" if gap else "")


def _compliance(compliance: Content) -> str:
    before = percent(known(compliance["fore_resultatoverforingar"]))
    after = percent(known(compliance["efter_resultatoverforingar"]))
    return f"Budgetföljsamhet (prognos i procent av budget): {before} före och {after} efter resultatöverföring."


def _warning(unit: Content) -> Row:
    is_larm = unit["niva_signal"] == "larm"
    name = Cell(
        text=_name(unit), word="LARM" if is_larm else "BEVAKA", mark="larm" if is_larm else "bevaka"
    )
    cells = (mnkr_cell(unit["budget"]), _forecast(unit), _deviation(unit), _plan(unit))
    return Row(name=name, cells=cells, detail=unit["mening"])


def _forecast(unit: Content) -> Cell:
    lower, upper = known(unit["nedre_80"]), known(unit["ovre_80"])
    cell = mnkr_cell(unit["prognos"])
    if lower is None or upper is None:
        return cell
    return replace(cell, note=f"troligen {in_mnkr(lower)}–{in_mnkr(upper)}")


def _deviation(unit: Content) -> Cell:
    share = known(unit["avvikelse_procent"])
    cell = result_cell(unit["avvikelse"])
    return cell if share is None else replace(cell, note=percent(abs(share)))


def _plan(unit: Content) -> Cell:
    if not unit["krav_pa_plan"]:
        return quiet("krävs inte")
    due = unit["plan_senast"]
    return Cell(text=f"senast {day_words(date.fromisoformat(due))}" if due else "krävs")


def _carried(figures: Content) -> tuple[Cell, ...]:
    """Say a unit's carry-over in words: carried in and result are delivered with överskott as minus."""
    return (
        mnkr_cell(figures["bruttobudget"]),
        mnkr_cell(figures["fem_procent"]),
        result_cell(_turned(figures["overforing_fran_foregaende_ar"]), nothing="0,0"),
        result_cell(_turned(figures["resultat"]), nothing="0,0"),
        result_cell(figures["overforing_till_nasta_ar"], nothing="0,0"),
    )


def _turned(value: Any) -> Any:
    kr = known(value)
    return value if kr is None else -kr


def _correction(each: Content, names: Mapping[str, str]) -> Row:
    cells = (
        Cell(text=Period.parse(each["period"]).swedish),
        tkr_cell(each["utfall_fore"]),
        tkr_cell(each["utfall"]),
        Cell(text=_change_words(_change(each))),
        Cell(text=str(each["rad"])),
    )
    return Row(name=Cell(text=names.get(each["enhet"], each["enhet"])), cells=cells)


def _change(each: Content) -> Decimal | None:
    before, now = known(each["utfall_fore"]), known(each["utfall"])
    return None if before is None or now is None else now - before


def _change_words(change: Decimal | None) -> str:
    if change is None:
        return "uppgift ny eller borttagen"
    if round_half_up(change.scaleb(-3)) == 0:
        return "mindre än 1"
    return f"{number(abs(change).scaleb(-3))} {'högre' if change > 0 else 'lägre'}"


def _name(unit: Content) -> str:
    return unit.get("namn") or unit["enhet"]
